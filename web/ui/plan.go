package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// PlanView is a project's plan against what has happened.
type PlanView struct {
	store.ProjectPlan
	Plans bool // the reader may plan
}

// planned are the lines that have a target: what is late first, the latest on top, then by their days.
func (v PlanView) planned() []schedule.Line {
	all := slices.DeleteFunc(slices.Clone(v.Lines), func(l schedule.Line) bool { return l.Target.IsZero() })
	slices.SortStableFunc(all, func(a, b schedule.Line) int {
		if (a.State == schedule.Late) != (b.State == schedule.Late) {
			return map[bool]int{true: -1, false: 1}[a.State == schedule.Late]
		}
		return b.Target.DaysUntil(a.Target)
	})
	return all
}

// unplanned are the lines that have begun without a target.
func (v PlanView) unplanned() []schedule.Line {
	return slices.DeleteFunc(slices.Clone(v.Lines), func(l schedule.Line) bool {
		return !l.Target.IsZero() || l.Started.IsZero() && l.Finished.IsZero()
	})
}

// The measures of the diagram, in its own units.
const (
	ganttName  = 220 // the names at the left
	ganttWide  = 860 // the time at the right of them
	ganttRow   = 30
	ganttHead  = 28
	ganttRight = 90 // the deviation
)

// gantt is the diagram's time: from the first day of a month to the last of another.
type gantt struct {
	from, until clock.Date
	today       clock.Date
	lines       []schedule.Line
}

func ganttOf(lines []schedule.Line, today clock.Date) gantt {
	g := gantt{from: today, until: today, today: today, lines: lines}
	for _, l := range lines {
		for _, d := range []clock.Date{l.Started, l.Finished, l.Target} {
			if d.IsZero() {
				continue
			}
			if d.Before(g.from) {
				g.from = d
			}
			if d.After(g.until) {
				g.until = d
			}
		}
	}
	if earliest := g.until.AddMonths(-48); g.from.Before(earliest) {
		g.from = earliest
	}
	g.from, g.until = funds.MonthOf(g.from).First(), funds.MonthOf(g.until).Last()
	return g
}

// x is where a day lies; days before the beginning lie on it.
func (g gantt) x(d clock.Date) int {
	if d.Before(g.from) {
		d = g.from
	}
	return ganttName + g.from.DaysUntil(d)*ganttWide/max(g.from.DaysUntil(g.until), 1)
}

func (g gantt) height() int { return ganttHead + len(g.lines)*ganttRow + 8 }

func (g gantt) wide() int { return ganttName + ganttWide + ganttRight }

// tick is a month of the axis.
type tick struct {
	x    int
	text string
}

// ticks are the months, thinned out where there are many.
func (g gantt) ticks(ctx context.Context) []tick {
	all, n := []tick{}, 0
	months := g.from.DaysUntil(g.until)/30 + 1
	every := (months + 13) / 14
	for m := funds.MonthOf(g.from); !m.First().After(g.until); m = m.Add(1) {
		if n%every == 0 {
			text := i18n.T(ctx, "plan.month", "Month", m.Number())
			if n == 0 || m.Number() <= every && m.Number() < 12 && m.Year() != m.Add(-every).Year() {
				text = MonthName(ctx, m)
			}
			all = append(all, tick{g.x(m.First()), text})
		}
		n++
	}
	return all
}

// bar is a stretch of a line in the diagram; wide enough to be seen.
type bar struct{ x, wide int }

func (g gantt) bar(from, until clock.Date) bar {
	if from.IsZero() || until.IsZero() || until.Before(from) {
		return bar{}
	}
	return bar{g.x(from), max(g.x(until)-g.x(from), 3)}
}

// actual is from the beginning to the end, or to today.
func (g gantt) actual(l schedule.Line) bar {
	switch {
	case l.Spared:
		return bar{}
	case l.Started.IsZero():
		return g.bar(l.Finished, l.Finished)
	case l.Finished.IsZero():
		return g.bar(l.Started, g.today)
	}
	return g.bar(l.Started, l.Finished)
}

// planned is up to the target: of a stage from the target of the one before, else from the day it began.
func (g gantt) planned(l schedule.Line) bar {
	from := l.From
	if from.IsZero() {
		from = l.Started
	}
	if from.IsZero() || from.After(l.Target) {
		from = l.Target.AddDays(-14)
	}
	return g.bar(from, l.Target)
}

// ahead is what is left up to the target, or what it is late by up to today.
func (g gantt) ahead(l schedule.Line) bar {
	switch l.State {
	case schedule.Open:
		return g.bar(g.today, l.Target)
	case schedule.Late:
		return g.bar(l.Target, g.today)
	case schedule.Unplanned, schedule.Kept, schedule.Missed, schedule.Spared, schedule.Past:
	}
	return bar{}
}

// unmeasured reports whether a line has no deviation from its target.
func unmeasured(s schedule.State) bool {
	return s == schedule.Unplanned || s == schedule.Spared || s == schedule.Past
}

// deviation says by how many days a line is later or earlier than its target, in calendar and in working days.
func deviation(ctx context.Context, l schedule.Line) string {
	days := l.Days
	key := "plan.late"
	switch {
	case unmeasured(l.State):
		return "—"
	case l.State == schedule.Open && days == 0:
		return i18n.T(ctx, "plan.today")
	case l.State == schedule.Open:
		key, days = "plan.left", -days
	case days == 0:
		return i18n.T(ctx, "plan.on_day")
	case days < 0:
		key, days = "plan.early", -days
	}
	return i18n.T(ctx, key, "Days", days, "Workdays", max(l.Workdays, -l.Workdays))
}

// shortDeviation is the same as a number of calendar days at the right of the diagram.
func shortDeviation(ctx context.Context, l schedule.Line) string {
	if unmeasured(l.State) {
		return ""
	}
	if l.State == schedule.Open {
		return i18n.T(ctx, "plan.short_left", "Days", -l.Days)
	}
	sign := ""
	if l.Days > 0 {
		sign = "+"
	}
	return i18n.T(ctx, "plan.short", "Days", sign+strconv.Itoa(l.Days))
}

// planHeadline says how the plan stands: how many are late, how late at most, and what is late first or comes next.
func planHeadline(ctx context.Context, v PlanView, today clock.Date) string {
	if v.Baseline.Seq == 0 {
		return i18n.T(ctx, "plan.none")
	}
	first, open := schedule.First(v.Lines)
	late := schedule.Count(v.Lines, schedule.Late)
	switch {
	case !open:
		return i18n.T(ctx, "plan.all_done")
	case late > 0:
		return i18n.T(ctx, "plan.head_late", "Count", late, "Name", i18n.Pick(ctx, first.Name), "Day", i18n.Date(ctx, first.Target, today.Year()), "Days", first.Days, "Workdays", first.Workdays)
	}
	return i18n.T(ctx, "plan.head_next", "Name", i18n.Pick(ctx, first.Name), "Day", i18n.Date(ctx, first.Target, today.Year()), "Days", -first.Days, "Workdays", -first.Workdays)
}

// targetsWords counts the targets of a baseline, and how many of them it changed.
func targetsWords(ctx context.Context, all []schedule.Baseline, i int) string {
	changed := 0
	if i > 0 {
		for _, t := range all[i].Targets {
			if all[i-1].Of(t.Subject) != t.On {
				changed++
			}
		}
		for _, t := range all[i-1].Targets {
			if all[i].Of(t.Subject).IsZero() {
				changed++
			}
		}
		return i18n.T(ctx, "plan.changed", "Count", len(all[i].Targets), "Changed", changed)
	}
	return i18n.T(ctx, "plan.targets", "Count", len(all[i].Targets))
}

func planURL(id string) string { return CaseURL(project.Kind, id) + "/schedule" }

// subjectName is what a target is of, as a definition calls it.
func subjectName(ctx context.Context, d process.Rules, s schedule.Subject) string {
	switch s.Sort() {
	case schedule.Stage:
		return stageName(ctx, d, s.ID())
	case schedule.Step:
		return strings.TrimSpace(s.Building() + " " + workName(ctx, d, s.ID()))
	}
	if j, ok := d.(lifecycle.Definition); ok {
		for _, stage := range j.Stages {
			for _, r := range stage.Gate {
				if r.Permit == s.ID() && r.Permit != "" {
					return i18n.Pick(ctx, r.Name)
				}
			}
		}
	}
	return s.ID()
}
