package opinion_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestLife asks a department, has the papers returned, hands in a new batch that keeps the old one, and gets the opinion with its answers.
func TestLife(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(opinion.Entry())
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	d, _ := shipped[0].(opinion.Definition)
	env := opinion.Env{Definition: d, Env: process.Env{Rules: d, Calendar: cal, Uploads: map[string]process.Upload{"file": {ID: "file", UploadedBy: "pm"}},
		Directory: process.Directory{"pm": {Kind: process.HeldByPerson, ID: "pm", Name: "陆致远"}},
		Found: process.Found{Departments: []process.Party{{Kind: process.HeldByUnit, ID: "u", Name: "县发改委"}},
			Parent: &process.Parent{Case: process.Case{ID: "p", Kind: "project", Title: "二期"}, Team: process.People{ManagerID: "pm"}}}}}
	call := func(days int, roles ...process.Role) process.Call {
		at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).AddDate(0, 0, days)
		return process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: "pm", Name: "陆致远", Roles: roles}, OccurredAt: at, RecordedAt: at}
	}
	decide := func(c opinion.Command, o opinion.Opinion, at process.Call) (opinion.Opinion, error) {
		got, err := c.Decide(o, at, env)
		got.After.Version++
		return got.After, err
	}
	asked, err := decide(opinion.Ask{Project: "p", Desk: "dev_reform"}, opinion.Opinion{}, call(0))
	require.NoError(t, err)
	require.Equal(t, "u", asked.Holder.ID, "the department's people have it")
	require.Equal(t, "2026-03-09", asked.DueOn.String(), "five working days")
	_, err = decide(opinion.Ask{Project: "p", Desk: "nobody"}, opinion.Opinion{}, call(0))
	require.Error(t, err)
	env.Found.Children = []process.Child{{Kind: opinion.Kind, Slot: "dev_reform"}}
	for actor, code := range map[process.ActorType]process.Code{process.Person: process.InvalidInput, process.Clock: process.NothingChanged} {
		at, refusal := call(0), (*process.Refusal)(nil)
		at.Actor.Type = actor
		_, err = decide(opinion.Ask{Project: "p", Desk: "dev_reform"}, opinion.Opinion{}, at)
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, code, refusal.Code, "what should follow is there already")
	}
	env.Found.Children, env.Found.Parent.Kind = nil, "permit"
	_, err = decide(opinion.Ask{Project: "p", Desk: "dev_reform"}, opinion.Opinion{}, call(0))
	require.ErrorContains(t, err, "no such project", "nobody is asked about a permit")
	env.Found.Parent.Kind = "project"

	returned, err := decide(opinion.Return{Lacks: "缺用能测算"}, asked, call(1))
	require.NoError(t, err)
	require.Equal(t, "pm", returned.Holder.ID)
	again, err := decide(opinion.Resubmit{Note: "已补"}, returned, call(3))
	require.NoError(t, err)
	require.Len(t, again.Batches, 2, "a new batch keeps the old one")
	require.Equal(t, "缺用能测算", again.Batches[0].Lacks)
	require.Equal(t, "2026-03-12", again.DueOn.String())

	answers := map[string]string{"entry_limits": "yes", "energy": "860.5", "two_highs": "no"}
	department := call(4, process.Department)
	for name, wrong := range map[string]opinion.Give{
		"an answer missing":          {Verdict: "agreed", Answers: map[string]string{"energy": "1"}},
		"no choice":                  {Verdict: "agreed", Answers: map[string]string{"entry_limits": "maybe", "energy": "1", "two_highs": "no"}},
		"another unit":               {Verdict: "agreed", Answers: map[string]string{"entry_limits": "yes", "energy": "860500000", "two_highs": "no"}},
		"conditions without words":   {Verdict: "conditional", Answers: answers},
		"disagrees without reason":   {Verdict: "disagreed", Answers: answers},
		"a question it is not asked": {Verdict: "agreed", Answers: map[string]string{"entry_limits": "yes", "energy": "1", "two_highs": "no", "tax_per_mu": "1"}},
	} {
		_, err := decide(wrong, again, department)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, name)
		require.Equal(t, process.InvalidInput, refusal.Code, name)
	}
	_, err = decide(opinion.Give{Verdict: "agreed", Answers: answers}, again, call(4))
	require.Error(t, err, "who records it for the department attaches its letter")
	_, err = decide(opinion.Give{Verdict: "agreed", Answers: answers}, again, call(2, process.Department))
	require.Error(t, err, "not before it was asked for")
	given, err := decide(opinion.Give{Verdict: "agreed", Answers: answers}, again, department)
	require.NoError(t, err)
	require.True(t, given.Done)
	require.Equal(t, "860.5", given.Answers[1].Value)

	complete, _ := opinion.StandingOf([]process.Child{{Kind: opinion.Kind, Slot: "tax", State: opinion.Disagreed}}).Complete(nil, clock.NewDate(2024, time.November, 21))
	require.True(t, complete, "whether one that disagrees stops the project the review says")
	complete, says := opinion.StandingOf([]process.Child{{Kind: opinion.Kind, Slot: "tax", State: opinion.Asked, Title: "税务局意见（x）"}}).Complete(nil, clock.NewDate(2024, time.November, 21))
	require.False(t, complete)
	require.Contains(t, says.Chinese, "税务局")
}
