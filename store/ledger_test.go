package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestTheLedgerSaysWhatStandsBeside: every column that stands beside those that sort is read, of the rows that are asked for and no others, and an enterprise is
// given none of it.
func TestTheLedgerSaysWhatStandsBeside(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, contact := b.As(process.SafetySupervisor), b.As(process.Enterprise)
	for _, category := range []string{"用电", "消防"} {
		b.do(t, supervisor, uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "1# 车间", Description: category + "隐患", Category: category, Level: hazard.Major, Clause: "粉尘 3.1"})
	}
	kind, _ := kinds.Of(hazard.Kind)
	rows, _, err := b.Store.List(t.Context(), supervisor, hazard.Kind, store.Conditions{}, "title", "", 1, b.now)
	require.NoError(t, err)
	ledger := store.Ledger{}
	require.NoError(t, ledger.Add(t.Context(), b.Store, supervisor, kind, rows))
	require.Len(t, ledger, 1, "the other row is on the next page")
	says := ledger[rows[0].ID]
	for _, c := range kind.List.Beside {
		require.Contains(t, says, c.Name, "nobody reads %s", c.Name)
		_, sorts := kind.List.Column(c.Name)
		require.False(t, sorts, "%s is a column twice", c.Name)
	}
	require.Len(t, says, len(kind.List.Beside), "nothing is read that nobody can choose")
	require.Equal(t, "粉尘 3.1", says["clause"])
	require.Contains(t, rows[0].Title, says["category"])
	require.Empty(t, says["notice_number"], "no notice is issued yet")
	for _, day := range []string{"issued_on", "overdue_on"} {
		if says[day] != "" {
			_, err := clock.ParseDate(says[day])
			require.NoError(t, err)
		}
	}
	outside := store.Ledger{}
	require.NoError(t, outside.Add(t.Context(), b.Store, contact, kind, rows))
	require.Empty(t, outside)
}
