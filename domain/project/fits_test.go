package project_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestWhatIsNext: in every situation at most one of the kind's own commands, and one common one, says that it is what the reader is asked to do.
func TestWhatIsNext(t *testing.T) {
	t.Parallel()
	boss, holder := process.Actor{Type: process.Person, ID: leader, Roles: process.Of(process.Leader)}, process.Actor{Type: process.Person, ID: manager, Roles: process.Of(process.ProjectManager)}
	officer := process.Actor{Type: process.Person, ID: "officer", UnitID: bureau, Roles: process.Of(process.Department)}
	owing := opened(t, "negotiation", project.OwnLand)
	complete := then(t, opened(t, "signed", project.OwnLand), 1, answers("agreement")...)
	handed := then(t, owing, 1, project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "办证"}))
	lent := then(t, complete, 2, project.On(casework.Delegate{ToID: leader, Reason: "代办"}))
	still := then(t, owing, 1, project.Suspend{Reason: "x", Category: "funds"})
	for _, c := range []struct {
		where string
		p     project.Project
		actor process.Actor
		leads []process.Verb
		urges []process.Verb
	}{
		{"the holder with requirements to answer", owing, holder, []process.Verb{"answer"}, nil},
		{"the holder of a complete gate", complete, holder, []process.Verb{"advance"}, nil},
		{"a leader looking at a manager's project", owing, boss, nil, []process.Verb{"nudge"}},
		{"a manager whose project lies with a unit", handed, holder, nil, []process.Verb{"nudge"}},
		{"a unit that was handed it", handed, officer, []process.Verb{"claim"}, nil},
		{"somebody it was delegated to", lent, boss, []process.Verb{"advance"}, []process.Verb{"hand_back"}},
		{"suspended", still, holder, []process.Verb{"resume"}, nil},
		{"closed", then(t, complete, 2, project.Terminate{Cause: "other", Reason: "x"}), holder, nil, nil},
		{"at the last stage", opened(t, "production", project.OwnLand), holder, nil, nil},
		{"at the last stage, for the leader", opened(t, "production", project.OwnLand), boss, nil, nil},
	} {
		found := map[process.Fit][]process.Verb{}
		for _, name := range project.Entry().Names(process.ByPeople) {
			fit := project.Entry().Fits(name, &c.p, c.actor, process.Env{Rules: env(t).Definition, Calendar: env(t).Calendar, Today: call(3).Day()})
			found[fit] = append(found[fit], name.Verb())
		}
		require.Equal(t, c.leads, found[process.Leads], c.where)
		require.Equal(t, c.urges, found[process.Urges], c.where)
		require.NotContains(t, found[process.Leads], process.Verb("terminate"), c.where)
		ends := process.Verb("terminate")
		if c.p.Stage == "production" { // what has its land is withdrawn
			ends = "withdraw"
		}
		require.Equal(t, !c.p.Done, slices.Contains(found[process.Fits], ends), c.where)
	}
	require.Contains(t, fitting(t, owing, holder, process.Blocked), process.Verb("advance"), "what is missing is shown, not hidden")
}

// TestTheLeadingDeedFollowsWhatIsMissingFirst: in the order of the gate, whatever of it is there; what lies with others is passed over, and a permit in one's own hands
// leads to the permits.
func TestTheLeadingDeedFollowsWhatIsMissingFirst(t *testing.T) {
	t.Parallel()
	holder := process.Actor{Type: process.Person, ID: manager, Name: "陆致远", Roles: process.Of(process.ProjectManager)}
	leads := func(p project.Project, children ...process.Child) []process.Verb {
		verbs := []process.Verb{}
		for _, name := range project.Entry().Names(process.ByPeople) {
			if project.Entry().Fits(name, &p, holder, process.Env{Rules: env(t).Definition, Calendar: env(t).Calendar, Today: call(3).Day(), Found: process.Found{Children: children}}) == process.Leads {
				verbs = append(verbs, name.Verb())
			}
		}
		return verbs
	}
	site := opened(t, "construction", project.OwnLand)
	require.Equal(t, []process.Verb{"add_buildings"}, leads(site), "the gate asks first for what is built, and there are no buildings")
	require.Equal(t, []process.Verb{"record_progress"}, leads(building(t)))

	stage, err := env(t).Definition.Stage("permitting")
	require.NoError(t, err)
	permitting := opened(t, "permitting", project.OwnLand)
	require.Empty(t, leads(permitting), "a permit is to be put on file first: the page leads to the permits")
	away := []process.Child{}
	for _, r := range stage.Gate {
		if r.Kind == lifecycle.Permit {
			away = append(away, process.Child{Kind: permit.Kind, Slot: r.Permit, State: permit.Applied, HolderIs: process.HeldOutside, Holder: "县住建局"})
		}
	}
	require.NotEmpty(t, away)
	mine := slices.Clone(away)
	mine[0].HolderIs, mine[0].Holder = process.HeldByPerson, holder.Name
	require.Empty(t, leads(permitting, mine...))
	for _, verb := range leads(permitting, away...) {
		require.NotEqual(t, process.Verb("advance"), verb)
	}
}

func fitting(t *testing.T, p project.Project, actor process.Actor, fit process.Fit) []process.Verb {
	t.Helper()
	verbs := []process.Verb{}
	for _, name := range project.Entry().Names(process.ByPeople) {
		if project.Entry().Fits(name, &p, actor, process.Env{Rules: env(t).Definition, Today: call(3).Day()}) == fit {
			verbs = append(verbs, name.Verb())
		}
	}
	return verbs
}
