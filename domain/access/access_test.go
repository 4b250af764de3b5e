package access_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestMatrix holds every role × command × own/other against the table in testdata, which docs/domain.md shows. UPDATE=1 rewrites it.
func TestMatrix(t *testing.T) {
	t.Parallel()
	roles := process.Roles()
	lines := []string{"| command |"}
	for _, r := range roles {
		lines[0] += " " + string(r) + " |"
	}
	lines = append(lines, "|"+strings.Repeat(" --- |", len(roles)+1))
	for _, name := range append(project.Names(), hazard.Names()...) {
		line := fmt.Sprintf("| %s |", name)
		for _, r := range roles {
			actor := process.Actor{Type: process.Person, ID: "x", Roles: []process.Role{r}}
			word := "–"
			switch {
			case access.May(actor, name, access.Other):
				require.True(t, access.May(actor, name, access.Own), "who may on any case may on their own")
				word = "any"
			case access.May(actor, name, access.Own):
				word = "own"
			}
			line += " " + word + " |"
		}
		lines = append(lines, line)
	}
	got := strings.Join(lines, "\n") + "\n"
	const golden = "testdata/matrix.md"
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestMachinery(t *testing.T) {
	t.Parallel()
	imported := process.Actor{Type: process.Import}
	for _, name := range append(project.Names(), hazard.Names()...) {
		require.True(t, access.May(imported, name, access.Other), name)
		require.False(t, access.May(process.TheClock(), name, access.Own), name)
	}
	for _, name := range []process.Name{project.RemindName, hazard.RemindName} {
		require.True(t, access.May(process.TheClock(), name, access.Other))
		require.False(t, access.May(imported, name, access.Own))
		require.ErrorContains(t, access.Check(process.Actor{Type: process.Person, Roles: process.Roles()}, name, access.Own), "may not")
	}
}

func TestRefusalNamesWhoMay(t *testing.T) {
	t.Parallel()
	err := access.Check(process.Actor{Type: process.Person, Roles: []process.Role{process.Auditor}}, project.WaiveName, access.Other)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.NotAllowed, refusal.Code)
	require.Contains(t, refusal.Chinese, "领导")
}
