package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// TestNobodyIsMadeIntoOneWhoCannotGoOn with what they have in hand; what no case of theirs asks for is taken away freely.
func TestNobodyIsMadeIntoOneWhoCannotGoOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, manager, officer, clerk := b.As(process.SafetySupervisor), b.As(process.ProjectManager), b.As(process.LiaisonOfficer), b.As(process.Department)
	hazard := b.recordHazard(t)
	give := func(id, command string, to process.Actor) {
		b.do(t, b.As(process.Leader), id, process.Name(command), casework.HandOver{ToKind: process.HeldByPerson, ToID: to.ID, Reason: "分工"})
	}
	give(b.openProject(t, "lead"), string(project.Kind.Does(casework.HandOverVerb)), officer)
	give(b.openProject(t, "lead"), string(project.Kind.Does(casework.HandOverVerb)), clerk)
	require.NotEmpty(t, hazard)
	become := func(who process.Actor, unit string, roles ...string) string {
		doc := register.Person{Username: who.Name, Name: who.Name, Roles: roles, UnitID: unit}
		_, err := b.Store.Keep(t.Context(), b.As(process.Administrator), register.PeopleName, []store.Keeping{{ID: who.ID, Record: doc}}, b.now)
		if err == nil {
			return ""
		}
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Len(t, refusal.Fields, 1, refusal.English)
		return refusal.Fields[0].Name
	}
	for _, c := range []struct {
		who   process.Actor
		unit  string
		roles []string
		field string
	}{
		{supervisor, "", []string{"safety_supervisor", "project_manager"}, ""},
		{supervisor, "", []string{"safety_supervisor"}, ""},
		{supervisor, "", []string{"leader", "administrator"}, "roles"},
		{manager, "", []string{"auditor"}, "roles"},
		{officer, "", []string{"auditor"}, "roles"},
		{officer, "", []string{"leader"}, ""},
		{clerk, b.Section, []string{"department"}, "unit_id"},
		{clerk, b.Bureau, []string{"auditor"}, "roles"},
		{clerk, b.Bureau, []string{"department", "leader"}, ""},
		{b.Second, "", []string{"auditor"}, ""},
	} {
		require.Equal(t, c.field, become(c.who, c.unit, c.roles...), "%s to %v in %q", c.who.Name, c.roles, c.unit)
	}
}
