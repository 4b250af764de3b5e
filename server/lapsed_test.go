package server_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestAFormThatComesAfterItsSessionIsKept: without scripts, somebody whose session ended while they wrote signs in and finds everything in place, files
// included. Nobody else does, and nothing was carried out meanwhile.
func TestAFormThatComesAfterItsSessionIsKept(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	supervisor := b.As(process.SafetySupervisor)
	cookie := b.session(t, supervisor)
	db, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	defer db.Close(t.Context())
	_, err = db.Exec(t.Context(), "UPDATE sessions SET seen_at = seen_at - interval '13 hours'")
	require.NoError(t, err)

	body, media := photoForm(t, map[string]string{"_key": "k1", "_version": "0", "location": "二号车间", "description": "第一行\r\n第二行", "enterprise_id": b.Enterprise, "level": "general"})
	answer, _ := b.ask(t, http.MethodPost, "/hazards/record", body, "Cookie", cookie, "Content-Type", media)
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	signIn, err := url.Parse(answer.Header.Get("Location"))
	require.NoError(t, err)
	require.Equal(t, "/sign-in", signIn.Path)
	next := signIn.Query().Get("next")
	require.Regexp(t, `^/hazards/record\?draft=[0-9a-f-]{36}$`, next)
	_, page := b.ask(t, http.MethodGet, signIn.String(), "", "Accept-Language", "zh")
	require.Contains(t, page, "登录后接着办理")

	answer, page = b.ask(t, http.MethodGet, next, "", "Cookie", b.session(t, supervisor), "Accept-Language", "zh")
	require.Equal(t, http.StatusOK, answer.StatusCode)
	for _, part := range []string{"二号车间", "第一行\n第二行", "现场.png", `value="k1"`, "填写的内容和选择的文件都在"} {
		require.Contains(t, page, part)
	}
	answer, _ = b.ask(t, http.MethodGet, next, "", "Cookie", b.session(t, b.Second))
	require.Equal(t, "/hazards/record", answer.Header.Get("Location"), "it is not theirs")

	t.Run("ASessionThatWasEndedIsNobody", func(t *testing.T) {
		_, err := db.Exec(t.Context(), "DELETE FROM sessions")
		require.NoError(t, err)
		answer, _ := b.ask(t, http.MethodPost, "/hazards/record", body, "Cookie", cookie, "Content-Type", media)
		require.NotContains(t, answer.Header.Get("Location"), "draft")
	})
}

// TestSessionSaysWhoIsSignedIn to pages that are open.
func TestSessionSaysWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	_, body := b.ask(t, http.MethodGet, "/session", "")
	require.JSONEq(t, `{"in":false,"who":""}`, body)
	_, body = b.ask(t, http.MethodGet, "/session", "", "Cookie", b.session(t, b.As(process.ProjectManager)))
	require.JSONEq(t, `{"in":true,"who":"project_manager"}`, body)
}

// TestARefusedFormIsAPageOfItsOwn: what is wrong is said at every field at once, and the page is there again as often as it is asked for.
func TestARefusedFormIsAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.ProjectManager))
	form := url.Values{"_key": {"k1"}, "title": {"年产 5 万套"}, "facts.investment": {"12345678"}, "occurred_on": {"12月4日"}}
	answer, _ := b.ask(t, http.MethodPost, "/projects/open", form.Encode(), "Cookie", cookie)
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	at := answer.Header.Get("Location")
	var pages []string
	for range 2 {
		answer, page := b.ask(t, http.MethodGet, at, "", "Cookie", cookie, "Accept-Language", "zh")
		require.Equal(t, http.StatusOK, answer.StatusCode)
		for _, part := range []string{"年产 5 万套", `value="12345678"`, "单位不清楚", "请把年份也写上", "有 6 处需要改正", "<title>有 6 处要改 · 新建项目", `value="k1"`} {
			require.Contains(t, page, part)
		}
		pages = append(pages, page)
	}
	require.Equal(t, pages[0], pages[1])
	form.Set("_draft", regexp.MustCompile(`draft=(.*)`).FindStringSubmatch(at)[1])
	answer, _ = b.ask(t, http.MethodPost, "/projects/open", form.Encode(), "Cookie", cookie)
	require.Equal(t, at, answer.Header.Get("Location"), "a form that is refused again stays where it is")
}

// photoForm is a form with a picture, as a browser sends it.
func photoForm(t *testing.T, fields map[string]string) (body, media string) {
	t.Helper()
	var buffer bytes.Buffer
	form := multipart.NewWriter(&buffer)
	for name, value := range fields {
		require.NoError(t, form.WriteField(name, value))
	}
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="attachments"; filename="现场.png"`}, "Content-Type": {"image/png"}})
	require.NoError(t, err)
	_, err = part.Write(append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), make([]byte, 20)...))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	return buffer.String(), form.FormDataContentType()
}

// send sends a form as it stands on its page and returns the page that it is shown again on, or that shows what came of it.
func (b *bundle) send(t *testing.T, path string, form url.Values, cookie string) (*http.Response, string) {
	t.Helper()
	answer, body := b.ask(t, http.MethodPost, path, form.Encode(), "Cookie", cookie, "Accept-Language", "zh")
	if at := answer.Header.Get("Location"); answer.StatusCode == http.StatusSeeOther && regexp.MustCompile(`[?&](draft|shown)=`).MatchString(at) {
		return b.ask(t, http.MethodGet, at, "", "Cookie", cookie, "Accept-Language", "zh")
	}
	return answer, body
}
