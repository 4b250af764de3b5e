package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// beside is the API's answer to a list with what stands beside its columns.
type beside struct {
	Items []struct {
		ID     string
		Title  string
		Beside map[string]string
	}
	Next string
	Code string
}

// TestPageSheetAndInterfaceGiveTheSameLedger: sorted and narrowed by what stands beside its columns, the list is the same on the page, in the workbook and by the API, in the same
// order; whoever may not read a column is not sorted or narrowed by it either, whatever the address says.
func TestPageSheetAndInterfaceGiveTheSameLedger(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	supervisor := d.session(t, "mengqinglan")
	asked := func(session, at string, status int) (found beside) {
		t.Helper()
		answer := d.ask(t, session, "/api/v1"+at, nil)
		require.Equal(t, status, answer.Code, "%s: %s", at, answer.Body)
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &found))
		return found
	}
	link := regexp.MustCompile(`<h3><a href="/hazards/[0-9a-f-]+">([^<]+)</a></h3>`)
	for _, at := range []string{"sort=notice_number", "sort=-completed_on&found_on_from=2024-01-01", "sort=-deadline_changes&level=general", "reinspector_names_given=yes&sort=-reinspector_names",
		"notice_number=2024&sort=title", "completed_on_from=2024-06-01&completed_on_to=2024-12-31&result=passed", "photos_after_to=0&sort=-photos_after&level=major"} {
		const columns = "title,notice_number,completed_on,reinspector_names"
		titles, says := []string{}, []map[string]string{}
		for next := ""; ; {
			found := asked(supervisor, "/hazards?"+at+"&columns="+columns+"&size=7&cursor="+url.QueryEscape(next), 200)
			for _, one := range found.Items {
				titles, says = append(titles, one.Title), append(says, one.Beside)
			}
			if next = found.Next; next == "" {
				break
			}
		}
		require.NotEmpty(t, titles, at)
		page := d.ask(t, supervisor, "/hazards?tab=all&print=all&columns="+columns+"&"+at, nil).Body.String()
		shown := []string{}
		for _, m := range link.FindAllStringSubmatch(page, -1) {
			shown = append(shown, m[1])
		}
		answer := d.ask(t, supervisor, "/hazards?tab=all&format=xlsx&columns="+columns+"&"+at, nil)
		book, err := excelize.OpenReader(strings.NewReader(answer.Body.String()), excelize.Options{})
		require.NoError(t, err)
		sheet := cells(t, book)
		require.NoError(t, book.Close())
		require.Len(t, sheet, len(titles)+1, at)
		for i, row := range sheet[1:] {
			require.Contains(t, row, titles[i], at)
			for name, said := range says[i] {
				require.Contains(t, row, said, "%s: %s of the %dth row", at, name, i+1)
			}
		}
		require.Equal(t, titles, shown, at)
	}
	whole := asked(supervisor, "/hazards?size=200", 200)
	require.Empty(t, whole.Items[0].Beside, "nobody asked")
	require.Contains(t, d.ask(t, supervisor, "/hazards?tab=all&columns=title,notice_number", nil).Body.String(), `name="notice_number_given"`, "what is shown is asked for")
	require.NotContains(t, d.ask(t, supervisor, "/hazards?tab=all", nil).Body.String(), `name="notice_number_given"`)
	contact := d.session(t, "qiye")
	for _, name := range []string{"sort=notice_number", "sort=-inspector_names", "notice_number=1", "opinion_given=yes", "issued_on_from=2024-01-01"} {
		asked(contact, "/hazards?"+name, 422)
		answer := d.ask(t, contact, "/hazards?tab=all&"+name, nil).Body.String()
		require.Contains(t, answer, "pw-misread", name)
	}
	for _, one := range asked(contact, "/hazards?size=200", 200).Items {
		require.Empty(t, one.Beside)
	}
	asked(contact, "/hazards?columns=title,notice_number", 422)
}

// TestAmongTooManyThePageStandsAsUsual: it says how many there are and what to do, and shows the list in its usual order; the workbook and the API refuse, with a code.
func TestAmongTooManyThePageStandsAsUsual(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	supervisor := d.session(t, "mengqinglan")
	d.store.LookThrough(20)
	usual := d.ask(t, supervisor, "/hazards?tab=all", nil).Body.String()
	page := d.ask(t, supervisor, "/hazards?tab=all&sort=-notice_number&clause=条&columns=title,notice_number", nil)
	require.Equal(t, http.StatusOK, page.Code)
	require.Regexp(t, `还有 \d+ 条，请先用发现日期、企业等条件缩小到 20 条以内，再按这一列筛选或排序。`, page.Body.String())
	link := regexp.MustCompile(`<h3><a href="(/hazards/[0-9a-f-]+)"`)
	require.Equal(t, link.FindAllString(usual, -1), link.FindAllString(page.Body.String(), -1))
	require.Contains(t, page.Body.String(), `value="条"`, "what was typed stays")
	require.Equal(t, http.StatusUnprocessableEntity, d.ask(t, supervisor, "/hazards?tab=all&sort=-notice_number&format=xlsx", nil).Code, "nobody takes away what they did not ask for")
	answer := d.ask(t, supervisor, "/api/v1/hazards?sort=-notice_number&clause=x", nil)
	require.Equal(t, http.StatusUnprocessableEntity, answer.Code)
	var problem struct {
		Code   string
		Title  string
		Fields []struct{ Name, Message string }
	}
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &problem))
	require.Equal(t, "too_many", problem.Code)
	require.Regexp(t, `\d+`, problem.Title)
	require.Len(t, problem.Fields, 2)
	require.Equal(t, http.StatusOK, d.ask(t, supervisor, "/hazards?tab=open&sort=-notice_number&format=xlsx", nil).Code, "narrowed it is done")
}
