package ui

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestEveryCellSaysWhatItIs: whatever columns a table has and whatever stands in its cells, each cell carries its column's words, and nothing
// else of the page changes.
func TestEveryCellSaysWhatItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"期限", `他说"好"`, "a<b", "负责人", "1 > 0"}), 1, 6).Draw(t, "head")
		silent := rapid.IntRange(0, len(words)).Draw(t, "silent")
		var page strings.Builder
		page.WriteString(`<p>前</p><table class="pw-table pw-ledger"><thead><tr>`)
		for i, word := range words {
			if i == silent {
				page.WriteString(`<th scope="col"><span class="visually-hidden">操作</span></th>`)
				continue
			}
			page.WriteString(`<th scope="col" class="pw-num"><a class="pw-sort" title="x">` + html.EscapeString(word) + `</a></th>`)
		}
		page.WriteString("</tr></thead><tbody>")
		cells := rapid.SliceOfN(rapid.SampledFrom([]string{"<td>一</td>", `<td class="pw-num"><h3><a href="/x">二</a></h3></td>`, "<td></td>"}), len(words), len(words)).Draw(t, "cells")
		rows := rapid.IntRange(0, 3).Draw(t, "rows")
		for range rows {
			page.WriteString("<tr>" + strings.Join(cells, "") + "</tr>")
		}
		page.WriteString("</tbody></table><table><tr><td>无头</td></tr></table><p>后</p>")

		labelled := string(Labelled([]byte(page.String())))
		bare := labelled
		for i, word := range words {
			label := ` data-label="` + html.EscapeString(word) + `"`
			if i != silent && rows > 0 {
				require.Contains(t, labelled, label)
			}
			bare = strings.ReplaceAll(bare, label, "")
		}
		require.Equal(t, page.String(), bare)
	})
}

func TestACellThatSpansColumnsShiftsTheNext(t *testing.T) {
	t.Parallel()
	page := `<table class="pw-table"><thead><tr><th scope="col">一</th><th scope="col">二</th><th scope="col">三</th><th scope="col">四</th></tr></thead><tbody><tr><td>a</td><td colspan="2">b</td><td>c</td></tr></tbody></table>`
	require.Equal(t, strings.NewReplacer("<td>a", `<td data-label="一">a`, "<td>c", `<td data-label="四">c`).Replace(page), string(Labelled([]byte(page))))
}
