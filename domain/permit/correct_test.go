package permit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// issued is a desk with one permit that is there.
func issued(t *testing.T, item, input string) *desk {
	t.Helper()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "`+item+`", "need": "needed"}`))
	require.NoError(t, d.do("issue", input))
	return d
}

// TestASettledPermitIsPutRight: its number and days, also once it is closed, with a reason; what cannot be is refused, and the deadlines follow.
func TestASettledPermitIsPutRight(t *testing.T) {
	t.Parallel()
	d := issued(t, "filing", `{"certificate": "2403-341324-04-01-11111", "applied_on": "2026-02-20"}`)
	require.True(t, d.permit().Case.Done)
	d.refused(process.InvalidInput, "reason", d.do("correct", `{"certificate": "2403-341324-04-01-111111"}`))
	d.refused(process.NothingChanged, "", d.do("correct", `{"certificate": "2403-341324-04-01-11111", "reason": "x"}`))
	d.refused(process.InvalidInput, "certificate", d.do("correct", `{"certificate": "", "reason": "x"}`))
	d.refused(process.ImpossibleDate, "issued_on", d.do("correct", `{"issued_on": "2026-02-19", "reason": "x"}`))
	d.refused(process.ImpossibleDate, "issued_on", d.do("correct", `{"issued_on": "2026-03-03", "reason": "x"}`))
	require.NoError(t, d.do("correct", `{"certificate": "2403-341324-04-01-111111", "issued_on": "2026-02-25", "reason": "少录一位"}`))
	p := d.permit()
	require.Equal(t, []string{"2403-341324-04-01-111111", "2026-02-25", permit.Issued}, []string{p.Certificate, p.IssuedOn.String(), p.State})
	require.True(t, p.Case.Done, "it only has to be there")
	require.NoError(t, d.do("correct", `{"valid_until": "2026-12-31", "reason": "漏录有效期"}`))
	require.Equal(t, []any{false, "2026-12-31"}, []any{d.permit().Case.Done, d.permit().DueOn.String()}, "its last day is watched from now on")

	d = issued(t, "construction_permit", `{"certificate": "1", "applied_on": "2026-02-20"}`)
	require.NoError(t, d.do("extend", `{"amount": 3, "reason": "雨季"}`))
	require.NoError(t, d.do("correct", `{"certificate": "2", "reason": "证号"}`))
	require.Equal(t, "2026-09-02", d.permit().DueOn.String())
	require.NoError(t, d.do("correct", `{"issued_on": "2026-02-27", "reason": "发证日"}`))
	require.Equal(t, "2026-09-02", d.permit().DueOn.String(), "what was put off stays put off")

	d = issued(t, "acceptance", `{"applied_on": "2026-02-28"}`)
	d.env.Found.Children = []process.Child{{ID: "f", Kind: permit.Kind, Slot: "fire_acceptance", State: permit.Needed}, {ID: "c", Kind: permit.Kind, Slot: "completion_filing", State: permit.Applied}}
	require.NoError(t, d.do("correct", `{"issued_on": "2026-03-01", "reason": "验收会在周日"}`))
	require.Len(t, d.follow, 1, "what was applied for has no day to be moved")
	plan, ok := d.follow[0].Input.(permit.Plan)
	require.True(t, ok)
	require.Equal(t, "2026-03-06", plan.ApplyBy.String())
}

// TestASettledPermitIsRevoked: by the authority, or because it was recorded by mistake; gates see what it is then, and it can be applied for again.
func TestASettledPermitIsRevoked(t *testing.T) {
	t.Parallel()
	held := func(d *desk) (bool, string) {
		p := d.permit()
		is, _, state := permit.Held([]process.Child{{Kind: permit.Kind, Slot: p.Stage, State: p.State, DueOn: p.DueOn}}, p.Stage, d.day)
		return is, state
	}
	d := issued(t, "filing", `{"certificate": "1", "applied_on": "2026-02-20"}`)
	d.on(2026, time.March, 1)
	d.refused(process.ImpossibleDate, "occurred_on", d.do("revoke", `{"grounds": "revoked", "reason": "x"}`))
	d.on(2026, time.March, 20)
	require.NoError(t, d.do("revoke", `{"grounds": "revoked", "reason": "泗发改〔2026〕3号"}`))
	is, state := held(d)
	require.Equal(t, []any{false, permit.Revoked, false, "pm", "1"}, []any{is, state, d.permit().Case.Done, d.permit().Holder.ID, d.permit().Certificate})
	require.NoError(t, d.do("apply", `{}`))
	require.Equal(t, 2, d.permit().Round)

	d = issued(t, "filing", `{"certificate": "1", "applied_on": "2026-02-20"}`)
	require.NoError(t, d.do("revoke", `{"grounds": "mistaken", "reason": "登记到了别的项目"}`))
	_, state = held(d)
	require.Equal(t, []any{permit.Needed, "", ""}, []any{state, d.permit().Certificate, d.permit().AppliedOn.String()})
	require.NoError(t, d.do("withdraw", `{"reason": "本项目不办"}`))

	d = newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "energy_review", "need": "not_needed", "reason": "x"}`))
	d.refused(process.InvalidInput, "grounds", d.do("revoke", `{"grounds": "revoked", "reason": "x"}`))
	require.NoError(t, d.do("revoke", `{"grounds": "mistaken", "reason": "能耗超过 1000 吨"}`))
	is, _ = held(d)
	require.False(t, is)

	d = issued(t, "filing", `{"certificate": "1", "applied_on": "2026-02-20"}`)
	d.env.Found.Parent.Done = true
	require.NoError(t, d.do("revoke", `{"grounds": "mistaken", "reason": "登记错项目"}`))
	require.Equal(t, []any{permit.Dropped, true}, []any{d.permit().State, d.permit().Case.Done}, "nothing is run for a project that has ended")
}

// TestWhatIsSealedNeedsASecondPerson: where a gate was passed with the permit, a leader who does not run it corrects and revokes it.
func TestWhatIsSealedNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	for verb, input := range map[process.Verb]string{"correct": `{"certificate": "2", "reason": "x"}`, "revoke": `{"grounds": "mistaken", "reason": "x"}`} {
		d := issued(t, "filing", `{"certificate": "1", "applied_on": "2026-02-20"}`)
		d.env.Found.Parent.Sealed = []string{"filing"}
		d.refused(process.NotAllowed, "", d.do(verb, input))
		require.Equal(t, process.Not, d.kind.Fits(permit.Kind.Does(verb), d.subject, manager(), d.env))
		d.refused(process.SamePerson, "", d.by(person("pm", process.ProjectManager, process.Leader), verb, input))
		require.NoError(t, d.by(person("ld", process.Leader), verb, input))
	}
}

// TestALastDayIsWatchedHoweverItBegan: a permit that has a last day is watched for it, whether construction began before it was issued or after.
func TestALastDayIsWatchedHoweverItBegan(t *testing.T) {
	t.Parallel()
	const withLastDay = `{"certificate": "1", "applied_on": "2026-02-20", "valid_until": "2027-03-31"}`
	began := clock.NewDate(2026, time.March, 1)
	before := newDesk(t)
	before.env.Found.Parent.Began = began
	require.NoError(t, before.do("require", `{"project": "p", "item": "construction_permit", "need": "needed"}`))
	require.NoError(t, before.do("issue", withLastDay))
	byHand := issued(t, "construction_permit", withLastDay)
	require.NoError(t, byHand.do("begin", `{}`))
	byProject := issued(t, "construction_permit", withLastDay)
	byProject.env.Found.Parent.Began = began
	require.NoError(t, byProject.by(machine(), "heed", `{}`))
	for _, d := range []*desk{before, byHand, byProject} {
		require.Equal(t, []any{false, "2027-03-31", permit.Valid}, []any{d.permit().Case.Done, d.permit().DueOn.String(), process.Running(d.permit().Clocks).Name})
		require.False(t, d.permit().BegunOn.IsZero())
	}
}

// TestABeginningThatIsTakenBack lets the permit that was settled by it run again, with what it was put off by; one that is corrected moves its day.
func TestABeginningThatIsTakenBack(t *testing.T) {
	t.Parallel()
	d := issued(t, "construction_permit", `{"certificate": "1", "applied_on": "2026-02-20"}`)
	due := d.permit().DueOn
	parent := d.env.Found.Parent
	parent.Began = clock.NewDate(2026, time.March, 10)
	d.on(2026, time.March, 12)
	require.NoError(t, d.by(machine(), "heed", `{}`))
	require.True(t, d.permit().Case.Done)
	parent.Began = clock.NewDate(2026, time.March, 11)
	require.NoError(t, d.by(machine(), "heed", `{"began_was": "2026-03-10"}`))
	require.Equal(t, []any{true, "2026-03-11"}, []any{d.permit().Case.Done, d.permit().BegunOn.String()})
	parent.Began = clock.Date{}
	require.NoError(t, d.by(machine(), "heed", `{"began_was": "2026-03-11"}`))
	p := d.permit()
	require.Equal(t, []any{false, permit.Issued, due.String(), "", "pm"}, []any{p.Case.Done, p.State, p.DueOn.String(), p.BegunOn.String(), p.Holder.ID})
	d.refused(process.NothingChanged, "", d.by(machine(), "heed", `{"began_was": "2026-03-11"}`))
}
