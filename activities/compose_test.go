package activities

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestAMessageSaysInWhichFunctions: what the person is told as, and whom they stand in for, in what.
func TestAMessageSaysInWhichFunctions(t *testing.T) {
	t.Parallel()
	a := &Activities{PublicURL: "https://parkway.example"}
	line := func(language string, parts ...process.Part) string {
		list, err := json.Marshal(parts)
		require.NoError(t, err)
		_, lines, _ := a.compose(language, []store.NoticeLine{{Kind: process.NoticeOverdue, CaseID: "1", CaseKind: "hazard", Number: "YH-2026-0001", Parts: list}}, store.NoticeCount{Total: 1})
		return lines[0].Text
	}
	require.Equal(t, "已逾期 YH-2026-0001", line("zh"))
	require.Equal(t, "已逾期 YH-2026-0001（承办人、负责人、科长）", line("zh", process.Part{As: process.AsHolder}, process.Part{As: process.AsManager}, process.Part{As: process.Function(ladder.SectionHead)}))
	require.Equal(t, "已逾期 YH-2026-0001（承办人；代孟庆岚（负责人）；代丁文笙）", line("zh", process.Part{As: process.AsHolder}, process.Part{As: process.AsManager, Behalf: "孟庆岚"}, process.Part{Behalf: "丁文笙"}))
	require.Equal(t, "Overdue YH-2026-0001 (it is with you; standing in for 孟庆岚: in charge)", line("en", process.Part{As: process.AsHolder}, process.Part{As: process.AsManager, Behalf: "孟庆岚"}))
	for _, as := range []process.Function{process.AsHolder, process.AsManager, process.AsContact, process.Function(ladder.Liaison), process.Function(ladder.SectionHead), process.Function(ladder.Leader),
		process.Function(ladder.Department), process.Function(process.Administrator)} {
		require.NotEqual(t, string(as), function(as).Chinese)
	}
}

// TestNoMessageTellsALimit that definitions set: the day that it ends on stands in the line.
func TestNoMessageTellsALimit(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{process.NoticeReportDue, process.NoticeSent, process.NoticeReplied, process.NoticeAbsent, process.NoticeLapsed, process.NoticeEscalate, process.NoticeHandedTo} {
		for _, words := range []string{notice(kind, "interview").Chinese, notice(kind, "interview").English} {
			require.NotRegexp(t, `[0-9]|个工作日|working days`, words)
		}
	}
}

// TestARungLeadsToTheFormOfWhatItProposes: whoever runs the case, and leaders; an enterprise, a department and a section's head are led to the case.
func TestARungLeadsToTheFormOfWhatItProposes(t *testing.T) {
	t.Parallel()
	a := &Activities{PublicURL: "https://parkway.example"}
	link := func(kind, act string, as ...process.Function) string {
		parts := []process.Part{}
		for _, one := range as {
			parts = append(parts, process.Part{As: one})
		}
		list, err := json.Marshal(parts)
		require.NoError(t, err)
		_, lines, _ := a.compose("zh", []store.NoticeLine{{Kind: process.NoticeEscalate, Act: act, CaseID: "1", CaseKind: kind, Parts: list}}, store.NoticeCount{Total: 1})
		return lines[0].URL
	}
	require.Equal(t, "https://parkway.example/hazards/1/summon", link("hazard", "interview", process.AsManager))
	require.Equal(t, "https://parkway.example/hazards/1/supervise", link("hazard", "supervision_order", process.Function(ladder.SectionHead), process.Function(ladder.Leader)))
	require.Equal(t, "https://parkway.example/hazards/1", link("hazard", "supervision_order", process.AsManager), "an order is for whoever runs the case: they send none to themselves")
	require.Equal(t, "https://parkway.example/hazards/1/refer", link("hazard", "refer", process.AsManager))
	for _, as := range []process.Function{process.AsContact, process.Function(ladder.Department), process.Function(ladder.SectionHead)} {
		require.Equal(t, "https://parkway.example/hazards/1", link("hazard", "interview", as))
	}
	require.Equal(t, "https://parkway.example/projects/1", link("project", "supervision_order", process.AsManager), "nothing is sent about it")
}

// TestEveryNoticeSaysWhatItIs: none of the kinds of notices is only news.
func TestEveryNoticeSaysWhatItIs(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../domain/process/command.go", nil, 0)
	require.NoError(t, err)
	seen := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Notice") {
			return true
		}
		kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value) //nolint:forcetypeassert // notices are texts
		require.NoError(t, err)
		if seen++; kind != process.NoticeCalendar && kind != process.NoticeDigest { // what is about no case (about)
			require.NotContains(t, []string{"", "有新情况"}, notice(kind, "interview").Chinese, kind)
		}
		return true
	})
	require.Greater(t, seen, 40)
}
