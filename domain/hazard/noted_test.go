package hazard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
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

// TestAPlaceIsClaimedWhole: a place is degrees that there are, of both kinds, or it is none; what is refused says so in words.
func TestAPlaceIsClaimedWhole(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ latitude, longitude, field string }{
		{"33.48210", "117.88340", ""}, {"", "", ""}, {"-90", "180", ""}, {"91", "117", "noted.latitude"}, {"33", "180.5", "noted.longitude"}, {"33", "", "noted.longitude"}, {"", "117", "noted.latitude"},
		{"NaN", "117", "noted.latitude"}, {"x", "117", "noted.latitude"}, {"Inf", "117", "noted.latitude"},
	} {
		record := inTheField("2026-03-02T09:00:00+08:00")
		record.Noted.Latitude, record.Noted.Longitude = one.latitude, one.longitude
		_, err := record.Decide(hazard.Hazard{}, call(finder, 0), env(t))
		if one.field == "" {
			require.NoError(t, err, one)
			continue
		}
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, one)
		require.Equal(t, one.field, refusal.Fields[0].Name, one)
	}
}

// TestNobodyIsAddressedTwice: an enterprise that is named twice in one list is a wrong list, and one that is not there is called an enterprise.
func TestNobodyIsAddressedTwice(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Directory["other"] = process.Party{Kind: process.HeldByEnterprise, ID: "other", Name: "盈川家居"}
	record := hazard.Record{EnterpriseID: firm, Location: "x", Description: "x", Level: hazard.General, AlsoIDs: []string{"other", "other"}}
	_, err := record.Decide(hazard.Hazard{}, call(finder, 0), e)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, []any{process.InvalidInput, "also_ids[1]"}, []any{refusal.Code, refusal.Fields[0].Name})
	record.AlsoIDs = []string{"nobody"}
	_, err = record.Decide(hazard.Hazard{}, call(finder, 0), e)
	require.ErrorContains(t, err, "no such enterprise")
}

// TestWhatNobodyHeardOfIsNotHandedOut: an enterprise can do nothing with a hazard before its notice, so it is not given it.
func TestWhatNobodyHeardOfIsNotHandedOut(t *testing.T) {
	t.Parallel()
	h := recorded(t, hazard.General)
	over := hazard.On(casework.HandOver{ToKind: process.HeldByEnterprise, ToID: firm, Reason: "请整改"})
	require.Equal(t, process.InvalidInput, code(t, h, over, call(finder, 0)))
	h = then(t, h, notice(), call(finder, 0))
	h = then(t, h, hazard.On(casework.HandOver{ToKind: process.HeldByPerson, ToID: second, Reason: "代办"}), call(finder, 0))
	then(t, h, over, call(finder, 0))
}
