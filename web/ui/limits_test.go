package ui_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func drawn(t *testing.T, f ui.Field) string {
	t.Helper()
	c, err := i18n.Load()
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, ui.Input(f).Render(i18n.With(t.Context(), c.Speak("zh")), &out))
	return out.String()
}

func TestALimitStandsBesideItsField(t *testing.T) {
	t.Parallel()
	text := drawn(t, ui.Field{Name: "reason", Kind: "textarea", Limit: 1000})
	require.Contains(t, text, `maxlength="1000"`)
	require.Contains(t, text, `rows="3"`)
	require.Contains(t, drawn(t, ui.Field{Name: "description", Kind: "textarea", Lines: 6}), `rows="6"`)
	require.Contains(t, drawn(t, ui.Field{Name: "name", Kind: "text", Limit: 60}), `maxlength="60"`)
	number := drawn(t, ui.Field{Name: "progress", Kind: "number", Least: "0", Most: "99"})
	require.Contains(t, number, "0 至 99")
	require.Contains(t, number, `data-most="99"`)
	files := drawn(t, ui.Field{Name: "attachments", Kind: "files", Takes: ui.FileLimits{Each: 20 << 20, All: 240 << 20, Most: 50, Endings: []string{".pdf", ".png"}}})
	require.Contains(t, files, "每个不超过 20 MB，一次最多 50 个，合计不超过 240 MB")
	require.Contains(t, files, `data-endings=".pdf,.png"`)
	require.Contains(t, drawn(t, ui.Field{Name: "channel_url", Kind: "text", Secret: true}), "data-secret")
}

// TestEveryTextHasAHeightThatTheStylesKnow: a text is three lines high, six or a whole list, and the style sheet names each.
func TestEveryTextHasAHeightThatTheStylesKnow(t *testing.T) {
	t.Parallel()
	asked := []process.Question{}
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			asked = append(asked, process.QuestionsOf(kind.Input(about.Name))...)
		}
	}
	for _, r := range register.All() {
		asked = append(asked, r.Questions()...)
	}
	descriptions := 0
	for _, q := range asked {
		if q.Kind != process.Long {
			require.Zero(t, q.Lines, q.Path)
			continue
		}
		require.Contains(t, []int{0, 6}, q.Lines, q.Path)
		require.Positive(t, q.Limit, "%s: a text says how long it may be", q.Path)
		if q.Lines == 6 {
			descriptions++
		}
	}
	require.GreaterOrEqual(t, descriptions, 10)
}
