package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestClosedCasesSaySoInTheirList: of cases that have ended a list says who ended each, and sorts them by what it shows of where they stand: the result, and the day.
// What ended last comes first. A file that came later is not what closed it, and an enterprise reads a function for the zone's people.
func TestClosedCasesSaySoInTheirList(t *testing.T) {
	t.Parallel()
	b := setup(t)
	officer := b.As(process.SafetySupervisor)
	importer := process.Actor{Type: process.Import, Name: "2025 年台账"}
	type closed struct{ result, day, by string }
	wanted := []closed{}
	for i, day := range []int{9, 3, 17, 3, 12, 5} {
		id, at := uuid.NewString(), b.now.AddDate(0, 0, day)
		order := b.order(t, officer, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "库房", Description: "通道堵塞", Level: hazard.General, AllTheSame: "另一处"})
		_, err := b.Store.Apply(t.Context(), order)
		require.NoError(t, err)
		end := b.order(t, officer, id, hazard.WithdrawName, hazard.Withdraw{Reason: "记错了企业"})
		one := closed{hazard.Withdrawn, at.Format(time.DateOnly), officer.Name}
		if i%2 == 0 {
			end = b.order(t, importer, id, hazard.FixOnSpotName, hazard.FixOnSpot{Note: "已清理"})
			one.result, one.by = hazard.FixedOnSpot, importer.Name
		}
		end.Call.OccurredAt, end.Call.RecordedAt = at, at
		_, err = b.Store.Apply(t.Context(), end)
		require.NoError(t, err)
		wanted = append(wanted, one)
	}
	order := func(a, b closed) int {
		results := []string{hazard.Passed, hazard.FixedOnSpot, hazard.Withdrawn}
		if by := slices.Index(results, a.result) - slices.Index(results, b.result); by != 0 {
			return by
		}
		return int(day(t, a.day).Sub(day(t, b.day)).Hours())
	}
	slices.SortStableFunc(wanted, order)
	done := true
	list := func(actor process.Actor, sort string) (found []closed) {
		for _, r := range b.pages(t, actor, hazard.Kind, store.Conditions{Done: &done}, sort, 2) {
			found = append(found, closed{r.Result, r.ClosedOn.String(), r.ClosedBy})
			require.Empty(t, r.HolderName)
		}
		return found
	}
	same := func(found []closed) {
		require.True(t, slices.IsSortedFunc(found, order), "%v", found)
		require.ElementsMatch(t, wanted, found)
	}
	same(list(officer, "state"))
	back := list(officer, "-state")
	slices.Reverse(back)
	same(back)
	days := []string{}
	for _, r := range list(officer, "") {
		days = append(days, r.day)
	}
	require.Len(t, days, len(wanted))
	require.True(t, slices.IsSortedFunc(days, func(a, b string) int { return strings.Compare(b, a) }), "the one that ended last comes first: %v", days)
	for _, kind := range kinds.All() {
		_, has := kind.List.Column("closed_on")
		require.True(t, has, "%s: its closed cases begin with the last", kind.Kind)
		_, _, err := b.Store.List(t.Context(), officer, kind.Kind, store.Conditions{Done: &done}, "", "", 10, b.now)
		require.NoError(t, err)
	}
	for _, r := range list(b.As(process.Enterprise), "state") {
		require.NotContains(t, []string{officer.Name, importer.Name}, r.by, "an enterprise reads the function")
		require.NotEmpty(t, r.by)
	}
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return at
}
