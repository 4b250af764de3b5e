package project_test

import (
	"encoding/json"
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
	p = then(t, p, 2, planned("雨季停工", target("stage:construction", 2027, 6, 1), schedule.Target{Subject: "step:1#:doors"}))
	require.Len(t, p.Baselines, 2)
	kept, err := json.Marshal(p.Baselines[0])
	require.NoError(t, err)
	require.JSONEq(t, string(first), string(kept), "the former one stays as it was")
	require.Equal(t, "雨季停工", p.Baselines[1].Reason)
	require.True(t, p.Baseline(0).Of("step:1#:doors").IsZero(), "taken away")
	require.Equal(t, "2026-05-20", p.Baseline(0).Of("permit:construction_permit").String(), "what was left out stays")
	require.Equal(t, process.NothingChanged, code(t, p, planned("x", target("stage:construction", 2027, 6, 1)), 3))

	fields, said = faulty(t, p, planned("提前", target("stage:construction", 2026, 5, 31)))
	require.Equal(t, []string{"targets"}, fields, "a target before the former stage's")
	require.Contains(t, said, "早于前一阶段「报建」的 2026-06-01")
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
