// Package access says who may issue which command: one table, asked by the door before every decision and by the pages for their buttons.
package access

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Relation is whether the actor has a part in the case.
type Relation bool

// The relations.
const (
	Own   Relation = true
	Other Relation = false
)

// grant lists who may: any on every case they can see, own only on cases they have a part in.
type grant struct{ any, own []process.Role }

const (
	pm      = process.ProjectManager
	ss      = process.SafetySupervisor
	liaison = process.LiaisonOfficer
	dept    = process.Department
	firm    = process.Enterprise
	leader  = process.Leader
)

// grantOf is the table. Auditors appear nowhere: they only read. Administrators appear only where a change of the calendar or of a definition
// moves many cases at once.
func grantOf(name process.Name) grant {
	switch name {
	case "project.open":
		return grant{any: []process.Role{pm}}
	case "project.edit", "project.advance", "project.skip", "project.send_back", "project.suspend", "project.resume",
		"project.terminate", "project.assign", "project.achieve":
		return grant{any: []process.Role{leader}, own: []process.Role{pm}}
	case "project.answer":
		return grant{own: []process.Role{pm, dept, liaison}}
	case "project.waive":
		return grant{any: []process.Role{leader}}
	case "project.extend":
		return grant{any: []process.Role{leader}}
	case "project.claim":
		return grant{own: []process.Role{pm, dept, liaison, ss}}
	case "project.delegate", "project.hand_back":
		return grant{own: []process.Role{pm, ss, liaison, dept, leader}}
	case "project.nudge", "hazard.nudge":
		return grant{any: []process.Role{leader}, own: []process.Role{pm, ss, liaison}}
	case "project.recalendar", "hazard.recalendar", "project.adopt", "hazard.adopt":
		return grant{any: []process.Role{process.Administrator}}
	case "project.hand_over":
		return grant{any: []process.Role{leader}, own: []process.Role{pm, dept, liaison}}
	case "project.comment", "hazard.comment":
		return grant{any: []process.Role{pm, ss, liaison, leader}, own: []process.Role{dept, firm}}
	case "project.attach":
		return grant{any: []process.Role{leader}, own: []process.Role{pm, liaison, dept, firm}}
	case "hazard.record", "hazard.issue_notice", "hazard.reinspect", "hazard.fix_on_spot":
		return grant{any: []process.Role{ss}}
	case "hazard.hand_in":
		return grant{any: []process.Role{ss}, own: []process.Role{firm, liaison}}
	case "hazard.withdraw", "hazard.reassign", "hazard.change_deadline":
		return grant{any: []process.Role{leader}, own: []process.Role{ss}}
	case "hazard.attach":
		return grant{any: []process.Role{ss, leader}, own: []process.Role{liaison, dept, firm}}
	}
	return grant{}
}

// May reports whether the actor may issue the command on a case it has this relation to. Imports may do what people may; the clock only
// reminds, and nobody else may do that.
func May(actor process.Actor, name process.Name, relation Relation) bool {
	clockOnly := name == "project.remind" || name == "hazard.remind"
	switch actor.Type {
	case process.Clock:
		return clockOnly
	case process.Import:
		return !clockOnly
	case process.Person:
		g := grantOf(name)
		return holdsOne(actor, g.any) || (relation == Own && holdsOne(actor, g.own))
	}
	return false
}

func holdsOne(actor process.Actor, roles []process.Role) bool {
	return slices.ContainsFunc(roles, actor.Has)
}

// Check returns nil, or a refusal that names who may.
func Check(actor process.Actor, name process.Name, relation Relation) error {
	if May(actor, name, relation) {
		return nil
	}
	g := grantOf(name)
	chinese, english := "你没有这项操作的权限。", "You may not do this."
	if len(g.any)+len(g.own) > 0 {
		chinese = "你没有这项操作的权限。可以办理的是："
		english = "You may not do this. Those who may: "
		for i, role := range append(slices.Clone(g.any), g.own...) {
			if i > 0 {
				chinese, english = chinese+"、", english+", "
			}
			chinese, english = chinese+title(role).Chinese, english+title(role).English
			if i >= len(g.any) {
				chinese, english = chinese+"（本人经办的）", english+" (of the case)"
			}
		}
		chinese, english = chinese+"。", english+"."
	}
	return process.Refuse(process.NotAllowed, chinese, english)
}

// title is a role in words.
func title(role process.Role) process.Text {
	switch role {
	case process.ProjectManager:
		return process.Text{Chinese: "项目经理", English: "project manager"}
	case process.SafetySupervisor:
		return process.Text{Chinese: "安监员", English: "safety supervisor"}
	case process.LiaisonOfficer:
		return process.Text{Chinese: "包保干部", English: "liaison officer"}
	case process.Department:
		return process.Text{Chinese: "部门", English: "department"}
	case process.Enterprise:
		return process.Text{Chinese: "企业", English: "enterprise"}
	case process.Leader:
		return process.Text{Chinese: "领导", English: "leader"}
	case process.Auditor:
		return process.Text{Chinese: "审计", English: "auditor"}
	case process.Administrator:
		return process.Text{Chinese: "管理员", English: "administrator"}
	}
	return process.Text{Chinese: string(role), English: string(role)}
}
