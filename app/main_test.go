package app_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/store"
)

var server *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &server, store.Migrate) }

// bundle is an application whose cases are driven without the engine: commands go through the store's door as the workflow would send them.
type bundle struct {
	*zonetest.Zone
	*app.App
	owner  string
	before func(process.Order) // asked before each command
}

func setup(t *testing.T) *bundle {
	t.Helper()
	owner, url := server.Database(t)
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), url, calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	b := &bundle{Zone: zonetest.New(t, s), owner: owner}
	b.App = &app.App{Store: s, Log: slog.New(slog.DiscardHandler), Now: zonetest.Morning, Engine: &app.Engine{Client: straight{bundle: b}, Cases: s}}
	return b
}

// straight takes an update straight to the door.
type straight struct {
	client.Client
	*bundle
}

func (s straight) UpdateWorkflow(ctx context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	order := o.Args[0].(process.Order) //nolint:forcetypeassert // the one thing that is sent
	if s.before != nil {
		s.before(order)
	}
	outcome, err := s.App.Store.Apply(ctx, order)
	return answered{outcome: outcome}, err
}

type answered struct {
	client.WorkflowUpdateHandle
	outcome process.Outcome
}

func (a answered) Get(_ context.Context, into any) error {
	*into.(*process.Outcome) = a.outcome //nolint:forcetypeassert // what a command has
	return nil
}

// apply sends a command through the door.
func (b *bundle) apply(t *testing.T, actor process.Actor, id string, name process.Name, input any) (process.Outcome, error) {
	t.Helper()
	return b.App.Store.Apply(t.Context(), order(t, actor, id, name, input))
}
