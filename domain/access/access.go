// Package access says of every command who may issue it, on whose cases, whether it may be dated back, and who reads of it: one description for
// each, asked by the door before every decision and by the pages for their buttons, forms and histories.
package access

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// Relation is whether the actor has a part in the case.
type Relation bool

// The relations.
const (
	Own   Relation = true
	Other Relation = false
)

// May reports whether the actor may issue the command on a case it has this relation to. Imports may do what people may; the clock only
// reminds, and nobody else may do that.
func May(actor process.Actor, name process.Name, relation Relation) bool {
	about, known := kinds.About(name)
	switch actor.Type {
	case process.Clock:
		return about.By == process.ByClock || about.Follows
	case process.Import:
		return known && about.By != process.ByClock
	case process.Person:
		return holdsOne(actor, about.Any) || (relation == Own && holdsOne(actor, about.Own))
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
	about, _ := kinds.About(name)
	chinese, english := "你没有这项操作的权限。", "You may not do this."
	if len(about.Any)+len(about.Own) > 0 {
		chinese = "你没有这项操作的权限。可以办理的是："
		english = "You may not do this. Those who may: "
		for i, role := range append(slices.Clone(about.Any), about.Own...) {
			if i > 0 {
				chinese, english = chinese+"、", english+", "
			}
			chinese, english = chinese+title(role).Chinese, english+title(role).English
			if i >= len(about.Any) {
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
