package server_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// TestAnEmptyRegisterSaysWhatItIsForAndWhatToDoFirst: of a zone that has just been set up each says what it holds and leads to the form of the first record; a
// list in which nothing fits what was asked says that, and not that nothing is there.
func TestAnEmptyRegisterSaysWhatItIsForAndWhatToDoFirst(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.session(t, b.As(process.Administrator))
	empty := regexp.MustCompile(`(?s)<div class="pw-empty">.*?</div>`)
	seen := 0
	for _, r := range register.All() {
		records, err := b.Store.Records(t.Context(), r.Name)
		require.NoError(t, err)
		answer, page := b.ask(t, http.MethodGet, "/registers/"+string(r.Name)+"?q=%E6%B2%A1", "", "Cookie", admin)
		if r.Single {
			continue
		}
		require.Equal(t, http.StatusOK, answer.StatusCode)
		if len(records) > 0 {
			require.Contains(t, empty.FindString(page), "没有符合的记录", r.Name)
			continue
		}
		seen++
		_, page = b.ask(t, http.MethodGet, "/registers/"+string(r.Name), "", "Cookie", admin)
		said := empty.FindString(page)
		require.Contains(t, said, "这里还没有", r.Name)
		require.Contains(t, said, `href="/registers/`+string(r.Name)+`/new"`, r.Name)
		require.NotContains(t, said, "没有符合", r.Name)
	}
	require.GreaterOrEqual(t, seen, 2, "buildings and campaigns of a new zone")
	_, page := b.ask(t, http.MethodGet, "/enterprises?q=%E6%B2%A1%E6%9C%89%E6%AD%A4", "", "Cookie", admin)
	require.Contains(t, empty.FindString(page), `href="/enterprises"`, "back to all of them")
}
