package workflows_test

import (
	"testing"
	"time"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/workflows"
	"pgregory.net/rapid"
)

// TestProjectsLiveRandomLives is the same for projects: planned days there and back, pauses, extensions, changes of the calendar, and a ladder
// that is switched on.
func TestProjectsLiveRandomLives(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
		calendars := holidays(t, clock.DateOf(begin))
		current, version := calendars[0], rapid.IntRange(1, len(all)).Draw(t, "version")
		env := func() process.Env {
			return process.Env{Rules: all[version-1], Calendar: current, Directory: process.Directory{
				boss.ID: {Kind: process.HeldByPerson, ID: boss.ID, Name: boss.Name}, "firm": {Kind: process.HeldByEnterprise, ID: "firm", Name: "莱卡织造"}}}
		}
		l := &life{t: t, kind: project.Entry(), env: env, trouble: troubled(t), seen: map[string]process.Event{}}
		l.climb = func() ladder.Climb {
			pinned := env()
			pinned.Rules = all[l.subject.Header().DefinitionVersion-1]
			return process.ClimbOf(l.subject, pinned)
		}
		sector, mode, amount := "textile", project.OwnLand, project.Yuan(100)
		l.open(project.Open{Title: "莱卡织造", EnterpriseID: "firm", ManagerID: boss.ID, EntryStage: "construction",
			Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}}, project.OpenName,
			process.Call{Key: "open", Actor: boss, OccurredAt: begin, RecordedAt: begin})
		l.remember(begin, "open")
		var steps []step
		at := time.Duration(0)
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			at += between(t)
			s := step{after: at, actor: boss}
			days, which := rapid.SampledFrom([]int{5, 20, 20, 60}).Draw(t, "planned"), rapid.IntRange(0, 1).Draw(t, "calendar")
			to, amount := rapid.IntRange(1, len(all)).Draw(t, "to"), rapid.IntRange(1, 20).Draw(t, "amount")
			switch rapid.SampledFrom([]string{"plan", "plan", "suspend", "resume", "extend", "calendar", "adopt", "comment"}).Draw(t, "deed") {
			case "plan":
				s.name, s.input = project.EditName, func(time.Time) any {
					day := clock.DateOf(begin).AddDays(days)
					return project.Edit{Reason: "调整", Facts: project.Given{PlannedCompletionOn: &day}}
				}
			case "suspend":
				s.name, s.input = project.SuspendName, func(time.Time) any { return project.Suspend{Reason: "资金", Category: "funds"} }
			case "resume":
				s.name, s.input = project.ResumeName, func(time.Time) any { return project.Resume{Reason: "到位"} }
			case "extend":
				s.name, s.input = project.Kind.Does(casework.ExtendVerb), func(time.Time) any { return casework.Extend{Amount: amount, Reason: "雨季"} }
			case "calendar":
				s.name, s.input = project.Kind.Does(casework.RecalendarVerb), func(time.Time) any {
					current = calendars[which]
					return casework.Recalendar{Calendar: current.Version, Reason: "放假安排"}
				}
			case "adopt":
				s.name, s.input = project.Kind.Does(casework.AdoptVerb), func(time.Time) any {
					version = to
					return casework.Adopt{Version: version, Reason: "启用"}
				}
			default:
				s.name, s.input = project.Kind.Does(casework.CommentVerb), func(time.Time) any { return casework.Comment{Text: "看过"} }
			}
			steps = append(steps, s)
		}
		horizon := at + 40*24*time.Hour
		l.play(project.Entry().Workflow, workflows.Of(project.Entry()), begin, steps, horizon)
		l.judge(begin.Add(horizon))
	})
}
