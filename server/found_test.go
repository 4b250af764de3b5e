package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// placesOfNumberedLists: what one person was told, what another was, and what was sent are three lists; a place of one is none of another, and an id neither.
func (b *bundle) placesOfNumberedLists(t *testing.T, who process.Actor) {
	t.Helper()
	conn := b.connect(t)
	_, err := conn.Exec(t.Context(), `INSERT INTO messages (user_id, level, status, not_before, newest_at, first_at) SELECT $1::uuid, 'normal', 'in_app', now() + interval '1 year', now(), now() FROM generate_series(1, 3)`, who.ID)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), `INSERT INTO notices (user_id, kind, level, about, created_at) SELECT $1::uuid, 'watchdog', 'normal', '{}', now() FROM generate_series(1, 3)`, b.As(process.Leader).ID)
	require.NoError(t, err)
	type list struct {
		path  string
		token string
	}
	own, leader := b.token(t, who, true), b.token(t, b.As(process.Leader), true)
	lists := []list{{"/notices?", own}, {"/notices?", leader}, {"/deliveries?", leader}, {"/deliveries?status=in_app&", leader}}
	ask := func(l list, how string) (int, map[string]any) {
		response, body := b.ask(t, http.MethodGet, "/api/v1"+l.path+"size=1&"+how, "", "Authorization", l.token)
		answer := map[string]any{}
		require.NoError(t, json.Unmarshal([]byte(body), &answer), body)
		return response.StatusCode, answer
	}
	for i, from := range lists {
		status, first := ask(from, "")
		require.Equal(t, http.StatusOK, status, "%v", first)
		place, _ := first["next_cursor"].(string)
		require.NotEmpty(t, place, "%s %v", from.path, first)
		for k, to := range lists {
			status, answer := ask(to, "cursor="+url.QueryEscape(place))
			if i == k {
				require.Equal(t, http.StatusOK, status, "%v", answer)
				require.NotEqual(t, first["items"], answer["items"])
				continue
			}
			require.Equal(t, http.StatusUnprocessableEntity, status, "a place in %s was taken for one in %s", from.path, to.path)
		}
		id := first["next"].(float64)
		status, behind := ask(from, fmt.Sprintf("before=%.0f", id))
		require.Equal(t, http.StatusOK, status, "%v", behind)
		status, answer := ask(from, "before=987654321")
		require.Equal(t, http.StatusUnprocessableEntity, status, "an id of no row is no place: %v", answer)
	}
	status, answer := ask(lists[1], fmt.Sprintf("before=%.0f", func() float64 { _, mine := ask(lists[0], ""); return mine["next"].(float64) }()))
	require.Equal(t, http.StatusUnprocessableEntity, status, "somebody else's notice: %v", answer)
}

// TestEveryNoticeCanBeReached: page after page, and only what was shown counts as read.
func TestEveryNoticeCanBeReached(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	who := b.As(process.ProjectManager)
	conn := b.connect(t)
	_, err := conn.Exec(t.Context(), `INSERT INTO notices (user_id, kind, level, about, created_at) SELECT $1::uuid, 'watchdog', 'normal', '{}', now() FROM generate_series(1, 120)`, who.ID)
	require.NoError(t, err)
	all, err := b.Store.UnreadNotices(t.Context(), who.ID)
	require.NoError(t, err)
	require.GreaterOrEqual(t, all, 120)
	session, shown, unread, path := b.session(t, who), 0, all, "/notices"
	response, _ := b.ask(t, http.MethodHead, path, "", "Cookie", session)
	require.Equal(t, http.StatusOK, response.StatusCode)
	left, err := b.Store.UnreadNotices(t.Context(), who.ID)
	require.NoError(t, err)
	require.Equal(t, all, left, "who asks for the head alone was shown nothing")
	for path != "" {
		response, page := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode)
		n := strings.Count(page, "pw-row-notice")
		shown, unread = shown+n, unread-n
		left, err := b.Store.UnreadNotices(t.Context(), who.ID)
		require.NoError(t, err)
		require.Equal(t, unread, left)
		path = ""
		if next := regexp.MustCompile(`href="(/notices\?before=[^"]+)" rel="next"`).FindStringSubmatch(page); next != nil {
			path = next[1]
		}
	}
	require.Equal(t, all, shown)
	b.placesOfNumberedLists(t, who)
	for _, bad := range []string{"abc", "-1", "0", "99999999999999999999"} {
		response, _ := b.ask(t, http.MethodGet, "/notices?before="+bad, "", "Cookie", session)
		require.Equal(t, http.StatusSeeOther, response.StatusCode, bad)
		require.Equal(t, "/notices", response.Header.Get("Location"), "the first page")
	}
}

// TestNamesakesAreBothOnAPage: enterprises that go by one short name are listed each, also where a page ends between them.
func TestNamesakesAreBothOnAPage(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	conn := b.connect(t)
	_, err := conn.Exec(t.Context(), `INSERT INTO enterprises (id, park_id, name, short_name) SELECT gen_random_uuid(), $1, '安徽第' || n || '机械有限公司', '同名机械' FROM generate_series(1, 120) AS n`, b.Park.ID)
	require.NoError(t, err)
	session, path, found := b.session(t, b.As(process.ProjectManager)), "/enterprises", map[string]bool{}
	for path != "" {
		_, page := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		for _, m := range regexp.MustCompile(`href="/enterprises/([0-9a-f-]{36})"`).FindAllStringSubmatch(page, -1) {
			require.False(t, found[m[1]], "none twice")
			found[m[1]] = true
		}
		path = ""
		if next := regexp.MustCompile(`href="(/enterprises\?[^"]*)" rel="next"`).FindStringSubmatch(page); next != nil {
			path = html.UnescapeString(next[1])
		}
	}
	require.Len(t, found, 122)
	for _, q := range []string{"%25", "_"} {
		_, page := b.ask(t, http.MethodGet, "/enterprises?q="+q, "", "Cookie", session)
		require.NotContains(t, page, "同名机械", "a sign means itself")
	}
	response, _ := b.ask(t, http.MethodGet, "/enterprises?after=%ff", "", "Cookie", session)
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	require.Equal(t, "/enterprises", response.Header.Get("Location"), "to where it begins")
}

// TestADifferenceThatNobodySeesIsAskedAbout: two people who type one name differently mean one enterprise.
func TestADifferenceThatNobodySeesIsAskedAbout(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	pm := b.session(t, b.As(process.ProjectManager))
	_, err := b.Store.AddEnterprise(t.Context(), store.Enterprise{Name: "宏图（泗洪）机械有限公司", ShortName: "宏图机械"})
	require.NoError(t, err)
	for _, name := range []string{"宏图(泗洪)机械有限公司", "宏图【泗洪】机械有限公司", "宏图（泗洪） 机械有限公司", "宏图（泗洪）　机械有限公司", "宏图（泗洪）\u200b机械有限公司", "宏图﹙泗洪﹚机械有限公司"} {
		_, page := b.send(t, "/enterprises", url.Values{"name": {name}, "facts.sector": {"other"}}, pm)
		require.Contains(t, page, "已经有这家企业了：宏图机械", name)
	}
}

// TestASelectionBeginsAtItsFirstPage: a saved selection keeps no place in the list.
func TestASelectionBeginsAtItsFirstPage(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	pm := b.session(t, b.As(process.ProjectManager))
	response, body := b.ask(t, http.MethodPost, "/filters", url.Values{"list": {"projects"}, "name": {"我的"}, "query": {"view=list&stage=lead&cursor=abc&after=x&page=3"}}.Encode(), "Cookie", pm)
	require.Equal(t, http.StatusSeeOther, response.StatusCode, body)
	require.Equal(t, "/projects?stage=lead&view=list", response.Header.Get("Location"))
	kept, err := b.Store.Filters(t.Context(), b.As(process.ProjectManager), "projects")
	require.NoError(t, err)
	require.Equal(t, "stage=lead&view=list", kept[0].Query)
}

// TestADownloadArrivesAsItIs: its name, a range of it, nothing when nothing has changed, its head alone.
func TestADownloadArrivesAsItIs(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	content := append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0}, bytes.Repeat([]byte("0123456789"), 500)...)
	received, err := b.server.Blobs.Receive(t.Context(), "现场 照片 1.jfif", bytes.NewReader(content))
	require.NoError(t, err)
	require.Equal(t, "image/jpeg", received.MediaType)
	received.Name = `现场 照片 1 "100%".jpg`
	actor := b.As(process.SafetySupervisor)
	upload, err := b.Store.AddUpload(t.Context(), actor, received)
	require.NoError(t, err)
	id := uuid.NewString()
	b.put(t, actor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆垛过高", Level: hazard.General, Attachments: []process.Evidence{{UploadID: upload}}})
	session := b.session(t, actor)
	for _, path := range []string{"/files/" + id + "/1/1", "/api/v1/cases/" + id + "/attachments/1/1"} {
		response, body := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode, body)
		require.Equal(t, string(content), body)
		require.Equal(t, `inline; filename="__ __ 1 _100__.jpg"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87%201%20%22100%25%22.jpg`, response.Header.Get("Content-Disposition"))
		tag := response.Header.Get("ETag")
		response, body = b.ask(t, http.MethodGet, path, "", "Cookie", session, "Range", "bytes=100-109")
		require.Equal(t, http.StatusPartialContent, response.StatusCode)
		require.Equal(t, string(content[100:110]), body)
		require.Equal(t, fmt.Sprintf("bytes 100-109/%d", len(content)), response.Header.Get("Content-Range"))
		response, body = b.ask(t, http.MethodGet, path, "", "Cookie", session, "If-None-Match", tag)
		require.Equal(t, http.StatusNotModified, response.StatusCode)
		require.Empty(t, body)
		response, body = b.ask(t, http.MethodHead, path, "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode)
		require.Empty(t, body)
		require.Equal(t, fmt.Sprint(len(content)), response.Header.Get("Content-Length"))
		response, _ = b.ask(t, http.MethodGet, path, "", "Cookie", session, "Range", "bytes=999999-")
		require.Equal(t, http.StatusRequestedRangeNotSatisfiable, response.StatusCode)
	}
}

// TestHeadIsAnsweredWhereGetIs: the same status, and no body.
func TestHeadIsAnsweredWhereGetIs(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, hazardID := b.overdue(t)
	session := b.session(t, b.As(process.Administrator))
	for _, path := range []string{"/", "/projects", "/projects/" + projectID, "/projects/" + projectID + "/deadline?format=xlsx", "/hazards/" + hazardID + "/deadline", "/search?q=x", "/notices", "/enterprises", "/users",
		"/healthz", "/sign-in", "/api", "/nowhere", "/api/v1/projects", "/api/v1/hazards/" + hazardID, "/api/v1/openapi.yaml", "/api/v1/nowhere"} {
		get, _ := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		head, body := b.ask(t, http.MethodHead, path, "", "Cookie", session)
		require.Equal(t, get.StatusCode, head.StatusCode, path)
		require.Empty(t, body, path)
		require.Equal(t, get.Header.Get("Content-Type"), head.Header.Get("Content-Type"), path)
	}
	head, _ := b.ask(t, http.MethodHead, "/live", "", "Cookie", session)
	require.Equal(t, "text/event-stream", head.Header.Get("Content-Type"), "and it ends")
	refused, _ := b.ask(t, http.MethodHead, "/sign-out", "", "Cookie", session)
	require.Contains(t, []int{http.StatusMethodNotAllowed, http.StatusNotFound}, refused.StatusCode, "what answers no GET")
}

var (
	marks    = regexp.MustCompile(`(?s)<script.*?</script>|<style.*?</style>|<option.*?</option>|<textarea.*?</textarea>|<[^>]*>`)
	someDays = regexp.MustCompile(`\d+\s*天|(?i)\d+ days?\b`)
)

// TestEveryNumberOfDaysSaysWhich: on no page a number of days that could be working or calendar days; and what adds up to a sum, does.
func TestEveryNumberOfDaysSaysWhich(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, hazardID := b.overdue(t)
	for _, role := range process.Roles() {
		session := b.session(t, b.As(role))
		for _, language := range []string{"zh", "en"} {
			for _, path := range []string{"/", "/?tab=done", "/?tab=started", "/?tab=watched", "/projects", "/projects?view=list", "/projects/" + projectID, "/projects/" + projectID + "/deadline", "/hazards", "/hazards?tab=overdue",
				"/hazards/" + hazardID, "/hazards/" + hazardID + "/deadline", "/search?q=x", "/forecast", "/notices", "/calendar", "/account", "/enterprises/" + b.Enterprise, "/users", "/operations", "/definitions", "/deliveries"} {
				_, page := b.ask(t, http.MethodGet, path, "", "Cookie", session, "Accept-Language", language)
				words := html.UnescapeString(marks.ReplaceAllString(page, " "))
				require.Empty(t, someDays.FindAllString(words, -1), "%s as %s in %s", path, role, language)
			}
		}
	}
	_, page := b.ask(t, http.MethodGet, "/hazards/"+hazardID+"/deadline", "", "Cookie", b.session(t, b.As(process.Leader)), "Accept-Language", "zh")
	words := strings.Join(strings.Fields(html.UnescapeString(marks.ReplaceAllString(page, " "))), " ")
	require.Regexp(t, `逾期 \d+ 个工作日|逾期 \d+ 个自然日`, words)
	late := regexp.MustCompile(`逾期 (\d+) 个(?:工作日（|自然日)`).FindStringSubmatch(words)[1]
	require.Contains(t, words, "其中逾期 "+late+" 个", "what one party had late is what is late")
}

// TestALedgerCanBeReckonedWith: in the workbook, days are days and numbers numbers.
func TestALedgerCanBeReckonedWith(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	_, hazardID := b.overdue(t)
	_, body := b.ask(t, http.MethodGet, "/hazards/"+hazardID+"/deadline?format=xlsx", "", "Cookie", b.session(t, b.As(process.SafetySupervisor)))
	book, err := excelize.OpenReader(strings.NewReader(body))
	require.NoError(t, err)
	rows, err := book.GetRows("Sheet1")
	require.NoError(t, err)
	require.Greater(t, len(rows), 4)
	for _, at := range []string{"B4", "E4", "F4", "G4"} {
		kind, err := book.GetCellType("Sheet1", at)
		require.NoError(t, err)
		require.Equal(t, excelize.CellTypeUnset, kind, "%s is a number: %v", at, rows)
	}
	require.Regexp(t, `^\d{4}-\d\d-\d\d$`, rows[3][1])
}

func (b *bundle) connect(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return conn
}
