package permit_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

func agent(id string) process.Actor {
	return process.Actor{Type: process.Person, ID: id, Roles: process.Of(process.LiaisonOfficer)}
}

func entrusting(number, first, from, until string) string {
	return fmt.Sprintf(`{"number": %q, "agent_id": %q, "scope": "填报", "from": %q, "until": %q}`, number, first, from, until)
}

// wake lets the clock come as often as the case asks for it up to a day.
func (d *desk) wake(until clock.Date) {
	d.Helper()
	for range 50 {
		next := d.subject.Header().NextWake
		if next == nil || !next.Before(until.End()) {
			return
		}
		require.NoError(d, d.by(process.TheClock(), "remind", `{}`))
		again := d.subject.Header().NextWake
		require.False(d, again != nil && !again.After(*next), "the clock goes on, or it would spin")
	}
	d.Fatal("the clock comes again and again")
}

// TestAgentsRunAPermitWhileTheirAgreementLasts: whatever its days and whenever it is typed in advance, the agents hold the permit and may act on exactly its days;
// before and afterwards whoever is responsible does, by itself, and both are told.
func TestAgentsRunAPermitWhileTheirAgreementLasts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		require.NoError(rt, d.do("require", `{"project": "p", "item": "filing", "need": "needed", "apply_by": "2026-03-20"}`))
		from := d.day.AddDays(rapid.IntRange(-20, 20).Draw(rt, "from"))
		until := from.AddDays(rapid.IntRange(0, 40).Draw(rt, "long"))
		err := d.do("entrust", entrusting("1", "a1", from.String(), until.String()))
		if until.Before(d.day) {
			require.Error(rt, err)
			return
		}
		require.NoError(rt, err)
		for on := d.day; !on.After(until.AddDays(5)); on = on.AddDays(1) {
			d.wake(on)
			runs := !on.Before(from) && !on.After(until)
			holder := map[bool]string{true: "a1", false: "pm"}[runs]
			if d.permit().Holder.ID != holder || process.HasPart(d.subject, agent("a1"), on) != runs || !process.HasPart(d.subject, manager(), on) {
				rt.Fatalf("from %s until %s: on %s it lies with %s, and its agent may act: %t", from, until, on, d.permit().Holder.ID, process.HasPart(d.subject, agent("a1"), on))
			}
		}
		require.Equal(rt, until.AddDays(1), d.permit().Agency.EndedOn)
	})
}

// TestWhoCanBeAnAgent: two people whose roles can do what they are entrusted with, in an agreement that has not ended.
func TestWhoCanBeAnAgent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "filing", "need": "needed"}`))
	const from = `"number": "代办1号", "scope": "填报", "from": "2026-03-01", "until": "2026-06-30"`
	named := fieldsOf(d.do("entrust", `{"agent_id": "", `+from+`}`))
	require.Equal(t, []string{"agent_id"}, named, "nobody named twice is not one person named twice")
	d.refused(process.SamePerson, "second_id", d.do("entrust", `{"agent_id": "a1", "second_id": "a1", `+from+`}`))
	d.refused(process.UnknownParty, "agent_id", d.do("entrust", `{"agent_id": "nobody", `+from+`}`))
	d.refused(process.InvalidInput, "agent_id", d.do("entrust", `{"agent_id": "sj", `+from+`}`))
	d.refused(process.InvalidInput, "second_id", d.do("entrust", `{"agent_id": "a1", "second_id": "aq", `+from+`}`))
	d.refused(process.ImpossibleDate, "until", d.do("entrust", entrusting("1", "a1", "2026-03-01", "2026-02-01")))
	d.day = clock.NewDate(2026, time.January, 10)
	d.refused(process.ImpossibleDate, "until", d.late("entrust", entrusting("1", "a1", "2026-01-05", "2026-02-01"), clock.NewDate(2026, time.March, 2)))
	d.on(2026, time.March, 2)
	require.NoError(t, d.do("entrust", `{"agent_id": "a1", "second_id": "a2", `+from+`}`))
	require.Equal(t, "a1", d.permit().Holder.ID)
	require.True(t, process.HasPart(d.subject, agent("a2"), d.day))
	require.False(t, process.HasPart(d.subject, agent("zz"), d.day))
	d.refused(process.InvalidInput, "to_id", d.do("apply", `{"to_kind": "person", "to_id": "aq"}`))
	d.refused(process.InvalidInput, "to_id", d.do("apply", `{"to_kind": "person", "to_id": "sj"}`))
	require.NoError(t, d.do("apply", `{"to_kind": "person", "to_id": "a2"}`))
}

// TestANewAgreementTakesThePlaceOfTheOld: its agents get the permit at once where it runs, and where it is to come whoever is responsible has it meanwhile; what lies
// with the department stays there.
func TestANewAgreementTakesThePlaceOfTheOld(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "filing", "need": "needed"}`))
	require.NoError(t, d.do("entrust", entrusting("1", "a1", "2026-03-01", "2026-06-30")))
	require.Equal(t, "a1", d.permit().Holder.ID)
	require.NoError(t, d.do("entrust", entrusting("2", "a2", "2026-03-02", "2026-07-31")))
	require.Equal(t, "a2", d.permit().Holder.ID)
	require.False(t, process.HasPart(d.subject, agent("a1"), d.day))
	require.NoError(t, d.do("entrust", entrusting("3", "a1", "2026-04-01", "2026-07-31")))
	require.Equal(t, "pm", d.permit().Holder.ID)
	d.wake(clock.NewDate(2026, time.April, 1))
	require.Equal(t, "a1", d.permit().Holder.ID)
	d.on(2026, time.April, 2)
	require.NoError(t, d.do("apply", `{"to_kind": "unit", "to_id": "zj"}`))
	require.NoError(t, d.do("entrust", entrusting("4", "a2", "2026-04-02", "2026-07-31")))
	require.Equal(t, "zj", d.permit().Holder.ID)
	d.wake(clock.NewDate(2026, time.August, 2))
	require.Equal(t, "zj", d.permit().Holder.ID)
	require.Equal(t, "2026-08-01", d.permit().Agency.EndedOn.String())
	d.on(2026, time.August, 3)
	require.NoError(t, d.do("refuse", `{"reason": "材料不符"}`))
	require.Equal(t, "pm", d.permit().Holder.ID, "it comes back to whoever is responsible now")
}

// fieldsOf are the fields that a refusal names.
func fieldsOf(err error) []string {
	var refusal *process.Refusal
	var names []string
	if errors.As(err, &refusal) {
		for _, f := range refusal.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

// TestAnAgreementFromBeforeEndsToo: one of which nobody waited for the end, because it was made before the program watched for that, ends by itself once an upgrade
// has said so; one that is waited for already is left alone.
func TestAnAgreementFromBeforeEndsToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "filing", "need": "needed"}`))
	require.NoError(t, d.do("entrust", entrusting("1", "a1", "2026-03-01", "2026-06-30")))
	require.Error(t, d.by(process.TheClock(), "heed", `{"rearm": true}`), "it is waited for")
	d.subject.Header().NextWake, d.subject.Header().Wake = nil, ""
	require.NoError(t, d.by(process.TheClock(), "heed", `{"rearm": true}`))
	d.wake(clock.NewDate(2026, time.July, 1))
	require.Equal(t, []string{"pm", "2026-07-01"}, []string{d.permit().Holder.ID, d.permit().Agency.EndedOn.String()})
}

// TestAgentsHaveTheirPlaceOnTheTeam: while their agreement runs they are told what the manager is, also when the permit lies with its department; somebody else takes the
// place of one who leaves, with the permit where they had it; who is the other agent already is one agent; and once the agreement has ended nobody is an agent.
func TestAgentsHaveTheirPlaceOnTheTeam(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	told := func() []string {
		var all []string
		for _, n := range d.permit().People().Concerned() {
			all = append(all, n.ToID)
		}
		return all
	}
	require.NoError(t, d.do("require", `{"project": "p", "item": "construction_permit", "need": "needed"}`))
	const both = `{"number": "代办1号", "agent_id": "a1", "second_id": "a2", "scope": "填报", "from": "2026-03-01", "until": "2026-06-30"}`
	require.NoError(t, d.do("entrust", both))
	require.ElementsMatch(t, []string{"pm", "a1", "a2"}, told())
	d.on(2026, time.March, 4)
	require.NoError(t, d.do("apply", `{}`))
	require.Equal(t, process.HeldOutside, d.permit().Holder.Kind)
	require.ElementsMatch(t, []string{"pm", "a1", "a2"}, told(), "it lies outside, and they urge")
	d.refused(process.InvalidInput, "user_id", d.do("assign", `{"role": "agent", "user_id": "aq", "reason": "分工"}`))
	require.NoError(t, d.do("assign", `{"role": "second_agent", "user_id": "a3", "reason": "分工"}`))
	require.Equal(t, "a3", d.permit().Agency.Agents[1].ID)

	require.NoError(t, d.do("refuse", `{"reason": "总图不符"}`))
	require.Equal(t, "a1", d.permit().Holder.ID)
	succeed := func(from, to string) error {
		return d.by(process.Actor{Type: process.Person, ID: "adm", Roles: process.Of(process.Administrator), Through: process.TheBatch}, "succeed", `{"from_id": "`+from+`", "to_id": "`+to+`", "reason": "离任"}`)
	}
	d.refused(process.InvalidInput, "to_id", succeed("a1", "aq"))
	require.NoError(t, succeed("a1", "a2"))
	require.Equal(t, "a2", d.permit().Holder.ID)
	require.NoError(t, succeed("a3", "a2"))
	require.Len(t, d.permit().Agency.Agents, 1, "one person is one agent")
	require.False(t, process.HasPart(d.subject, agent("a1"), d.day))

	d.wake(clock.NewDate(2026, time.July, 1))
	require.Equal(t, []string{"pm"}, told())
	require.Len(t, d.permit().Team(), 1)
	require.Error(t, succeed("a2", "a1"), "nothing of theirs is left")
}
