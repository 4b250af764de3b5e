package api_test

import (
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/api"
)

// TestTheContractIsSound: another library than the one that wrote it understands it, and every example fits what it is an example of.
func TestTheContractIsSound(t *testing.T) {
	t.Parallel()
	spec, err := api.Spec()
	require.NoError(t, err)
	require.Equal(t, "3.1.0", spec.OpenAPI)
	require.NoError(t, spec.Validate(t.Context(), openapi3.EnableExamplesValidation()))
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			if op.RequestBody != nil && op.RequestBody.Value.Content["application/json"] != nil {
				require.NotNil(t, op.RequestBody.Value.Content["application/json"].Example, "%s %s shows no example", method, path)
			}
		}
	}
}

// TestNothingBreaksForClients compares the contract with the one of the last release. What has to break is accepted with `make accept-contract`,
// which shows in the review.
func TestNothingBreaksForClients(t *testing.T) {
	t.Parallel()
	released, err := os.ReadFile("released.yaml")
	require.NoError(t, err)
	broken := breaks(t, released, api.Document())
	for _, change := range broken {
		if change.GetLevel() < checker.ERR {
			continue
		}
		t.Error(change.SingleLineError(checker.NewDefaultLocalizer(), checker.ColorNever))
	}
}

func breaks(t *testing.T, before, after []byte) checker.Changes {
	t.Helper()
	read := func(text []byte) *load.SpecInfo {
		spec, err := openapi3.NewLoader().LoadFromData(text)
		require.NoError(t, err)
		return &load.SpecInfo{Spec: spec}
	}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), read(before), read(after))
	require.NoError(t, err)
	return checker.CheckBackwardCompatibility(checker.NewConfig(checker.GetAllChecks()), report, sources)
}

// TestABreakIsFound: what clients rest on cannot go away unseen.
func TestABreakIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, was, is string }{
		{"AnOperationGoes", "  /me:", "  /myself:"},
		{"AFieldMustBeSent", "required: [text]", "required: [text, audience]"},
		{"AnAnswerMayLackAField", "required: [items, unread]", "required: [items]"},
		{"LessIsTaken", "maxLength: 4000", "maxLength: 400"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			changed := strings.ReplaceAll(string(api.Document()), c.was, c.is)
			require.True(t, strings.Contains(string(api.Document()), c.was))
			require.True(t, breaks(t, api.Document(), []byte(changed)).HasLevelOrHigher(checker.ERR))
		})
	}
}
