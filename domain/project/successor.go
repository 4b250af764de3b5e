package project

import "github.com/parkway-zone/parkway/domain/process"

func (p Project) manager() process.Party {
	return process.Party{Kind: process.HeldByPerson, ID: p.ManagerID, Name: p.ManagerName}
}

// returnToManager gives the ball back to the project's manager when a stage begins, and returns the decision.
func (p Project) returnToManager(call process.Call, env Env, words string) process.Decision[Project] {
	p.Step = "" // it was of the stage before
	if p.ManagerID == "" || p.Done {
		return process.Decision[Project]{After: p, Reason: words}
	}
	deed := process.PassTo(&p, p.manager(), call, env.env(), words)
	return process.Decision[Project]{After: p, Reason: deed.Reason, Notices: deed.Notices}
}
