package rectification

import (
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
	d.start(t, clock.StartUntil(Rectify, round.NoticeNumber, round.IssuedOn, round.DueOn, t.Calendar), call)
	return nil
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
	if verdict == Pass {
		t.end(call)
		return nil
	}
	return d.open(t, next, call)
}

// checkInspection names all that a re-inspection cannot be: its day, its inspectors, its verdict, the day until which the next round runs.
func (d Definition) checkInspection(r Round, verdict string, inspectors []Signatory, next Round, call process.Call) error {
	var faults process.Faults
	if call.Day().Before(clock.DateOf(*r.HandedInAt)) {
		faults.Note(process.Refuse(process.ImpossibleDate, "复查不能早于提交整改的日期。", "The re-inspection cannot lie before the hand-in.").At("occurred_on"))
	}
	if r.HandedInBy != nil && slices.ContainsFunc(inspectors, func(i Signatory) bool { return i.ID == r.HandedInBy.ID }) {
		faults.Note(process.Refuse(process.SamePerson, "代为提交整改的人不能再参加复查。", "Whoever handed the rectification in cannot re-inspect it.").At("inspector_ids"))
	}
	switch verdict {
	case Pass:
	case Fail:
		faults.Note(d.checkDue(next.DueOn, call))
	default:
		faults.Note(process.RefuseField("result", "请选择合格或不合格。", "Choose pass or fail."))
	}
	return faults.Err()
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
