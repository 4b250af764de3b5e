package ui

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestWhatIsAskedOnlyWhereItIsCalledForIsFolded: together, open where the answer or a fault calls for it, and there without scripts all the same.
func TestWhatIsAskedOnlyWhereItIsCalledForIsFolded(t *testing.T) {
	t.Parallel()
	next := func(wrong string) []Field {
		return []Field{{Name: "policy", Kind: "text", Only: "result", OnlyAt: []string{"fail"}, OnlyWords: "选「不合格」时填写"}, {Name: "due_on", Kind: "date", Only: "result", OnlyAt: []string{"fail"}, Wrong: wrong}}
	}
	for answer, open := range map[string]bool{"": false, "pass": false, "fail": true} {
		fields := append([]Field{{Name: "result", Kind: "radio", Value: answer}}, next("")...)
		groups := parts(fields)
		require.Len(t, groups, 2)
		require.Equal(t, open, asked(groups[1], fields), answer)
		var page strings.Builder
		require.NoError(t, formPart(groups[1], fields).Render(chinese(t), &page))
		require.Contains(t, page.String(), "选「不合格」时填写")
		require.Contains(t, page.String(), `data-only="result" data-answers="fail"`)
		require.Equal(t, open, strings.Contains(page.String(), "<details class=\"pw-folded\" data-only=\"result\" data-answers=\"fail\" open>"), answer)
		require.Contains(t, page.String(), `name="due_on"`)
	}
	require.True(t, asked(next("请填写"), next("请填写")), "a fault is seen")
	points := []Field{{Name: "points.1", Value: "pass"}, {Name: "points.2", Value: "fail"}, {Name: "due_on", Only: "points", OnlyAt: []string{"fail"}}}
	require.True(t, asked(points[2:], points), "one of several is enough")
}

// TestTicksFoldWhatIsNotNext: what has a group is folded under it with how many there are, and open where one of them is ticked or wrong.
func TestTicksFoldWhatIsNotNext(t *testing.T) {
	t.Parallel()
	f := Field{Name: "steps", Kind: "checks", Options: []Option{{Value: "walls", Text: "砌墙", Says: "2# 进行中"}, {Value: "built", Text: "建成", Group: "还没轮到的步骤"}, {Value: "frame", Text: "浇筑", Group: "已经完成的步骤"}}}
	open, groups := f.folded()
	require.Len(t, open, 1)
	require.Equal(t, []string{"还没轮到的步骤", "已经完成的步骤"}, []string{groups[0].Name, groups[1].Name})
	require.False(t, groups[0].Open || groups[1].Open)
	f.Value = "built"
	_, groups = f.folded()
	require.True(t, groups[0].Open)
	require.False(t, groups[1].Open)
	var page strings.Builder
	require.NoError(t, Input(f).Render(chinese(t), &page))
	for _, part := range []string{"2# 进行中", "还没轮到的步骤（1）", "已经完成的步骤（1）", `value="frame"`} {
		require.Contains(t, page.String(), part)
	}
}

// TestWhatNeverHappenedIsNotCounted: 延期次数 0 and 用了 0 天 are said of nothing.
func TestWhatNeverHappenedIsNotCounted(t *testing.T) {
	t.Parallel()
	ctx, day := chinese(t), clock.NewDate(2024, 11, 18)
	got := func(days int) string {
		return permitSpent(ctx, permit.Known{State: permit.Issued, AppliedOn: day.AddDays(-days), IssuedOn: day, Days: days}, day)
	}
	require.Equal(t, "11月18日（周一）当天办结", got(0))
	require.Contains(t, got(1), "用了 1 个自然日")
	require.Equal(t, "11月18日（周一）申报", permitSpent(ctx, permit.Known{State: permit.Applied, AppliedOn: day}, day))
	for times, said := range map[string]bool{"0": false, "1": true} {
		v := CaseView{Case: store.Case{Entry: permit.Entry(), Subject: permit.Entry().Blank()}, Facts: process.Facts{"put_off": json.RawMessage(times)}}
		require.Equal(t, said, len(ownFacts(ctx, v)) == 1, times)
	}
}
