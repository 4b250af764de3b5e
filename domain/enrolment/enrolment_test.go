package enrolment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/enrolment"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestTheMonthCountsFromTheStart: an enrolment is due a month after construction began, whenever it is put on file; it is enrolled once, never before the start,
// and a project that has not begun, has ended or has one is refused.
func TestTheMonthCountsFromTheStart(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(enrolment.Entry())
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	d, _ := shipped[0].(enrolment.Definition)
	began := clock.NewDate(2026, time.March, 2)
	parent := process.Parent{Case: process.Case{ID: "p", Title: "二期"}, Team: process.People{ManagerID: "pm"}, Began: began}
	env := func(change func(*process.Found)) enrolment.Env {
		copied := parent
		e := enrolment.Env{Definition: d, Env: process.Env{Rules: d, Calendar: cal, Directory: process.Directory{"pm": {Kind: process.HeldByPerson, ID: "pm", Name: "陆致远"}}, Found: process.Found{Parent: &copied}}}
		if change != nil {
			change(&e.Found)
		}
		return e
	}
	call := func(day clock.Date) process.Call {
		at := day.Start().Add(9 * time.Hour)
		return process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: "pm", Roles: process.Of(process.ProjectManager)}, OccurredAt: at, RecordedAt: at}
	}
	refused := func(c enrolment.Command, e enrolment.Enrolment, on clock.Date, env enrolment.Env, code process.Code) {
		t.Helper()
		_, err := c.Decide(e, call(on), env)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, code, refusal.Code)
	}
	open, later := enrolment.Open{Project: "p"}, began.AddDays(10)
	for name, change := range map[string]func(*process.Found){
		"no project":   func(f *process.Found) { f.Parent = nil },
		"ended":        func(f *process.Found) { f.Parent.Done = true },
		"not begun":    func(f *process.Found) { f.Parent.Began = clock.Date{} },
		"there is one": func(f *process.Found) { f.Children = []process.Child{{Kind: enrolment.Kind, State: enrolment.Waiting}} },
	} {
		t.Log(name)
		refused(open, enrolment.Enrolment{}, later, env(change), process.InvalidInput)
	}
	for code, change := range map[process.Code]func(*process.Found){
		process.Closed:         func(f *process.Found) { f.Parent.Done = true },
		process.NothingChanged: func(f *process.Found) { f.Children = []process.Child{{Kind: enrolment.Kind, State: enrolment.Waiting}} },
	} {
		_, err := open.Decide(enrolment.Enrolment{}, process.Call{Key: "k", Actor: process.TheClock(), OccurredAt: later.Start(), RecordedAt: later.Start()}, env(change))
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, code, refusal.Code, "as what follows from a deed it is done with")
	}
	got, err := open.Decide(enrolment.Enrolment{}, call(later), env(nil))
	require.NoError(t, err)
	e := got.After
	e.Version++
	require.Equal(t, began.AddMonths(1), e.DueOn, "not from the day it was put on file")
	require.Equal(t, "pm", e.Holder.ID)
	refused(enrolment.Enrol{Code: "1"}, e, began.AddDays(-1), env(nil), process.ImpossibleDate)
	refused(enrolment.Enrol{}, e, later, env(nil), process.InvalidInput)
	enrolled, err := enrolment.Enrol{Code: "341324-2026-0001"}.Decide(e, call(later), env(nil))
	require.NoError(t, err)
	require.Equal(t, enrolment.Enrolled, enrolled.After.State)
	require.Equal(t, later, enrolled.After.EnrolledOn)
	refused(enrolment.Enrol{Code: "2"}, enrolled.After, later, env(nil), process.Closed)
	spared, err := enrolment.Spare{Reason: "不足 500 万元"}.Decide(e, call(later), env(nil))
	require.NoError(t, err)
	require.Equal(t, enrolment.Spared, spared.After.State)
	again, err := open.Decide(enrolment.Enrolment{}, call(later), env(func(f *process.Found) { f.Children = []process.Child{{Kind: enrolment.Kind, State: enrolment.Spared}} }))
	require.NoError(t, err, "one that was excused does not stand in the way")
	require.Equal(t, enrolment.Waiting, again.After.State)
}

// TestTheMonthFollowsTheStart: the day on which construction began is corrected, or taken back and recorded anew: the month is counted from the right day, nothing
// is late without a start, and what is enrolled stays enrolled.
func TestTheMonthFollowsTheStart(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(enrolment.Entry())
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	began := clock.NewDate(2026, time.March, 2)
	entry := enrolment.Entry()
	parent := process.Parent{Case: process.Case{ID: "p", Title: "二期"}, Team: process.People{ManagerID: "pm"}, Began: began}
	env := process.Env{Rules: shipped[0], Calendar: cal, Directory: process.Directory{"pm": {Kind: process.HeldByPerson, ID: "pm", Name: "陆致远"}}, Found: process.Found{Parent: &parent}}
	decide := func(on process.Subject, name process.Name, input string, actor process.Actor, day clock.Date) (process.Subject, error) {
		act, err := entry.Read(name, []byte(input))
		require.NoError(t, err)
		at := day.Start().Add(9 * time.Hour)
		r, err := act.Decide(on, process.Call{Key: "k", Actor: actor, OccurredAt: at, RecordedAt: at}, env)
		return r.After, err
	}
	heed := func(on process.Subject, was, is, day clock.Date) *enrolment.Enrolment {
		t.Helper()
		parent.Began = is
		input := `{}`
		if !was.IsZero() {
			input = `{"began_was": "` + was.String() + `"}`
		}
		after, err := decide(on, "enrolment.heed", input, process.TheClock(), day)
		require.NoError(t, err)
		e, _ := after.(*enrolment.Enrolment)
		return e
	}
	pm := process.Actor{Type: process.Person, ID: "pm", Roles: process.Of(process.ProjectManager)}
	open, err := decide(entry.Blank(), enrolment.OpenName, `{"project": "p"}`, pm, began)
	require.NoError(t, err)
	open.Header().Version++
	corrected := began.AddDays(10)
	e := heed(open, began, corrected, began.AddDays(12))
	require.Equal(t, []clock.Date{corrected, corrected.AddMonths(1)}, []clock.Date{e.StartedOn, e.DueOn})

	back := heed(e, corrected, clock.Date{}, began.AddDays(20))
	require.True(t, back.StartedOn.IsZero() && back.DueOn.IsZero() && !back.Done, "without a start nothing is due")
	_, err = decide(back, enrolment.EnrolName, `{"code": "1"}`, pm, began.AddDays(21))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.WrongState, refusal.Code)
	anew := began.AddDays(40)
	again := heed(back, clock.Date{}, anew, anew)
	require.Equal(t, anew.AddMonths(1), again.DueOn)

	enrolled, err := decide(again, enrolment.EnrolName, `{"code": "341324-2026-0001"}`, pm, anew.AddDays(3))
	require.NoError(t, err)
	after := heed(enrolled, anew, anew.AddDays(-1), anew.AddDays(5))
	require.Equal(t, enrolment.Enrolled, after.State)
	require.Equal(t, anew.AddDays(-1), after.StartedOn)
}
