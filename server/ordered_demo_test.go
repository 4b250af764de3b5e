package server_test

import (
	"cmp"
	"encoding/json"
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// runs are the values of a column in the order of its rows, each run of the same once; what is empty is left out, it stands at the end either way.
func runs(t *testing.T, values []string, what string) []string {
	t.Helper()
	kept := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" || v == "—" || v == "还没有登记" })
	kept = slices.Compact(kept)
	seen := map[string]bool{}
	for _, v := range kept {
		require.False(t, seen[v], "%s: %q stands apart from itself: %v", what, v, kept)
		seen[v] = true
	}
	return kept
}

// TestTheListsOfTheDemoAreInTheirOrder: of every kind and by every column, over rows that differ, what is the same stands together, and the other way round is
// the same backwards.
func TestTheListsOfTheDemoAreInTheirOrder(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	leader := d.session(t, "shaojinghe")
	text, err := os.ReadFile(filepath.Join("..", "web", "i18n", "zh.json"))
	require.NoError(t, err)
	words := map[string]any{}
	require.NoError(t, json.Unmarshal(text, &words))
	column := func(kind process.Kind, at, name string) []string {
		answer := d.ask(t, leader, at+"&sort="+name+"&format=xlsx", nil)
		require.Equal(t, http.StatusOK, answer.Code, at)
		book, err := excelize.OpenReader(strings.NewReader(answer.Body.String()), excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		defer func() { require.NoError(t, book.Close()) }()
		values, all := []string{}, cells(t, book)
		bare := strings.TrimPrefix(name, "-")
		heading, _ := cmp.Or(words["column."+string(kind)+"."+bare], words["column."+bare], words["change."+bare]).(string)
		index := slices.IndexFunc(all[0], func(h string) bool { return h == heading || strings.HasPrefix(h, heading+"（") }) // an amount says its unit
		require.GreaterOrEqual(t, index, 0, "%s: %q in %v", at, heading, all[0])
		for _, row := range all[1:] {
			value := ""
			if index < len(row) {
				value = row[index]
			}
			values = append(values, value)
		}
		return values
	}
	differing := 0
	for _, kind := range kinds.All() {
		at := "/" + kind.Path + "?view=list&columns="
		if slices.ContainsFunc(kind.List.Also, func(a listing.Also) bool { return slices.Contains(a.Values, listing.Everywhere) }) {
			at = "/" + kind.Path + "?tab=" + listing.Everywhere + "&columns="
		}
		for _, c := range kind.List.Columns {
			at := at + c.Name
			rows := column(kind.Kind, at, c.Name)
			require.NotEmpty(t, rows, "the demo has no %s: %s", kind.Kind, at)
			up := runs(t, rows, at)
			down := runs(t, column(kind.Kind, at, "-"+c.Name), at)
			slices.Reverse(down)
			require.Equal(t, up, down, at)
			if len(up) > 1 {
				differing++
			}
		}
	}
	require.Greater(t, differing, 40)
}

// TestTheRegistersOfMoneyAndWorksAreInTheirOrder: their headings sort too, but for those of what is reckoned from the amounts of several months.
func TestTheRegistersOfMoneyAndWorksAreInTheirOrder(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	leader := d.session(t, "shaojinghe")
	head := regexp.MustCompile(`(?s)<th scope="col"([^>]*)>(.*?)</th>`)
	for at, sorts := range map[string]int{"/money": 4, "/progress": 3} {
		page := d.ask(t, leader, at, nil).Body.String()
		names, without := []string{}, 0
		for i, th := range head.FindAllStringSubmatch(page, -1) {
			link := regexp.MustCompile(`href="([^"]+)"`).FindStringSubmatch(th[2])
			if link == nil {
				without++
				require.Equal(t, "/money", at, th[2])
				continue
			}
			names = append(names, th[2])
			values := func(to string) []string {
				page := d.ask(t, leader, to, nil).Body.String()
				all := []string{}
				for _, row := range regexp.MustCompile(`(?s)<tr>(.*?)</tr>`).FindAllStringSubmatch(page, -1) {
					if cells := regexp.MustCompile(`(?s)<t[dh]([^>]*)>(.*?)</t[dh]>`).FindAllStringSubmatch(row[1], -1); len(cells) > i && !strings.Contains(row[1], `scope="col"`) {
						all = append(all, strings.Join(strings.Fields(tags.ReplaceAllString(html.UnescapeString(cells[i][2]), " ")), " "))
					}
				}
				return all
			}
			to := html.UnescapeString(link[1])
			up := runs(t, values(to), to)
			down := runs(t, values(strings.Replace(to, "sort=", "sort=-", 1)), to)
			slices.Reverse(down)
			require.Equal(t, up, down, to)
			require.Greater(t, len(up), 1, to)
		}
		require.Len(t, names, sorts, at)
		require.Contains(t, page, `<select name="sort"`, "where the page has no headings")
	}
}
