package typed_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
)

// wide writes a text in full-width signs, as an input method does.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, text)
}

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"36000": "360000000.00", "1,234.5": "12345000.00", "0.0001": "1.00", "１２３．５": "1235000.00", "2.6亿元": "260000000.00", "２．６亿": "260000000.00",
		"26000万元": "260000000.00", "26,000 万元": "260000000.00", "1亿2000万元": "120000000.00", "1亿2000万3元": "120000003.00", "400000元": "400000.00", "40万": "400000.00",
		"¥400,000元": "400000.00", "人民币 5000 元整": "5000.00", "5百万元": "5000000.00", "3千万": "30000000.00", "3千元": "3000.00", "1.2万亿元": "1200000000000.00",
		"1234.56789": "12345678.90", "12345678.9元": "12345678.90", "1200000万元": "12000000000.00", "0": "0.00",
	} {
		got, err := typed.Amount("facts.investment", given)
		require.NoError(t, err, given)
		require.Equal(t, want, got, given)
	}
}

func TestAnAmountThatIsNotClearIsAskedBack(t *testing.T) {
	t.Parallel()
	for given, says := range map[string]string{
		"12345678": "单位不清楚", "12345678.90": "单位不清楚", "3千": "单位不清楚", "5百": "单位不清楚", "1亿2": "单位不清楚", "1亿2000": "单位不清楚",
		"2.6w": "看不懂", "1,5": "看不懂", "1,2345": "看不懂", "1.2.3": "看不懂", "2万1亿": "看不懂", "很多": "看不懂", "三亿": "看不懂", "": "看不懂", "1e9": "看不懂", "1/2": "看不懂", "0x10": "看不懂", "约3亿元": "看不懂",
		"5元6元": "看不懂", "500万美元": "人民币", "$5": "人民币", "-3": "负数", "1.23456789": "精确到分", "0.001元": "精确到分", strings.Repeat("9", 200) + "元": "看不懂",
	} {
		_, err := typed.Amount("facts.investment", given)
		require.ErrorAs(t, err, new(*process.Refusal), given)
		require.Contains(t, err.(*process.Refusal).Chinese, says, given) //nolint:errorlint // asked above
	}
}

// TestAnAmountThatWasPrintedIsReadAsTheSame: a form that is opened and sent changes no fen, whatever the amount.
func TestAnAmountThatWasPrintedIsReadAsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(1, 1_000_000_000_000_00).Draw(t, "fen")
		yuan := big.NewRat(fen, 100).FloatString(2)
		for _, text := range []string{typed.Wan(yuan), wide(typed.Wan(yuan)), yuan + "元", wide(yuan) + "元"} {
			read, err := typed.Amount("x", text)
			if err != nil || read != yuan {
				t.Fatalf("%s yuan was printed as %q and read as %q (%v)", yuan, text, read, err)
			}
		}
	})
}

// TestAnAmountIsTheSameInEveryUnit: 0.26 亿元 is 2600 万元 is 26000000 元.
func TestAnAmountIsTheSameInEveryUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(1, 1_000_000_000_000_00).Draw(t, "fen")
		for unit, worth := range map[string]int64{"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000, "百万元": 100_000_000, "万": 1_000_000} {
			read, err := typed.Amount("x", typed.Short(big.NewRat(fen, worth))+unit)
			if want := big.NewRat(fen, 100).FloatString(2); err != nil || read != want {
				t.Fatalf("%s in %s was read as %s (%v)", want, unit, read, err)
			}
		}
	})
}

// TestNothingThatIsReadIsGuessed: whatever is written, an amount is read to the fen or refused at its field.
func TestNothingThatIsReadIsGuessed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("0123456789.,，．亿万千百十元整¥$-wW 　１２３")), 0, 14, -1).Draw(t, "text")
		read, err := typed.Amount("x", text)
		if err != nil {
			return
		}
		if _, ok := new(big.Rat).SetString(read); !ok || strings.Index(read, ".") != len(read)-3 {
			t.Fatalf("%q was read as %q", text, read)
		}
		again, err := typed.Amount("x", typed.Wan(read))
		if typed.Wan(read) != "" && (err != nil || again != read) {
			t.Fatalf("%q was read as %q, which is read as %q (%v)", text, read, again, err)
		}
	})
}

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	want := clock.NewDate(2026, time.December, 4)
	for _, given := range []string{"2026-12-04", "2026-12-4", "2026/12/4", "2026.12.4", "2026年12月4日", "2026年12月4号", "20261204", "２０２６／１２／４", "２０２６年１２月４日", " 2026 年 12 月 4 日 ",
		"2026年12月4日（周五）", "2026-12-04 星期五", "2026–12–04"} {
		got, err := typed.Day("due_on", given)
		require.NoError(t, err, given)
		require.Equal(t, want, got, given)
	}
}

func TestADayThatIsNotClearIsAskedBack(t *testing.T) {
	t.Parallel()
	for given, says := range map[string]string{"12月4日": "年份", "12-4": "年份", "26/12/4": "看不懂", "4/12/2026": "看不懂", "2026-12/4": "看不懂", "2026-02-30": "没有", "2026年13月1日": "没有", "gestern": "看不懂",
		"": "看不懂", "0001-01-01": "年份", "9999-12-31": "年份", "2026-12-04 周四": "星期五", "202612041": "看不懂", "-2026-12-04": "看不懂"} {
		_, err := typed.Day("due_on", given)
		require.ErrorAs(t, err, new(*process.Refusal), given)
		require.Contains(t, err.(*process.Refusal).Chinese, says, given) //nolint:errorlint // asked above
	}
}

// TestADayIsTheSameInEveryWriting, full-width and with its day of the week.
func TestADayIsTheSameInEveryWriting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := clock.NewDate(1900, time.January, 1).AddDays(rapid.IntRange(0, 109_000).Draw(t, "days"))
		y, m, d := day.Start().Date()
		for _, form := range []string{"%04d-%02d-%02d", "%d-%d-%d", "%d/%d/%d", "%d.%d.%d", "%d年%d月%d日", "%d年%02d月%02d号", "%04d%02d%02d"} {
			text := fmt.Sprintf(form, y, m, d)
			for _, text := range []string{text, wide(text), text + "（周" + string([]rune("日一二三四五六")[day.Weekday()]) + "）"} {
				if read, err := typed.Day("x", text); err != nil || read != day {
					t.Fatalf("%s was read as %s (%v)", text, read, err)
				}
			}
		}
	})
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"62.5": "62.5", "６２．５ 亩": "62.5", "1,062.50亩": "1062.50", "0": "0"} {
		got, err := typed.Number("land_area_mu", given, "亩")
		require.NoError(t, err, given)
		require.Equal(t, want, got, given)
	}
	for _, bad := range []string{"", "-1", "62.555", "4公顷", "1,5", "1e3"} {
		_, err := typed.Number("land_area_mu", bad, "亩")
		require.ErrorAs(t, err, new(*process.Refusal), bad)
	}
	n, err := typed.Count("amount", "１０")
	require.NoError(t, err)
	require.Equal(t, 10, n)
	for _, bad := range []string{"", "1.5", "十", "1,5", "99999999999999999999"} {
		_, err := typed.Count("amount", bad)
		require.ErrorAs(t, err, new(*process.Refusal), bad)
	}
}
