package lifecycle

import "github.com/parkway-zone/parkway/domain/process"

// Advance leaves the present stage through its gate and enters the next one that the rules do not leave out. from is the stage the
// caller saw: when somebody else has moved the case meanwhile, the second caller is refused with StageMoved instead of moving it twice.
func (d Definition) Advance(t Traveller, from StageID, call process.Call) error {
	if _, err := d.Stage(from); err != nil {
		return process.Pointing(err, "from")
	}
	if err := t.under(); err != nil {
		return err
	}
	stage, err := d.Stage(StageID(t.Case.Stage))
	if err != nil {
		return err
	}
	if stage.ID != from {
		return process.Refuse(process.StageMoved, "项目已经在「"+stage.Name.Chinese+"」阶段，请先看看最新情况。",
			"The project is in “"+stage.Name.English+"” by now; look at it again first.").At("from")
	}
	if d.Last(stage.ID) {
		return process.Refuse(process.WrongState, "这已经是最后一个阶段，之后请登记达产或入规。", "This is the last stage; record the achievements from here.")
	}
	if err := t.orderly(call.Day()); err != nil {
		return err
	}
	if t.Laid != nil {
		stage = stage.With(t.Laid(stage.ID))
	}
	items := t.Journey.Gate(stage, View{Day: call.Day(), Fact: func(f string) bool { return f == stage.OnPass || t.Has(f) }, OpenMajorHazards: t.Hazards, Check: t.Check})
	if err := refuseIncomplete(stage, items); err != nil {
		return err
	}
	if stage.OnPass != "" {
		t.Mark(stage.OnPass, call.Day())
	}
	t.leave(Passed, "", call, &Seal{DefinitionVersion: d.Version, Items: withPapers(items, t.Attachments), ByID: call.Actor.ID, ByName: call.Actor.Name, At: call.RecordedAt})
	d.enter(t, d.following(t, stage, call), call, false)
	return nil
}

// following returns the next stage, recording the ones that a rule leaves out.
func (d Definition) following(t Traveller, stage Stage, call process.Call) Stage {
	for _, next := range d.Stages[d.index(stage.ID)+1:] {
		rule, ok := next.rule(t.Variant)
		if !ok || !rule.Always || d.Last(next.ID) {
			return next
		}
		t.Journey.Passages = append(t.Journey.Passages, Passage{Seq: len(t.Journey.Passages) + 1, Stage: next.ID,
			EnteredOn: call.Day(), LeftOn: call.Day(), Outcome: Skipped, Reason: rule.Reason.Chinese})
	}
	return d.Stages[len(d.Stages)-1]
}

// Skip leaves the present stage without its gate, where a rule of the definition permits that for the case's variant.
func (d Definition) Skip(t Traveller, from StageID, reason string, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	stage, err := d.Stage(StageID(t.Case.Stage))
	if err != nil {
		return err
	}
	if stage.ID != from {
		return process.Refuse(process.StageMoved, "项目已经在「"+stage.Name.Chinese+"」阶段，请先看看最新情况。",
			"The project is in “"+stage.Name.English+"” by now; look at it again first.").At("from")
	}
	if _, ok := stage.rule(t.Variant); !ok || d.Last(stage.ID) {
		return process.Refuse(process.NotSkippable, "按规则，「"+stage.Name.Chinese+"」阶段不能跳过。", "No rule lets the stage “"+stage.Name.English+"” be skipped.")
	}
	if err := t.orderly(call.Day()); err != nil {
		return err
	}
	t.leave(Skipped, reason, call, nil)
	d.enter(t, d.following(t, stage, call), call, false)
	return nil
}

// SendBack returns to an earlier stage. The stage's clock starts anew and its gate must be passed again; the old seal is kept.
func (d Definition) SendBack(t Traveller, to StageID, reason string, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	var faults process.Faults
	target, err := d.Stage(to)
	rule, ruled := target.rule(t.Variant)
	switch {
	case err != nil:
		faults.Note(process.Pointing(err, "to_stage"))
	case d.index(to) >= d.index(StageID(t.Case.Stage)):
		faults.Note(process.Refuse(process.WrongState, "只能退回到更早的阶段。", "A project can only be sent back to an earlier stage.").At("to_stage"))
	case ruled && rule.Always:
		faults.Note(process.Refuse(process.WrongState, "这个项目不经过「"+target.Name.Chinese+"」阶段。", "This project does not go through “"+target.Name.English+"”.").At("to_stage"))
	}
	if faults.Note(t.orderly(call.Day())); faults.Err() != nil {
		return faults.Err()
	}
	t.leave(SentBack, reason, call, nil)
	d.enter(t, target, call, false)
	return nil
}
