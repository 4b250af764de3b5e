package store_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// TestGatesCallPermitsAsTheNewCatalogueDoes: when a new version of the catalogue is published while programs run, whoever published it calls the permits of
// a gate by their new names at once, for cases in hand and for new ones, and every other program does soon, without being started again.
func TestGatesCallPermitsAsTheNewCatalogueDoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	other, err := store.Open(t.Context(), b.app, calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(other.Close)
	id, item := b.openProject(t, "permitting"), "construction_permit"
	called := func(s *store.Store) []string {
		names := []string{}
		inHand, err := s.Case(t.Context(), b.As(process.ProjectManager), id)
		require.NoError(t, err)
		fresh, err := s.LatestRules(t.Context(), project.Kind)
		require.NoError(t, err)
		for _, rules := range []process.Rules{inHand.Env.Rules, fresh} {
			journey, ok := rules.(lifecycle.Definition)
			require.True(t, ok)
			for _, stage := range journey.Stages {
				for _, r := range stage.Gate {
					if r.Permit == item {
						names = append(names, r.Name.Chinese)
					}
				}
			}
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	catalogue, err := b.Store.Catalogue(t.Context())
	require.NoError(t, err)
	at := slices.IndexFunc(catalogue.Items, func(i permit.Item) bool { return i.ID == item })
	require.Equal(t, []string{catalogue.Items[at].Name.Chinese}, called(b.Store))
	require.Equal(t, called(b.Store), called(other))

	catalogue.Version++
	catalogue.Items = slices.Clone(catalogue.Items)
	catalogue.Items[at].Name = process.Text{Chinese: "建筑工程施工许可（新称）", English: "Permit to build (as called now)"}
	require.NoError(t, b.Store.Publish(t.Context(), permit.Kind, catalogue.Version, catalogue))
	require.Equal(t, []string{"建筑工程施工许可（新称）"}, called(b.Store))
	require.Eventually(t, func() bool { return slices.Equal(called(other), called(b.Store)) }, time.Minute, 100*time.Millisecond)
}
