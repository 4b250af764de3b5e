package ui

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/web/i18n"
)

func chinese(t *testing.T) context.Context {
	t.Helper()
	c, err := i18n.Load()
	require.NoError(t, err)
	return i18n.With(t.Context(), c.Speak("zh"))
}

func TestDaysAreSaidAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	ctx, day := chinese(t), clock.NewDate(2026, 11, 25)
	require.Equal(t, "11月25日（周三）", Span(ctx, day, day, 2026), "one day is one day")
	require.Equal(t, "11月25日（周三） – 11月27日（周五）", Span(ctx, day, day.AddDays(2), 2026))
	require.Equal(t, "2026年11月25日", Span(ctx, day, day, 2027), "the year where it is not this one")
	require.Equal(t, "今天起", HeldFor(ctx, day, day))
	require.Equal(t, "今天起", HeldFor(ctx, day.AddDays(1), day), "a demo's clock may run behind")
	require.Equal(t, "已 1 个自然日", HeldFor(ctx, day, day.AddDays(1)))
	require.Equal(t, "今天起", stageDay(ctx, day, day))
	require.Equal(t, "第 3 个自然日", stageDay(ctx, day, day.AddDays(3)))
}

func TestNothingHasLastedForNoDays(t *testing.T) {
	t.Parallel()
	ctx := chinese(t)
	rapid.Check(t, func(t *rapid.T) {
		from := clock.NewDate(2024, 1, 1).AddDays(rapid.IntRange(0, 2000).Draw(t, "from"))
		to := from.AddDays(rapid.IntRange(-3, 400).Draw(t, "days"))
		require.NotRegexp(t, `(^|\D)0 个`, HeldFor(ctx, from, to)+" "+stageDay(ctx, from, to))
	})
}

func TestNoWordsOfTheProgram(t *testing.T) {
	t.Parallel()
	ctx := chinese(t)
	for _, c := range []struct{ got, want string }{
		{RuleName(ctx, "project v2"), "项目办理规则 第 2 版"},
		{RuleName(ctx, "plan_task v11"), "计划任务办理规则 第 11 版"},
		{RuleName(ctx, "协议约定"), "协议约定"},
		{CalendarName(ctx, "cn-2024-2025-2026"), "国务院办公厅节假日安排 2024–2026 年"},
		{CalendarName(ctx, "cn-2024"), "国务院办公厅节假日安排 2024 年"},
		{CalendarName(ctx, "v3"), "第 3 版"},
		{Who(ctx, "setup"), "初次设置"},
		{Who(ctx, "陆志远"), "陆志远"},
	} {
		require.Equal(t, c.want, c.got)
	}
	for raw, sentence := range map[string]string{
		"dial tcp 10.1.2.3:25: connect: connection refused": "连不上",
		"lookup mail.example.cn: no such host":              "连不上",
		"context deadline exceeded":                         "太久没有回应",
		"邮件服务器：tls: failed to verify certificate: x509":     "安全证书",
		"535 5.7.8 Error: authentication failed":            "拒绝了登录",
		"something nobody has seen":                         "没有成功",
	} {
		said, detail := trouble(ctx, raw)
		require.Contains(t, said, sentence, raw)
		require.Equal(t, raw, detail, "kept for the administrator")
		require.NotRegexp(t, `[A-Za-z]`, said)
	}
	said, detail := trouble(ctx, "邮箱已满，请稍后再试")
	require.Equal(t, "邮箱已满，请稍后再试", said)
	require.Empty(t, detail)
}
