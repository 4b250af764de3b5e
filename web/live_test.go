package web_test

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPagesLookAgainWithMeasure runs the tests of the script that decides when an open page is fetched again: never for a case that it does not show,
// and with an upper bound in a storm.
func TestPagesLookAgainWithMeasure(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "node", "--test", "src/live.test.js", "src/stream.test.js", "src/draft.test.js").CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// TestNothingOfTheFieldIsLostOrSentTwice runs the tests of the scripts that keep drafts without a network and send them, and of the worker that keeps their page.
func TestNothingOfTheFieldIsLostOrSentTwice(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "node", "--test", "src/field/field.test.js", "src/field/worker.test.js").CombinedOutput()
	require.NoError(t, err, "%s", out)
}
