package casework

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// ExtendVerb is what Extend does.
const ExtendVerb process.Verb = "extend"

// Extend gives the running deadline more time, in the unit of its limit (working days, days or months); one that ends on a written day, in days.
type Extend struct {
	Amount int    `json:"amount" ask:"count,required" minimum:"1" maximum:"3660" doc:"By how much, in the deadline's own unit." example:"10"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"雨季无法施工"`
}

// About says that a leader grants more time.
func (Extend) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(ExtendVerb), Any: process.Of(leader), Readers: process.FactOnly}
}

// Fits says that only a running deadline can be extended.
func (Extend) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	return process.FitsWhen(process.UnderWay(on.Header()) == nil && process.Running(*on.Timed()) != nil)
}

// MovesDeadline says that a request for more time goes before.
func (Extend) MovesDeadline() {}

// notPast refuses a deadline that is moved into the past. What is brought over from elsewhere was moved when it was moved.
func notPast(due clock.Date, call process.Call) error {
	if call.Actor.Type == process.Person && due.Before(call.Today()) {
		return process.Refuse(process.ImpossibleDate, "这样延期后期限是 "+due.Chinese()+"，已经过去了，请重新填写。", "The deadline would be "+due.String()+", which is past.").At("until")
	}
	return nil
}

// Act refuses a case without a deadline, and one that stands still.
func (c Extend) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(process.UnderWay(on.Header()))
	faults.Note(process.MoreTimeAsked(env.Found.ChildrenOf[on.Header().ID]))
	k := process.Running(*on.Timed())
	if k == nil {
		faults.Note(process.Refuse(process.WrongState, "现在没有期限，不需要延期。", "There is no deadline to extend."))
	}
	if c.Amount < 1 || c.Amount > 3660 {
		faults.Note(process.RefuseField("amount", "请填写延长多少，1 到 3660。", "Say by how much, 1 to 3660."))
	}
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	*k = k.Extend(clock.Extension{On: call.Day(), Amount: c.Amount, Reason: reason, By: call.Actor.Name}, env.Calendar)
	if err := notPast(k.DueOn, call); err != nil {
		return process.Deed{}, process.Pointing(err, "amount")
	}
	if kept, ok := on.(process.Rescheduled); ok {
		if err := kept.Reschedule(*k, env.Rules); err != nil {
			return process.Deed{}, err
		}
	}
	process.Follow(on, call, env)
	notices := process.TellTeam(on, process.NoticeDeadline)
	if h := on.Header().Holder; h != nil && h.Kind == process.HeldByEnterprise {
		notices = append(notices, process.Notice{Kind: process.NoticeDeadline, ToKind: h.Kind, ToID: h.ID, As: []process.Function{process.AsHolder}})
	}
	return process.Deed{Reason: reason, Notices: notices}, nil
}
