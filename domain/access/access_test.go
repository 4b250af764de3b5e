package access_test

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
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
	lines[0] += " dated back | only adds | read by | duty |"
	lines = append(lines, "|"+strings.Repeat(" --- |", len(roles)+5))
	for _, name := range every() {
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
		about, _ := kinds.About(name)
		line += fmt.Sprintf(" %s | %s | %s | %s |", yes(about.DatedBack), yes(about.AddsOnly), about.Readers, cmp.Or(string(about.Duty), "–"))
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

// every lists every command of every kind, with those of the machinery.
func every() []process.Name {
	names := []process.Name{}
	for _, kind := range kinds.All() {
		names = append(names, kind.Names(process.ByPeople, process.ByBatch, process.ByClock)...)
	}
	return names
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "–"
}

func TestEveryCommandIsDescribed(t *testing.T) {
	t.Parallel()
	for _, name := range every() {
		about, known := kinds.About(name)
		require.True(t, known, name)
		require.NotEmpty(t, about.Readers, name)
		machinery := about.By == process.ByClock || about.By == process.ByBatch && about.Follows
		require.Equal(t, machinery, len(about.Any)+len(about.Own) == 0, "%s: somebody may do it", name)
	}
	_, known := kinds.About("project.explode")
	require.False(t, known)
	_, known = kinds.About("moon.comment")
	require.False(t, known)
}

func TestOnlyTheZonesStaffDateBack(t *testing.T) {
	t.Parallel()
	as := func(roles ...process.Role) process.Actor {
		return process.Actor{Type: process.Person, ID: "x", Roles: roles}
	}
	for _, name := range every() {
		require.False(t, access.MayDateBack(as(process.Enterprise), name), name)
		require.False(t, access.MayDateBack(as(process.Department), name), name)
		require.False(t, access.MayDateBack(as(), name), name)
		require.False(t, access.MayDateBack(process.TheClock(), name), name)
	}
	for _, name := range []process.Name{hazard.RecordName, hazard.IssueNoticeName, hazard.ReinspectName, hazard.FixOnSpotName, hazard.HandInName, project.AdvanceName} {
		require.True(t, access.MayDateBack(as(process.SafetySupervisor), name), name)
	}
	for _, name := range []process.Name{project.Kind.Does(casework.ClaimVerb), project.Kind.Does(casework.NudgeVerb), project.Kind.Does(casework.DelegateVerb), project.Kind.Does(casework.HandBackVerb), project.Kind.Does(casework.CommentVerb), hazard.Kind.Does(casework.CommentVerb), hazard.ChangeDeadlineName} {
		require.False(t, access.MayDateBack(as(process.Leader, process.ProjectManager), name), name)
	}
}

func TestWhoReads(t *testing.T) {
	t.Parallel()
	staff, firm := process.Actor{Type: process.Person, Roles: []process.Role{process.ProjectManager}}, process.Actor{Type: process.Person, Roles: []process.Role{process.Enterprise}}
	for _, c := range []struct {
		name         process.Name
		actor        process.Actor
		chosen       process.Audience
		holds        bool
		event, words process.Audience
	}{
		{project.Kind.Does(casework.CommentVerb), staff, "", false, process.Inside, process.Inside},
		{project.Kind.Does(casework.CommentVerb), staff, process.Shared, false, process.Shared, process.Shared},
		{project.Kind.Does(casework.CommentVerb), firm, "", false, process.Shared, process.Shared},
		{project.SuspendName, staff, process.Shared, true, process.Shared, process.Inside},
		{project.Kind.Does(casework.AssignVerb), staff, process.Shared, true, process.Inside, process.Inside},
		{project.Kind.Does(casework.HandOverVerb), staff, "", false, process.Inside, process.Inside},
		{project.Kind.Does(casework.HandOverVerb), staff, "", true, process.Shared, process.Shared},
		{hazard.ReinspectName, staff, process.Inside, false, process.Shared, process.Shared},
		{"moon.comment", staff, process.Shared, true, process.Inside, process.Inside},
	} {
		event, words := access.Audience(c.name, c.actor, c.chosen, c.holds)
		require.Equal(t, c.event, event, c.name)
		require.Equal(t, c.words, words, c.name)
	}
}

func TestMachinery(t *testing.T) {
	t.Parallel()
	imported := process.Actor{Type: process.Import}
	for _, name := range append(project.Entry().Names(process.ByPeople), hazard.Entry().Names(process.ByPeople)...) {
		require.True(t, access.May(imported, name, access.Other), name)
		require.False(t, access.May(process.TheClock(), name, access.Own), name)
	}
	for _, name := range []process.Name{project.Kind.Does(casework.RemindVerb), hazard.Kind.Does(casework.RemindVerb)} {
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
