package hazard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

func inTheField(at string) hazard.Record {
	return hazard.Record{EnterpriseID: firm, Location: "仓库", Description: "堆垛过高。", Level: hazard.General,
		Noted: &hazard.Claimed{At: at, Latitude: "33.48210", Longitude: "117.88340", Metres: 15}}
}

// TestADevicesClockIsKeptAsClaimed: a phone that is a year off, in either direction, changes no day of the case.
func TestADevicesClockIsKeptAsClaimed(t *testing.T) {
	t.Parallel()
	c := call(finder, 0)
	typed := inTheField("")
	typed.Noted = nil
	straight, err := typed.Decide(hazard.Hazard{}, c, env(t))
	require.NoError(t, err)
	require.Nil(t, straight.After.Noted)
	for _, years := range []int{-1, 1} {
		claimed := c.RecordedAt.AddDate(years, 0, 0)
		done, err := inTheField(claimed.Format(time.RFC3339)).Decide(hazard.Hazard{}, c, env(t))
		require.NoError(t, err)
		h := done.After
		require.Equal(t, straight.After.FoundOn, h.FoundOn)
		require.Equal(t, straight.After.DueOn, h.DueOn)
		require.Equal(t, claimed.Format("2006-01-02 15:04"), h.Noted.Shown())
		require.Equal(t, c.RecordedAt, h.Noted.ReceivedAt)
		require.InDelta(t, 365*24, h.Noted.Off().Hours(), 25)
	}
}

// TestWhatIsNoTimeIsRefused, and names its field.
func TestWhatIsNoTimeIsRefused(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"", "昨天", "2024-11-22", "<script>", "2024-13-01T09:00:00Z"} {
		_, err := inTheField(at).Decide(hazard.Hazard{}, call(finder, 0), env(t))
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, at)
		require.Equal(t, "noted.at", refusal.Fields[0].Name)
	}
}
