package project

import "github.com/parkway-zone/parkway/domain/process"

func (p Project) manager() process.Party {
	return process.Party{Kind: process.HeldByPerson, ID: p.ManagerID, Name: p.ManagerName}
}

// returnToManager gives the ball back to the project's manager when a stage begins, and returns the decision.
func (p Project) returnToManager(call process.Call, env Env, words string) process.Decision[Project] {
	if p.ManagerID == "" || p.Done {
		return process.Decision[Project]{After: p, Reason: words}
	}
	return p.goesTo(p.manager(), call, env, words)
}

// goesTo hands the project to the party by itself, or to whoever takes its place when its account has ended, which the event and the leaders
// are then told.
func (p Project) goesTo(party process.Party, call process.Call, env Env, words string) process.Decision[Project] {
	to := env.Directory.Successor(party, p.LeaderID)
	p.HandTo(to, call.OccurredAt)
	p.DelegatedBy = nil // also when it stays where it was delegated to, because nobody else is there to take it back
	if to.ID == party.ID {
		return process.Decision[Project]{After: p, Reason: words}
	}
	return process.Decision[Project]{After: p, Reason: process.PassedOn(words, party, to), Notices: p.People().Ended()}
}
