package store_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestPrivateKindsAreWhatTheRegistrySays: the triggers that write who sees a case know the same private kinds as the rule.
func TestPrivateKindsAreWhatTheRegistrySays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	said := []string{}
	for _, kind := range kinds.All() {
		if kind.Private {
			said = append(said, string(kind.Kind))
		}
	}
	slices.Sort(said)
	require.Equal(t, said, b.rows(t, "SELECT kind FROM private_kinds ORDER BY kind"))
}

// TestAnEnterpriseKnowsOfNoOpinion: what departments say of its project in advance, that they were asked at all, is not the enterprise's to find.
func TestAnEnterpriseKnowsOfNoOpinion(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, firm := b.As(process.ProjectManager), b.As(process.Enterprise)
	projectID, id := b.openProject(t, "lead"), uuid.NewString()
	b.do(t, manager, id, opinion.AskName, opinion.Ask{Project: projectID, Desk: "dev_reform"})
	seen, err := b.Store.InSight(t.Context(), firm, []string{id, projectID})
	require.NoError(t, err)
	require.Equal(t, []string{projectID}, seen)
	require.Empty(t, b.pages(t, firm, opinion.Kind, store.Conditions{}, "", 10))
	require.NotContains(t, b.inSight(t, id), b.Enterprise, "the rule and the triggers say the same")
	mine, err := b.Store.InSight(t.Context(), manager, []string{id})
	require.NoError(t, err)
	require.Equal(t, []string{id}, mine)
}

// TestWhatCouldNotFollowRefusesTheDeed: a deed from which something must follow that the other case could not read is refused itself, with the words that say what is too
// much; it would be lost afterwards, when nobody looks.
func TestWhatCouldNotFollowRefusesTheDeed(t *testing.T) {
	t.Parallel()
	kind, _ := kinds.Of("project")
	decided := meeting.Decided{Meeting: "LS-2026-0001", MeetingID: uuid.NewString(), Result: meeting.Conditional}
	for range 51 {
		decided.Conditions = append(decided.Conditions, meeting.ConditionGiven{Condition: "x", Stage: "signed", OwedBy: "y"})
	}
	input, err := json.Marshal(decided)
	require.NoError(t, err)
	var refusal *process.Refusal
	require.ErrorAs(t, store.Readable(process.FollowUp{Kind: kind.Kind, Command: "project.review", Input: decided}, input), &refusal)
	require.Equal(t, "conditions", refusal.Fields[0].Name)
}
