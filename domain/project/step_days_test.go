package project_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
)

// onDay is a deed of the day, entered on the 60th.
func onDay(n int) process.Call {
	c := call(n)
	c.RecordedAt = call(60).RecordedAt
	return c
}

func dated(n int) clock.Date { return clock.NewDate(2026, time.March, 2).AddDays(n) }

// deedOf are deeds on steps in any order, of any day, possible or not.
func deedOf(r *rapid.T) (project.Command, process.Call) {
	b := spans(works.Span(rapid.SampledFrom([]string{"1#", "2#", "1#2#", "5#"}).Draw(r, "buildings")))
	steps := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"doors", "walls", "built", "spoil"}), 1, 2, rapid.ID[string]).Draw(r, "steps")
	if slices.Equal(steps, []string{"spoil"}) {
		b = nil
	}
	some := func(name string) clock.Date {
		if rapid.Bool().Draw(r, name+" given") {
			return dated(rapid.IntRange(0, 70).Draw(r, name))
		}
		return clock.Date{}
	}
	at := onDay(rapid.IntRange(1, 60).Draw(r, "on"))
	switch rapid.IntRange(0, 4).Draw(r, "deed") {
	case 0:
		return project.TakeBackProgress{Buildings: b, Steps: steps, Reason: "x"}, at
	case 1:
		return project.CorrectProgress{Buildings: b, Steps: steps, PreparedOn: some("prepared"), StartedOn: some("started"), DoneOn: some("done"), Reason: "x"}, call(60)
	default:
		state := rapid.SampledFrom(works.States()).Draw(r, "state")
		return project.RecordProgress{Buildings: b, Steps: steps, State: works.State(state), StartedOn: some("started"), Note: rapid.SampledFrom([]string{"", "x"}).Draw(r, "note")}, at
	}
}

// TestNoOrderOfDeedsDisordersAStep: whatever is recorded, corrected and taken back, in any order and of any day, no step is done before it was begun or prepared,
// none lies after today, and a day that is on record changes by a correction only.
func TestNoOrderOfDeedsDisordersAStep(t *testing.T) {
	t.Parallel()
	p, e := building(t), env(t)
	rapid.Check(t, func(r *rapid.T) {
		p := p
		for range rapid.IntRange(1, 20).Draw(r, "deeds") {
			c, at := deedOf(r)
			d, err := c.Decide(p, at, e)
			if err != nil {
				continue
			}
			for _, b := range d.After.Buildings {
				i := slices.IndexFunc(p.Buildings, func(o project.Building) bool { return o.Code == b.Code })
				inOrder(r, c, p.Buildings[i].Steps, b.Steps)
			}
			inOrder(r, c, p.SiteSteps, d.After.SiteSteps)
			p = d.After
		}
	})
}

func inOrder(r *rapid.T, c project.Command, was, now []works.Progress) {
	for _, s := range now {
		first, then, wrongly := s.Disorder()
		require.False(r, wrongly, "%s before %s: %+v after %+v", then, first, s, c)
		for _, state := range []works.State{works.Preparing, works.Running, works.Done} {
			require.False(r, s.On(state).After(dated(60)), "%+v", s)
			if _, corrects := c.(project.CorrectProgress); corrects {
				continue
			}
			if i := slices.IndexFunc(was, func(o works.Progress) bool { return o.Step == s.Step }); i >= 0 && !was[i].On(state).IsZero() {
				require.Equal(r, was[i].On(state), s.On(state), "a day on record by %+v", c)
			}
		}
	}
}

func TestDaysOfSteps(t *testing.T) {
	t.Parallel()
	on := func(state works.State, started int) project.RecordProgress {
		c := project.RecordProgress{Buildings: spans("1#"), Steps: []string{"doors"}, State: state}
		if started != 0 {
			c.StartedOn = dated(started)
		}
		return c
	}
	p := building(t)
	at := func(p project.Project, n int, c project.Command) project.Project {
		d, err := c.Decide(p, onDay(n), env(t))
		require.NoError(t, err)
		return d.After
	}
	prepared := at(p, 10, on(works.Preparing, 0))
	begun := at(prepared, 20, on(works.Running, 0))
	done := at(begun, 30, on(works.Done, 0))
	milestone := project.RecordProgress{Buildings: spans("1#"), Steps: []string{"built"}, State: works.Done, StartedOn: dated(5)}
	ancient := on(works.Done, 0)
	ancient.StartedOn = clock.NewDate(1900, 1, 1)
	noted := on(works.Done, 0)
	noted.Note = "验收资料已归档"
	correct := func(prepared, started, finished int) project.CorrectProgress {
		c := project.CorrectProgress{Buildings: spans("1#"), Steps: []string{"doors"}, Reason: "按监理日志"}
		for field, n := range map[*clock.Date]int{&c.PreparedOn: prepared, &c.StartedOn: started, &c.DoneOn: finished} {
			if n != 0 {
				*field = dated(n)
			}
		}
		return c
	}
	for name, c := range map[string]struct {
		of     project.Project
		on     int
		deed   project.Command
		fields string
		says   string
	}{
		"DoneBeforeItWasPrepared":    {prepared, 5, on(works.Done, 0), "occurred_on", "才开始准备，不能在 2026-03-07 完成"},
		"BegunBeforeItWasPrepared":   {prepared, 15, on(works.Done, 5), "started_on", "才开始准备，不能在 2026-03-07 开始"},
		"BegunInAnotherCentury":      {p, 15, ancient, "started_on", "1990"},
		"ABeginningOverTheRecorded":  {begun, 30, on(works.Done, 15), "started_on", "已登记 2026-03-22 开始"},
		"OverOneLongDone":            {done, 30, on(works.Done, 15), "started_on", "更正步骤日期"},
		"DoneAgainOnAnotherDay":      {done, 40, noted, "occurred_on", "已登记 2026-04-01 完成"},
		"DoneAgainWithoutAWord":      {done, 60, on(works.Done, 0), "occurred_on", "已登记 2026-04-01 完成"},
		"UnderWayBeforeItsBeginning": {begun, 15, on(works.Running, 0), "occurred_on", "已登记 2026-03-22 开始"},
		"ABeginningOfAMilestone":     {p, 30, milestone, "started_on", "节点"},
		"CorrectedOutOfOrder":        {done, 60, correct(0, 31, 0), "started_on", "才开始，不能在"},
		"CorrectedBeforePrepared":    {done, 60, correct(0, 0, 5), "done_on", "才开始准备"},
		"CorrectedToTheFuture":       {done, 60, correct(0, 0, 70), "done_on", "不能晚于今天"},
		"CorrectedWhatIsNotReached":  {begun, 60, correct(0, 0, 30), "done_on", "还没有登记完成"},
		"CorrectedWithoutADay":       {done, 60, correct(0, 0, 0), "done_on", "请填写要更正的日期"},
		"CorrectedOfWhatIsNotThere":  {p, 60, correct(0, 10, 0), "steps", "没有登记"},
		"CorrectedTheSiteOfOne":      {done, 60, project.CorrectProgress{Buildings: spans("1#"), Steps: []string{"spoil"}, DoneOn: dated(3), Reason: "x"}, "buildings steps", "不分栋"},
	} {
		_, err := c.deed.Decide(c.of, onDay(c.on), env(t))
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, name)
		require.Equal(t, c.fields, fields(refusal), name)
		require.Contains(t, refusal.Fields[0].Chinese, c.says, name)
	}
	after := at(done, 60, noted)
	require.Equal(t, "验收资料已归档", after.Buildings[0].Steps[0].Note, "a word may be added to what is done")
	require.Equal(t, dated(30), after.Buildings[0].Steps[0].DoneOn)
	require.Equal(t, dated(30), after.Buildings[0].AsOf, "and its day says nothing of the building")
	after = at(done, 60, correct(8, 12, 25))
	require.Equal(t, works.Progress{Step: "doors", State: works.Done, PreparedOn: dated(8), StartedOn: dated(12), DoneOn: dated(25)}, after.Buildings[0].Steps[0])
	require.Equal(t, dated(25), after.Buildings[0].AsOf)
	_, err := correct(8, 12, 25).Decide(after, onDay(60), env(t))
	require.ErrorContains(t, err, string(process.NothingChanged))
	odd := done
	odd.Buildings = slices.Clone(done.Buildings)
	odd.Buildings[0].Steps = []works.Progress{{Step: "doors", State: works.Done, PreparedOn: dated(30), DoneOn: dated(20)}}
	require.Equal(t, "验收资料已归档", at(odd, 60, noted).Buildings[0].Steps[0].Note, "what is out of order from before takes words")
	require.Equal(t, dated(10), at(odd, 60, correct(10, 0, 0)).Buildings[0].Steps[0].PreparedOn, "and is corrected")
}
