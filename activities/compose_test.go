package activities

import (
	"encoding/json"
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
