package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/store"
)

// TestAnUrgingIsOneDatedLine: who was urged when, how and for what, what was answered when, and whether for a good reason.
func TestAnUrgingIsOneDatedLine(t *testing.T) {
	t.Parallel()
	say := func(u permit.Urge) string {
		var text strings.Builder
		require.NoError(t, urgeLine(Chrome{Today: clock.NewDate(2026, time.December, 1)}, u, "pw-small").Render(chinese(t), &text))
		return text.String()
	}
	u := permit.Urge{Seq: 1, On: clock.NewDate(2026, time.November, 20), Way: "call", To: "市生态环境局 王科长", Text: "请反馈技术审查意见"}
	for _, part := range []string{"11月20日", "电话", "市生态环境局 王科长", "请反馈技术审查意见", "还没有答复"} {
		require.Contains(t, say(u), part)
	}
	u.AnsweredOn, u.Answer, u.Justified = clock.NewDate(2026, time.November, 25), "专家评审排在下周三", "no"
	require.Contains(t, say(u), "11月25日")
	require.Contains(t, say(u), "专家评审排在下周三")
	require.Contains(t, say(u), "理由不正当")
	require.NotContains(t, say(u), "还没有答复")
}

// TestTheSheetSaysWhatComesOnWhichDay: deadlines of the stage and of permits, and what the plan has not reached, in the order of their days.
func TestTheSheetSaysWhatComesOnWhichDay(t *testing.T) {
	t.Parallel()
	day := func(d int) clock.Date { return clock.NewDate(2026, time.December, d) }
	var b Brief
	b.DueOn, b.NextContactOn = day(20), day(3)
	b.Way.Stretches = []permit.Stretch{{Steps: []permit.Step{{Item: permit.Item{Name: process.Text{Chinese: "环评批复"}}, Cases: []permit.Known{
		{DueOn: day(10), Holder: &process.Holder{Name: "县环保局"}}, {DueOn: day(1), Done: true, Holder: &process.Holder{}}}}}}}
	b.Plan = &store.ProjectPlan{Lines: []schedule.Line{{Name: process.Text{Chinese: "屋面"}, Subject: "step:1#:roof", Target: day(5), State: schedule.Late}, {Target: day(2), State: schedule.Kept}}}
	got := []string{}
	for _, d := range b.dates(chinese(t)) {
		got = append(got, d.On.String()+" "+d.Says)
	}
	require.Len(t, got, 4)
	for i, part := range []string{"2026-12-03 约定跟进", "2026-12-05 计划：屋面", "2026-12-10 环评批复", "2026-12-20"} {
		require.Contains(t, got[i], part)
	}
	b.Done = true
	require.Empty(t, b.dates(chinese(t)), "of what has ended nothing comes")
}
