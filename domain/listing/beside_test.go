package listing_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/listing"
)

// TestWhatStandsBesideNarrows: words are contained, all of a line's in whatever order; days and counts lie between two ends, both included; and what says nothing is
// found by that alone.
func TestWhatStandsBesideNarrows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		by   listing.Sought
		yes  []string
		nope []string
	}{
		"words":        {listing.Sought{By: listing.ByWords, Any: []string{"粉尘 3.1", "gb"}}, []string{"粉尘防爆 3.1", "3.1粉尘", "GB 50016"}, []string{"粉尘", "", "3.2"}},
		"days":         {listing.Sought{By: listing.ByDays, From: "2024-11-20", To: "2024-12-01"}, []string{"2024-11-20", "2024-12-01"}, []string{"", "2024-11-19", "2024-12-02"}},
		"from a day":   {listing.Sought{By: listing.ByDays, From: "2024-11-20"}, []string{"2030-01-01"}, []string{"", "2024-11-19"}},
		"until a day":  {listing.Sought{By: listing.ByDays, To: "2024-11-20"}, []string{"2024-01-01"}, []string{"", "2024-11-21"}},
		"counts":       {listing.Sought{By: listing.ByCount, From: "2", To: "10"}, []string{"2", "9", "10"}, []string{"", "1", "11"}},
		"none counted": {listing.Sought{By: listing.ByCount, To: "0"}, []string{"", "0"}, []string{"1"}},
		"a word":       {listing.Sought{By: listing.ByValue, Any: []string{"daily", "special"}}, []string{"daily", "special"}, []string{"", "dai"}},
		"something":    {listing.Sought{By: listing.ByGiven, Any: []string{listing.Given}}, []string{"x"}, []string{""}},
		"nothing":      {listing.Sought{By: listing.ByGiven, Any: []string{listing.Blank}}, []string{""}, []string{"x"}},
		"either":       {listing.Sought{By: listing.ByGiven, Any: []string{listing.Given, listing.Blank}}, []string{"", "x"}, nil},
	} {
		for _, said := range c.yes {
			require.True(t, c.by.Fits(said, strings.ToLower), "%s: %q", name, said)
		}
		for _, said := range c.nope {
			require.False(t, c.by.Fits(said, strings.ToLower), "%s: %q", name, said)
		}
	}
}

// TestNarrowingKeepsTheOrder: whatever is asked, those that are let through are exactly those that fit every condition, in the order they had; and what fits, and what
// does not, are all rows.
func TestNarrowingKeepsTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := []listing.Said{}
		for i := range rapid.IntRange(0, 30).Draw(t, "rows") {
			rows = append(rows, listing.Said{ID: strconv.Itoa(i), Says: map[string]string{"words": rapid.SampledFrom([]string{"", "甲", "甲乙", "乙"}).Draw(t, "words"), "n": rapid.SampledFrom([]string{"", "1", "10"}).Draw(t, "n")}})
		}
		by := []listing.Sought{{Column: "words", By: listing.ByWords, Any: []string{rapid.SampledFrom([]string{"甲", "乙", "乙 甲"}).Draw(t, "asked")}}, {Column: "n", By: listing.ByCount, From: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "from")}}
		left := listing.Narrowed(rows, by, strings.ToLower)
		at := 0
		for _, r := range rows {
			fits := by[0].Fits(r.Says["words"], strings.ToLower) && by[1].Fits(r.Says["n"], strings.ToLower)
			if !fits {
				continue
			}
			require.Less(t, at, len(left))
			require.Equal(t, r, left[at])
			at++
		}
		require.Len(t, left, at)
		require.Equal(t, rows, listing.Narrowed(rows, nil, strings.ToLower), "nothing asked is everything")
	})
}

// TestEveryColumnBesideIsAskedFor: that a column stands beside is all that has to be said of it; and who may not read it is asked nothing of it.
func TestEveryColumnBesideIsAskedFor(t *testing.T) {
	t.Parallel()
	list := listing.List{Columns: []listing.Column{{Name: "title", As: listing.Title}}, Beside: []listing.Column{{Name: "clause", As: listing.Text}, {Name: "issued_on", As: listing.Day},
		{Name: "changes", As: listing.Counted}, {Name: "sort", As: listing.Word, Values: []string{"daily"}}}}
	got := map[string]listing.By{}
	for _, one := range list.Narrowing() {
		require.True(t, one.Beside)
		got[one.Name] = one.By
	}
	require.Equal(t, map[string]listing.By{"clause": listing.ByWords, "issued_on": listing.ByDays, "changes": listing.ByCount, "sort": listing.ByValue,
		"clause_given": listing.ByGiven, "issued_on_given": listing.ByGiven, "changes_given": listing.ByGiven, "sort_given": listing.ByGiven}, got)
	for _, hidden := range []listing.List{list.Outside(), list.Guests()} {
		require.Empty(t, hidden.Narrowing())
		require.Equal(t, hidden.Columns, hidden.Every())
	}
}
