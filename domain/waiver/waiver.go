// Package waiver is the request for a waiver 容缺申请: whoever runs a project asks that its gate be passed without one requirement until a day, and a leader grants
// it, until when, or refuses it with a reason. It belongs to its project and is opened by what is asked there (docs/decisions/0076). Until it is decided the gate
// stays shut; what nobody decided stays with the leader, and late.
package waiver

import (
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// Kind is the name of the kind.
const Kind = project.WaiverKind

// The states of a request. All but the first are closed.
const (
	Asked     = "asked"
	Granted   = "granted"
	Refused   = "refused"
	Moot      = "moot"      // the requirement was met, or the project has left the gate
	Withdrawn = "withdrawn" // by whoever asked
)

// States lists them in their order.
func States() []string { return []string{Asked, Granted, Refused, Moot, Withdrawn} }

// ToDecide is the clock of a request: until when it has to be decided.
const ToDecide = "decide_waiver"

// Request is one request as it stands. Its Stage is the requirement that it is about: by that its project finds it.
type Request struct {
	process.Petition
	Requirement  string     `json:"waives"`   // in words, as its definition called it
	Until        clock.Date `json:"until_on"` // that is asked for
	GrantedUntil clock.Date `json:"granted_until_on"`
}

// Definition is one published version: how long a decision may take, and who hears of its deadline, as of any request that a leader decides.
type Definition = extension.Definition

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a request.
type Command = process.Command[Request, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Request, Env]{
		Kind: Kind, Series: "RQ", Workflow: "Waiver", Path: "waivers", Lead: process.ProjectManager,
		Within:   true,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Commands(), List: listing.Plainly(States()...), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: func(r Request) Request { r.Plain = r.Plain.Clone(); return r },
		Needs: func(r Request, command any) process.Needs {
			if opening, ok := command.(Open); ok && r.ParentID == "" {
				return process.Needs{Parent: opening.Project}
			}
			if _, grants := command.(Grant); grants { // its project's gate is looked at
				return process.Needs{Parent: r.ParentID, Siblings: true, HazardsOf: r.ParentID}
			}
			return process.Needs{Parent: r.ParentID}
		},
	})
}

// Heed closes a request whose project has left the gate.
func (r *Request) Heed(parent process.Parent, call process.Call, env process.Env) string {
	p, ok := parent.Subject.(*project.Project)
	if !ok || !parent.Done && p.AsksWaiver(r.Stage) {
		return ""
	}
	r.end(Moot, call, env.Calendar)
	return "项目" + parent.Number + "已经离开这一关，不需要容缺了。"
}

// end closes the request; what a leader decided is judged, the rest is not.
func (r *Request) end(state string, call process.Call, cal clock.Calendar) {
	r.End(state, state == Granted || state == Refused, call, cal)
}

// Took says who asked: on the project, not in a deed of the request.
func (r *Request) Took(p process.Duty) []string { return r.Asker(p) }

// said is what the project is told.
func (r *Request) said(says, reason string, call process.Call) project.DecideWaiver {
	return project.DecideWaiver{Requirement: r.Stage, Request: r.Number, Says: says, Until: r.GrantedUntil, Reason: reason, ByID: call.Actor.ID, By: call.Actor.Name}
}

// tell lets it follow on the project.
func (r *Request) tell(d project.DecideWaiver) []process.FollowUp {
	return []process.FollowUp{{Kind: project.Kind, CaseID: r.ParentID, Command: project.DecideWaiverName, Input: d}}
}

// titled is what a request is called: what it would waive, of which project.
func (r *Request) titled(of string) string {
	return process.Clip("容缺申请：" + r.Requirement + "（" + of + "）")
}

// TitleUnder is what it is called under the present name of its project.
func (r *Request) TitleUnder(parent process.Parent, _ process.Env) string {
	return r.titled(parent.Title)
}
