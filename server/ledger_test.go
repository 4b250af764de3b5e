package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// TestTheLedgerOfHazardsIsWhole: the columns of an office's ledger are chosen, shown and given away exactly as the list is narrowed, late and major at once; an
// enterprise is offered none of those that name the zone's people.
func TestTheLedgerOfHazardsIsWhole(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	supervisor, contact := d.session(t, "mengqinglan"), d.session(t, "qiye")
	sheet := func(session, at string) [][]string {
		answer := d.ask(t, session, at+"&format=xlsx", nil)
		require.Equal(t, http.StatusOK, answer.Code, at)
		book, err := excelize.OpenReader(strings.NewReader(answer.Body.String()), excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		defer func() { require.NoError(t, book.Close()) }()
		return cells(t, book)
	}
	const chosen = "/hazards?tab=all&columns=title,level,notice_number,inspector_names,completed_on,reinspector_names"
	page := d.ask(t, supervisor, chosen, nil).Body.String()
	for _, heading := range []string{"文书编号", "检查人员", "整改完成时间", "复查人员"} {
		require.Contains(t, page, heading+"</a></th>", "it is shown, and sorts")
	}
	require.NotContains(t, page, `value="notice_number" selected`)
	all := sheet(supervisor, chosen)
	number := slices.Index(all[0], "文书编号")
	require.Positive(t, number)
	said := 0
	for _, row := range all[1:] {
		if len(row) > number && row[number] != "" {
			said++
			require.Contains(t, page, row[number], "the sheet says what the page does")
		}
	}
	require.Greater(t, said, 10)
	for at, condition := range map[string]func(row []string) bool{
		"/hazards?level=major&overdue=true&columns=title,level,overdue_on": func(row []string) bool { return slices.Contains(row, "重大") && row[len(row)-1] != "" },
		"/hazards?overdue=true&columns=title,overdue_on":                   func(row []string) bool { return row[len(row)-1] != "" },
	} {
		rows := sheet(supervisor, at)
		require.Equal(t, "逾期自", rows[0][len(rows[0])-1])
		for _, row := range rows[1:] {
			require.True(t, condition(row), "%s: %v", at, row)
		}
	}
	require.Contains(t, sheet(supervisor, "/hazards?tab=all")[0], "整改资金", "who has chosen nothing takes all of it away")
	listed := func(session string, at string, into any) {
		t.Helper()
		answer := d.ask(t, session, "/api/v1"+at, nil)
		require.Equal(t, http.StatusOK, answer.Code, at)
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), into))
	}
	var columns struct{ All []string }
	listed(supervisor, "/lists/hazards/columns", &columns)
	require.Contains(t, columns.All, "inspector_names")
	listed(contact, "/lists/hazards/columns", &columns)
	require.NotContains(t, columns.All, "inspector_names", "nor by the API")
	require.NotContains(t, columns.All, "requirement")
	var years struct {
		Totals struct {
			Found int      `json:"found_in_year"`
			Rate  *float64 `json:"rectification_rate"`
		}
	}
	listed(supervisor, "/hazards?found=2024", &years)
	require.Equal(t, 41, years.Totals.Found)
	require.InDelta(t, 97.56, *years.Totals.Rate, 0.001)
	listed(supervisor, "/hazards?found=2019", &years)
	require.Nil(t, years.Totals.Rate, "none was found")
	var letters struct{ Items []struct{ Number string } }
	listed(supervisor, "/letters?sort=-letter_number&sort_of=rectification_opinion", &letters)
	require.Greater(t, len(letters.Items), 3)
	down := slices.Clone(letters.Items)
	listed(supervisor, "/letters?sort=letter_number&sort_of=rectification_opinion", &letters)
	slices.Reverse(letters.Items)
	require.Equal(t, down, letters.Items)
	require.Regexp(t, `〕1\d号`, down[0].Number, "numbers within words sort by what they are")
	var registered struct{ Awaiting []struct{ Number string } }
	listed(supervisor, "/letters", &registered)
	require.NotEmpty(t, registered.Awaiting)
	require.Contains(t, d.ask(t, supervisor, "/letters", nil).Body.String(), registered.Awaiting[0].Number, "a gap in a series is explained")
	require.NotContains(t, d.ask(t, contact, "/letters", nil).Body.String(), registered.Awaiting[0].Number)
	outside := d.ask(t, contact, chosen, nil).Body.String()
	for _, hidden := range []string{"复查人员", "文书编号"} {
		require.NotContains(t, outside, hidden)
	}
	require.NotContains(t, sheet(contact, "/hazards?tab=all")[0], "整改资金")
}
