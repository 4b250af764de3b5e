package ui

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestALeadersPageAccountsForAllThatIsLate: who has it, and how much lies with others, add up; what is late in which list is told apart.
func TestALeadersPageAccountsForAllThatIsLate(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load()
	require.NoError(t, err)
	ctx := i18n.With(t.Context(), words.Speak("zh"))
	draw := func(d Desk) string {
		var page strings.Builder
		require.NoError(t, desk(Chrome{Actor: process.Actor{Roles: []process.Role{process.Leader}}}, d).Render(ctx, &page))
		return page.String()
	}
	d := Desk{Late: 16, Holders: []store.LateHolder{{HolderName: "陆致远", Count: 9}, {HolderName: "梁以宁", Count: 5}}}
	page := draw(d)
	require.Contains(t, page, "另有 2 项在其他人或部门手里")
	require.Regexp(t, `>项目</a>\s*、\s*<a [^>]*>隐患</a>\s*、`, page)
	d.Late = 14
	require.NotContains(t, draw(d), "在其他人或部门手里")
}

// TestAnEmptyZoneBeginsWithItsRegisters: an administrator's first page leads to what a zone needs before anything else, until it has it.
func TestAnEmptyZoneBeginsWithItsRegisters(t *testing.T) {
	t.Parallel()
	for _, begin := range []bool{true, false} {
		var page strings.Builder
		require.NoError(t, machinery(Chrome{}, Machinery{Begin: begin}).Render(speaking(t, "zh"), &page))
		require.Equal(t, begin, strings.Contains(page.String(), `href="/start"`))
	}
}

// TestWhatIsCutIsNotCountedAsAll: a list that shows the first ones says how many there are, and where the others are.
func TestWhatIsCutIsNotCountedAsAll(t *testing.T) {
	t.Parallel()
	ctx := speaking(t, "zh")
	firms, cases := make([]store.CaredRow, 140), make([]store.RedRow, 50)
	for i := range firms {
		firms[i].Total, firms[i].Open = 140, 1
	}
	for i := range cases {
		cases[i].Kind = string(hazard.Kind)
	}
	var page strings.Builder
	require.NoError(t, cared(Chrome{Actor: process.Actor{Roles: []process.Role{process.LiaisonOfficer}}}, firms, cases).Render(ctx, &page))
	require.Contains(t, page.String(), "140 家")
	require.Contains(t, page.String(), "其余 120 家")
	require.Contains(t, page.String(), "140 项")
	require.Contains(t, page.String(), "其余 90 项")
	require.Equal(t, "8 项", waitedFor(ctx, 8, false))
	require.Equal(t, "最急的 8 项，还有更多", waitedFor(ctx, 8, true))
	var more strings.Builder
	require.NoError(t, allOf(CasesOf{Rows: make([]store.ListRow, 50), Total: 51}, "/hazards?tab=all&enterprise_id=x").Render(ctx, &more))
	require.Contains(t, more.String(), "全部 51 项")
	more.Reset()
	require.NoError(t, allOf(CasesOf{Rows: make([]store.ListRow, 50), Total: 50}, "/").Render(ctx, &more))
	require.Empty(t, more.String())
}
