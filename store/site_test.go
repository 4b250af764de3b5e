package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestAGateLooksAtTheHazardsOfItsProject: a lesser hazard holds up the project that it names until a day by which it is waived; a major one holds it up for good,
// and every project of its enterprise as long as nobody has said where it is.
func TestAGateLooksAtTheHazardsOfItsProject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, supervisor, leader := b.As(process.ProjectManager), b.As(process.SafetySupervisor), b.As(process.Leader)
	here, there := b.openProject(t, "construction"), b.openProject(t, "construction")
	const requirement = "no_major_hazard_at_completion"
	says := func(id string) string {
		t.Helper()
		for _, f := range b.refused(t, process.GateIncomplete, b.order(t, manager, id, project.AdvanceName, project.Advance{From: "construction"})).Fields {
			if f.Name == requirement {
				return f.Chinese
			}
		}
		return ""
	}
	place := func(id, where, at string) {
		t.Helper()
		b.do(t, supervisor, id, hazard.PlaceName, hazard.Place{Where: where, Project: at, Reason: "现场核对"})
	}
	lesser := b.recordHazard(t)
	require.Empty(t, says(here), "a lesser one of which nobody has said that it is on the project")
	place(lesser, "project", here)
	require.Contains(t, says(here), "一般隐患 1 条")
	require.Empty(t, says(there))
	waiver := project.Waive{Requirement: requirement, Reason: "限期整改", Until: clock.DateOf(b.now).AddDays(10)}
	b.refused(t, process.NotAllowed, b.order(t, manager, here, project.WaiveName, waiver))
	b.do(t, leader, here, project.WaiveName, waiver)
	require.Empty(t, says(here))

	major := uuid.NewString()
	b.do(t, supervisor, major, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "原料库", Description: "可燃物与明火作业混存", Level: hazard.Major, Clause: "重大隐患判定标准 第五条"})
	require.Contains(t, says(here), "1 条还没有注明是不是在本项目", "the waiver does not cover it")
	require.Contains(t, says(there), "重大隐患 1 条")
	require.Contains(t, b.refused(t, process.InvalidInput, b.order(t, leader, there, project.WaiveName, waiver)).Fields[0].Chinese, "现在不能容缺")
	place(major, "project", there)
	require.Empty(t, says(here))
	require.Contains(t, says(there), "重大隐患 1 条")
	b.refused(t, process.InvalidInput, b.order(t, supervisor, major, hazard.PlaceName, hazard.Place{Where: "project", Project: "XM-2099-0001", Reason: "x"}))
	b.refused(t, process.InvalidInput, b.order(t, supervisor, major, hazard.PlaceName, hazard.Place{Where: "elsewhere", Project: there, Reason: "x"}))
	b.refused(t, process.NothingChanged, b.order(t, supervisor, major, hazard.PlaceName, hazard.Place{Where: "project", Project: there, Reason: "x"}))
	place(major, "elsewhere", "")
	require.Empty(t, says(there))

	b.now = b.now.Add(11 * 24 * time.Hour)
	require.Contains(t, says(here), "一般隐患 1 条", "a waiver ends")
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), major)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
}
