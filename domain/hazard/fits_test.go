package hazard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

func TestWhatIsNext(t *testing.T) {
	t.Parallel()
	supervisor := process.Actor{Type: process.Person, ID: finder, Roles: process.Of(process.SafetySupervisor)}
	enterprise := process.Actor{Type: process.Person, ID: contact, Roles: process.Of(process.Enterprise), EnterpriseID: firm}
	found := recorded(t, hazard.General)
	rectifying := then(t, found, notice(), call(finder, 1))
	for _, c := range []struct {
		where string
		h     hazard.Hazard
		actor process.Actor
		leads []process.Verb
		urges []process.Verb
	}{
		{"the supervisor of a recorded hazard", found, supervisor, []process.Verb{"issue_notice"}, nil},
		{"the enterprise that rectifies", rectifying, enterprise, []process.Verb{"hand_in"}, nil},
		{"the supervisor who waits for it", rectifying, supervisor, nil, []process.Verb{"nudge"}},
		{"closed", then(t, found, hazard.Withdraw{Reason: "重复"}, call(finder, 1)), supervisor, nil, nil},
	} {
		got := map[process.Fit][]process.Verb{}
		for _, name := range hazard.Entry().Names(process.ByPeople) {
			fit := hazard.Entry().Fits(name, &c.h, c.actor, process.Env{Rules: env(t).Definition})
			got[fit] = append(got[fit], name.Verb())
		}
		require.Equal(t, c.leads, got[process.Leads], c.where)
		require.Equal(t, c.urges, got[process.Urges], c.where)
	}
}

// TestWhoIsOfferedToMoveADeadline: nobody who would be refused for certain.
func TestWhoIsOfferedToMoveADeadline(t *testing.T) {
	t.Parallel()
	supervisor := process.Actor{Type: process.Person, ID: finder, Roles: process.Of(process.SafetySupervisor)}
	leader := process.Actor{Type: process.Person, ID: boss, Roles: process.Of(process.Leader)}
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 1))
	fit := func(actor process.Actor, days int) process.Fit {
		return hazard.Entry().Fits(hazard.ChangeDeadlineName, &h, actor, process.Env{Rules: env(t).Definition, Today: h.DueOn.AddDays(days)})
	}
	require.Equal(t, []process.Fit{process.Beside, process.Not, process.Beside}, []process.Fit{fit(supervisor, 0), fit(supervisor, 1), fit(leader, 1)})
	h.Level = hazard.Major
	require.Equal(t, []process.Fit{process.Not, process.Beside}, []process.Fit{fit(supervisor, 0), fit(leader, 0)})
}
