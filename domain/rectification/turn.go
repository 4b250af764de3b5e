package rectification

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Begin puts a found problem into its supervisor's hands.
func (d Definition) Begin(t Turner, call process.Call) {
	t.Case.State = Found
	t.Case.GiveTo(t.Supervisor, call.OccurredAt)
	limit := d.NoticeWithin
	if t.Variant == MajorVariant && d.NoticeWithinMajor != nil {
		limit = d.NoticeWithinMajor
	}
	if limit == nil {
		t.Case.NoDeadline()
		return
	}
	d.start(t, clock.Start(Notifying, *limit, call.OccurredAt, t.Calendar), call)
}

// Notify opens the first round: the enterprise has until the day on the notice.
func (d Definition) Notify(t Turner, round Round, call process.Call) error {
	if err := t.in(Found); err != nil {
		return err
	}
	return d.open(t, round, call)
}

func (d Definition) open(t Turner, round Round, call process.Call) error {
	round.Round, round.IssuedOn = len(t.Loop.Rounds)+1, call.Day()
	if err := d.checkDue(round.DueOn, call); err != nil {
		return err
	}
	t.Loop.Rounds = append(t.Loop.Rounds, round)
	t.Case.State, t.Case.Round = Rectifying, round.Round
	t.Case.GiveTo(t.Enterprise, call.OccurredAt)
	if t.Plans && d.Major != nil {
		t.Case.State = Planned
		d.start(t, clock.Start(Planning, d.Major.Plan, call.OccurredAt, t.Calendar), call)
		return nil
	}
	d.start(t, clock.StartUntil(Rectify, round.NoticeNumber, round.IssuedOn, round.DueOn, t.Calendar), call)
	return nil
}

// Reopen opens another round of what was closed: a look-back found it again.
func (d Definition) Reopen(t Turner, round Round, call process.Call) error {
	if !t.Case.Done {
		return process.Refuse(process.WrongState, "这起隐患还没有销号。", "The case is not closed.")
	}
	t.Case.Done, t.Case.ClosedAt = false, nil
	return d.open(t, round, call)
}

// FilePlan puts what waited for its plan under rectification: until the day on the notice.
func (d Definition) FilePlan(t Turner, call process.Call) error {
	if err := t.in(Planned); err != nil {
		return err
	}
	r := t.Loop.Current()
	if err := process.NotBefore(call, r.IssuedOn, "方案日期早于下达通知的日期", "The plan cannot have been filed before the notice of"); err != nil {
		return err
	}
	t.Case.State = Rectifying
	d.start(t, clock.StartUntil(Rectify, r.NoticeNumber, r.IssuedOn, r.DueOn, t.Calendar), call)
	return nil
}

// Clear is the word of whoever listed the case: cleared closes it, not cleared opens the next round.
func (d Definition) Clear(t Turner, cleared bool, next Round, call process.Call) error {
	if err := t.in(Clearing); err != nil {
		return err
	}
	if err := process.NotBefore(call, t.Loop.Current().InspectedOn, "摘牌日期早于复查日期", "It cannot have been cleared before the re-inspection of"); err != nil {
		return err
	}
	if cleared {
		t.end(call)
		return nil
	}
	return d.open(t, next, call)
}

// Until is the last day of a round that follows on another, by the policy: given, the days that were left, or given and fewer than before.
func (r Round) Until(policy Policy, given clock.Date, call process.Call) (clock.Date, error) {
	switch policy {
	case Remaining:
		left := clock.DateOf(*r.HandedInAt).DaysUntil(r.DueOn)
		switch {
		case left < 1:
			return given, process.RefuseField("policy", "上一轮提交时已经没有剩余天数，请另定期限。", "No days were left when the last round was handed in; set a new deadline.")
		case !given.IsZero():
			return given, process.RefuseField("due_on", "按剩余天数续算的，不另填期限。", "Where the days that were left are given, no day is named.")
		}
		return call.Day().AddDays(left), nil
	case Shortened:
		if days := r.IssuedOn.DaysUntil(r.DueOn); !given.IsZero() && call.Day().DaysUntil(given) >= days {
			return given, process.RefuseField("due_on", fmt.Sprintf("缩短的期限应少于上一轮的 %d 天。", days), fmt.Sprintf("A shortened deadline has fewer days than the %d of the last round.", days))
		}
	case Fresh:
	}
	return given, nil
}

func (d Definition) checkDue(due clock.Date, call process.Call) error {
	switch {
	case due.IsZero():
		return process.RefuseField("due_on", "请填写整改期限。", "Say until which day it must be rectified.")
	case due.Before(call.Day()):
		return process.Refuse(process.ImpossibleDate, "期限不能早于 "+call.Day().Chinese()+"。", "The deadline cannot lie before "+call.Day().String()+".").At("due_on")
	case call.Day().DaysUntil(due) > d.LongestDays:
		return process.Refuse(process.ImpossibleDate, "期限太长，请核对年份。", "The deadline is too far away; check the year.").At("due_on")
	}
	return nil
}

// HandIn reports the rectification done; the re-inspection clock starts and the supervisor has the ball.
func (d Definition) HandIn(t Turner, measures string, completed clock.Date, by Signatory, call process.Call) error {
	if err := t.in(Rectifying); err != nil {
		return err
	}
	r := t.Loop.Current()
	if completed.IsZero() {
		completed = call.Day()
	}
	if completed.After(call.Day()) || completed.Before(r.IssuedOn) || call.Day().Before(r.IssuedOn) {
		return process.Refuse(process.ImpossibleDate, "整改完成日期应在下达通知之后、今天之前。", "The work was done between the notice and today.").At("completed_on")
	}
	at := call.OccurredAt
	r.HandedInAt, r.HandedInBy, r.CompletedOn, r.Measures, r.HandedInReceivedAt = &at, &by, completed, measures, call.Received()
	t.Case.State = Reported
	t.Case.GiveTo(t.Supervisor, call.OccurredAt)
	d.start(t, clock.Start(Reinspection, d.Reinspect, call.OccurredAt, t.Calendar), call)
	return nil
}

// Inspect gives the round its verdict: passed closes the case, failed opens the next round.
func (d Definition) Inspect(t Turner, verdict, opinion string, inspectors []Signatory, next Round, call process.Call) error {
	if err := t.in(Reported); err != nil {
		return err
	}
	r := t.Loop.Current()
	if err := d.checkInspection(*r, verdict, inspectors, next, call); err != nil {
		return err
	}
	r.Verdict, r.Opinion, r.Inspectors, r.InspectedOn, r.InspectedReceivedAt = verdict, opinion, inspectors, call.Day(), call.Received()
	if verdict != Pass {
		return d.open(t, next, call)
	}
	if t.Clears.ID != "" && d.Major != nil {
		t.Case.State = Clearing
		t.Case.GiveTo(t.Clears, call.OccurredAt)
		d.start(t, clock.Start(Clearance, d.Major.Clear, call.OccurredAt, t.Calendar), call)
		return nil
	}
	t.end(call)
	return nil
}

// checkInspection names all that a re-inspection cannot be: its day, its inspectors, its verdict, the day until which the next round runs.
func (d Definition) checkInspection(r Round, verdict string, inspectors []Signatory, next Round, call process.Call) error {
	var faults process.Faults
	if call.Day().Before(clock.DateOf(*r.HandedInAt)) {
		faults.Note(process.Refuse(process.ImpossibleDate, "复查不能早于提交整改的日期。", "The re-inspection cannot lie before the hand-in.").At("occurred_on"))
	}
	faults.Note(r.Uninvolved(inspectors))
	switch verdict {
	case Pass:
	case Fail:
		faults.Note(d.checkDue(next.DueOn, call))
	default:
		faults.Note(process.RefuseField("result", "请选择合格或不合格。", "Choose pass or fail."))
	}
	return faults.Err()
}

// Uninvolved refuses inspectors of whom one handed the rectification in.
func (r Round) Uninvolved(inspectors []Signatory) error {
	if r.HandedInBy != nil && slices.ContainsFunc(inspectors, func(i Signatory) bool { return i.ID == r.HandedInBy.ID }) {
		return process.Refuse(process.SamePerson, "代为提交整改的人不能再参加复查。", "Whoever handed the rectification in cannot re-inspect it.").At("inspector_ids")
	}
	return nil
}

// End closes the case without a re-inspection: fixed on the spot, or recorded in error.
func (d Definition) End(t Turner, call process.Call, states ...string) error {
	var err error
	for _, state := range states {
		if err = t.in(state); err == nil {
			t.end(call)
			return nil
		}
	}
	return err
}

// ChangeDeadline moves the day of the round under way; the old day stays in the clock's ledger.
func (d Definition) ChangeDeadline(t Turner, due clock.Date, reason string, call process.Call) error {
	if err := t.in(Rectifying); err != nil {
		return err
	}
	if err := d.checkDue(due, call); err != nil {
		return err
	}
	r := t.Loop.Current()
	if r.DueOn == due {
		return process.Refuse(process.NothingChanged, "期限没有变化。", "The deadline is the same.").At("due_on")
	}
	r.DueOn = due
	c := t.Loop.Running()
	*c = c.ExtendTo(due, clock.Extension{On: call.Day(), Reason: reason, By: call.Actor.Name}, t.Calendar)
	d.follow(t, call)
	return nil
}
