package hazard

import "github.com/parkway-zone/parkway/domain/process"

// ReassignName is the name of Reassign.
const ReassignName process.Name = "hazard.reassign"

// Reassign makes another safety supervisor responsible.
type Reassign struct {
	SupervisorID string `json:"supervisor_id"`
	Reason       string `json:"reason"`
}

// Name returns "hazard.reassign".
func (Reassign) Name() process.Name { return ReassignName }

// Mentions returns the supervisor.
func (c Reassign) Mentions() []string { return []string{c.SupervisorID} }

// Decide refuses somebody who is not an active safety supervisor.
func (c Reassign) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	party, err := supervisor(c.SupervisorID, env)
	if err != nil {
		return none, err
	}
	if party.ID == h.SupervisorID {
		return none, process.Refuse(process.NothingChanged, party.Name+"已经负责这起隐患。", party.Name+" is responsible already.").At("supervisor_id")
	}
	old := h.supervisorOrHeir(env).ID
	h.SupervisorID, h.SupervisorName = party.ID, party.Name
	err = env.Definition.Reassign(h.turner(env), old, call)
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: h.tellSupervisor(process.NoticeHandedTo)}, err
}
