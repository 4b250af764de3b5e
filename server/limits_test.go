package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// TestAFormThatKeepsItsLimitsIsNeverTooLarge: a form that is too large is read by nobody, so only a browser that runs scripts still has what was typed. None can be:
// every text says beside it how long it may be, a browser without scripts keeps to that too, and all of them at their longest, in signs that take nine bytes each,
// stay below what a form may have. Files say how many and how large before they are chosen (ui.FileLimits).
func TestAFormThatKeepsItsLimitsIsNeverTooLarge(t *testing.T) {
	t.Parallel()
	forms := map[string][]process.Question{}
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			forms[string(about.Name)] = process.QuestionsOf(kind.Input(about.Name))
		}
	}
	for _, r := range register.All() {
		forms["register "+string(r.Name)] = r.Questions()
	}
	fullest, most := "", 0
	for name, questions := range forms {
		full := url.Values{"_key": {strings.Repeat("k", 60)}, "_version": {"999999"}, "_draft": {strings.Repeat("d", 36)}}
		for _, q := range questions {
			switch {
			case slices.Contains([]process.QuestionKind{process.Line, process.Long, process.CaseOf}, q.Kind):
				require.Positive(t, q.Limit, "%s of %s says how long it may be", q.Path, name)
				full.Set(q.Path, strings.Repeat("字", q.Limit))
				full.Set("_was."+q.Path, strings.Repeat("字", q.Limit)) // what it was, beside what it is to be
			default:
				full.Set(q.Path, strings.Repeat("9", 400))
			}
		}
		if size := len(full.Encode()); size > most {
			fullest, most = name, size
		}
	}
	require.Less(t, most, 1<<20, fullest)
	b := setup(t, asItIs)
	answer, _ := b.ask(t, http.MethodPost, "/hazards/record", "description="+strings.Repeat("x", most), "Cookie", b.session(t, b.As(process.SafetySupervisor)))
	require.Less(t, answer.StatusCode, http.StatusRequestEntityTooLarge, "what the fullest form holds is read")
}
