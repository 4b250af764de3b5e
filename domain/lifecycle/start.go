package lifecycle

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Traveller is a case on a journey: what the engine moves. Facts are the kind's own; the engine asks and sets them by name.
type Traveller struct {
	Case     *process.Case
	Journey  *Journey
	Variant  string                            // which skip rules apply
	Has      func(fact string) bool            // whether a fact is filled in
	Planned  func(fact string) clock.Date      // the day a planning fact names, if any
	Mark     func(fact string, day clock.Date) // sets a date fact; a date that is set already stays
	Hazards  int                               // open major hazards of the enterprise
	Calendar clock.Calendar
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
		t.startClock(clock.StartUntil(string(stage.ID), "", day, t.Planned(stage.PlannedBy), t.Calendar))
	} else if stage.Limit != nil && !takenOver {
		t.startClock(clock.Start(string(stage.ID), *stage.Limit, day, t.Calendar))
	}
	t.showDue(call)
}

func (t Traveller) startClock(c clock.Clock) {
	c.Seq = len(t.Journey.Clocks) + 1
	t.Journey.Clocks = append(t.Journey.Clocks, c)
}

// showDue carries the running clock's day to the case; a paused clock shows none.
func (t Traveller) showDue(call process.Call) {
	due := clock.Date{}
	if c := t.Journey.running(); c != nil && !c.Paused() {
		due = c.DueOn
	}
	t.Case.SetDue(due, call.RecordedAt)
}

// leave closes the present passage, stops its clock and forgets the gate's live answers: they are in the seal.
func (t Traveller) leave(outcome, reason string, day clock.Date, seal *Seal) {
	p := t.Journey.present()
	p.LeftOn, p.Outcome, p.Reason, p.Seal = day, outcome, reason, seal
	if c := t.Journey.running(); c != nil {
		*c = c.Stop(day)
	}
	t.Journey.Answers = []Answer{}
}

// under refuses what needs a journey under way.
func (t Traveller) under() error {
	switch {
	case t.Case.Done:
		return process.Refuse(process.Closed, "这件事已经结束，不能再办理。", "The case is closed.")
	case t.Journey.Suspension != nil:
		return process.Refuse(process.Suspended, "项目已暂停，请先恢复。", "The project is suspended; resume it first.")
	}
	return nil
}

// orderly refuses a deed dated before the present stage was entered.
func (t Traveller) orderly(day clock.Date) error {
	if day.Before(t.Journey.StageSince) {
		return process.Refuse(process.ImpossibleDate, "日期早于进入本阶段的日期 "+t.Journey.StageSince.String()+"。",
			"The day lies before the present stage was entered, "+t.Journey.StageSince.String()+".").At("occurred_on")
	}
	return nil
}
