package clock_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
)

func TestAYearIsReadAndPrinted(t *testing.T) {
	t.Parallel()
	y, err := clock.ParseHolidays([]byte(`{"year":2027,"papers":["https://www.gov.cn/x.htm"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-03","isOffDay":false}]}`))
	require.NoError(t, err)
	require.Equal(t, "2027-01-01 休 元旦\n2027-01-03 班 元旦\n", y.Lines())
	again, err := clock.ParseLines(2027, y.Paper, y.Lines())
	require.NoError(t, err)
	require.Equal(t, y, again)
	cal := holidays().With(y)
	require.False(t, cal.Works(clock.NewDate(2027, 1, 1)))
	require.False(t, cal.Provisional(clock.NewDate(2027, 5, 1)))
	require.Len(t, cal.Year(2026).Days, 6, "other years stay")
	require.NotContains(t, holidays().Years, 2027, "the calendar it came from is unchanged")
}

func TestNonsenseYearsAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`[]`, `{"year":2027,"papers":["x"],"days":[]}`, `{"year":2027,"papers":[],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`,
		`{"year":2027,"papers":["x"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":false}]}`, `{"year":1,"papers":["x"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`} {
		_, err := clock.ParseHolidays([]byte(text))
		require.Error(t, err, text)
	}
	for _, text := range []string{"2027-01-01", "2027-01-01 休", "2027-13-01 休 元旦", "2027-01-01 歇 元旦", "2027-01-01 休 元旦\n2027-01-01 班 元旦", "2030-01-01 休 元旦"} {
		_, err := clock.ParseLines(2027, "paper", text)
		require.Error(t, err, text)
	}
}

func TestTheMissingYearIsSeenInTime(t *testing.T) {
	t.Parallel()
	cal := holidays()
	require.Nil(t, cal.Missing(clock.NewDate(2026, 10, 31)))
	require.Equal(t, &clock.Warning{Year: 2027}, cal.Missing(clock.NewDate(2026, 11, 1)))
	require.Equal(t, &clock.Warning{Year: 2027, Urgent: true}, cal.Missing(clock.NewDate(2026, 12, 1)))
	require.Equal(t, &clock.Warning{Year: 2027, Urgent: true}, cal.Missing(clock.NewDate(2027, 1, 1)))
}

func TestOfficeHours(t *testing.T) {
	t.Parallel()
	spans, err := clock.ParseHours("08:30-12:00，14:00–17:30")
	require.NoError(t, err)
	require.Equal(t, clock.OfficeHours(), spans)
	for _, bad := range []string{"", "8.30-12", "12:00-08:00", "08:00-12:00,11:00-13:00"} {
		_, err := clock.ParseHours(bad)
		require.Error(t, err, bad)
	}
}

// TestEveryFaultOfAYearIsTold: of lines that cannot be read, of days that cannot be, and of the paper that is missing, at once and by its field.
func TestEveryFaultOfAYearIsTold(t *testing.T) {
	t.Parallel()
	_, err := clock.ParseLines(2026, " ", "2026-10-01 休 国庆节\n国庆 休 国庆节\n2026-10-02 歇 国庆节\n2027-01-01 休 元旦\n2026-10-01 休 国庆节\n2026-10-05")
	var faults clock.Faults
	require.ErrorAs(t, err, &faults)
	told := map[string]string{}
	for _, f := range faults {
		told[f.Of] += f.Says + "\n"
	}
	for _, says := range []string{"第 2 行", "第 3 行", "2027-01-01 是下一年", "第 5 行", "第 6 行"} {
		require.Contains(t, told[clock.OfDays], says)
	}
	require.Contains(t, told[clock.OfPaper], "文件")
	_, err = clock.ParseLines(2026, "x", "2026-10-01 休 国庆节")
	require.NoError(t, err)
}
