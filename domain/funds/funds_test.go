package funds_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
)

func TestMonths(t *testing.T) {
	t.Parallel()
	m := funds.MonthOf(clock.NewDate(2024, 2, 29))
	require.Equal(t, funds.Month("2024-02"), m)
	require.Equal(t, "2024-02-29", m.Last().String())
	require.Equal(t, funds.Month("2023-12"), m.Add(-2))
	require.Equal(t, []funds.Month{"2023-12", "2024-01", "2024-02"}, m.Up(3))
	require.Empty(t, funds.MonthOf(clock.Date{}))
	for _, wrong := range []funds.Month{"2024-13", "2024-1", "202401", "1989-12", "2024-02-01", "二月"} {
		require.Error(t, wrong.Bounds("month"), wrong)
	}
	require.NoError(t, funds.Month("").Bounds("month"), "whether it must be there the field says")
}

func TestAmountsAndRatesAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		a := funds.Amount(rapid.Int64Range(0, 1_000_000_000_000_00).Draw(r, "amount"))
		rate := funds.Rate(rapid.Int64Range(1, 1000_000000).Draw(r, "rate"))
		text, err := json.Marshal(struct {
			A funds.Amount
			R funds.Rate
		}{a, rate})
		require.NoError(r, err)
		var back struct {
			A funds.Amount
			R funds.Rate
		}
		require.NoError(r, json.Unmarshal(text, &back))
		require.Equal(r, a, back.A)
		require.Equal(r, rate, back.R)
		require.NoError(r, rate.Bounds("rate"))
	})
	require.Equal(t, "26000", funds.Amount(260_000_000_00).Wan())
	require.Equal(t, "0.000001", funds.Amount(1).Wan())
	require.Equal(t, funds.Amount(7_123_40), funds.Amount(1000_00).In(7_123400))
	require.Equal(t, funds.Amount(1), funds.Amount(1).In(500000), "half a fen is one")
}

// TestSumsNeverMixCurrencies: whatever is entered, each sum is of one currency and one origin, the sums' amounts are the entries' of that currency, and the yuan
// are the entries' yuan, fen by fen.
func TestSumsNeverMixCurrencies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		entries := []funds.Entry{}
		for i := range rapid.IntRange(0, 20).Draw(r, "entries") {
			e := funds.Entry{Seq: i + 1, Month: funds.Month("2024-01").Add(rapid.IntRange(0, 30).Draw(r, "month")), Sort: rapid.SampledFrom([]funds.Sort{funds.Done, funds.InPlace}).Draw(r, "sort"),
				Origin: rapid.SampledFrom([]funds.Origin{funds.Domestic, funds.Foreign}).Draw(r, "origin"), Currency: rapid.SampledFrom(funds.Currencies()).Draw(r, "currency"),
				TakenBack: rapid.IntRange(0, 5).Draw(r, "taken back") == 0}
			e.Amount = funds.Amount(rapid.Int64Range(0, 1_000_000_000_00).Draw(r, "amount"))
			if e.Currency != funds.Yuan {
				rate := funds.Rate(rapid.Int64Range(1, 20_000000).Draw(r, "rate"))
				e.Rate = &rate
			}
			entries = append(entries, e)
		}
		f := funds.FiguresOf(entries, 0, clock.NewDate(2025, 6, 30))
		for _, total := range []struct {
			funds.Total
			sort funds.Sort
			year int
		}{{f.Done, funds.Done, 0}, {f.DoneYear, funds.Done, 2025}, {f.InPlace, funds.InPlace, 0}, {f.InPlaceYear, funds.InPlace, 2025}} {
			left, yuan := map[string]funds.Amount{}, funds.Amount(0)
			for _, e := range entries {
				if !e.TakenBack && e.Sort == total.sort && (total.year == 0 || e.Month.Year() == total.year) {
					left[string(e.Origin)+string(e.Currency)] += e.Amount
					yuan += e.Yuan()
					require.LessOrEqual(r, total.From, e.Month)
					require.GreaterOrEqual(r, total.Until, e.Month)
				}
			}
			sum := funds.Amount(0)
			for _, s := range total.Sums {
				key := string(s.Origin) + string(s.Currency)
				require.Contains(r, left, key)
				require.Equal(r, left[key], s.Amount)
				require.Equal(r, s.Currency == funds.Yuan, s.Lowest == nil, "a converted sum names its rates")
				delete(left, key)
				sum += s.Yuan
			}
			require.Empty(r, left)
			require.Equal(r, yuan, total.Yuan)
			require.Equal(r, yuan, sum)
		}
	})
}

func TestACorrectionKeepsWhatWasSaid(t *testing.T) {
	t.Parallel()
	e := funds.Entry{Seq: 1, Said: funds.Said{Amount: 5}}
	now := e.Put(funds.Said{Amount: 7}, "漏了一笔").Put(funds.Said{Amount: 8}, "又漏了一笔")
	require.Equal(t, funds.Amount(8), now.Amount)
	require.Equal(t, []funds.Former{{Seq: 1, Said: funds.Said{Amount: 5}, Reason: "漏了一笔"}, {Seq: 2, Said: funds.Said{Amount: 7}, Reason: "又漏了一笔"}}, now.Former)
	require.Empty(t, e.Former)
}
