package ui

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
