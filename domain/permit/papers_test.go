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

// accepted is a drawing review that was accepted on the second of March with papers missing, promised by the twentieth.
func accepted(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "drawing_review", "need": "needed"}`))
	require.NoError(t, d.do("apply", `{}`))
	require.NoError(t, d.do("accept", `{"missing": "勘察报告", "promised_on": "2026-03-20"}`))
	return d
}

// verdicts are what the clocks with the name say, in their order.
func (d *desk) verdicts(name string) []clock.Verdict {
	all := []clock.Verdict{}
	for _, k := range d.permit().Clocks {
		if k.Name == name {
			all = append(all, k.Verdict)
		}
	}
	return all
}

// TestMissingPapersAndTheDepartmentAreJudgedApart: whenever the papers come and the permit is issued or refused, the promise is judged by the day on which they came,
// is still watched while they have not, and the department's limit is judged by the day on which it decided.
func TestMissingPapersAndTheDepartmentAreJudgedApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d := accepted(t)
		first, promised := d.day, clock.NewDate(2026, time.March, 20)
		limit := clock.NewDate(2026, time.March, 23) // fifteen working days
		came, issued := rapid.IntRange(0, 40).Draw(rt, "came"), rapid.IntRange(0, 40).Draw(rt, "issued")
		want := func(on, until clock.Date) clock.Verdict {
			if on.After(until) {
				return clock.Late
			}
			return clock.OnTime
		}
		supplied := first.AddDays(came)
		d.day = first.AddDays(issued)
		switch on := d.day; {
		case came <= issued && rapid.Bool().Draw(rt, "said with the issue"):
			require.NoError(rt, d.do("issue", `{"certificate": "1", "supplied_on": "`+supplied.String()+`"}`))
			require.Equal(rt, []clock.Verdict{want(supplied, promised)}, d.verdicts(permit.Papers))
		case came <= issued:
			d.day = supplied
			require.NoError(rt, d.do("supply", `{}`))
			d.day = on
			require.NoError(rt, d.do("issue", `{"certificate": "1"}`))
			require.Equal(rt, []clock.Verdict{want(supplied, promised)}, d.verdicts(permit.Papers))
		default:
			require.NoError(rt, d.do("issue", `{"certificate": "1"}`))
			require.Equal(rt, []clock.Verdict{clock.Moved, clock.Running}, d.verdicts(permit.Papers), "they are still promised")
			require.False(rt, d.permit().Case.Done)
			require.True(rt, d.permit().PapersOwed)
			require.Equal(rt, promised, d.permit().DueOn)
			d.day = supplied
			require.NoError(rt, d.do("supply", `{}`))
			require.Equal(rt, []clock.Verdict{clock.Moved, want(supplied, promised)}, d.verdicts(permit.Papers))
			d.day = on
		}
		require.Equal(rt, []clock.Verdict{want(d.day, limit)}, d.verdicts(permit.ToDecide), "the limit is %s", limit)
		require.True(rt, d.permit().Case.Done)
		require.False(rt, d.permit().PapersOwed)
		require.Equal(rt, supplied, d.permit().SuppliedOn)
	})
}

func TestARefusalJudgesTheDepartmentAndNotThePromise(t *testing.T) {
	t.Parallel()
	d := accepted(t)
	d.on(2026, time.April, 1)
	require.NoError(t, d.do("refuse", `{"reason": "勘察报告没有补齐"}`))
	require.Equal(t, []clock.Verdict{clock.Moved}, d.verdicts(permit.Papers))
	require.Equal(t, []clock.Verdict{clock.Late}, d.verdicts(permit.ToDecide))
}

// TestAPartIsOneHoweverItIsWritten: what people write differently is one part, and what only begins alike is another.
func TestAPartIsOneHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for part, same := range map[string]bool{"1期": true, "１期": true, "一 期": true, "一期": true, "二期": false, "一期（东）": false, "": false} {
		d := newDesk(t)
		d.env.Found.Children = []process.Child{{Kind: permit.Kind, Slot: "eia", Part: "一期", State: permit.Needed, Number: "SX-2026-0001"}}
		err := d.do("require", `{"project": "p", "item": "eia", "need": "needed", "part": "`+part+`"}`)
		require.Equal(t, same, err != nil, part)
	}
}

// TestWhatIsSentIsNotThrownAway: what does not belong to the permit, or is on file otherwise, is refused and not left out unsaid.
func TestWhatIsSentIsNotThrownAway(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "eia", "need": "needed"}`))
	d.refused("invalid_input", "begin_by", d.do("issue", `{"certificate": "1", "applied_on": "2026-02-20", "sort": "table", "begin_by": "2026-06-01"}`))
	d.refused("invalid_input", "supplied_on", d.do("issue", `{"certificate": "1", "applied_on": "2026-02-20", "sort": "table", "supplied_on": "2026-02-21"}`))
	d.refused("impossible_date", "applied_on", d.do("issue", `{"certificate": "1", "applied_on": "1900-01-01", "sort": "table"}`))
	require.NoError(t, d.do("apply", `{"sort": "table"}`))
	d.refused("invalid_input", "sort", d.do("issue", `{"certificate": "1", "sort": "report"}`))
	d.refused("invalid_input", "applied_on", d.do("issue", `{"certificate": "1", "applied_on": "2024-01-01"}`))
	require.NoError(t, d.do("issue", `{"certificate": "1", "sort": "table", "applied_on": "2026-03-02"}`), "what stands there may be said again")

	d = accepted(t)
	d.on(2026, time.March, 10)
	d.refused("impossible_date", "supplied_on", d.do("issue", `{"certificate": "1", "supplied_on": "2026-03-01"}`))
	d.refused("impossible_date", "supplied_on", d.do("issue", `{"certificate": "1", "supplied_on": "2026-03-11"}`))
	require.NoError(t, d.do("extend", `{"amount": 10, "reason": "勘察单位延误"}`))
	require.Equal(t, "2026-03-30", d.permit().PromisedOn.String(), "a promise that was moved is what gates ask for")
}
