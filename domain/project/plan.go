package project

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/domain/works"
)

// PlanName is the name of Plan.
const PlanName process.Name = "project.plan"

// Plan sets by which day stages, permits and building steps are to be done. What comes of it is a new version of the plan, a baseline; every former one stays.
type Plan struct {
	Targets []schedule.Target `json:"targets" ask:"dated,required" minItems:"1" maxItems:"1000" doc:"The targets that are set, moved or taken away (on: null); what is left out stays as it is."`
	Reason  string            `json:"reason,omitempty" ask:"long" maxLength:"4000" doc:"Why the plan is changed; the first needs none." example:"雨季停工，主体顺延一个月。"`
}

// About says who may, and who reads of it.
func (Plan) About() process.About {
	return process.About{Name: PlanName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Ask offers everything that is still to be planned, with the days of the plan as it is: no stage that is passed, no permit that is there, no step that is done.
func (Plan) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	if q.Path == "targets" {
		now, lines := p.Baseline(0), p.Lines(env.Definition, nil)
		for _, l := range lines {
			if !l.Finished.IsZero() || l.Spared || l.Past && now.Of(l.Subject).IsZero() {
				continue
			}
			if l.Subject.Sort() == schedule.Permit && p.settled(l.Subject, lines, env) {
				continue
			}
			q.Choices = append(q.Choices, process.Choice{Value: string(l.Subject), Text: l.Name, Day: now.Of(l.Subject).String(), Group: p.togetherWith(l.Subject)})
		}
	}
	q.Required = q.Required || q.Path == "reason" && len(p.Baselines) > 0
	return q, true
}

// settled reports whether nothing is left to be planned of a permit: it is there or not needed, or the stage whose gate asks for it is passed and nobody has put it
// on file.
func (p Project) settled(s schedule.Subject, lines []schedule.Line, env Env) bool {
	if h := permit.Held(env.Children, s.ID(), env.Today); h.OnFile {
		return h.Held
	}
	for _, stage := range env.Definition.Stages {
		asks := slices.ContainsFunc(stage.Gate, func(r lifecycle.Requirement) bool { return r.Permit == s.ID() })
		if asks && slices.ContainsFunc(lines, func(l schedule.Line) bool {
			return l.Subject == schedule.Subject(schedule.Stage+":"+string(stage.ID)) && (l.Past || !l.Finished.IsZero())
		}) {
			return true
		}
	}
	return false
}

// togetherWith names what a target is planned with: the stages, the permits, the site, or its building.
func (p Project) togetherWith(s schedule.Subject) process.Text {
	switch s.Sort() {
	case schedule.Stage:
		return process.Text{Chinese: "阶段（走完的日期）", English: "Stages, the day each is left"}
	case schedule.Permit:
		return process.Text{Chinese: "手续", English: "Permits"}
	}
	for _, b := range p.Buildings {
		if b.Code == s.Building() {
			return process.Text{Chinese: b.Name(), English: b.Code}
		}
	}
	return process.Text{Chinese: "场地", English: "Site"}
}

// Decide refuses what cannot be planned or is named twice, a stage that is to be done before the one before it, a plan that is older than the one it replaces, one
// that was changed without a reason, and one that is not.
func (c Plan) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.notEnded(); err != nil {
		return none, err
	}
	var faults process.Faults
	reason := faults.Text(process.Optional("reason", c.Reason, process.TextLimit))
	lines := p.Lines(env.Definition, nil)
	now := p.Baseline(0)
	c.plannable(lines, now, call.Today(), &faults)
	if call.Day().Before(now.On) {
		faults.Note(process.Refuse(process.ImpossibleDate, "现在的计划定于 "+now.On.Chinese()+"，新的一版不能早于它。", "The plan as it is was made on "+now.On.String()+": the next one cannot be earlier.").At("occurred_on"))
	}
	targets := schedule.With(now.Targets, c.Targets)
	whole := schedule.Baseline{Targets: schedule.Standing(targets, lines)}
	next := schedule.Baseline{Seq: len(p.Baselines) + 1, On: call.Day(), ByName: call.Actor.Name, Reason: reason, Moves: schedule.Moved(now.Targets, whole.Targets)}
	faults.Note(c.inOrder(lines, whole))
	changed := len(next.Moves) > 0
	if changed && reason == "" && len(p.Baselines) > 0 {
		faults.Note(process.RefuseField("reason", "已经定过计划，改基准要写明原因；原来的计划一直留着。", "There is a plan already: say why it is changed. The former one is kept."))
	}
	switch err := faults.Err(); {
	case err != nil:
		return none, err
	case !changed:
		return none, process.Refuse(process.NothingChanged, "计划没有变化。", "The plan was not changed.")
	}
	p.Baselines = append(p.Baselines, next)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// farthestTarget is how many years from today a target can lie: nobody plans a step of 1990 or of 2199.
const farthestTarget = 20

// plannable finds fault with what there is not, what is named twice, a year that can hardly be meant, and a stage that was passed before the project came. A target of what there is no longer can
// be taken away.
func (c Plan) plannable(lines []schedule.Line, now schedule.Baseline, today clock.Date, faults *process.Faults) {
	line, named := map[schedule.Subject]int{}, map[schedule.Subject]bool{}
	for i, l := range lines {
		line[l.Subject] = i
	}
	for n, t := range c.Targets {
		at := process.ElementAt("targets", n)
		i, known := line[t.Subject]
		twice := named[t.Subject]
		named[t.Subject] = true
		switch {
		case twice:
			faults.Note(process.RefuseField(at, "「"+string(t.Subject)+"」写了两遍，只能有一个目标。", "“"+string(t.Subject)+"” stands twice: it has one target."))
		case t.On.IsZero() && !now.Of(t.Subject).IsZero():
		case t.On.Year() < today.Year()-farthestTarget || t.On.Year() > today.Year()+farthestTarget:
			faults.Note(process.Refuse(process.ImpossibleDate, "目标 "+t.On.Chinese()+" 离今天超过 "+strconv.Itoa(farthestTarget)+" 年，请核对年份。",
				"The target "+t.On.String()+" lies more than "+strconv.Itoa(farthestTarget)+" years away; check the year.").At(at))
		case !known:
			faults.Note(process.RefuseField(at, "计划里没有「"+string(t.Subject)+"」这一项。", "There is nothing called “"+string(t.Subject)+"” to plan."))
		case lines[i].Past && t.On != now.Of(t.Subject):
			faults.Note(process.RefuseField(at, "「"+lines[i].Name.Chinese+"」在项目转来以前已经过了，不用再定目标。", "“"+lines[i].Name.English+"” was passed before the project came here: there is nothing to plan."))
		}
	}
}

// unplan takes the targets of what a deed took away out of the plan, in a baseline of its own; so they never rise again when something is called the same later.
func (p *Project) unplan(before Project, reason string, call process.Call, env Env) {
	now := p.Baseline(0)
	left := schedule.Standing(schedule.Standing(now.Targets, before.Lines(env.Definition, nil)), p.Lines(env.Definition, nil))
	if len(left) == len(now.Targets) {
		return
	}
	on := call.Day()
	if on.Before(now.On) {
		on = now.On
	}
	p.Baselines = append(p.Baselines, schedule.Baseline{Seq: now.Seq + 1, On: on, ByName: call.Actor.Name, Reason: reason, Moves: schedule.Moved(now.Targets, left)})
}

// at is where the command names a target of the subjects, the first that it names.
func (c Plan) at(subjects ...schedule.Subject) string {
	for _, s := range subjects {
		if i := slices.IndexFunc(c.Targets, func(t schedule.Target) bool { return t.Subject == s }); i >= 0 {
			return process.ElementAt("targets", i)
		}
	}
	return "targets"
}

// inOrder refuses a stage that is to be done before the one before it, at whichever of the two is set.
func (c Plan) inOrder(lines []schedule.Line, b schedule.Baseline) error {
	var faults process.Faults
	var before schedule.Line
	for _, l := range lines {
		on := b.Of(l.Subject)
		if l.Subject.Sort() != schedule.Stage || on.IsZero() {
			continue
		}
		if on.Before(before.Target) {
			faults.Note(process.Refuse(process.ImpossibleDate, "「"+l.Name.Chinese+"」的目标 "+on.Chinese()+" 早于前一阶段「"+before.Name.Chinese+"」的 "+before.Target.Chinese()+"。",
				"“"+l.Name.English+"” is to be done on "+on.String()+", before “"+before.Name.English+"” on "+before.Target.String()+".").At(c.at(l.Subject, before.Subject)))
		}
		before, before.Target = l, on
	}
	return faults.Err()
}

// Baseline is a version of the plan with all its targets, the latest for 0; an empty one where there is none.
func (p Project) Baseline(seq int) schedule.Baseline { return schedule.At(p.Baselines, seq) }

// Lines are everything of a project that can be planned, in its order, with what has happened: the stages that are left through a gate, the permits that its gates
// ask for, the steps of the site and of every building. Permits are as far as they are known.
func (p Project) Lines(d lifecycle.Definition, known []permit.Known) []schedule.Line {
	stages, permits, steps := []schedule.Line{}, []schedule.Line{}, []schedule.Line{}
	for _, s := range d.Stages {
		if d.Last(s.ID) || s.SkippedBy(string(p.SiteMode)) {
			continue
		}
		l := schedule.Line{Subject: schedule.Subject(schedule.Stage + ":" + string(s.ID)), Name: s.Name}
		for _, passage := range p.Passages {
			if passage.Stage == s.ID {
				l.Started, l.Finished, l.Spared = passage.EnteredOn, clock.Date{}, passage.Outcome == lifecycle.Skipped
				if passage.Outcome == lifecycle.Passed || passage.Outcome == lifecycle.TakenOver {
					l.Finished = passage.LeftOn
				}
				if passage.Outcome == lifecycle.TakenOver && l.Finished.IsZero() { // the day may be on record as the fact that the gate settles
					l.Finished = orZero(p.Facts.date(s.OnPass))
				}
				l.Past = passage.Outcome == lifecycle.TakenOver && l.Finished.IsZero()
			}
		}
		stages = append(stages, l)
		for _, r := range s.Gate {
			if r.Kind == lifecycle.Permit {
				permits = append(permits, permitLine(r, known))
			}
		}
	}
	if d.Works != nil {
		steps = p.stepLines(*d.Works)
	}
	return append(append(stages, permits...), steps...)
}

func permitLine(r lifecycle.Requirement, known []permit.Known) schedule.Line {
	l := schedule.Line{Subject: schedule.Subject(schedule.Permit + ":" + r.Permit), Name: r.Name}
	spared := false
	open := false
	for _, k := range known {
		if k.Item != r.Permit || k.State == permit.Dropped {
			continue
		}
		if l.Started.IsZero() || !k.AppliedOn.IsZero() && k.AppliedOn.Before(l.Started) {
			l.Started = k.AppliedOn
		}
		open = open || !permit.Settled(k.State)
		spared = spared || k.State == permit.NotNeeded
		if k.IssuedOn.After(l.Finished) {
			l.Finished = k.IssuedOn
		}
	}
	if open { // several parts are there when the last is
		l.Finished = clock.Date{}
	}
	l.Spared = spared && l.Finished.IsZero() && !open
	return l
}

func (p Project) stepLines(t works.Template) []schedule.Line {
	lines := []schedule.Line{}
	add := func(building, said string, s works.Step, done []works.Progress) {
		l := schedule.Line{Subject: schedule.Subject(schedule.Step + ":" + building + ":" + s.ID), Name: process.Text{Chinese: said + s.Name.Chinese, English: strings.TrimSpace(building + " " + s.Name.English)}}
		for _, one := range done {
			if one.Step == s.ID {
				l.Started, l.Finished = one.StartedOn, one.DoneOn
			}
		}
		lines = append(lines, l)
	}
	for _, s := range t.Steps {
		if s.Site {
			add("", "", s, p.SiteSteps)
		}
	}
	for _, b := range p.Buildings {
		for _, s := range t.StepsOf(b.Structure) {
			add(b.Code, b.Name()+" ", s, b.Steps)
		}
	}
	return lines
}
