package letters_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/letters"
)

func sorts(t testing.TB) []letter.Sort {
	t.Helper()
	all, err := letters.Sorts()
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(all), 12)
	return all
}

// TestEverySortCanBeIssued: what a description says can be, its shipped template passes the check that an administrator's passes, and no two sorts can number alike.
func TestEverySortCanBeIssued(t *testing.T) {
	t.Parallel()
	ids, series := map[string]bool{}, map[string]bool{}
	for i, s := range sorts(t) {
		require.False(t, ids[s.ID], s.ID)
		require.False(t, series[s.Series], s.Series)
		ids[s.ID], series[s.Series] = true, true
		require.NotEmpty(t, s.Name.Chinese, s.ID)
		require.NotEmpty(t, s.Name.English, s.ID)
		require.NotEmpty(t, s.Copies, s.ID)
		require.Contains(t, []string{letter.ToEnterprise, letter.ToBody, letter.ToOffice}, s.To, s.ID)
		require.NoError(t, letter.CheckFormat(s.Format), s.ID)
		for _, other := range sorts(t)[:i] {
			require.False(t, letter.Clash(s.Format, other.Format), "%s and %s", s.ID, other.ID)
		}
		for _, a := range s.Asks {
			require.Contains(t, []string{letter.Line, letter.Long, letter.Day}, a.As, s.ID)
			require.NotEmpty(t, a.English, "%s: %s", s.ID, a.Name)
			require.NotEmpty(t, a.Sample, "%s: %s", s.ID, a.Name)
			require.Contains(t, s.Layout, "{{"+a.Name, "%s asks for what it does not say", s.ID)
			if a.From != "" {
				require.Contains(t, s.Fields().Texts, a.From, s.ID)
			}
		}
		file, err := letters.Shipped(s)
		require.NoError(t, err, s.ID)
		require.NoError(t, letters.Check(file, s), s.ID)
		if dir := os.Getenv("LETTERS"); dir != "" {
			full, err := letters.Fill(file, letters.Sampled(s), "https://parkway.example.cn/v/ABCDEFGHIJKLMNOPQRSTUVWXYZ")
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, s.ID+".docx"), full, 0o600))
		}
	}
}

// TestTablesOfWhatThereIsNotGo: the record of an inspection that found nothing has no table of nothing, and no statement that nobody made; one that found something
// has a row of each.
func TestTablesOfWhatThereIsNotGo(t *testing.T) {
	t.Parallel()
	s, ok := letters.Sort("inspection_record")
	require.True(t, ok)
	require.Equal(t, "conclude", s.For("inspection").Deed)
	require.Empty(t, s.For("hazard").Deed, "about a hazard it is written when somebody sees fit")
	file, err := letters.Shipped(s)
	require.NoError(t, err)
	says := letter.Values{Texts: map[string]string{"文号": "泗开检记〔2026〕1号", "检查情况": "未发现隐患。"}, Lists: map[string][]map[string]string{}}
	bare, err := letters.Fill(file, says, "https://parkway.invalid/v/X")
	require.NoError(t, err)
	text := parts(t, bare)[mainPart]
	for _, absent := range []string{"合格的检查项", "存在隐患的检查项", "隐患编号", "处理意见", "签字情况", "出示证件", "单位在场人员"} {
		require.NotContains(t, text, absent)
	}
	says.Texts["合格项数"], says.Texts["签字情况"] = "2", "拒绝签字：不属实"
	says.Lists["合格"] = []map[string]string{{"序号": "1", "描述": "通道畅通"}, {"序号": "2", "描述": "有责任制"}}
	full, err := letters.Fill(file, says, "https://parkway.invalid/v/X")
	require.NoError(t, err)
	text = parts(t, full)[mainPart]
	for _, there := range []string{"合格的检查项 2 项", "通道畅通", "有责任制", "拒绝签字：不属实"} {
		require.Contains(t, text, there)
	}
	require.NotContains(t, text, "隐患编号")
}

// TestAnAnswerBeginsWithWhatTheCaseSays: under its own name first, else under the field that it names; a list that two kinds have has the columns of both.
func TestAnAnswerBeginsWithWhatTheCaseSays(t *testing.T) {
	t.Parallel()
	a := letter.Ask{Name: "检查时间", From: "检查日期", As: letter.Line}
	require.Equal(t, "2026年3月5日", a.Begins(map[string]string{"检查日期": "2026年3月5日"}))
	require.Equal(t, "9时至10时", a.Begins(map[string]string{"检查日期": "2026年3月5日", "检查时间": "9时至10时"}))
	a = letter.Ask{Name: "期限", From: "整改期限", As: letter.Day}
	require.Equal(t, "2026-03-05", a.Begins(map[string]string{"整改期限": "2026年3月5日", "整改期限|iso": "2026-03-05"}))
	both := letter.Fields{Lists: map[string][]string{"问题": {"描述", "要求"}}}.With(letter.Fields{Lists: map[string][]string{"问题": {"描述", "依据"}}})
	require.Equal(t, []string{"描述", "要求", "依据"}, both.Lists["问题"])
}
