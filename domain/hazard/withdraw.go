package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "hazard.withdraw"

// Withdraw closes a hazard that was recorded in error, before anybody was told of it. It stays on file and is not counted as found. Once its notice is out a second person
// has to agree (AskWithdrawal); so of a major one from the start: leader and department were told when it was found.
type Withdraw struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Any: process.Of(process.Leader), Own: process.Of(process.SafetySupervisor), Readers: process.FactOnly}
}

// Fits says that it fits what nobody was told of yet.
func (Withdraw) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!h.Done && h.unheard())
}

// unheard reports whether nobody has heard of it yet who was not there.
func (h Hazard) unheard() bool { return h.State == rectification.Found && h.Level != Major }

// Decide refuses a closed hazard, a withdrawal without a reason, and one after the notice.
func (c Withdraw) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(h.keepsOpen())
	if !h.Done && !h.unheard() && call.Actor.Type == process.Person {
		faults.Note(process.Refuse(process.WrongState, "通知已经下达的、重大的，作废要经另一个人批准，请用「申请作废」。", "Its notice is out, or it is major: somebody else has to agree; ask for its withdrawal."))
	}
	faults.Note(h.withdrawn(call, env))
	if err := faults.Err(); err != nil {
		return none, err
	}
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: before.tellSupervisor(process.NoticeClosed)}, nil
}

// withdrawn closes the hazard as recorded in error.
func (h *Hazard) withdrawn(call process.Call, env Env) error {
	if err := env.Definition.End(h.turner(env), call, rectification.Found, rectification.Planned, rectification.Rectifying, rectification.Reported); err != nil {
		return err
	}
	h.closedWith(Withdrawn, call.Day())
	return nil
}

// AskWithdrawal asks that one hazard be taken back whose notice is out, or that is major: alone, whatever else the notice named. Until somebody else has agreed its deadline runs on.
type AskWithdrawal struct {
	Reason  string             `json:"reason" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"Why it should not stand." example:"与另一起隐患重复登记。"`
	Decider string             `json:"decider_id" ask:"person,required,from=leaders,not=me" minLength:"1" doc:"The leader who decides, who is somebody else."`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers."`
}

// AskWithdrawalName is the name of AskWithdrawal.
const AskWithdrawalName process.Name = "hazard.ask_withdrawal"

// About says who may, and who reads of it.
func (AskWithdrawal) About() process.About {
	return process.About{Name: AskWithdrawalName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Mentions returns who decides.
func (c AskWithdrawal) Mentions() []string { return []string{c.Decider} }

// Brings returns the papers.
func (c AskWithdrawal) Brings() []process.Evidence { return c.Files }

// Fits says that it fits an open hazard that somebody has heard of.
func (AskWithdrawal) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(h.withdrawable() == nil)
}

func (h Hazard) withdrawable() error {
	switch {
	case h.Done:
		return process.UnderWay(&h.Case)
	case h.unheard():
		return process.Refuse(process.WrongState, "通知还没有下达，直接作废就可以。", "No notice is out: withdraw it.")
	}
	return h.keepsOpen()
}

// Decide refuses what is listed or stopped, and what nobody was told of.
func (c AskWithdrawal) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	return before.seek(process.Sought{Sort: "withdraw", What: "作废这起隐患", Reason: c.Reason, Decider: c.Decider, Does: VoidName}, before.withdrawable(), c.Files, call, env)
}

// Void is the machinery's command: a leader has agreed that the hazard does not stand.
type Void struct{ process.Agreed }

// VoidName is the name of Void.
const VoidName process.Name = "hazard.void"

// About says that nobody issues it: it only follows from another deed.
func (Void) About() process.About {
	return process.About{Name: VoidName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says what it is.
func (c Void) Carries(process.Rules) process.Text {
	return process.Text{Chinese: c.Request + " 作废", English: c.Request + ": withdrawn"}
}

// Decide refuses what is closed, listed or stopped meanwhile. Whoever was told of the hazard hears of it.
func (c Void) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := h.withdrawable(); err != nil {
		return none, err
	}
	if err := h.withdrawn(call, env); err != nil {
		return none, err
	}
	return process.Decision[Hazard]{After: h, Reason: c.Request + " " + c.Why, Notices: before.tellHeard(process.NoticeClosed)}, nil
}
