package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestSavedSelectionsAreSharedAmongStaff: who may share with whom, and who sees it.
func TestSavedSelectionsAreSharedAmongStaff(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.inUnit(t, process.ProjectManager, b.Section)
	colleague := b.inUnit(t, process.LiaisonOfficer, b.Section)
	leader, officer, contact := b.As(process.Leader), b.As(process.Department), b.Contact
	names := func(who process.Actor) []string {
		rows, err := b.Store.Filters(t.Context(), who, "projects")
		require.NoError(t, err)
		found := []string{}
		for _, r := range rows {
			found = append(found, r.Name)
		}
		return found
	}
	for with, name := range map[string]string{store.SharedWithNobody: "自己的", store.SharedWithUnit: "科室的", store.SharedWithStaff: "大家的"} {
		require.NoError(t, b.Store.SaveFilter(t.Context(), manager, "projects", name, "stage=signed", with))
	}
	require.ElementsMatch(t, []string{"自己的", "科室的", "大家的"}, names(manager))
	require.ElementsMatch(t, []string{"科室的", "大家的"}, names(colleague))
	require.Equal(t, []string{"大家的"}, names(leader))
	require.Empty(t, names(officer), "a department's officer sees nobody's")
	require.Empty(t, names(contact), "nor does an enterprise's contact")
	inSection := officer
	inSection.UnitID = b.Section
	require.Empty(t, names(inSection))

	for _, outsider := range []process.Actor{officer, contact} {
		for _, with := range []string{store.SharedWithUnit, store.SharedWithStaff} {
			var refusal *process.Refusal
			require.ErrorAs(t, b.Store.SaveFilter(t.Context(), outsider, "projects", "外来的", "", with), &refusal)
			require.Equal(t, process.NotAllowed, refusal.Code)
		}
		require.NoError(t, b.Store.SaveFilter(t.Context(), outsider, "projects", "外来的", "", store.SharedWithNobody))
		require.Equal(t, []string{"外来的"}, names(outsider))
	}
	require.Error(t, b.Store.SaveFilter(t.Context(), leader, "projects", "x", "", store.SharedWithUnit), "the leader has no unit to share with")
	require.Error(t, b.Store.SaveFilter(t.Context(), manager, "projects", "x", "", "everybody"))
}
