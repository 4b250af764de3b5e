package lifecycle

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Traveller is a case on a journey: what the engine moves. Facts are the kind's own; the engine asks and sets them by name.
type Traveller struct {
	Case     *process.Case
	Journey  *Journey
	Variant  string                                // which skip rules apply
	Has      func(fact string) bool                // whether a fact is filled in
	Planned  func(fact string) clock.Date          // the day a planning fact names, if any
	Arm      func()                                // lets the case wake for what happens in it beside its deadline
	Promised clock.Date                            // the day that was agreed for the next contact, if any
	Mark     func(fact string, day clock.Date)     // sets a date fact; a date that is set already stays
	Hazards  int                                   // open major hazards of the whole enterprise: what versions 1 to 3 promise, wherever one is said to be
	Check    func(Requirement, clock.Date) Checked // of what the case finds out by itself as of a day
	Laid     func(stage StageID) []Requirement     // what was laid on the case beside what the definition asks
	Calendar clock.Calendar

	Attachments []process.Attachment // on record: what a gate's answers refer to
}

// Start begins the journey at any stage; earlier stages count as done before the case came to Parkway.
func (d Definition) Start(t Traveller, at StageID, call process.Call) error {
	stage, err := d.Stage(at)
	if err != nil {
		return err
	}
	for _, earlier := range d.Stages[:d.index(at)] {
		outcome, reason := TakenOver, ""
		if rule, ok := earlier.rule(t.Variant); ok && rule.Always {
			outcome, reason = Skipped, rule.Reason.Chinese
		}
		t.Journey.Passages = append(t.Journey.Passages, Passage{Seq: len(t.Journey.Passages) + 1, Stage: earlier.ID, Outcome: outcome, Reason: reason})
	}
	t.Case.State = Active
	d.enter(t, stage, call, d.index(at) > 0)
	return nil
}

// enter opens a passage and starts the stage's clock. A stage that began elsewhere has no known limit, only a planned day.
func (d Definition) enter(t Traveller, stage Stage, call process.Call, takenOver bool) {
	day := call.Day()
	t.Case.Stage = string(stage.ID)
	t.Journey.StageSince = day
	t.Journey.Passages = append(t.Journey.Passages, Passage{Seq: len(t.Journey.Passages) + 1, Stage: stage.ID, EnteredOn: day, Outcome: Current})
	if stage.OnEnter != "" {
		t.Mark(stage.OnEnter, day)
	}
	if stage.PlannedBy != "" && !t.Planned(stage.PlannedBy).IsZero() {
		d.startClock(t, clock.StartUntil(string(stage.ID), "", day, t.Planned(stage.PlannedBy), t.Calendar))
	} else if stage.Limit != nil && !takenOver {
		d.startClock(t, clock.Start(string(stage.ID), *stage.Limit, call.OccurredAt, t.Calendar))
	}
	d.spoken(t, day, t.Promised)
	d.follow(t, call)
}

func (d Definition) startClock(t Traveller, c clock.Clock) {
	c.Seq, c.Rule = len(t.Journey.Clocks)+1, d.rule()
	t.Journey.Clocks = append(t.Journey.Clocks, c)
}

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }

// Climb returns the ladder of the running clock; without a running clock it is empty.
func (d Definition) Climb(t Traveller) ladder.Climb {
	climb := ladder.Climb{Ladder: d.Ladder, Calendar: t.Calendar, Variant: t.Variant, CaseID: t.Case.ID}
	if c := t.Journey.Running(); c != nil {
		climb.Clock, climb.Ladder = *c, d.LadderOf(c.Name)
	}
	return climb
}

// follow carries the running clock to the case.
func (d Definition) follow(t Traveller, call process.Call) {
	t.Case.Follow(d.Climb(t), call.RecordedAt)
	if t.Arm != nil {
		t.Arm()
	}
}

// leave closes the present passage, stops its clock and forgets the gate's live answers: they are in the seal.
func (t Traveller) leave(outcome, reason string, call process.Call, seal *Seal) {
	day := call.Day()
	p := t.Journey.present()
	p.LeftOn, p.Outcome, p.Reason, p.Seal = day, outcome, reason, seal
	if c := t.Journey.Running(); c != nil {
		*c = c.StopReceived(call.OccurredAt, call.Received(), t.Calendar)
	}
	t.Journey.Answers = []Answer{}
}

// under refuses what needs a journey under way.
func (t Traveller) under() error {
	switch {
	case t.Case.Done:
		return process.Refuse(process.Closed, "这件事已经结束，不能再办理。", "The case is closed.").After(process.MovedDone)
	case t.Journey.Suspension != nil:
		return process.Refuse(process.Suspended, "项目已暂停，请先恢复。", "The project is suspended; resume it first.").After(process.MovedSuspension)
	case t.Case.State == Pooled:
		return process.InPool()
	}
	return nil
}

// orderly refuses a deed dated before the present stage was entered.
func (t Traveller) orderly(day clock.Date) error {
	if day.Before(t.Journey.StageSince) {
		return process.Refuse(process.ImpossibleDate, "日期早于进入本阶段的日期 "+t.Journey.StageSince.Chinese()+"。",
			"The day lies before the present stage was entered, "+t.Journey.StageSince.String()+".").At("occurred_on")
	}
	return nil
}
