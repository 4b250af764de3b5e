package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

func (p Project) manager() process.Party {
	return process.Party{Kind: process.HeldByPerson, ID: p.ManagerID, Name: p.ManagerName}
}

// rest lets a project that has come to its last stage lie in nobody's hands: what is left are achievements that come when they come, and nobody is to be urged for them.
func (p *Project) rest(d lifecycle.Definition) bool {
	if !d.Last(p.stage()) {
		return false
	}
	p.Holder, p.DelegatedBy = nil, nil
	return true
}

// Adopted takes a project that rests out of its manager's hands where an older version left it there; what was handed to somebody else stays with them.
func (p *Project) Adopted(_ process.Call, rules process.Rules) {
	if d, ok := rules.(lifecycle.Definition); ok && p.Holder != nil && p.Holder.ID == p.ManagerID {
		p.rest(d)
	}
}

// returnToManager gives the ball back to the project's manager when a stage begins, and returns the decision.
func (p Project) returnToManager(call process.Call, env Env, words string) process.Decision[Project] {
	p.Step = "" // it was of the stage before
	if p.rest(env.Definition) {
		return process.Decision[Project]{After: p, Reason: words}
	}
	if p.ManagerID == "" || p.Done {
		return process.Decision[Project]{After: p, Reason: words}
	}
	deed := process.PassTo(&p, p.manager(), call, env.env(), words)
	return process.Decision[Project]{After: p, Reason: deed.Reason, Notices: deed.Notices}
}
