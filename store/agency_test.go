package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAnAgreementEndsWhereNoDeadlineRuns: a permit that nobody has applied for has no deadline and wakes all the same for its agreement, which no forecast takes for damage.
func TestAnAgreementEndsWhereNoDeadlineRuns(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, agent := b.As(process.ProjectManager), b.As(process.LiaisonOfficer)
	id := b.putOnFile(t, b.openProject(t, "permitting"), "filing")
	today := clock.DateOf(b.now)
	entrusted := b.do(t, manager, id, permit.EntrustName, permit.Entrust{Number: "代办〔2026〕1号", Agent: agent.ID, Scope: "代为填报。", From: today, Until: today.AddDays(10)}).Standing
	require.True(t, entrusted.DueOn.IsZero(), "no deadline runs")
	require.NotNil(t, entrusted.NextWake)
	require.Equal(t, agent.ID, entrusted.Holder.ID)
	ahead, _, err := b.Store.Outlook(t.Context(), b.As(process.Leader), b.now, b.now.AddDate(0, 1, 0), "", 500)
	require.NoError(t, err)
	for _, step := range ahead {
		require.NotEqual(t, id, step.CaseID, "it is no deadline")
	}

	b.now = today.AddDays(12).Start()
	back := b.do(t, process.TheClock(), id, permit.Kind.Does(casework.RemindVerb), casework.Remind{}).Standing
	require.Equal(t, manager.ID, back.Holder.ID, "it goes back by itself")
	require.Nil(t, back.NextWake)
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
}
