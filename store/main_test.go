package store_test

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/store"
)

var server *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &server, store.Migrate) }

// bundle is what a test of the door needs.
type bundle struct {
	*zonetest.Zone
	owner string
	app   string
	now   time.Time
}

func setup(t *testing.T) *bundle {
	t.Helper()
	owner, app := server.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), app, cal, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return &bundle{Zone: zonetest.New(t, s), owner: owner, app: app, now: zonetest.Morning()}
}

// order writes an order; the key is fresh unless the caller sets it.
func (b *bundle) order(t *testing.T, actor process.Actor, id string, name process.Name, input any) process.Order {
	t.Helper()
	text, err := json.Marshal(input)
	require.NoError(t, err)
	return process.Order{CaseID: id, Command: name, Input: text, Call: process.Call{Key: uuid.NewString(), Actor: actor, OccurredAt: b.now, RecordedAt: b.now}}
}

// do applies a command and expects it to be carried out.
func (b *bundle) do(t *testing.T, actor process.Actor, id string, name process.Name, input any) process.Outcome {
	t.Helper()
	outcome, err := b.Store.Apply(t.Context(), b.order(t, actor, id, name, input))
	require.NoError(t, err)
	return outcome
}

// refused applies a command and expects a refusal with the code.
func (b *bundle) refused(t *testing.T, code process.Code, order process.Order) *process.Refusal {
	t.Helper()
	_, err := b.Store.Apply(t.Context(), order)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, code, refusal.Code, refusal.English)
	return refusal
}

func (b *bundle) openProject(t *testing.T, stage string) string {
	t.Helper()
	id := uuid.NewString()
	b.do(t, b.As(process.ProjectManager), id, project.OpenName, b.project(stage))
	return id
}

func (b *bundle) project(stage string) project.Open {
	sector, mode, amount := "textile", project.OwnLand, project.Yuan(360_000_000_00)
	return project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: stage, Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}, AllTheSame: "另一个项目"}
}

func (b *bundle) recordHazard(t *testing.T) string {
	t.Helper()
	id := uuid.NewString()
	b.do(t, b.As(process.SafetySupervisor), id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "2# 车间东侧",
		Description: "疏散通道堆放周转箱，安全出口宽度不足", Level: hazard.General, AllTheSame: "另一处"})
	return id
}
