package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestNextIsWhereAJourneyComesTo: for each variant the stages from the first to the last are those that no rule leaves out.
func TestNextIsWhereAJourneyComesTo(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(project.Entry())
	require.NoError(t, err)
	d, ok := shipped[len(shipped)-1].(lifecycle.Definition)
	require.True(t, ok)
	first, last := d.Stages[0].ID, d.Stages[len(d.Stages)-1].ID
	for _, mode := range []project.SiteMode{project.OwnLand, project.LeasedPlant, project.BoughtPlant, project.ExistingLand} {
		way := []lifecycle.StageID{first}
		for at := first; ; {
			next, ok := d.Next(at, string(mode))
			if !ok {
				require.Equal(t, last, at, mode)
				break
			}
			require.False(t, next.SkippedBy(string(mode)) && next.ID != last, "%s: %s", mode, next.ID)
			at = next.ID
			way = append(way, at)
		}
		want := []lifecycle.StageID{}
		for _, s := range d.Stages {
			if !s.SkippedBy(string(mode)) || s.ID == last {
				want = append(want, s.ID)
			}
		}
		require.Equal(t, want, way, mode)
	}
	_, ok = d.Next("nowhere", string(project.OwnLand))
	require.False(t, ok)
}
