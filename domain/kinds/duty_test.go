package kinds_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/request"
)

// judges are the verbs that judge or grant something, wherever a kind has them. One that takes no duty says here why.
func judges() []string {
	return []string{"agree", "refuse", "approve", "waive", "accept", "reinspect", "clear", "lift", "grant", "recognise", "excuse", "resolve", "conclude", "settle", "give", "issue", "pass"}
}

// records are deeds that only write down what a body outside, or a meeting, has decided, or that have a rule of their own.
func records() map[process.Name]string {
	return map[process.Name]string{
		"hazard.accept":       "the enterprise's own word, and experts' from a signed paper",
		"hazard.issue_notice": "puts the work in hand",
		"project.recognise":   "writes down what departments said",
		"permit.accept":       "the authority's decision", "permit.issue": "the authority's decision", "permit.refuse": "the authority's decision",
		"permit.excuse":       "by a leader or the competent department, and by nobody who runs it (permit.sparing)",
		"permit.settle":       "what was promised was handed in",
		"opinion.give":        "a department's opinion, or its letter",
		"meeting.conclude":    "the minutes of a meeting",
		"meeting.resolve":     "the minutes of a meeting",
		"inspection.conclude": "two inspectors sign, and the head of the unit does or refuses to",
		"enrolment.excuse":    "the statistics office's rule",
	}
}

// TestWhatJudgesKeepsItsDistance: every command of every kind that judges or grants something says so (About.Duty), or stands among records with its reason.
func TestWhatJudgesKeepsItsDistance(t *testing.T) {
	t.Parallel()
	said := records()
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			verb := string(about.Name.Verb())
			judges := slices.ContainsFunc(judges(), func(j string) bool { return verb == j || strings.HasPrefix(verb, j+"_") })
			if about.By != process.ByPeople || !judges || about.Name.Verb() == lettering.IssueVerb { // a letter puts on paper what was decided, of every kind
				continue
			}
			_, why := said[about.Name]
			require.NotEqual(t, why, about.Duty == process.Accepts || about.Duty == process.Approves, "%s judges or grants: give it a duty, or say why not", about.Name)
			delete(said, about.Name)
		}
	}
	require.Empty(t, said, "no such command any more")
}

// TestNobodyJudgesTheirOwn is the matrix: every command that accepts or approves × every way to come to it. Whoever had a part that is kept apart is refused before
// the rules of the kind are asked, in person, by a batch, through a token (which is the person), or named beside the actor; somebody else is not.
func TestNobodyJudgesTheirOwn(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, kind := range kinds.All() {
		shipped, err := definitions.Shipped(kind)
		require.NoError(t, err)
		rules := shipped[len(shipped)-1]
		for _, about := range kind.Abouts() {
			apart := process.Apart(about.Duty, rules, "")
			if len(apart) == 0 {
				continue
			}
			for _, duty := range apart {
				by := func(on process.Subject, who process.Actor, took []process.DutyTaken, input string) error {
					act, err := kind.Read(about.Name, []byte(input))
					if act.Input == nil {
						return err
					}
					_, err = act.Decide(on, process.Call{Key: "k", Actor: who}, process.Env{Rules: rules, Found: process.Found{Took: took}})
					return err
				}
				same := func(err error) bool {
					var refusal *process.Refusal
					return errors.As(err, &refusal) && refusal.Code == process.SamePerson && strings.Contains(refusal.Chinese, "别人来办")
				}
				on := kind.Blank()
				on.Header().Kind, on.Header().Done = kind.Kind, true // whatever the kind itself says comes afterwards
				took := []process.DutyTaken{{Duty: duty, Command: "some.deed", ID: me, Version: 2}}
				person := process.Actor{Type: process.Person, ID: me, Name: "孟庆岚", Roles: process.Roles()}
				batch := person
				batch.Through = process.TheBatch
				require.True(t, same(by(on, person, took, "{}")), "%s after %s", about.Name, duty)
				require.True(t, same(by(on, batch, took, "{}")), "%s after %s, in bulk", about.Name, duty)
				somebody := person
				somebody.ID = other
				require.False(t, same(by(on, somebody, took, "{}")), "%s by somebody else", about.Name)
				judgedSince := append(slices.Clone(took), process.DutyTaken{Duty: about.Duty, Command: about.Name, ID: other, Version: 3})
				require.Equal(t, duty == process.Finds, same(by(on, person, judgedSince, "{}")), "%s: what was judged is done with, a new turn has begun", about.Name)
				require.Equal(t, process.Not, kind.Fits(about.Name, on, person, process.Env{Rules: rules, Found: process.Found{Took: took}}), "%s is not offered either", about.Name)
				tried++
			}
		}
	}
	require.GreaterOrEqual(t, tried, 9)
}

// TestWhatNeedsASecondPersonHasOne: no person issues a command that changes what is sealed, closed or of legal weight (process.Agreed), in any kind: it follows from what a
// leader agreed to, is told where it comes too late, and whoever asked is known to the request, also where that was done on the case.
func TestWhatNeedsASecondPersonHasOne(t *testing.T) {
	t.Parallel()
	found := []string{}
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			field, agreed := kind.Input(about.Name).FieldByName("Agreed")
			if !agreed || field.Type != reflect.TypeFor[process.Agreed]() {
				continue
			}
			found = append(found, string(about.Name))
			require.Equal(t, []any{process.ByBatch, true, true}, []any{about.By, about.Follows, about.Owed}, about.Name)
		}
	}
	require.ElementsMatch(t, []string{"hazard.correct", "hazard.reopen", "hazard.regrade", "hazard.void"}, found)

	kind, _ := kinds.Of(process.RequestKind)
	asked := &request.Request{Petition: process.Petition{AskedByID: me}}
	asked.Kind = process.RequestKind
	for _, name := range []process.Name{request.AgreeName, request.RefuseName} {
		act, err := kind.Read(name, []byte(`{"reason":"x"}`))
		if name == request.AgreeName {
			act, err = kind.Read(name, []byte(`{}`))
		}
		require.NoError(t, err)
		for _, through := range []process.Machinery{"", process.TheBatch} {
			_, err = act.Decide(asked, process.Call{Actor: process.Actor{Type: process.Person, ID: me, Roles: process.Roles(), Through: through}}, process.Env{})
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, process.SamePerson, refusal.Code, "%s by whoever asked on the case, through %q", name, through)
		}
	}
}

// TestNamedBesideTheActor: whoever handed the work in is no second inspector, and a definition may keep those apart who found it.
func TestNamedBesideTheActor(t *testing.T) {
	t.Parallel()
	kind, _ := kinds.Of("hazard")
	shipped, err := definitions.Shipped(kind)
	require.NoError(t, err)
	act, err := kind.Read("hazard.reinspect", []byte(`{"result":"pass","opinion":"合格","inspector_ids":["`+other+`"]}`))
	require.NoError(t, err)
	env := process.Env{Rules: shipped[len(shipped)-1], Directory: process.Directory{other: {ID: other, Name: "丁文笙"}}, Found: process.Found{Took: []process.DutyTaken{{Duty: process.Rectifies, ID: other, Version: 1}}}}
	_, err = act.Decide(kind.Blank(), process.Call{Actor: process.Actor{Type: process.Person, ID: me}}, env)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "inspector_ids[0]", refusal.Fields[0].Name)
	require.Contains(t, refusal.Chinese, "丁文笙")

	strict := stricter{env.Rules}
	env.Rules, env.Found.Took = strict, []process.DutyTaken{{Duty: process.Finds, ID: me, Version: 1}}
	_, err = act.Decide(kind.Blank(), process.Call{Actor: process.Actor{Type: process.Person, ID: me}}, env)
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.SamePerson, refusal.Code, "where the definition says so, whoever found it does not re-inspect it")
}

type stricter struct{ process.Rules }

func (stricter) Apart(d process.Duty, _ string) []process.Duty {
	if d == process.Accepts {
		return []process.Duty{process.Finds}
	}
	return nil
}
