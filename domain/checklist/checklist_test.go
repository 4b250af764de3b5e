package checklist_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAnItemIsReadAsItIsWritten: with bars of either width, with or without what it rests on and suggests; one that does not say is to be removed by a day.
func TestAnItemIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]checklist.Item{
		"配电箱前无杂物":                 {Text: "配电箱前无杂物", Suggests: checklist.Deadline},
		"配电箱前无杂物｜GB 50054｜当场":     {Text: "配电箱前无杂物", Clause: "GB 50054", Suggests: checklist.AtOnce},
		"配电箱前无杂物 | GB 50054":      {Text: "配电箱前无杂物", Clause: "GB 50054", Suggests: checklist.Deadline},
		"配电箱前无杂物|立即整改":            {Text: "配电箱前无杂物", Suggests: checklist.AtOnce},
		"Exits are free||At once": {Text: "Exits are free", Suggests: checklist.AtOnce},
	} {
		want.Group = checklist.Site
		got, err := checklist.Read(checklist.Site, line, "site")
		require.NoError(t, err, line)
		require.Equal(t, want, got, line)
	}
	for _, line := range []string{"", "|依据|当场", "一|二|三|四"} {
		_, err := checklist.Read(checklist.Site, line, "site")
		require.Error(t, err, line)
	}
}

// TestWhatIsWrittenIsReadAsTheSame: an item that was read and written down again is the same item.
func TestWhatIsWrittenIsReadAsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		item := checklist.Item{Group: checklist.Basic, Text: rapid.StringMatching(`[一-十a-z]{1,12}`).Draw(t, "text"), Clause: rapid.StringMatching(`([A-Z]{2} [0-9]{1,5})?`).Draw(t, "clause"),
			Suggests: rapid.SampledFrom([]string{checklist.AtOnce, checklist.Deadline}).Draw(t, "suggests")}
		again, err := checklist.Read(item.Group, item.Line(), "basic")
		if err != nil || again != item {
			t.Fatalf("%q is read as %+v: %v", item.Line(), again, err)
		}
	})
}

// TestWordsAreAHint: the words that stand in a text are named, and nothing else.
func TestWordsAreAHint(t *testing.T) {
	t.Parallel()
	c := checklist.Of(process.Checklist{ID: "c", Name: "通用", Version: 2, Basic: []string{"有安全管理机构"}, Site: []string{"液氨储罐无泄漏||当场", "通道畅通"}, Serious: []string{"液氨", "有限空间"}})
	require.Len(t, c.Items, 3)
	require.Equal(t, []string{checklist.Basic, checklist.Site, checklist.Site}, []string{c.Items[0].Group, c.Items[1].Group, c.Items[2].Group})
	for _, group := range []string{checklist.Basic, checklist.Site} {
		is, nth := checklist.Split(checklist.Number(group, 11))
		require.Equal(t, []string{group, "12"}, []string{is, nth})
	}
	require.Equal(t, []string{"液氨"}, checklist.Points(c.Serious, c.Items[1].Text))
	require.Empty(t, checklist.Points(c.Serious, c.Items[2].Text))
}
