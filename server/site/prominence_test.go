package site

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/ui"
)

// TestRefusingStandsBesideAgreeing: whoever decides reads both at once; where refusing is one of many things it stays among those that end.
func TestRefusingStandsBesideAgreeing(t *testing.T) {
	t.Parallel()
	_, beside, _, _ := arrange(proposedActions("extension", "leads:agree beside:refuse hand_over comment attach delegate nudge"))
	require.Equal(t, process.Verb("refuse"), beside[0].Name.Verb())
	_, beside, more, _ := arrange(proposedActions("permit", "leads:issue refuse supply hand_back comment attach"))
	require.NotEqual(t, process.Verb("refuse"), beside[0].Name.Verb())
	require.Equal(t, process.Verb("refuse"), more[len(more)-1].Name.Verb())
}

// offered makes actions from verbs; one that leads is written leads:verb.
func proposedActions(kind process.Kind, verbs string) []ui.Action {
	actions := []ui.Action{}
	for _, word := range strings.Fields(verbs) {
		fit, verb, found := strings.Cut(word, ":")
		if !found {
			fit, verb = string(process.Fits), word
		}
		actions = append(actions, ui.Action{Name: kind.Does(process.Verb(verb)), Fit: process.Fit(fit)})
	}
	return actions
}

func TestOneActionStandsOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ offered, primary string }{
		{"leads:answer blocked:advance waive hand_over edit assign attach comment send_back suspend terminate", "answer"},
		{"urges:hand_back leads:answer comment", "answer"},
		{"urges:hand_back comment blocked:advance", "hand_back"},
		{"urges:nudge leads:reinspect comment", "reinspect"},
		{"urges:issue_letter urges:nudge comment", "issue_letter"},
		{"hand_in comment attach", ""},
		{"comment attach", ""},
		{"blocked:advance comment", ""},
		{"", ""},
	} {
		actions := proposedActions("project", c.offered)
		primary, beside, more, folded := arrange(actions)
		if c.primary == "" {
			require.Nil(t, primary, c.offered)
		} else {
			require.Equal(t, process.Verb(c.primary), primary.Name.Verb(), c.offered)
		}
		require.LessOrEqual(t, len(beside), mostBeside, c.offered)
		require.Equal(t, folded, len(more) > 0, c.offered)
		laid := append(append([]ui.Action{}, beside...), more...)
		if primary != nil {
			laid = append(laid, *primary)
		}
		require.ElementsMatch(t, actions, laid, "%s: nothing is lost", c.offered)
		for range 20 { // never by the order of what is offered
			rand.Shuffle(len(actions), func(i, j int) { actions[i], actions[j] = actions[j], actions[i] })
			p, b, m, f := arrange(actions)
			require.Equal(t, []any{primary, beside, more, folded}, []any{p, b, m, f}, c.offered)
		}
	}
}

// TestWhatIsTypedInForAnEnterpriseStandsBehind: an enterprise has its time; its deed is not what the zone's own people find first.
func TestWhatIsTypedInForAnEnterpriseStandsBehind(t *testing.T) {
	t.Parallel()
	actions := proposedActions("hazard", "urges:issue_letter hand_in nudge comment hand_over attach")
	order := func() []process.Verb {
		_, beside, more, _ := arrange(actions)
		verbs := []process.Verb{}
		for _, a := range append(append([]ui.Action{}, beside...), more...) {
			verbs = append(verbs, a.Name.Verb())
		}
		return verbs
	}
	require.Equal(t, process.Verb("hand_in"), order()[0], "the enterprise's own")
	actions[1].ForThem = true
	require.Equal(t, process.Verb("hand_in"), order()[4])
}

func TestWhatEndsThingsStandsLast(t *testing.T) {
	t.Parallel()
	_, beside, more, _ := arrange(proposedActions("project", "terminate rename suspend leads:answer comment attach blocked:advance nudge edit"))
	names := func(all []ui.Action) string {
		words := []string{}
		for _, a := range all {
			words = append(words, string(a.Name.Verb()))
		}
		return strings.Join(words, " ")
	}
	require.Equal(t, "advance nudge comment", names(beside))
	require.Equal(t, "attach edit rename suspend terminate", names(more), "an unknown one stands before what ends things")
}
