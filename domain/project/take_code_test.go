package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestAProjectTakesItsCode where it has none, or the one that the permit said wrongly; another one stays, and that is told.
func TestAProjectTakesItsCode(t *testing.T) {
	t.Parallel()
	given := project.TakeCode{Coded: permit.Coded{Code: "2403-341324-04-01-123456", Was: "old", Permit: "SX-2024-0001 投资项目备案（项目代码）"}}
	for on, takes := range map[string]bool{"": true, "old": true, "2403-341324-04-01-654321": false} {
		p := project.Project{Facts: project.Facts{NationalCode: on}}
		d, err := given.Decide(p, process.Call{}, project.Env{})
		if !takes {
			require.Equal(t, process.WrongState, process.RefusalOf(err).Code)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, given.Code, d.After.NationalCode)
		require.Equal(t, on, p.NationalCode)
		require.Equal(t, given.Permit, d.Reason)
	}
	require.True(t, given.About().Owed, "so that its refusal is told")
}
