package server_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// refusedSignIn tries to sign in, and returns the address and the page that say that it was refused.
func (b *bundle) refusedSignIn(t *testing.T, form url.Values) (at, page string) {
	t.Helper()
	answer, body := b.ask(t, http.MethodPost, "/sign-in", form.Encode(), "Accept-Language", "zh")
	require.Equal(t, http.StatusSeeOther, answer.StatusCode, body)
	at = answer.Header.Get("Location")
	require.Contains(t, at, "/sign-in?refused=true")
	cookies := answer.Cookies()
	require.Len(t, cookies, 1)
	answer, page = b.ask(t, http.MethodGet, at, "", "Accept-Language", "zh", "Cookie", cookies[0].Name+"="+cookies[0].Value)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	return at, page
}

// TestARefusedSignInIsAPageOfItsOwn: loading it again sends no password again; it keeps the name and where its reader wanted to go, and nothing of the password.
func TestARefusedSignInIsAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	at, page := b.refusedSignIn(t, url.Values{"username": {`"><b>谁`}, "password": {"geheim-7"}, "next": {"/hazards?tab=major"}})
	for _, part := range []string{`role="alert"`, "<title>没有办成 · ", `value="&#34;&gt;&lt;b&gt;谁"`, `name="next" value="/hazards?tab=major"`} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, at+page, "geheim")
	_, plain := b.ask(t, http.MethodGet, "/sign-in", "", "Accept-Language", "zh")
	require.NotContains(t, plain, `role="alert"`)
	for _, forged := range []string{"%%%", "username=" + strings.Repeat("x", 4000), "until=yesterday", "until=2999-01-01T00:00:00Z"} {
		answer, _ := b.ask(t, http.MethodGet, at, "", "Cookie", "parkway_tried="+forged)
		require.Equal(t, http.StatusOK, answer.StatusCode, forged)
	}
}

// TestACasesPageBeginsWithHowItStands: state, holder, due date and next step stand above everything else, on the page of every kind; on paper the holder is
// named. No page shows how often its case was written.
func TestACasesPageBeginsWithHowItStands(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, hazardID := b.overdue(t)
	for path, who := range map[string]process.Actor{"/projects/" + projectID: b.As(process.ProjectManager), "/hazards/" + hazardID: b.As(process.SafetySupervisor)} {
		_, page := b.ask(t, http.MethodGet, path, "", "Cookie", b.session(t, who), "Accept-Language", "zh")
		_, page, _ = strings.Cut(page, "<main")
		last := -1
		due := "<small>期限</small>"
		if path == "/projects/"+projectID { // a lead's: nobody owes a step then, it goes back to the pool
			due = "<small>到期退回线索池</small>"
		}
		for _, part := range []string{"<small>状态</small>", "<small>现在谁手里</small>", due, `class="pw-due`, "<small>下一步</small>", "<h2>经过</h2>"} {
			at := strings.Index(page, part)
			require.Greater(t, at, last, "%s: %s", path, part)
			last = at
		}
		require.NotContains(t, page, "pw-due-place", "every due date is filled in")
		require.NotContains(t, page, "<dt>版本</dt>")
	}
	_, page := b.ask(t, http.MethodGet, "/projects/"+projectID, "", "Cookie", b.session(t, b.As(process.ProjectManager)), "Accept-Language", "zh")
	require.Contains(t, page, `<span class="pw-on-screen">我</span><span class="pw-on-paper">`+b.As(process.ProjectManager).Name+`</span>`)
}

// TestWhatAGateLacksLeadsToWhereItIsEntered: each missing requirement of a refused advance has its own way, which opens the form with the requirement chosen; who
// may not enter it is told who owes it, and offered nothing.
func TestWhatAGateLacksLeadsToWhereItIsEntered(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, _ := b.overdue(t)
	at := "/projects/" + projectID
	advance := func(who process.Actor) (cookie, page string) { // as its form comes back; the engine that would carry it out is not here
		now := b.server.App.Now()
		_, err := b.Store.Apply(t.Context(), process.Order{CaseID: projectID, Command: project.AdvanceName, Input: []byte(`{"from":"lead"}`),
			Call: process.Call{Key: uuid.NewString(), Actor: who, OccurredAt: now, RecordedAt: now}})
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, process.GateIncomplete, refusal.Code)
		draft, err := b.Store.PutDraft(t.Context(), uuid.NewString(), who.ID, at+"/advance", store.Draft{Typed: url.Values{"from": {"lead"}}, Marks: map[string]string{"sent to": at + "/advance"}, Refusal: refusal}, now)
		require.NoError(t, err)
		cookie = b.session(t, who)
		answer, page := b.ask(t, http.MethodGet, at+"/advance?draft="+draft, "", "Cookie", cookie, "Accept-Language", "zh")
		require.Equal(t, http.StatusOK, answer.StatusCode)
		return cookie, page
	}
	cookie, page := advance(b.As(process.ProjectManager))
	require.Contains(t, page, "<title>没有办成 · ", "it is no field of the form that is at fault")
	require.NotContains(t, page, "看最新情况")
	ways := regexp.MustCompile(`<a href="(`+regexp.QuoteMeta(at)+`/[a-z_]+[?#][^"]+)" aria-label="填报：[^"]+">填报</a>`).FindAllStringSubmatch(page, -1)
	require.NotEmpty(t, ways)
	for _, way := range ways {
		answer, form := b.ask(t, http.MethodGet, strings.ReplaceAll(way[1], "&amp;", "&"), "", "Cookie", cookie)
		require.Equal(t, http.StatusOK, answer.StatusCode, way[1])
		if _, value, found := strings.Cut(way[1], "?requirement="); found {
			require.Regexp(t, `<option value="`+value+`" selected`, form)
		}
	}
	_, page = advance(b.As(process.Leader))
	require.Contains(t, page, "还不能离开")
	require.NotContains(t, page, at+"/answer?", "a leader answers no gate")
}

// TestATooLargeFormLeadsBackToWhatWasTyped: nothing of it was read, and its page still has it.
func TestATooLargeFormLeadsBackToWhatWasTyped(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.ProjectManager))
	answer, page := b.ask(t, http.MethodPost, "/hazards/record", "x="+strings.Repeat("x", 1<<20), "Cookie", cookie, "Accept-Language", "zh", "Accept", "text/html",
		"Content-Type", "application/x-www-form-urlencoded", "Referer", "http://"+b.address+"/hazards/record?level=major")
	require.Equal(t, http.StatusRequestEntityTooLarge, answer.StatusCode)
	require.Contains(t, page, `href="/hazards/record?level=major">回到填写的页面</a>`)
	require.Contains(t, page, "还在这台设备上")
	_, page = b.ask(t, http.MethodPost, "/hazards/record", "x="+strings.Repeat("x", 1<<20), "Cookie", cookie, "Accept-Language", "zh", "Accept", "text/html", "Referer", "https://evil.example/x")
	require.NotContains(t, page, "回到填写的页面")
}

// TestFilesThatAreTooLargeTogetherLoseNoText: a browser without scripts sends what its page says is too much; the files are let go, named by what is wrong with them, and
// every text is there again, those that came after the files too.
func TestFilesThatAreTooLargeTogetherLoseNoText(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.SafetySupervisor)) + "; parkway_language=zh"
	part := func(head, text string) string {
		return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + text + "\r\n"
	}
	files := int64(12*20<<20 + 2<<20)
	before := part(`name="_key"`, "k") + part(`name="location"`, "三号车间\r\n东头")
	head := "--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"大.mp4\"\r\nContent-Type: video/mp4\r\n\r\n"
	after := "\r\n" + part(`name="description"`, "写了很久的一段话") + "--b--\r\n"
	body := io.MultiReader(strings.NewReader(before+head), io.LimitReader(zeros{}, files), strings.NewReader(after))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+b.address+"/hazards/record", body)
	require.NoError(t, err)
	request.ContentLength = int64(len(before)+len(head)+len(after)) + files
	for name, value := range map[string]string{"Content-Type": fileType, "Cookie": cookie, "Origin": "http://" + b.address} {
		request.Header.Set(name, value)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	_, page := b.ask(t, http.MethodGet, answer.Header.Get("Location"), "", "Cookie", cookie)
	for _, there := range []string{"写了很久的一段话", "三号车间", "选择的文件一共太大", `<a href="#attachments">`} {
		require.Contains(t, page, there)
	}
	require.NotContains(t, page, "大.mp4")
}

// zeros never end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestTheRecordOfDeedsSaysWhyItIsEmpty and is one of the registers' tabs.
func TestTheRecordOfDeedsSaysWhyItIsEmpty(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	_, page := b.ask(t, http.MethodGet, "/deeds", "", "Cookie", b.session(t, b.As(process.Administrator)), "Accept-Language", "zh")
	require.Contains(t, page, "还没有管理记录")
	require.Regexp(t, `href="/deeds"\s+aria-current="page"`, page)
}

// TestALeadersPageCountsWhatIsLate: the number beside 已经逾期 is that of all late cases, and with the rest there are ways to all of them.
func TestALeadersPageCountsWhatIsLate(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	b.overdue(t)
	_, page := b.ask(t, http.MethodGet, "/", "", "Cookie", b.session(t, b.As(process.Leader)), "Accept-Language", "zh")
	late, err := b.server.App.Store.CountReds(t.Context(), b.server.App.Now())
	require.NoError(t, err)
	require.Positive(t, late)
	require.Contains(t, page, `id="reds">已经逾期</h2><span class="pw-small">`+strconv.Itoa(late)+` 项</span>`)
	_, list, _ := strings.Cut(page, `id="reds"`)
	list, _, _ = strings.Cut(list, "</section>")
	require.Equal(t, min(late, 10), strings.Count(list, "<h3>"))
}

// TestADayIsAskedForByTheZonesClock: the example in a field for a day is a day of the zone's, and says that it is an example.
func TestADayIsAskedForByTheZonesClock(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	_, page := b.ask(t, http.MethodGet, "/plan-tasks/record", "", "Cookie", b.session(t, b.As(process.ProjectManager)), "Accept-Language", "zh")
	require.Contains(t, page, `placeholder="如 `+clock.DateOf(b.server.App.Now()).AddDays(7).String()+`"`)
}
