package hazard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAHazardYear lets a hazard lie for a year on the shipped definition and calendar: every rung of 2.5 once, on a working morning, then a
// weekly rhythm that never ends, and a verdict in the end.
func TestAHazardYear(t *testing.T) {
	t.Parallel()
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	e := env(t)
	e.Calendar = cal
	at := func(day clock.Date) process.Call {
		c := call(finder, 0)
		c.OccurredAt, c.RecordedAt = day.Start().Add(10*time.Hour), day.Start().Add(10*time.Hour)
		return c
	}
	do := func(h hazard.Hazard, c hazard.Command, k process.Call) process.Decision[hazard.Hazard] {
		d, err := c.Decide(h, k, e)
		require.NoError(t, err, c.About().Name)
		d.After.Version++
		return d
	}
	found := clock.NewDate(2026, 1, 12)
	h := do(hazard.Hazard{}, hazard.Record{EnterpriseID: firm, Location: "成品库", Description: "堆垛过高", Level: hazard.General}, at(found)).After
	require.Equal(t, "2026-01-14", h.DueOn.String(), "the notice itself has a limit of two working days")
	n := notice()
	n.DueOn = clock.NewDate(2026, 2, 11)
	h = do(h, n, at(found)).After
	var said []string
	silence := time.Duration(0)
	for last := at(found).RecordedAt; h.NextWake.Before(found.AddDays(365).Start()); {
		require.True(t, h.NextWake.After(last), "the clock never spins")
		silence, last = max(silence, h.NextWake.Sub(last)), *h.NextWake
		k := process.Call{Key: "k", Actor: process.TheClock(), OccurredAt: last, RecordedAt: last}
		d := do(h, hazard.On(casework.Remind{}), k)
		if d.After.OverdueSince == h.OverdueSince || len(said) > 2 {
			require.True(t, cal.Works(clock.DateOf(last)), "%s is a day off", last)
		}
		for _, f := range d.After.Clocks[1].Fired[len(h.Clocks[1].Fired):] {
			said = append(said, clock.DateOf(f.At).String()+" "+f.Rung)
			require.NotEmpty(t, d.Notices)
		}
		h = d.After
	}
	require.Equal(t, []string{"2026-02-06 three_before", "2026-02-12 due", "2026-02-12 one_after", "2026-02-14 order", "2026-02-27 interview", "2026-03-03 refer",
		"2026-03-10 floor#1"}, said[:7], "the Spring Festival (02-15…23) and its make-up Saturdays (02-14, 02-28) are minded")
	require.Less(t, silence, 28*24*time.Hour)
	require.Greater(t, len(said), 45)
	require.Equal(t, "refer", string(h.Escalation))
	k := at(found.AddDays(365))
	k.Actor.ID = contact
	h = do(h, hazard.HandIn{Measures: "整改完成", Attachments: []process.Evidence{{UploadID: "theirs"}}}, k).After
	require.Equal(t, clock.Late, h.Clocks[1].Verdict)
	require.Equal(t, 335, h.Clocks[1].LateBy)
	require.Empty(t, h.Escalation, "a new clock, a new climb")
	require.Nil(t, h.OverdueSince)
}
