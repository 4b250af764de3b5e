package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// ChangeDeadlineName is the name of ChangeDeadline.
const ChangeDeadlineName process.Name = "hazard.change_deadline"

// ChangeDeadline moves the day of the round under way. Old day, new day, who and why stay in the history.
type ChangeDeadline struct {
	DueOn  clock.Date `json:"due_on" ask:"day,required" doc:"The new last day." example:"2024-12-20"`
	Reason string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (ChangeDeadline) About() process.About {
	return process.About{Name: ChangeDeadlineName, Any: process.Of(process.Leader), Own: process.Of(process.SafetySupervisor), Readers: process.Everyone}
}

// MovesDeadline says that a request for more time goes before.
func (ChangeDeadline) MovesDeadline() {}

// Decide refuses more changes to a later day than the definition allows, and whoever is no leader once the deadline has passed, or of a major hazard.
func (c ChangeDeadline) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	if r := h.Current(); r == nil || c.DueOn.After(r.DueOn) { // an earlier day is no more time
		faults.Note(h.moved(env.Definition))
	}
	faults.Note(env.Definition.ChangeDeadline(h.turner(env), c.DueOn, reason, call))
	if faults.Err() == nil && before.leadersMove(call.Actor, call.Today()) {
		faults.Note(process.Refuse(process.NotAllowed, "已经过期的、重大隐患的期限由分管领导调整，请申请延期。", "Once the deadline has passed, and of a major hazard, a leader moves it: ask for more time."))
	}
	if faults.Err() == nil {
		faults.Note(process.MoreTimeAsked(env.ChildrenOf[h.ID]))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	h.rearm(call, env)
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: []process.Notice{
		{Kind: process.NoticeDeadline, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID, As: []process.Function{process.AsContact}},
		{Kind: process.NoticeDeadline, ToKind: process.HeldByPerson, ToID: h.SupervisorID, As: []process.Function{process.AsManager}}}}, nil
}

// leadersMove reports whether the deadline is moved by leaders and the actor is none: once it has passed, and of a major hazard.
func (h Hazard) leadersMove(actor process.Actor, today clock.Date) bool {
	r := h.Current()
	return r != nil && actor.Type == process.Person && !actor.Has(process.Leader) && (h.Level == Major || today.After(r.DueOn))
}
