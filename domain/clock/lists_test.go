package clock_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
)

// published are the State Council's lists of 2007 to 2026 as holiday-cn has them.
func published(t testing.TB) []clock.Year {
	t.Helper()
	files, err := filepath.Glob("testdata/holidays/*.json")
	require.NoError(t, err)
	require.Len(t, files, 20)
	years := make([]clock.Year, 0, len(files))
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		y, err := clock.ParseHolidays(text)
		require.NoError(t, err, name)
		years = append(years, y)
	}
	return years
}

// days writes every day of the calendar from December 2006 on: what it is and what it is called.
func days(cal clock.Calendar) []string {
	list := []string{}
	for day := clock.NewDate(2006, 12, 1); day.Year() <= 2026; day = day.AddDays(1) {
		kind, name := cal.Kind(day)
		list = append(list, fmt.Sprintf("%s %s %s", day, kind, name))
	}
	return list
}

// TestListsMayComeInAnyOrder: twenty papers give the same 7,305 days (and the December before them), however they are shuffled, repeated, and typed or
// imported.
func TestListsMayComeInAnyOrder(t *testing.T) {
	t.Parallel()
	years := published(t)
	known := map[clock.Date]clock.Special{}
	for _, y := range years {
		for day, special := range y.Days {
			_, twice := known[day]
			require.False(t, twice, day)
			known[day] = special
		}
	}
	want := days(clock.Calendar{Special: known})
	require.Len(t, want, 31+7305)
	rapid.Check(t, func(t *rapid.T) {
		cal := clock.Calendar{}
		again := rapid.SliceOfN(rapid.SampledFrom(years), 0, 5).Draw(t, "again")
		for _, y := range append(again, rapid.Permutation(years).Draw(t, "order")...) {
			if rapid.Bool().Draw(t, "typed") {
				typed, err := clock.ParseLines(y.Year, y.Paper, y.Lines())
				require.NoError(t, err)
				y = typed
			}
			cal = cal.With(y)
		}
		require.Equal(t, want, days(cal))
		for _, y := range years {
			require.Equal(t, y, cal.List(y.Year), "what was imported is what is edited")
		}
	})
}

func TestAPaperRulesTheDecemberBeforeIt(t *testing.T) {
	t.Parallel()
	lists := map[int]clock.Year{}
	for _, y := range published(t) {
		lists[y.Year] = y
	}
	cal := clock.Calendar{}.With(lists[2019]).With(lists[2018])
	require.True(t, cal.Works(clock.NewDate(2018, 12, 29)), "a Saturday that the paper of 2019 makes a working day")
	require.False(t, cal.Works(clock.NewDate(2018, 12, 31)))
	require.Len(t, cal.Year(2018).Days, len(lists[2018].Days)+3, "the year has the days that lie in it")
	require.Equal(t, lists[2018], cal.List(2018), "and the list those that its paper rules")

	other, err := clock.ParseLines(2018, "地方通知", "2018-12-29 休 年终\n2018-10-01 休 国庆节")
	require.NoError(t, err)
	for _, both := range []clock.Calendar{cal.With(other), clock.Calendar{}.With(other).With(lists[2019])} {
		require.True(t, both.Works(clock.NewDate(2018, 12, 29)), "of two lists the later one rules")
		without := lists[2019]
		without.Days = map[clock.Date]clock.Special{clock.NewDate(2019, 1, 1): {Kind: clock.Holiday, Name: "元旦"}}
		kind, name := both.With(without).Kind(clock.NewDate(2018, 12, 29))
		require.Equal(t, clock.Holiday, kind, "which the earlier one rules again once the later one lets go")
		require.Equal(t, "年终", name)
	}
}

// TestAWorkedMondayMayBeNamed: the notice of 27 January 2020 extends the holiday to 2 February and names 3 February, a Monday, as worked.
func TestAWorkedMondayMayBeNamed(t *testing.T) {
	t.Parallel()
	cal := clock.Calendar{}
	for _, y := range published(t) {
		if y.Year == 2020 {
			require.Contains(t, y.Paper, "5472352", "both papers are kept")
			cal = cal.With(y)
		}
	}
	back := clock.NewDate(2020, 2, 3)
	require.Equal(t, time.Monday, back.Weekday())
	require.True(t, cal.Works(back))
	for _, slip := range []string{"2020-02-05 班 春节", "2020-10-01 班 国庆节", "2020-05-01 休 劳动节\n2020-05-04 班 劳动节\n2020-05-05 休 劳动节"} {
		_, err := clock.ParseLines(2020, "x", slip)
		require.ErrorContains(t, err, "不能写成上班", slip)
	}
}

// TestADayOfAnotherYearIsKeptOrRefused: never lost.
func TestADayOfAnotherYearIsKeptOrRefused(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"2026-10-01 休 国庆节\n2027-01-01 休 元旦":   "下一年",
		"2026-10-01 休 国庆节\n2025-10-01 休 国庆节":  "不属于",
		"2025-12-31 休 元旦":                     "没有一天在 2026 年",
		"2026-10-01 休 国庆节\n2026/10/1 班 国庆节":   "两次",
		"2026-10-01 休 国庆节\n2026-10-02 国庆节":    "第 2 行",
		"2026-10-01 休 国庆节\n2026-13-02 休 国庆节":  "第 2 行",
		"2026-10-01 休 国庆节\n2026-10-02 调休 国庆节": "第 2 行",
	} {
		_, err := clock.ParseLines(2026, "x", text)
		require.ErrorContains(t, err, says, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		day := clock.NewDate(2024, 1, 1).AddDays(rapid.IntRange(0, 4*366).Draw(t, "day"))
		form := rapid.SampledFrom([]string{"2006-01-02", "2006/1/2", "2006年1月2日", "2006.1.2", "20060102"}).Draw(t, "form")
		line := day.Start().Format(form) + " 休 节日"
		y, err := clock.ParseLines(2026, "x", line+"\n2026-06-19 休 端午节")
		if err == nil && day != clock.NewDate(2026, 6, 19) {
			kind, _ := clock.Calendar{}.With(y).Kind(day)
			require.Equal(t, clock.Holiday, kind, line)
		}
	})
}
