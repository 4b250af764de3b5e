package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestWhoMayStandIn: staff for staff, a colleague of the same department, a colleague of the same enterprise; nobody else, and only in use.
func TestWhoMayStandIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, officer := b.As(process.SafetySupervisor), b.As(process.Department)
	colleague := b.inUnit(t, process.Department, b.Bureau)
	elsewhere := b.inUnit(t, process.Department, b.Section)
	gone := b.inUnit(t, process.LiaisonOfficer, b.Section)
	b.leave(t, gone)
	cases := map[string]struct {
		absent, deputy process.Actor
		may            bool
	}{
		"AColleagueOfTheStaff":           {supervisor, b.As(process.LiaisonOfficer), true},
		"AnEnterprisesContact":           {supervisor, b.Contact, false},
		"ADepartmentsOfficerForStaff":    {supervisor, officer, false},
		"SomebodyWhoseAccountHasEnded":   {supervisor, gone, false},
		"SomebodyWhoIsNotThere":          {supervisor, process.Actor{ID: "00000000-0000-4000-8000-000000000000"}, false},
		"AColleagueOfTheSameDepartment":  {officer, colleague, true},
		"AnOfficerOfAnotherDepartment":   {officer, elsewhere, false},
		"StaffForADepartment":            {officer, supervisor, false},
		"AnEnterpriseForADepartment":     {officer, b.Contact, false},
		"AnotherEnterprise":              {b.Contact, b.RivalOne, false},
		"StaffForAnEnterprise":           {b.Contact, supervisor, false},
		"ADepartmentsOfficerForACompany": {b.Contact, officer, false},
	}
	today := clock.DateOf(b.now)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			offered := false
			deputies, err := b.Store.Deputies(t.Context(), c.absent.ID)
			require.NoError(t, err)
			for _, d := range deputies {
				offered = offered || d.ID == c.deputy.ID
			}
			require.Equal(t, c.may, offered)
			err = b.Store.AddAbsence(t.Context(), c.absent.ID, c.deputy.ID, "", today, today, today)
			if c.may {
				require.NoError(t, err)
				return
			}
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, "deputy_id", refusal.Fields[0].Name)
		})
	}
}

// TestADeputyIsAskedForAgainWhenTold: whoever may no longer stand in is not told, nor named in the forecast of who would be.
func TestADeputyIsAskedForAgainWhenTold(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, deputy, today := b.As(process.SafetySupervisor), b.As(process.LiaisonOfficer), clock.DateOf(b.now)
	require.NoError(t, b.Store.AddAbsence(t.Context(), supervisor.ID, deputy.ID, "", today, today.AddDays(30), today))
	id := b.recordHazard(t)
	named := func() bool {
		ahead, _, err := b.Store.Outlook(t.Context(), b.As(process.Leader), b.now, b.now.AddDate(0, 0, 10), "", 100)
		require.NoError(t, err)
		for _, f := range ahead {
			for _, p := range f.People {
				if p.Name == supervisor.Name && p.Deputy == deputy.Name {
					return true
				}
			}
		}
		return false
	}
	require.True(t, named())
	b.leave(t, deputy)
	require.False(t, named())
	b.do(t, b.As(process.Leader), id, hazard.Kind.Does(casework.NudgeVerb), casework.Nudge{Text: "请尽快"})
	require.Equal(t, []string{process.NoticeNudge}, b.told(t, supervisor, id))
	require.Equal(t, []string{process.NoticeHandedTo}, b.told(t, deputy, id), "what the deputy was told before leaving, and nothing since")
}
