package store_test

import (
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestWhatAKindListsTheStoreKnows: each column of each kind is a field of the row and an order of the query, each condition a parameter of it; else the kind is
// told here and not to whoever opens its list.
func TestWhatAKindListsTheStoreKnows(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("queries/list.sql")
	require.NoError(t, err)
	for _, kind := range kinds.All() {
		require.Empty(t, store.Unlisted(kind), kind.Kind)
		for _, c := range kind.List.Columns {
			if c.Name != "due_on" {
				require.Regexp(t, `'`+c.Name+`'`, string(text), "%s: the query List does not sort by %s", kind.Kind, c.Name)
			}
		}
	}
	for _, unknown := range []listing.List{{Columns: []listing.Column{{Name: "colour"}}}, {Conditions: []listing.Condition{{Name: "colour", By: listing.ByHolder}}},
		{Conditions: []listing.Condition{{Name: "ripe_on", By: listing.ByDays}}}, {Conditions: []listing.Condition{{Name: "state", Column: "shade", By: listing.ByValue}}}} {
		require.NotEmpty(t, store.Unlisted(process.Entry{List: unknown}))
	}
}

// TestTotalsAreOfTheSameList: the two queries narrow by the very same conditions.
func TestTotalsAreOfTheSameList(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("queries/list.sql")
	require.NoError(t, err)
	parts := regexp.MustCompile(`(?s)WHERE k\.park_id = @park_id AND k\.kind = @kind(.*?)ELSE k\.case_id = ANY \(ARRAY\(SELECT v\.case_id FROM sight AS v[^\n]*`).FindAllString(string(text), -1)
	require.Len(t, parts, 2)
	// What words find is joined for a page and hashed for a total: listsFindTheSame holds both against the search.
	words := regexp.MustCompile(`(?s)    AND \(sqlc\.narg\(keys\).*?\)\)\)\n`)
	for i := range parts {
		require.Regexp(t, words, parts[i])
		parts[i] = words.ReplaceAllString(strings.TrimSuffix(parts[i], ";"), "")
	}
	require.Equal(t, parts[0], parts[1])
}

// TestASelectionIsLookedAtWhenItIsSaved: what the list does not know is refused by name, and a place in it is left out.
func TestASelectionIsLookedAtWhenItIsSaved(t *testing.T) {
	t.Parallel()
	b := setup(t)
	leader := b.As(process.Leader)
	for query, wrong := range map[string]string{"lvel=major": "lvel", "level=huge": "level", "level=major&level=huge": "level", "found_on_from=2026-12-01&found_on_to=2026-11-01": "found_on_from",
		"due_on_to=morgen": "due_on_to", "holder_id=me": "holder_id", "tab=mine": "tab", "found=soon": "found", "found=1800": "found", "campaign=1": "campaign", "sort=weight": "sort",
		"columns=title,weight": "columns", "overdue=maybe": "overdue", "stage=signed": "stage", "q=%zz": ""} {
		var refusal *process.Refusal
		require.ErrorAs(t, b.Store.SaveFilter(t.Context(), leader, "hazards", "看看", query, ""), &refusal, query)
		for _, f := range refusal.Fields {
			require.Equal(t, "query", f.Name, "the field in which it came")
			require.Contains(t, f.Chinese, wrong, query)
			require.NotContains(t, f.Chinese, "已按", "nothing was sorted or shown")
		}
		require.NotEmpty(t, refusal.Fields, query)
	}
	good := "tab=overdue&level=major&level=general&found_on_from=2026-11-01&found_on_to=2026-11-01&sort=-title&columns=title,level&overdue=true&q=车间&found=2026&campaign=" + uuid.NewString() +
		"&holder_id=" + uuid.NewString()
	require.NoError(t, b.Store.SaveFilter(t.Context(), leader, "hazards", "看看", good+"&cursor=abc&print=all", ""))
	kept, err := b.Store.Filters(t.Context(), leader, "hazards")
	require.NoError(t, err)
	require.Len(t, kept, 1)
	want, err := url.ParseQuery(good)
	require.NoError(t, err)
	require.Equal(t, want.Encode(), kept[0].Query)
	var refusal *process.Refusal
	require.ErrorAs(t, b.Store.SaveFilter(t.Context(), b.Contact, "hazards", "看看", "holder_id="+uuid.NewString(), ""), &refusal, "who has it is not theirs to ask")
	kind, _ := kinds.Of(hazard.Kind)
	_, err = store.AskedOf(kind, url.Values{"due_on_from": {"2026-12-02"}, "due_on_to": {"2026-12-01"}})
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "due_on_from", refusal.Fields[0].Name)
}
