package letter_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/letter"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	require.Equal(t, "泗开安监整改〔2026〕41号", letter.Number("{代字}整改〔{年}〕{序号}号", "泗开安监", 2026, 41))
	require.Equal(t, "（泗）安监责改〔2026〕007号", letter.Number("（泗）安监责改〔{年}〕{序号:3}号", "", 2026, 7))
	require.Equal(t, "复查-2026-1000", letter.Number("复查-{年}-{序号:3}", "", 2026, 1000))
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, fine := range []string{"{代字}整改〔{年}〕{序号}号", "{年}年第{序号:4}号", "第{序号}号（{年}）"} {
		require.NoError(t, letter.CheckFormat(fine), fine)
	}
	for _, wrong := range []string{"", "   ", "整改〔{年}〕号", "整改{序号}号", "{年}{序号}", "{序号}{年}", "{年}〔{年}〕{序号}", "{序号}{序号}〔{年}〕", "{月}〔{年}〕{序号}", "整改〔{年}〕{序号:0}号", "整改〔{年}〕{序号:x}号", "整改〔{年}〕{序号号", "整改〔{年}〕1{序号}号", "{年}2〔{序号}〕",
		"很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长〔{年}〕{序号}号"} {
		require.Error(t, letter.CheckFormat(wrong), wrong)
	}
	require.True(t, letter.Clash("{代字}督〔{年}〕{序号}号", "{代字}督〔{年}〕{序号:3}号"))
	require.False(t, letter.Clash("{代字}督〔{年}〕{序号}号", "{代字}移〔{年}〕{序号}号"))
}

// TestNoTwoNumbersAreTheSame: a format that is taken makes another number for every year and every place in it.
func TestNoTwoNumbersAreTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"{代字}", "{年}", "{序号}", "{序号:3}", "〔", "〕", "号", "第", "-", "整改", "1", " ", "年"})
		format := ""
		for range rapid.IntRange(2, 8).Draw(t, "pieces") {
			format += piece.Draw(t, "piece")
		}
		if letter.CheckFormat(format) != nil {
			return
		}
		year := rapid.IntRange(1990, 2199)
		n := rapid.IntRange(1, 99999)
		y1, n1, y2, n2 := year.Draw(t, "year"), n.Draw(t, "n"), year.Draw(t, "other year"), n.Draw(t, "other n")
		if y1 == y2 && n1 == n2 {
			return
		}
		require.NotEqual(t, letter.Number(format, "泗开1", y1, n1), letter.Number(format, "泗开1", y2, n2), format)
	})
}
