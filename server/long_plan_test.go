package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// TestAProjectWithALongPlanStaysALightPage: a hundred buildings whose plan of 1,800 targets was moved fourteen times; the page says of each version what was moved, as
// far as anybody reads, and leads to all of it.
func TestAProjectWithALongPlanStaysALightPage(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	id, _ := b.overdue(t)
	manager, now := b.As(process.ProjectManager), b.server.App.Now()
	do := func(name process.Name, input any) {
		text, err := json.Marshal(input)
		require.NoError(t, err)
		_, err = b.Store.Apply(t.Context(), process.Order{CaseID: id, Command: name, Input: text, Call: process.Call{Key: uuid.NewString(), Actor: manager, OccurredAt: now, RecordedAt: now}})
		require.NoError(t, err)
	}
	do(project.AddBuildingsName, project.AddBuildings{Codes: "1#-100#"})
	p, err := b.Store.Project(t.Context(), manager, id, clock.DateOf(now))
	require.NoError(t, err)
	targets, day := []schedule.Target{}, clock.DateOf(now).AddDays(100)
	for _, l := range p.Lines(p.Definition, nil) {
		if l.Subject.Sort() == schedule.Step {
			targets = append(targets, schedule.Target{Subject: l.Subject, On: day})
		}
	}
	for part := range slices.Chunk(targets, 1000) {
		do(project.PlanName, project.Plan{Targets: part, Reason: "定计划"})
	}
	for n := range 14 {
		for i := range targets[:1000] {
			targets[i].On = day.AddDays(n + 1)
		}
		do(project.PlanName, project.Plan{Targets: targets[:1000], Reason: "顺延"})
	}
	answer, page := b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", b.session(t, manager), "Accept-Language", "zh")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	t.Logf("%d bytes", len(page))
	require.Less(t, len(page), 200_000)
	require.Contains(t, page, "另有 969 处改动")
	require.Contains(t, page, "第 16 版计划「")
	require.Contains(t, strings.Join(strings.Fields(page), " "), "</del> →")
}
