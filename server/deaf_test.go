package server_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestWhoHearsNothingIsNamed: a notice to an enterprise nobody of which has an account reaches nobody. The page of its case says so, and so do the forms that would
// tell it something; what only the offices read does not.
func TestWhoHearsNothingIsNamed(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	_, hazard := b.overdue(t)
	page, nudge, inside := "/hazards/"+hazard, "/hazards/"+hazard+"/nudge", "/hazards/"+hazard+"/reassign"
	const words = "还没有能登录的账号"
	require.NotContains(t, b.page(t, process.SafetySupervisor, page), words)
	require.NotContains(t, b.page(t, process.SafetySupervisor, nudge), words)
	_, err := b.connect(t).Exec(t.Context(), "UPDATE users SET disabled_at = now() WHERE enterprise_id = $1", b.Enterprise)
	require.NoError(t, err)
	require.Contains(t, b.page(t, process.SafetySupervisor, page), words)
	require.Contains(t, b.page(t, process.SafetySupervisor, nudge), words)
	require.NotContains(t, b.page(t, process.Leader, inside), words)
}
