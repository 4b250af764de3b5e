package ui

import (
	"bytes"
	"context"
	"regexp"
	"strconv"
	"strings"
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
		var drawn bytes.Buffer
		require.NoError(t, Due(list, today).Render(ctx, &drawn))
		require.NotContains(t, drawn.String(), "个", "it is not known yet what is counted")
		drawn.WriteString("|")
		require.NoError(t, Due(page, today).Render(ctx, &drawn))
		filled, err := dues.Fill(ctx, drawn.Bytes())
		require.NoError(t, err)
		inList, onPage, found := strings.Cut(string(filled), "|")
		require.True(t, found)
		words := dueWords(inList)
		require.Equal(t, words, dueWords(onPage))

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

// dueWords are what a drawn due date says above its day.
func dueWords(chip string) string {
	chip, _, _ = strings.Cut(chip, "<small>")
	return strings.TrimSpace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(chip, ""))
}

// TestNobodyTypesThePlaceOfADueDate: what people typed stands on the page as they typed it.
func TestNobodyTypesThePlaceOfADueDate(t *testing.T) {
	t.Parallel()
	ctx, dues := Counted(Counting(chinese(t), func(context.Context, []string) (map[string]store.Counting, error) { return nil, nil }))
	var drawn bytes.Buffer
	require.NoError(t, Due(DueDay{Day: clock.NewDate(2026, 11, 23), Case: "1"}, clock.NewDate(2026, 11, 23)).Render(ctx, &drawn))
	require.NoError(t, Status("wait", placeOpens+"0"+placeEnds).Render(ctx, &drawn))
	filled, err := dues.Fill(ctx, drawn.Bytes())
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(filled), "今天到期"))
	require.Contains(t, string(filled), "&lt;pw-due-place 0&gt;")
}
