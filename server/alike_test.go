package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestWhatMayBeOnFileIsSaidWhileTyping: the form of a project asks, as its reader types, what it may be; by name or enterprise, only of leads and negotiations, and
// only whoever may open one.
func TestWhatMayBeOnFileIsSaidWhileTyping(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.open(t)
	manager := b.session(t, b.As(process.ProjectManager)) + "; parkway_language=zh"
	_, form := b.ask(t, http.MethodGet, "/projects/open", "", "Cookie", manager)
	require.Contains(t, form, `data-alike="/find/projects"`)
	ask := func(session, stage, title, enterprise string) string {
		answer, body := b.ask(t, http.MethodGet, "/find/projects?"+url.Values{"stage": {stage}, "title": {title}, "enterprise_id": {enterprise}}.Encode(), "", "Cookie", session)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		return body
	}
	require.Contains(t, ask(manager, "lead", "织造", ""), "名称相同")
	require.Contains(t, ask(manager, "negotiation", "", b.Enterprise), "同一家企业")
	require.Contains(t, ask(manager, "lead", "毫不相干", b.Rival), `"found":[]`)
	require.Contains(t, ask(manager, "construction", "织造", b.Enterprise), `"found":[]`, "what was signed elsewhere")
	require.Contains(t, ask(b.session(t, b.As(process.SafetySupervisor)), "lead", "织造", b.Enterprise), `"found":[]`, "who opens none is told none")
}
