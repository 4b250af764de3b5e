package choice_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
)

func TestWhoFindsWhom(t *testing.T) {
	t.Parallel()
	circles := []choice.Circle{choice.Workers, choice.Colleagues, choice.Supervisors, choice.Liaisons, "everybody"}
	staff := []bool{true, true, true, true, false}
	for role, want := range map[process.Role][]bool{
		process.ProjectManager: staff, process.SafetySupervisor: staff, process.LiaisonOfficer: staff, process.Leader: staff, process.Administrator: staff,
		process.Department: {true, false, false, false, false},
		process.Enterprise: {false, false, false, false, false}, process.Auditor: {false, false, false, false, false},
	} {
		for i, circle := range circles {
			require.Equal(t, want[i], circle.Finds(process.Actor{Type: process.Person, Roles: []process.Role{role}}), "%s finds %s", role, circle)
		}
	}
	require.False(t, choice.Workers.Finds(process.TheClock()))
	require.False(t, choice.Deputies.Finds(process.TheClock()))
	require.True(t, choice.Deputies.Finds(process.Actor{Type: process.Person, Roles: []process.Role{process.Enterprise}}), "an enterprise's contact too goes on leave")
}

func TestNobodyWhoOnlyLooksOnIsOffered(t *testing.T) {
	t.Parallel()
	for _, circle := range []choice.Circle{choice.Workers, choice.Colleagues, choice.Supervisors, choice.Liaisons} {
		require.NotEmpty(t, circle.Roles())
		for _, role := range []process.Role{process.Auditor, process.Administrator, process.Enterprise} {
			require.NotContains(t, circle.Roles(), role, circle)
		}
	}
	require.NotContains(t, choice.Colleagues.Roles(), process.Department)
}
