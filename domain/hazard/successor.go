package hazard

import "github.com/parkway-zone/parkway/domain/process"

// supervisorOrHeir is who has the supervisor's side: the supervisor, or whoever takes their place when their account has ended.
func (h Hazard) supervisorOrHeir(env Env) process.Party {
	return env.Directory.Successor(process.Party{Kind: process.HeldByPerson, ID: h.SupervisorID, Name: h.SupervisorName}, "")
}

// ended tells the leaders when the supervisor's account has ended. The words of the event stay the actor's: an enterprise reads them.
func (h Hazard) ended(env Env) []process.Notice {
	if h.supervisorOrHeir(env).ID == h.SupervisorID {
		return nil
	}
	return h.People().Ended()
}
