package site

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// named makes commands of a kind from their verbs.
func commands(kind process.Kind, verbs string) []process.Name {
	names := []process.Name{}
	for _, verb := range strings.Fields(verbs) {
		names = append(names, process.Name(string(kind)+"."+verb))
	}
	return names
}

func TestTheStateCallsForOneAction(t *testing.T) {
	t.Parallel()
	const everything = "answer waive hand_over edit assign attach comment send_back suspend terminate advance skip extend nudge delegate"
	for _, c := range []struct {
		where   string
		s       situation
		offered string
		primary string
	}{
		{"the holder with requirements to answer", situation{kind: "project", held: true, mine: true, missing: 2, owed: 1}, everything, "answer"},
		{"the holder of a complete gate", situation{kind: "project", held: true, mine: true}, everything, "advance"},
		{"the holder where only the system can answer", situation{kind: "project", held: true, mine: true, missing: 1}, everything, ""},
		{"the holder at the last stage", situation{kind: "project", held: true, mine: true}, "achieve comment", "achieve"},
		{"a leader looking at a manager's project", situation{kind: "project", held: true, missing: 2, owed: 2}, everything, "nudge"},
		{"a manager whose project lies with a unit", situation{kind: "project", held: true}, everything, "nudge"},
		{"a unit that was handed it", situation{kind: "project", held: true, claimable: true, missing: 1, owed: 1}, "claim answer comment hand_over", "claim"},
		{"an officer it was delegated to, with papers to give", situation{kind: "project", held: true, mine: true, delegated: true, missing: 1, owed: 1}, "hand_back answer comment", "answer"},
		{"an officer it was delegated to, done", situation{kind: "project", held: true, mine: true, delegated: true}, "hand_back comment advance", "hand_back"},
		{"suspended", situation{kind: "project", held: true, mine: true, suspended: true, missing: 1, owed: 1}, "resume comment terminate", "resume"},
		{"suspended, for somebody who may not resume", situation{kind: "project", held: true, suspended: true}, "comment nudge", ""},
		{"closed", situation{kind: "project", state: "done"}, "comment attach", ""},
		{"the supervisor of a recorded hazard", situation{kind: "hazard", state: "found", held: true, mine: true}, "issue_notice fix_on_spot reassign withdraw comment attach", "issue_notice"},
		{"the enterprise that rectifies", situation{kind: "hazard", state: "rectifying", held: true, mine: true}, "hand_in comment attach", "hand_in"},
		{"the supervisor who waits for it", situation{kind: "hazard", state: "rectifying", held: true}, "hand_in change_deadline reassign withdraw comment attach nudge", "nudge"},
		{"the supervisor of one handed in", situation{kind: "hazard", state: "reported", held: true, mine: true}, "reinspect reassign withdraw comment attach", "reinspect"},
		{"a leader beside one handed in", situation{kind: "hazard", state: "reported", held: true}, "reassign withdraw comment nudge", "nudge"},
		{"an auditor", situation{kind: "hazard", state: "reported", held: true}, "", ""},
		{"closed", situation{kind: "hazard", state: "closed"}, "comment attach", ""},
		{"another kind, that somebody else holds", situation{kind: "plan", state: "open", held: true}, "report comment nudge", "nudge"},
		{"another kind, that a unit holds", situation{kind: "plan", state: "open", held: true, claimable: true}, "report claim comment", "claim"},
	} {
		names := commands(c.s.kind, c.offered)
		want := process.Name("")
		if c.primary != "" {
			want = commands(c.s.kind, c.primary)[0]
		}
		first := arrange(c.s, names)
		require.Equal(t, want, first.primary, c.where)
		require.LessOrEqual(t, len(first.beside), mostBeside, c.where)
		require.ElementsMatch(t, names, append(append(append([]process.Name{}, first.beside...), first.more...), only(first.primary)...), "%s: nothing is lost", c.where)
		for range 20 { // never by the order of what is offered
			rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			require.Equal(t, first, arrange(c.s, names), c.where)
		}
	}
}

func only(name process.Name) []process.Name {
	if name == "" {
		return nil
	}
	return []process.Name{name}
}

func TestWhatEndsThingsStandsLast(t *testing.T) {
	t.Parallel()
	a := arrange(situation{kind: "project", held: true, mine: true, owed: 1, missing: 1}, commands("project", "terminate rename suspend answer comment attach advance nudge edit"))
	require.Equal(t, commands("project", "advance nudge comment"), a.beside)
	require.Equal(t, commands("project", "attach edit rename suspend terminate"), a.more, "an unknown one stands before what ends things")
	require.True(t, a.folded)
	few := arrange(situation{kind: "project"}, commands("project", "attach comment"))
	require.Equal(t, commands("project", "comment attach"), few.beside)
	require.False(t, few.folded, "two and watching fit beside each other")
}
