package casework

import (
	"sort"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// GrantExtensionVerb is what GrantExtension does.
const GrantExtensionVerb process.Verb = "grant_extension"

// longestExtension bounds what can be given at once, in the unit of the deadline.
const longestExtension = 3660

// GrantExtension is the machinery's command: a leader has agreed to a request for more time, and the deadline moves to the day that was asked for. It only follows from that deed.
type GrantExtension struct {
	Request string     `json:"request" minLength:"1" maxLength:"60" doc:"The number of the request."`
	Clock   int        `json:"clock" minimum:"1" doc:"Which of the case's deadlines it asks for."`
	Until   clock.Date `json:"until" doc:"The new last day."`
	Reason  string     `json:"reason" minLength:"1" maxLength:"4000" doc:"Why it was asked for."`
	By      string     `json:"by" minLength:"1" maxLength:"200" doc:"Who agreed."`
}

// About says that nobody issues it: it only follows from another deed.
func (GrantExtension) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(GrantExtensionVerb), By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says until when.
func (c GrantExtension) Carries(process.Rules) process.Text {
	return process.Text{Chinese: c.Request + " 期限延到 " + c.Until.Chinese(), English: c.Request + ": the deadline moves to " + c.Until.String()}
}

// Fits says that nobody is offered it.
func (GrantExtension) Fits(process.Subject, process.Actor, process.Env) process.Fit {
	return process.Not
}

// Act refuses a deadline that is no longer the one that was asked for, a day that is no later one, one that the deadline's unit cannot reach, and what the kind's own rules refuse.
func (c GrantExtension) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	if err := process.UnderWay(on.Header()); err != nil {
		return process.Deed{}, err
	}
	k := process.Running(*on.Timed())
	if k == nil || k.Seq != c.Clock {
		return process.Deed{}, process.Refuse(process.WrongState, "申请延期的那个期限已经结束。", "The deadline that more time was asked for has ended.")
	}
	if !c.Until.After(k.DueOn) {
		return process.Deed{}, process.Refuse(process.ImpossibleDate, "新的日期不晚于现在的期限 "+k.DueOn.Chinese()+"。", "The new day is no later than the present end, "+k.DueOn.String()+".").At("until")
	}
	if err := notPast(c.Until, call); err != nil {
		return process.Deed{}, err
	}
	give := func(amount int) clock.Clock {
		return k.Extend(clock.Extension{On: call.Day(), Amount: amount, Reason: c.Request + " " + c.Reason, By: c.By}, env.Calendar)
	}
	amount := 1 + sort.Search(longestExtension, func(i int) bool { return !give(i + 1).DueOn.Before(c.Until) })
	if amount > longestExtension {
		return process.Deed{}, process.Refuse(process.ImpossibleDate, "新的日期太远了，请核对。", "The new day lies too far away.").At("until")
	}
	moved := give(amount)
	if moved.DueOn != c.Until {
		return process.Deed{}, process.Refuse(process.ImpossibleDate, "这个期限不能正好延到 "+c.Until.Chinese()+"，最近的是 "+moved.DueOn.Chinese()+"。",
			"This deadline cannot end on "+c.Until.String()+"; the nearest day is "+moved.DueOn.String()+".").At("until")
	}
	*k = moved
	if kept, ok := on.(process.Rescheduled); ok {
		if err := kept.Reschedule(*k, env.Rules); err != nil {
			return process.Deed{}, process.Pointing(err, "until")
		}
	}
	process.Follow(on, call, env)
	notices := process.TellTeam(on, process.NoticeDeadline)
	if h := on.Header().Holder; h != nil && h.Kind == process.HeldByEnterprise {
		notices = append(notices, process.Notice{Kind: process.NoticeDeadline, ToKind: h.Kind, ToID: h.ID, As: []process.Function{process.AsHolder}})
	}
	return process.Deed{Reason: c.Request + " " + c.Reason, Notices: notices}, nil
}
