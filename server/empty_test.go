package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
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

// TestAnEmptyZoneCountsNothing: where nothing was ever put on file the page of no kind, and none that counts projects, shows figures of nothing, conditions or an
// order for them: it says what will stand there, and who begins it, or leads whoever does to the form.
func TestAnEmptyZoneCountsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	nothing := regexp.MustCompile(`[^0-9.]0 ?(%|项目|个|起|元|件|家|次)|整改率`)
	body := regexp.MustCompile(`(?s)<main.*?</main>`)
	for _, role := range []process.Role{process.Administrator, process.ProjectManager, process.SafetySupervisor, process.Leader, process.Auditor, process.Enterprise} {
		session := b.session(t, b.As(role))
		begun := 0
		pages := []string{"/projects?view=list", "/progress"}
		if role != process.Enterprise {
			pages = append(pages, "/money", "/funnel", "/visit-plan", "/forecast")
		}
		for _, kind := range kinds.All() {
			if !kind.Private || role != process.Enterprise {
				pages = append(pages, "/"+kind.Path)
			}
		}
		for _, at := range pages {
			answer, page := b.ask(t, http.MethodGet, at, "", "Cookie", session)
			require.Equal(t, http.StatusOK, answer.StatusCode, at)
			page = body.FindString(page)
			require.Equal(t, 1, strings.Count(page, `class="pw-empty"`), "%s as %s", at, role)
			require.Empty(t, nothing.FindString(page), "%s as %s", at, role)
			require.NotContains(t, page, `name="sort"`, "%s as %s", at, role)
			if strings.Contains(page, "以后，会列在这里") || strings.Contains(page, `class="btn btn-primary" href="/`) {
				begun++
			}
		}
		require.Greater(t, begun, 2, role)
		_, page := b.ask(t, http.MethodGet, "/", "", "Cookie", session)
		if role != process.Enterprise {
			require.Contains(t, page, "园区里还没有登记过事项", role)
		}
		require.NotContains(t, body.FindString(page), `name="sort"`, role)
	}
}
