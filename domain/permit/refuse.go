package permit

import "github.com/parkway-zone/parkway/domain/process"

// Refuse notes that the department has refused the permit. It can be applied for again.
type Refuse struct {
	Reason string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the department's words." example:"不符合园区规划环评准入条件。"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The decision."`
}

// RefuseName is the name of Refuse.
const RefuseName process.Name = "permit.refuse"

// About says who may, and who reads of it.
func (Refuse) About() process.About {
	return process.About{Name: RefuseName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department, process.LiaisonOfficer), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c Refuse) Brings() []process.Evidence { return c.Files }

// Fits says that only what was applied for is refused.
func (Refuse) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(p.in(Applied, Accepted, Deferred) == nil)
}

// Decide judges the department's limit and gives the permit back to who runs it.
func (c Refuse) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Applied, Accepted, Deferred); err != nil {
		return none, err
	}
	if err := lately(call, p.AppliedOn, "决定日期早于申报日期", "It cannot have been refused before it was applied for,"); err != nil {
		return none, err
	}
	if err := lately(call, p.AcceptedOn, "决定日期早于受理日期", "It cannot have been refused before it was accepted,"); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	p.stop(call, env)
	p.State, p.Excuse = Refused, reason
	reason = p.back(call, env, reason)
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: reason}, nil // who gets it back is told so
}
