package ui

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/web/i18n"
)

// What the program calls things by itself, in the words of those who read it.

// Span is a stretch of days; one day is one day.
func Span(ctx context.Context, from, to clock.Date, year int) string {
	if from == to {
		return i18n.Date(ctx, from, year)
	}
	return i18n.Date(ctx, from, year) + " – " + i18n.Date(ctx, to, year)
}

// HeldFor is how long somebody has had something: 已 3 个自然日, and on the first day 今天起.
func HeldFor(ctx context.Context, since, today clock.Date) string {
	if n := since.DaysUntil(today); n > 0 {
		return i18n.T(ctx, "held.days", "Days", Days(ctx, n, clock.Day))
	}
	return i18n.T(ctx, "since.today")
}

// stageDay is how long a stage has lasted: 第 3 个自然日, and on its first day 今天起.
func stageDay(ctx context.Context, since, today clock.Date) string {
	if n := daysSince(since, today); n > 0 {
		return i18n.T(ctx, "stage.day", "Count", n)
	}
	return i18n.T(ctx, "since.today")
}

var (
	ruleNamed     = regexp.MustCompile(`^([a-z_]+) v(\d+)$`)    //nolint:gochecknoglobals // compiled once
	calendarNamed = regexp.MustCompile(`^v(\d+)$`)              //nolint:gochecknoglobals // compiled once
	calendarYears = regexp.MustCompile(`^cn-(\d{4}(-\d{4})*)$`) //nolint:gochecknoglobals // compiled once
)

// RuleName is a version of a kind's rules: hazard v2 is 隐患办理规则 第 2 版.
func RuleName(ctx context.Context, rule string) string {
	m := ruleNamed.FindStringSubmatch(rule)
	if m == nil {
		return rule
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return rule
	}
	return i18n.T(ctx, "rule.of", "Kind", i18n.T(ctx, "kind."+m[1]), "Version", n)
}

// CalendarName is a version of the calendar: the one that is shipped is called after the papers it holds, later ones are counted.
func CalendarName(ctx context.Context, version string) string {
	if m := calendarNamed.FindStringSubmatch(version); m != nil {
		return i18n.T(ctx, "calendar.version", "Version", m[1])
	}
	if m := calendarYears.FindStringSubmatch(version); m != nil {
		years := strings.Split(m[1], "-")
		if len(years) == 1 {
			return i18n.T(ctx, "calendar.shipped", "Years", years[0])
		}
		return i18n.T(ctx, "calendar.shipped", "Years", years[0]+"–"+years[len(years)-1])
	}
	return version
}

// causes tell from a raw error what a person may do about it; the first that fits. What is in words already stays.
func causes() []struct{ key, signs string } {
	return []struct{ key, signs string }{
		{"trouble.unreachable", `dial tcp|no such host|connection (refused|reset)|network is unreachable|broken pipe|EOF`},
		{"trouble.slow", `timeout|deadline exceeded|timed out`},
		{"trouble.certificate", `x509|certificate|tls:|STARTTLS|handshake`},
		{"trouble.refused_login", `\b(401|403|535|534)\b|(?i)auth`},
		{"trouble.sealed", `cipher|decrypt|message authentication|unseal|locked`},
	}
}

// inRegister is a value of a record as its readers know it; a day as people write it.
func inRegister(ctx context.Context, q process.Question, value string, titles func(register.Name) map[string]string) string {
	if day, err := clock.ParseDate(value); q.Kind == process.Day && err == nil {
		return i18n.FullDate(ctx, day)
	}
	return registers.Shown(ctx, q, value, titles)
}

var written = regexp.MustCompile(`\p{Han}`) //nolint:gochecknoglobals // compiled once

// trouble is a raw error in a plain sentence, and what is left to be read by an administrator, "" when the sentence says all.
func trouble(ctx context.Context, raw string) (sentence, detail string) {
	if raw == "" {
		return "", ""
	}
	for _, c := range causes() {
		if regexp.MustCompile(c.signs).MatchString(raw) {
			return i18n.T(ctx, c.key), raw
		}
	}
	if written.MatchString(raw) {
		return raw, ""
	}
	return i18n.T(ctx, "trouble.other"), raw
}

// isAdministrator reports whether the reader sees what lies behind a plain sentence.
func isAdministrator(c Chrome) bool { return c.Actor.Has(process.Administrator) }
