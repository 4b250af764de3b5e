package permit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// childOf is a permit as its project's gates see it.
func childOf(p *permit.Permit) process.Child {
	return process.Child{ID: p.ID, Kind: permit.Kind, Slot: p.Stage, State: p.State, Done: p.Case.Done, DueOn: p.DueOn, Part: p.Part,
		Days: process.Days{AcceptedOn: p.AcceptedOn, PromisedOn: p.PromisedOn, IssuedOn: p.IssuedOn, ValidUntil: p.ValidUntil}}
}

// TestNoGateHasAPermitBeforeItsDay: whatever the days are, a permit is there from the day of issue to its last one, whoever asks when.
func TestNoGateHasAPermitBeforeItsDay(t *testing.T) {
	t.Parallel()
	first := clock.NewDate(2024, time.January, 1)
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string) clock.Date { return first.AddDays(rapid.IntRange(0, 60).Draw(t, name)) }
		issued, last, on := day("issued"), day("last"), day("on")
		c := process.Child{Kind: permit.Kind, Slot: "eia", State: rapid.SampledFrom([]string{permit.Issued, permit.Expired}).Draw(t, "state"), Days: process.Days{IssuedOn: issued, ValidUntil: last}, DueOn: last}
		h := permit.Held([]process.Child{c}, "eia", on)
		if there := !on.Before(issued) && !on.After(last); h.Held != there || h.Deferred {
			t.Fatalf("issued %s, last day %s: on %s %+v", issued, last, on, h)
		}
		if !h.Held && on.Before(issued) && h.Says.Chinese != issued.Chinese()+" 才取得，晚于 "+on.Chinese() {
			t.Fatalf("it does not name the day: %s", h.Says.Chinese)
		}
	})
}

// TestUsedInTimeAndTypedLate: the day counts on which construction began, not the one on which somebody writes it down; what began later needs another permit.
func TestUsedInTimeAndTypedLate(t *testing.T) {
	t.Parallel()
	lapsed := func(t *testing.T) *desk {
		t.Helper()
		d := issued(t, "construction_permit", `{"certificate": "1", "applied_on": "2026-02-20"}`)
		for d.permit().State != permit.Expired {
			require.NoError(t, d.by(process.TheClock(), "remind", `{}`))
		}
		return d
	}
	d := lapsed(t)
	due := d.permit().DueOn
	require.True(t, permit.Held([]process.Child{childOf(d.permit())}, "construction_permit", due).Held, "a gate that is dated in time sees it")
	d.day = due.AddDays(1)
	d.refused(process.WrongState, "", d.do("begin", `{}`))
	d.day = due
	require.NoError(t, d.late("begin", `{}`, due.AddDays(30)))
	p := d.permit()
	require.Equal(t, []string{permit.Issued, due.String()}, []string{p.State, p.BegunOn.String()})
	require.True(t, p.Case.Done)
	require.Nil(t, p.OverdueSince)
	require.Equal(t, clock.OnTime, p.Clocks[len(p.Clocks)-1].Verdict)
	require.NotNil(t, p.Clocks[len(p.Clocks)-1].ReceivedAt, "it was typed late, and says so")

	d = lapsed(t)
	d.env.Found.Parent.Began = due.AddDays(-3)
	d.day = due.AddDays(20)
	require.NoError(t, d.by(process.TheClock(), "heed", `{}`))
	p = d.permit()
	require.Equal(t, []any{permit.Issued, due.AddDays(-3), due.AddDays(-3), clock.OnTime}, []any{p.State, p.BegunOn, p.Clocks[len(p.Clocks)-1].StoppedOn, p.Clocks[len(p.Clocks)-1].Verdict})

	d = lapsed(t)
	d.env.Found.Parent.Began = due.AddDays(3)
	d.day = due.AddDays(20)
	d.refused(process.NothingChanged, "", d.by(process.TheClock(), "heed", `{}`))
}
