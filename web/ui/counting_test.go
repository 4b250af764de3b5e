package ui

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
)

// TestEveryPageCountsAsTheLedgerDoes: whatever the limit, the day it began and the day it is looked at, a list, a case's page and its ledger say the same
// number, in what the limit counts.
func TestEveryPageCountsAsTheLedgerDoes(t *testing.T) {
	t.Parallel()
	base := chinese(t)
	cal := clock.Calendar{Version: "v1", Years: map[int]string{2026: "paper"}, Special: map[clock.Date]clock.Special{
		clock.NewDate(2026, 10, 1): {Kind: clock.Holiday, Name: "国庆节"}, clock.NewDate(2026, 10, 2): {Kind: clock.Holiday, Name: "国庆节"}, clock.NewDate(2026, 10, 10): {Kind: clock.MakeUpDay, Name: "国庆节"}}}
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]clock.Unit{clock.WorkingDay, clock.Day, clock.Month}).Draw(t, "unit")
		began := clock.NewDate(2026, 9, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "began"))
		k := clock.Start("rectify", clock.Limit{Amount: rapid.IntRange(1, 40).Draw(t, "amount"), Unit: unit}, began.Start().Add(9*time.Hour), cal)
		today := began.AddDays(rapid.IntRange(0, 90).Draw(t, "later"))
		ctx, dues := Counted(Counting(base, func(_ context.Context, ids []string) (map[string]store.Counting, error) {
			require.Equal(t, []string{"1"}, ids, "read for all at once")
			return map[string]store.Counting{"1": {Unit: unit, Calendar: cal}}, nil
		}))
		list, page := DueDay{Day: k.DueOn, URL: "/hazards/1/deadline"}, DueDay{Day: k.DueOn, Case: "1"}
		dueOf(ctx, list, today)
		dueOf(ctx, page, today)
		require.True(t, dues.Wanted())
		require.NoError(t, dues.Read(ctx))
		words := dueOf(ctx, list, today).Words
		require.Equal(t, words, dueOf(ctx, page, today).Words)
		require.False(t, dues.Wanted())

		left := 0 // what the ledger still counts after today
		for day := range today.DaysUntil(k.DueOn) {
			if on := today.AddDays(day + 1); unit != clock.WorkingDay || cal.Works(on) {
				left++
			}
		}
		name := map[bool]string{true: "个工作日", false: "个自然日"}[unit == clock.WorkingDay]
		switch late := k.Lateness(today.Start().Add(12*time.Hour), cal); {
		case late > 0:
			require.Equal(t, "逾期 "+strconv.Itoa(late)+" "+name, words)
		case today == k.DueOn:
			require.Equal(t, "今天到期", words)
		default:
			require.Equal(t, "剩 "+strconv.Itoa(left)+" "+name, words)
		}
	})
}
