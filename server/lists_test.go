package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAListSaysHowItIsSorted: every heading leads to the list sorted by it, the address says it, and the sorted heading says so to who cannot see the arrow.
func TestAListSaysHowItIsSorted(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 3)
	b.open(t)
	session := b.session(t, b.As(process.Leader)) + "; parkway_language=zh"
	for _, kind := range kinds.All() {
		at := "/" + kind.Path + "?view=list"
		names := strings.Join(kind.List.Names(), ",")
		for _, column := range kind.List.Columns {
			for sort, says := range map[string]string{column.Name: "ascending", "-" + column.Name: "descending"} {
				response, page := b.ask(t, http.MethodGet, at+"&columns="+names+"&sort="+sort, "", "Cookie", session)
				require.Equal(t, http.StatusOK, response.StatusCode, sort)
				if !strings.Contains(page, "<table") {
					continue // none of the kind
				}
				require.Equal(t, 1, strings.Count(page, `aria-sort="`+says+`"`), "%s sorted by %s", kind.Path, sort)
				require.Equal(t, len(kind.List.Columns), strings.Count(page, `scope="col"`))
			}
		}
		response, page := b.ask(t, http.MethodGet, at+"&sort=head_hash", "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode)
		require.Contains(t, page, "这个列表没有“head_hash”这一列", "what it does not know, it says")
	}
}

// TestColumnsAreChosenAndTakenAway: the chosen columns are kept for their reader and no other, and the workbook has them in the order that was asked for.
func TestColumnsAreChosenAndTakenAway(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 3)
	session, other := b.session(t, b.As(process.Leader)), b.session(t, b.As(process.SafetySupervisor))
	response, _ := b.send(t, "/lists/hazards/columns", url.Values{"columns": {"number", "found_on"}, "query": {"level=general"}}, session)
	require.Equal(t, "/hazards?level=general", response.Header.Get("Location"))
	_, page := b.ask(t, http.MethodGet, "/hazards", "", "Cookie", session)
	require.Equal(t, 3, strings.Count(page, `scope="col"`))
	_, page = b.ask(t, http.MethodGet, "/hazards", "", "Cookie", other)
	require.Greater(t, strings.Count(page, `scope="col"`), 3)
	rows := cells(t, b.sheetOf(t, session, "/hazards?sort=-number&level=general&format=xlsx"))
	require.Len(t, rows, 4)
	require.Equal(t, []string{"企业", "编号", "名称"}, rows[0][:3], "what the page shows under the name has a column of its own")
	require.Len(t, rows[0], 4)
	require.Greater(t, rows[1][1], rows[2][1], "the greatest number first")
	require.Len(t, cells(t, b.sheetOf(t, session, "/hazards?level=major&format=xlsx")), 1, "as narrowed: none is major")
	response, _ = b.send(t, "/lists/nothing/columns", url.Values{"columns": {"number"}}, session)
	require.Equal(t, http.StatusNotFound, response.StatusCode)
}

// TestTheAPINarrowsAndSorts: as the pages do, from the same description.
func TestTheAPINarrowsAndSorts(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 3)
	major := uuid.NewString()
	b.put(t, b.As(process.SafetySupervisor), major, hazard.RecordName, hazard.Record{EnterpriseID: b.Rival, Location: "库房", Description: "通道堵塞", Level: hazard.Major, Clause: "GB 50016 第 5.5 条", AllTheSame: "另一处"})
	token := b.token(t, b.As(process.Leader), true)
	list := func(path string) []string {
		response, body := b.ask(t, http.MethodGet, "/api/v1"+path, "", "Authorization", token)
		require.Equal(t, http.StatusOK, response.StatusCode, body)
		var answer struct {
			Items []struct{ ID, Number string }
		}
		require.NoError(t, json.Unmarshal([]byte(body), &answer))
		found := []string{}
		for _, i := range answer.Items {
			found = append(found, i.Number)
		}
		return found
	}
	require.Len(t, list("/hazards?level=major&enterprise_id="+b.Rival), 1)
	require.Len(t, list("/hazards?level=major&level=general"), 4)
	require.Empty(t, list("/hazards?level=major&enterprise_id="+b.Enterprise))
	up, down := list("/hazards?sort=number"), list("/hazards?sort=-number")
	require.Len(t, up, 4)
	for i := range up {
		require.Equal(t, up[i], down[len(down)-1-i])
	}
	for _, bad := range []string{"/hazards?sort=head_hash", "/hazards?level=huge", "/hazards?due_on_from=tomorrow", "/plan-tasks?state=lost"} {
		response, body := b.ask(t, http.MethodGet, "/api/v1"+bad, "", "Authorization", token)
		require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode, "%s: %s", bad, body)
	}
}

// TestWorkAheadAndFindingsAreTakenAway: as other lists are.
func TestWorkAheadAndFindingsAreTakenAway(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 63)
	session := b.session(t, b.As(process.SafetySupervisor))
	require.Len(t, cells(t, b.sheetOf(t, session, "/?tab=todo&format=xlsx")), 64)
	require.Len(t, cells(t, b.sheetOf(t, session, "/search?q=hyperlink&format=xlsx")), 64)
	require.NotEmpty(t, cells(t, b.sheetOf(t, session, "/forecast?format=xlsx")))
	_, page := b.ask(t, http.MethodGet, "/?tab=todo", "", "Cookie", session)
	require.Contains(t, page, "还有 13 行没有印出")
	require.Equal(t, 50, strings.Count(page, `name="case"`))
	_, page = b.ask(t, http.MethodGet, "/?tab=todo&print=all", "", "Cookie", session)
	require.Contains(t, page, "共 63 行，全部印出")
	require.Equal(t, 63, strings.Count(page, `name="case"`))
	b.open(t)
	_, page = b.ask(t, http.MethodGet, "/projects", "", "Cookie", session)
	require.Contains(t, page, `/projects?view=list&amp;done=false&amp;format=xlsx`)
}

// TestWhoIsLostIsHelped: what was asked for is said and searched for, a number leads to its case for who may see it, and of any other nothing is said that is
// not said of one that does not exist.
func TestWhoIsLostIsHelped(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id := b.open(t)
	number := ""
	row := b.connect(t).QueryRow(t.Context(), "SELECT number FROM cases WHERE id = $1", id)
	require.NoError(t, row.Scan(&number))
	leader, rival := b.session(t, b.As(process.Leader)), b.session(t, b.RivalOne)
	for _, path := range []string{"/" + number, "/" + strings.ToLower(number), "/hazards/" + number, "/projects/" + number + "/", "/nowhere/" + id, "/hazards/" + id} {
		response, page := b.ask(t, http.MethodGet, path, "", "Cookie", leader)
		require.Equal(t, http.StatusSeeOther, response.StatusCode, "%s %s", path, page)
		require.Equal(t, "/projects/"+id, response.Header.Get("Location"), path)
	}
	without := func(page, words string) string {
		page = regexp.MustCompile(`打印|\d\d:\d\d`).ReplaceAllString(page, "")
		return strings.ReplaceAll(page, words, "")
	}
	response, hidden := b.ask(t, http.MethodGet, "/"+number, "", "Cookie", rival)
	require.Equal(t, http.StatusNotFound, response.StatusCode)
	nothing := number[:len(number)-4] + "9999"
	response, missing := b.ask(t, http.MethodGet, "/"+nothing, "", "Cookie", rival)
	require.Equal(t, http.StatusNotFound, response.StatusCode)
	require.Equal(t, without(missing, nothing), without(hidden, number), "nothing tells that there is one")
	response, page := b.ask(t, http.MethodGet, "/nowhere/"+url.PathEscape("花名册<b>"), "", "Cookie", leader)
	require.Equal(t, http.StatusNotFound, response.StatusCode)
	for _, part := range []string{`value="花名册&lt;b&gt;"`, `action="/search"`, `href="/hazards"`, `class="pw-side"`, "花名册&lt;b&gt;"} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, page, `href="/start"`, "only what this role has")
	response, _ = b.ask(t, http.MethodPost, "/"+number, "", "Cookie", leader)
	require.NotEqual(t, http.StatusSeeOther, response.StatusCode, "what is sent is led nowhere")
}

// TestWhoCannotSignInIsHelped: the page says whom to ask, and names nobody; after too many tries it says how long.
func TestWhoCannotSignInIsHelped(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.As(process.Administrator)
	_, page := b.ask(t, http.MethodGet, "/sign-in", "")
	for _, part := range []string{b.Park.Name, "系统管理员", "登录不了怎么办", `data-reveal="password"`, `aria-pressed="false"`, "显示密码"} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, page, `<details class="pw-help" open`)
	require.NotContains(t, page, admin.Name, "who works in the zone is not told to strangers")
	pages := map[string]string{}
	for _, name := range []string{"nobody-at-all", "administrator"} {
		for range 11 {
			_, pages[name] = b.refusedSignIn(t, url.Values{"username": {name}, "password": {"wrong"}, "next": {"/"}})
			if strings.Contains(pages[name], "分钟后") {
				break
			}
		}
		require.Regexp(t, `请 1[45] 分钟后（\d\d:\d\d）再试`, pages[name])
		require.Contains(t, pages[name], `<details class="pw-help" open`)
	}
}
