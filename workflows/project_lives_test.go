package workflows_test

import (
	"testing"
	"time"

	"github.com/parkway-zone/parkway/definitions"
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
		env := func() project.Env {
			return project.Env{Definition: all[version-1], Calendar: current, Directory: process.Directory{
				boss.ID: {Kind: process.HeldByPerson, ID: boss.ID, Name: boss.Name}, "firm": {Kind: process.HeldByEnterprise, ID: "firm", Name: "莱卡织造"}}}
		}
		l := &life[project.Project, project.Env]{t: t, header: func(p *project.Project) *process.Case { return &p.Case }, decode: project.Decode, env: env, trouble: troubled(t),
			clocks: func(p project.Project) []clock.Clock { return p.Clocks }, seen: map[string]process.Event{},
			climb: func(p project.Project, k clock.Clock) ladder.Climb {
				return ladder.Climb{Ladder: all[p.DefinitionVersion-1].Ladder, Clock: k, Calendar: current, Variant: string(p.SiteMode), CaseID: p.ID}
			}}
		sector, mode, amount := "textile", project.OwnLand, project.Yuan(100)
		d, err := project.Open{Title: "莱卡织造", EnterpriseID: "firm", ManagerID: boss.ID, EntryStage: "construction",
			Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}}.Decide(project.Project{Case: process.Case{ID: "x"}},
			process.Call{Key: "open", Actor: boss, OccurredAt: begin, RecordedAt: begin}, env())
		if err != nil {
			t.Fatal(err)
		}
		l.subject = d.After
		l.subject.Version = 1
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
				s.name, s.input = project.ExtendName, func(time.Time) any { return project.Extend{Amount: amount, Reason: "雨季"} }
			case "calendar":
				s.name, s.input = project.RecalendarName, func(time.Time) any {
					current = calendars[which]
					return project.Recalendar{Calendar: current.Version, Reason: "放假安排"}
				}
			case "adopt":
				s.name, s.input = project.AdoptName, func(time.Time) any {
					version = to
					return project.Adopt{Version: version, Reason: "启用"}
				}
			default:
				s.name, s.input = project.CommentName, func(time.Time) any { return project.Comment{Text: "看过"} }
			}
			steps = append(steps, s)
		}
		horizon := at + 40*24*time.Hour
		l.play(workflows.ProjectLifecycleType, workflows.ProjectLifecycle, begin, steps, horizon)
		l.judge(begin.Add(horizon))
	})
}
