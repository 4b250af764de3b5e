package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// AskDowngrade asks that a major hazard be held for a general one. It stays major until somebody else has agreed, and if nobody decides.
type AskDowngrade struct {
	Reason  string             `json:"reason" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"Why it is not major by the standard, or no longer." example:"经专家核查，储量低于临界量，不符合判定标准第4条。"`
	Decider string             `json:"decider_id" ask:"person,required,from=leaders,not=me" minLength:"1" doc:"The leader who decides, who is somebody else."`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The experts' opinion."`
}

// AskDowngradeName is the name of AskDowngrade.
const AskDowngradeName process.Name = "hazard.ask_downgrade"

// About says who may, and who reads of it.
func (AskDowngrade) About() process.About {
	return process.About{Name: AskDowngradeName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Mentions returns who decides.
func (c AskDowngrade) Mentions() []string { return []string{c.Decider} }

// Brings returns the papers.
func (c AskDowngrade) Brings() []process.Evidence { return c.Files }

// Fits says that it fits an open major hazard that no body has listed.
func (AskDowngrade) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(h.downgrades() == nil)
}

// downgrades refuses what is general, closed, listed, or stands still by order: what a body has decided only that body takes back.
func (h Hazard) downgrades() error {
	switch {
	case h.Done:
		return process.UnderWay(&h.Case)
	case h.Level != Major:
		return process.Refuse(process.WrongState, "这起隐患不是重大隐患。", "The hazard is not a major one.")
	}
	return h.keepsOpen()
}

// Decide refuses what cannot be downgraded.
func (c AskDowngrade) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	return before.seek(process.Sought{Sort: "regrade", What: "重大隐患降为一般隐患", Was: "重大隐患", Becomes: "一般隐患", Reason: c.Reason, Decider: c.Decider, Does: RegradeName}, before.downgrades(), c.Files, call, env)
}

// seek asks for a change of an open hazard for which the reason is all that has to be said.
func (h Hazard) seek(s process.Sought, cannot error, files []process.Evidence, call process.Call, env Env) (process.Decision[Hazard], error) {
	if cannot != nil {
		return process.Decision[Hazard]{}, cannot
	}
	var faults process.Faults
	s.Reason = faults.Text(process.Required("reason", s.Reason, process.TextLimit))
	return h.sought(s, struct{}{}, faults, files, h.Round, call, env)
}

// sought opens the request for a change, with what belongs to it on record in the round, unless something was amiss.
func (h Hazard) sought(s process.Sought, with any, faults process.Faults, files []process.Evidence, round int, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h = h.clone()
	up, err := process.Seek(&h.Case, s, with, call, env.Directory)
	faults.Note(err)
	attachments, err := process.PutOnRecord(h.Attachments, files, env.Uploads, call, process.Place{Round: round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.Attachments = attachments
	return process.Decision[Hazard]{After: h, Reason: s.Reason, Follow: []process.FollowUp{up}}, nil
}

// Regrade is the machinery's command: a leader has agreed that a major hazard is a general one. Its rounds, its plan and what was told of its progress stay on record.
type Regrade struct{ process.Agreed }

// RegradeName is the name of Regrade.
const RegradeName process.Name = "hazard.regrade"

// About says that nobody issues it: it only follows from another deed.
func (Regrade) About() process.About {
	return process.About{Name: RegradeName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says what it is.
func (c Regrade) Carries(process.Rules) process.Text {
	return process.Text{Chinese: c.Request + " 降为一般隐患", English: c.Request + ": a general hazard"}
}

// Decide refuses what cannot be downgraded any more. One whose plan is awaited is under rectification from now on: a general hazard needs none.
func (c Regrade) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := h.downgrades(); err != nil {
		return none, err
	}
	h.Level, h.OwnLevel = General, ""
	if h.State == rectification.Planned {
		if err := env.Definition.FilePlan(h.turner(env), call); err != nil {
			return none, err
		}
	}
	h.rearm(call, env)
	return process.Decision[Hazard]{After: h, Reason: c.Request + " " + c.Why, Notices: before.tellHeard(process.NoticeRegraded)}, nil
}
