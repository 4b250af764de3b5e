package project_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
)

func target(subject schedule.Subject, y, m, d int) schedule.Target {
	return schedule.Target{Subject: subject, On: clock.NewDate(y, 1, 1).AddMonths(m - 1).AddDays(d - 1)}
}

func planned(reason string, targets ...schedule.Target) project.Plan {
	return project.Plan{Targets: targets, Reason: reason}
}

func TestAPlanAndItsBaselines(t *testing.T) {
	t.Parallel()
	p := opened(t, "permitting", project.OwnLand)
	p = then(t, p, 1, project.AddBuildings{Codes: "1#"}, planned("", target("stage:permitting", 2026, 6, 1), target("stage:construction", 2027, 5, 1), target("permit:construction_permit", 2026, 5, 20), target("step:1#:doors", 2027, 1, 10)))
	first, err := json.Marshal(p.Baselines[0])
	require.NoError(t, err)

	fields, said := faulty(t, p, planned("", target("stage:construction", 2027, 6, 1)))
	require.Equal(t, []string{"reason"}, fields, "a baseline changed without a reason")
	require.Contains(t, said, "改基准要写明原因")
	p = then(t, p, 1, planned("雨季停工", target("stage:construction", 2027, 6, 1), schedule.Target{Subject: "step:1#:doors"}))
	require.Len(t, p.Baselines, 2)
	kept, err := json.Marshal(p.Baselines[0])
	require.NoError(t, err)
	require.JSONEq(t, string(first), string(kept), "the former one stays as it was")
	require.Equal(t, "雨季停工", p.Baselines[1].Reason)
	require.True(t, p.Baseline(0).Of("step:1#:doors").IsZero(), "taken away")
	require.Equal(t, "2026-05-20", p.Baseline(0).Of("permit:construction_permit").String(), "what was left out stays")
	require.Equal(t, process.NothingChanged, code(t, p, planned("x", target("stage:construction", 2027, 6, 1)), 3))

	fields, said = faulty(t, p, planned("提前", target("stage:construction", 2026, 5, 31)))
	require.Equal(t, []string{"targets[0]"}, fields, "a target before the former stage's")
	for _, year := range []int{1990, 2005, 2047, 2199} {
		fields, said := faulty(t, p, planned("x", target("step:1#:doors", year, 1, 1)))
		require.Equal(t, []string{"targets[0]"}, fields, year)
		require.Contains(t, said, "请核对年份", year)
	}
	require.Contains(t, said, "早于前一阶段「报建」的 2026年6月1日")
	for _, unknown := range []schedule.Subject{"stage:moon", "step:9#:doors", "permit:none", "stage:production", "x"} {
		_, said = faulty(t, p, planned("x", target(unknown, 2027, 6, 1)))
		require.Contains(t, said, "没有", unknown)
	}
	_, said = faulty(t, p, planned("", target("stage:moon", 2027, 6, 1), target("stage:construction", 2026, 5, 31)))
	require.Contains(t, said, "改基准要写明原因", "all of them at once")
	require.Contains(t, said, "早于前一阶段")
}

func TestWhatHappenedOfAPlan(t *testing.T) {
	t.Parallel()
	p := opened(t, "permitting", project.LeasedPlant)
	on := clock.NewDate(2026, 3, 1)
	lines := p.Lines(env(t).Definition, []permit.Known{{Item: "construction_permit", State: permit.Issued, AppliedOn: on, IssuedOn: on.AddDays(5)}, {Item: "construction_permit", Part: "二期", State: permit.Applied, AppliedOn: on.AddDays(1)},
		{Item: "works_planning_permit", State: permit.NotNeeded}})
	of := func(s schedule.Subject) schedule.Line {
		for _, l := range lines {
			if l.Subject == s {
				return l
			}
		}
		return schedule.Line{}
	}
	require.Empty(t, of("stage:land_supply"), "a leased plant has no such stage")
	require.Empty(t, of("stage:production"), "the last stage is never left")
	require.True(t, of("permit:construction_permit").Finished.IsZero(), "one part of it is still open")
	require.Equal(t, on, of("permit:construction_permit").Started)
	require.True(t, of("permit:works_planning_permit").Spared)
	require.Equal(t, call(0).Day(), of("stage:permitting").Started)
}

func TestAPlanIsNotOlderThanTheOneItReplaces(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "permitting", project.OwnLand), 10, planned("", target("stage:permitting", 2026, 6, 1)))
	r := refused(t, p, planned("x", target("stage:permitting", 2026, 7, 1)), 5)
	require.Equal(t, "occurred_on", fields(r))
	require.Equal(t, process.ImpossibleDate, r.Code)
	require.Len(t, then(t, p, 10, planned("x", target("stage:permitting", 2026, 7, 1))).Baselines, 2, "on the same day it can")
}

func TestATargetStandsOnceInAPlan(t *testing.T) {
	t.Parallel()
	p := opened(t, "permitting", project.OwnLand)
	r := refused(t, p, planned("", target("stage:permitting", 2026, 6, 1), target("stage:permitting", 2026, 7, 1)), 1)
	require.Equal(t, "targets[1]", fields(r))
	require.Contains(t, r.Chinese, "写了两遍")
}

// TestWhatWasPassedBeforeTheProjectCameIsNotLate: the stages before the entry count as passed, on the day that is on record where one is.
func TestWhatWasPassedBeforeTheProjectCameIsNotLate(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	p.SignedOn = clock.NewDate(2025, 9, 1)
	p.Baselines = []schedule.Baseline{{Seq: 1, On: call(0).Day(), Targets: []schedule.Target{target("stage:lead", 2025, 1, 1), target("stage:permitting", 2025, 12, 1), target("stage:signed", 2025, 9, 2)}}}
	e := env(t)
	states := map[schedule.Subject]schedule.State{}
	lines := schedule.Against(p.Lines(e.Definition, nil), p.Baseline(0), call(30).Day(), e.Calendar)
	for _, l := range lines {
		states[l.Subject] = l.State
	}
	require.Equal(t, schedule.Past, states["stage:lead"])
	require.Equal(t, schedule.Past, states["stage:permitting"])
	require.Equal(t, schedule.Kept, states["stage:signed"], "its day is on record")
	_, open := schedule.First(lines)
	require.False(t, open, "nothing is late first")
	r := refused(t, p, planned("x", target("stage:negotiation", 2025, 3, 1), target("stage:permitting", 2026, 9, 1), target("stage:construction", 2026, 9, 1)), 1)
	require.Equal(t, "targets[0] targets[1]", fields(r))
	require.Contains(t, r.Chinese, "转来以前")
	p = then(t, p, 1, planned("x", schedule.Target{Subject: "stage:permitting"}, target("stage:construction", 2026, 9, 1)))
	require.True(t, p.Baseline(0).Of("stage:permitting").IsZero(), "such a target can be taken away")
	q, _ := planned("").Ask(process.Question{Path: "targets"}, p, e)
	require.False(t, slices.ContainsFunc(q.Choices, func(c process.Choice) bool { return c.Value == "stage:permitting" }), "and is not offered")
}

// TestTheTargetsOfWhatIsTakenAwayGo: with a building, its structure or its land go their targets, in a baseline that says why; nothing rises again.
func TestTheTargetsOfWhatIsTakenAwayGo(t *testing.T) {
	t.Parallel()
	steel := "steel"
	of := func(p project.Project) []schedule.Subject {
		all := []schedule.Subject{}
		for _, t := range p.Baseline(0).Targets {
			all = append(all, t.Subject)
		}
		return all
	}
	p := then(t, opened(t, "construction", project.OwnLand), 1, project.AddBuildings{Codes: "1#-3#"},
		planned("", target("stage:construction", 2027, 1, 1), target("step:1#:frame", 2026, 8, 1), target("step:2#:doors", 2026, 9, 1), target("step:3#:doors", 2026, 9, 1)))
	p = then(t, p, 2, project.RemoveBuildings{Buildings: spans("2#"), Reason: "规划调整"})
	require.Equal(t, []schedule.Subject{"stage:construction", "step:1#:frame", "step:3#:doors"}, of(p))
	require.Equal(t, "规划调整", p.Baseline(0).Reason)
	require.Len(t, p.Baseline(1).Targets, 4, "the former one is kept")
	require.Equal(t, []schedule.Move{{Subject: "step:2#:doors", Was: clock.NewDate(2026, 9, 1)}}, p.Baselines[1].Moves, "a version is what it changed")
	p = then(t, p, 3, project.AddBuildings{Codes: "2#"})
	require.Equal(t, []schedule.Subject{"stage:construction", "step:1#:frame", "step:3#:doors"}, of(p), "the new 2# has no target of the old one")
	p = then(t, p, 4, project.CorrectBuildings{Buildings: spans("1#"), Structure: &steel, Reason: "改为钢结构"}, project.Edit{Reason: "不建了", Buildings: []project.BuildingGiven{{Code: "1#"}, {Code: "2#"}}})
	require.Equal(t, []schedule.Subject{"stage:construction"}, of(p))
	require.Len(t, p.Baselines, 4)
	// a plan of before this rule
	p.Baselines = append(p.Baselines, schedule.Baseline{Seq: 5, On: p.Baseline(0).On, Targets: []schedule.Target{target("stage:construction", 2027, 1, 1), target("step:7#:doors", 2026, 9, 1)}})
	require.Equal(t, []schedule.Subject{"stage:construction"}, of(then(t, p, 5, project.AddBuildings{Codes: "7#"})), "an orphan does not rise")
	require.Equal(t, []schedule.Subject{"stage:construction"}, of(then(t, p, 5, planned("x", schedule.Target{Subject: "step:7#:doors"}))), "and can be taken away")
}
