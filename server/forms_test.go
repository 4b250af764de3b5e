package server_test

import (
	"bytes"
	"github.com/parkway-zone/parkway/domain/project"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// refusedForm is a form that is refused, the page that it is shown again on, and what that page says.
type refusedForm struct {
	form url.Values
	page string
	says []string
}

// refusedForms are one of every form of a page that is no command's.
func (b *bundle) refusedForms() map[string]refusedForm {
	person := "/users/" + b.Second.ID
	firm := "/enterprises/" + b.Enterprise
	return map[string]refusedForm{
		"/account/password":              {url.Values{"fresh": {"kurz"}, "again": {"lang"}}, "/account", []string{"有 3 处需要改正", "密码至少 10 个字符", "两次输入的密码不一样"}},
		"/account/tokens":                {url.Values{"name": {""}, "days": {"viele"}}, "/account", []string{"有 2 处需要改正", `value="viele"`}},
		"/account/reminders":             {url.Values{"digest_at": {"früh"}, "quiet_from": {"spät"}, "quiet_to": {"08:00"}, "email": {"kein"}, "mobile": {"x"}}, "/account/reminders", []string{"有 4 处需要改正", `value="kein"`}},
		"/account/absences":              {url.Values{"from_on": {""}, "to_on": {""}, "reason": {"休假"}}, "/account/reminders", []string{"有 3 处需要改正", `value="休假"`, "请选择代理人"}},
		"/bulk":                          {url.Values{"case": {b.Enterprise}, "reason": {""}}, "/bulk", []string{"有 2 处需要改正", "请选择人员", `value="` + b.Enterprise + `"`}},
		"/channels":                      {url.Values{"kind": {"wecom"}, "channel_name": {""}, "channel_url": {"kein"}}, "/channels", []string{"有 2 处需要改正", "完整地址", "密码和密钥不保存在草稿里"}},
		"/calendar/preview":              {url.Values{"year": {"2027"}, "lines": {"不是日期"}, "paper": {"国办发明电"}}, "/calendar", []string{"不是日期", `value="国办发明电"`, `value="2027"`}},
		"/enterprises":                   {url.Values{"name": {""}, "credit_code": {"123"}}, "/enterprises", []string{`value="123"`, "有 3 处需要改正"}},
		firm:                             {url.Values{"liaison_id": {"nope"}}, firm, []string{"没有找到"}},
		firm + "/merge":                  {url.Values{"into_id": {""}, "reason": {""}}, firm + "/merge", []string{"有 2 处需要改正", "请选择企业"}},
		"/registers/people":              {url.Values{"username": {"坏"}, "name": {""}, "roles": {"leader"}, "mobile": {"x"}, "unit_id": {"nope"}}, "/registers/people/new", []string{"有 4 处需要改正", `value="坏"`}},
		"/registers/units":               {url.Values{"name": {""}, "kind": {""}}, "/registers/units/new", []string{"有 2 处需要改正"}},
		"/registers/enterprises":         {url.Values{"name": {""}, "credit_code": {"123"}, "address": {"朝阳路 8 号"}}, "/registers/enterprises/new", []string{"有 2 处需要改正", `value="朝阳路 8 号"`}},
		"/registers/buildings":           {url.Values{"name": {""}, "purpose": {"织造"}}, "/registers/buildings/new", []string{"有 2 处需要改正", `value="织造"`}},
		"/registers/campaigns":           {url.Values{"name": {"消防检查"}, "started_on": {"gestern"}}, "/registers/campaigns/new", []string{`value="消防检查"`}},
		"/registers/zone":                {url.Values{"name": {""}, "short_name": {"泗开新区"}, "letters": {""}}, "/registers/zone/new", []string{"有 2 处需要改正", `value="泗开新区"`}},
		"/registers/zone/" + b.Park.ID:   {url.Values{"name": {""}, "short_name": {"泗开新区"}, "letters": {"x"}}, "/registers/zone/" + b.Park.ID, []string{"有 1 处需要改正", `value="泗开新区"`}},
		"/registers/people/import/apply": {url.Values{"rows": {"x"}}, "/registers/people/import", []string{"请重新选择文件"}},
		"/letter-settings/referral":      {url.Values{"format": {"移〔{年}〕号"}, "in_use": {"true"}}, "/letter-settings/referral", []string{"有 1 处需要改正", "要有一个 {序号}"}},
		person + "/leave":                {url.Values{"successor_id": {""}, "reason": {""}}, person + "/leave", []string{"有 1 处需要改正", "这一项必须填写"}},
		"/users/" + b.As(process.Administrator).ID + "/reset": {url.Values{}, "/users/" + b.As(process.Administrator).ID + "/reset", []string{"自己的密码请在“我的账号”里修改"}},
	}
}

// TestEveryRefusedFormIsAPageOfItsOwn: it is there as often as it is asked for, with what was typed, the faults each at its field, named and linked above, and
// said in the document's title.
func TestEveryRefusedFormIsAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	for path, c := range b.refusedForms() {
		user := cookie
		if path == "/enterprises" || path == "/bulk" {
			user = b.session(t, b.As(process.ProjectManager))
		}
		answer, body := b.ask(t, http.MethodPost, path, c.form.Encode(), "Cookie", user, "Accept-Language", "zh")
		require.Equal(t, http.StatusSeeOther, answer.StatusCode, "%s: %.300s", path, body)
		at := answer.Header.Get("Location")
		require.Regexp(t, "^"+regexp.QuoteMeta(c.page)+`\?draft=[0-9a-f-]{36}$`, at, path)
		for range 2 {
			answer, page := b.ask(t, http.MethodGet, at, "", "Cookie", user, "Accept-Language", "zh")
			require.Equal(t, http.StatusOK, answer.StatusCode, path)
			for _, part := range c.says {
				require.Contains(t, page, part, path)
			}
			require.Regexp(t, `<title>(有 \d+ 处要改|没有办成) · `, page, path)
			require.Contains(t, page, `role="alert" tabindex="-1" autofocus`, path)
			require.Contains(t, page, `name="_draft"`, path)
			for _, link := range regexp.MustCompile(`<li><a href="#([^"]+)">`).FindAllStringSubmatch(page, -1) {
				require.Regexp(t, `id="`+link[1]+`"`, page, "%s: a fault leads to its field", path)
				require.Regexp(t, `id="`+link[1]+`-note"`, page, "%s: and is said there", path)
				require.Regexp(t, `aria-describedby="`+link[1]+`-note"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*aria-describedby="`+link[1]+`-note"`, page, "%s: %s", path, link[1])
			}
		}
	}
}

// TestNoSecretIsKeptInADraft: of every field that hides what is typed, and of a channel's address.
func TestNoSecretIsKeptInADraft(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	names := map[string]bool{"channel_url": true}
	for _, page := range []string{"/account", "/channels", "/registers/people/new", "/account/reminders"} {
		_, text := b.ask(t, http.MethodGet, page, "", "Cookie", cookie)
		for _, m := range regexp.MustCompile(`<input type="password" id="[^"]*" name="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			names[m[1]] = true
		}
	}
	require.Greater(t, len(names), 4)
	form := url.Values{"channel_name": {"群"}, "kind": {"moon"}, "name": {""}}
	for name := range names {
		form.Set(name, "geheim-7")
	}
	for _, path := range []string{"/channels", "/account/password", "/account/tokens", "/registers/people"} {
		answer, _ := b.ask(t, http.MethodPost, path, form.Encode(), "Cookie", cookie)
		if path == "/account/password" {
			require.Equal(t, http.StatusSeeOther, answer.StatusCode)
		}
	}
	db, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	defer db.Close(t.Context())
	var drafts, leaks int
	require.NoError(t, db.QueryRow(t.Context(), "SELECT count(*), count(*) FILTER (WHERE typed::text LIKE '%geheim%') FROM drafts").Scan(&drafts, &leaks))
	require.GreaterOrEqual(t, drafts, 3)
	require.Zero(t, leaks)
}

// TestARegistersFormComesAfterItsSession: without scripts, its sender signs in and goes on with everything still there; so does the sheet of an import.
func TestARegistersFormComesAfterItsSession(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.As(process.Administrator)
	cookie := b.session(t, admin)
	_, book := b.ask(t, http.MethodGet, "/registers/units/sheet.xlsx", "", "Cookie", cookie)
	db, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	defer db.Close(t.Context())
	_, err = db.Exec(t.Context(), "UPDATE sessions SET seen_at = seen_at - interval '13 hours'")
	require.NoError(t, err)
	back := func(answer *http.Response) (string, string) {
		signIn, err := url.Parse(answer.Header.Get("Location"))
		require.NoError(t, err)
		require.Equal(t, "/sign-in", signIn.Path)
		fresh := b.session(t, admin)
		_, page := b.ask(t, http.MethodGet, signIn.Query().Get("next"), "", "Cookie", fresh, "Accept-Language", "zh")
		require.Contains(t, page, "登录已过期，现在已重新登录")
		return page, fresh
	}
	answer, _ := b.ask(t, http.MethodPost, "/registers/units", url.Values{"name": {"新科室"}, "kind": {"zone"}}.Encode(), "Cookie", cookie)
	page, _ := back(answer)
	require.Contains(t, page, `value="新科室"`)

	var sheet bytes.Buffer
	form := multipart.NewWriter(&sheet)
	part, err := form.CreateFormFile("file", "科室.xlsx")
	require.NoError(t, err)
	_, err = part.Write([]byte(book))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	answer, _ = b.ask(t, http.MethodPost, "/registers/units/import", sheet.String(), "Cookie", cookie, "Content-Type", form.FormDataContentType())
	page, fresh := back(answer)
	kept := regexp.MustCompile(`name="file_kept" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, kept, "the sheet is there")
	body, media := multi(t, map[string]string{"file_kept": kept[1]})
	answer, _ = b.ask(t, http.MethodPost, "/registers/units/import", body, "Cookie", fresh, "Content-Type", media)
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	_, page = b.ask(t, http.MethodGet, answer.Header.Get("Location"), "", "Cookie", fresh, "Accept-Language", "zh")
	require.Contains(t, page, "科室.xlsx")
	require.Contains(t, page, "不变")
}

// multi is a form with files, without one.
func multi(t *testing.T, fields map[string]string) (body, media string) {
	t.Helper()
	var buffer bytes.Buffer
	form := multipart.NewWriter(&buffer)
	for name, value := range fields {
		require.NoError(t, form.WriteField(name, value))
	}
	require.NoError(t, form.Close())
	return buffer.String(), form.FormDataContentType()
}

// TestAPasswordIsResetOnce: two clicks, loading again and going back make one password, shown to that session for a while and to nobody else.
func TestAPasswordIsResetOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.As(process.Administrator)
	cookie, at := b.session(t, admin), "/users/"+b.Second.ID+"/reset"
	_, asked := b.ask(t, http.MethodGet, at, "", "Cookie", cookie)
	key := regexp.MustCompile(`action="` + at + `"[\s\S]*?name="_key" value="(\w+)"`).FindStringSubmatch(asked)
	require.NotNil(t, key)
	form := url.Values{"_key": {key[1]}}.Encode()
	var together sync.WaitGroup
	places := make([]string, 4)
	for i := range places {
		together.Go(func() {
			answer, _ := b.ask(t, http.MethodPost, at, form, "Cookie", cookie)
			places[i] = answer.Header.Get("Location")
		})
	}
	together.Wait()
	first := regexp.MustCompile(`<code class="pw-first">(\w+)</code>`)
	var password string
	for _, place := range places {
		require.Equal(t, places[0], place)
		_, page := b.ask(t, http.MethodGet, place, "", "Cookie", cookie, "Accept-Language", "zh")
		require.Contains(t, page, "的密码已重置</h1>", "the heading says what was done")
		shown := first.FindStringSubmatch(page)
		require.NotNil(t, shown)
		require.Contains(t, []string{"", password}, password)
		password = shown[1]
	}
	answer, _ := b.ask(t, http.MethodPost, "/sign-in", url.Values{"username": {"second"}, "password": {password}}.Encode())
	require.Equal(t, http.StatusSeeOther, answer.StatusCode, "it is the one that counts")

	_, page := b.ask(t, http.MethodGet, places[0], "", "Cookie", b.session(t, admin))
	require.NotContains(t, page, password, "another session of the same person")
	db, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	defer db.Close(t.Context())
	_, err = db.Exec(t.Context(), "UPDATE shown SET shown_until = now() - interval '1 second'")
	require.NoError(t, err)
	mine, err := b.Store.ClaimShown(t.Context(), "another", admin.ID, []byte("x"), time.Now())
	require.NoError(t, err)
	require.True(t, mine)
	answer, _ = b.ask(t, http.MethodGet, places[0], "", "Cookie", cookie)
	require.Equal(t, at, answer.Header.Get("Location"), "it is shown no more")
	answer, _ = b.ask(t, http.MethodPost, at, form, "Cookie", cookie)
	require.Equal(t, places[0], answer.Header.Get("Location"), "and never done again")
	answer, _ = b.ask(t, http.MethodPost, "/sign-in", url.Values{"username": {"second"}, "password": {password}}.Encode())
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	require.Equal(t, 30*time.Minute, store.ShownFor)
}

// TestAllFaultsAreNamedAtOnce: in commands' forms and over the API, and of a row of a sheet.
func TestAllFaultsAreNamedAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	manager, supervisor, admin := b.As(process.ProjectManager), b.As(process.SafetySupervisor), b.As(process.Administrator)
	_, page := b.send(t, "/projects/open", url.Values{"_key": {"k"}}, b.session(t, manager))
	for _, field := range []string{"title", "enterprise_id", "entry_stage", "facts.sector", "facts.site_mode"} {
		require.Contains(t, page, `<li><a href="#`+field+`">`, field)
	}
	_, page = b.send(t, "/hazards/record", url.Values{"_key": {"k"}, "description": {strings.Repeat("长", 4001)}, "level": {"general"}}, b.session(t, supervisor))
	require.Contains(t, page, "请选择企业")
	require.Contains(t, page, `<li><a href="#location">`)
	require.Contains(t, page, "最多 4000 个字", "what is too long is not hidden by what is missing")
	require.NotContains(t, page, "没有找到这个")
	require.NotContains(t, page, "看最新情况")

	answer := b.operator(t, supervisor).do(t, 422, "POST", "/hazards", object{"enterprise_id": "", "location": "\u200b", "description": "x", "level": "general", "clause": strings.Repeat("长", 300)}, "Idempotency-Key", "k")
	named := []string{}
	for _, f := range answer["fields"].([]any) {
		named = append(named, f.(object)["name"].(string))
	}
	require.Subset(t, named, []string{"clause"})

	// What only the rules know, beside what a field's type or the contract refuses.
	_, page = b.send(t, "/hazards/record", url.Values{"_key": {"k2"}, "enterprise_id": {b.Enterprise}, "description": {"灭火器过期"}, "level": {"major"}}, b.session(t, supervisor))
	require.Contains(t, page, `<li><a href="#location">`)
	require.Contains(t, page, `<li><a href="#clause">`, "a major hazard needs its clause")
	answer = b.operator(t, supervisor).do(t, 422, "POST", "/hazards", object{"enterprise_id": b.Enterprise, "location": "车间", "description": strings.Repeat("长", 4001), "level": "major", "campaign_id": uuid.NewString()}, "Idempotency-Key", "beside")
	named = nil
	for _, f := range answer["fields"].([]any) {
		named = append(named, f.(object)["name"].(string))
	}
	require.Subset(t, named, []string{"description", "clause", "campaign_id"}, "what the contract refuses, and what two rules refuse beside it")
	_, page = b.send(t, "/calendar/preview", url.Values{"_key": {"k3"}, "year": {"2027"}, "paper": {""}, "hours": {"9点"}, "lines": {"元旦 休 元旦\n2027-01-01 休 元旦\n2028-01-01 休 元旦\n2027-10-01 歇 国庆节"}}, b.session(t, admin))
	for _, part := range []string{"第 1 行的日期", "2028-01-01 是下一年", "第 4 行的「歇」", "放假安排的文件", "办公时间「9点」"} {
		require.Contains(t, page, part)
	}

	rows := `[{"line":2,"cells":{"name":"王一","unit_id":"没有的科","mobile":"x","email":"y","roles":"领导"}},{"line":3,"cells":{"roles":"领导"}}]`
	_, page = b.send(t, "/registers/people/import/apply", url.Values{"rows": {b.tried(t, register.PeopleName, rows)}, "_key": {"k"}}, b.session(t, admin))
	for _, part := range []string{"没有找到“没有的科”", "手机号只能有数字", "邮箱应写成"} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, page, "账号只能用小写字母", "an account that may be left out is not asked for")
}

// TestARefusedFileIsNamed: which file, and why.
func TestARefusedFileIsNamed(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	for _, path := range []string{"/registers/units/import", "/calendar/preview"} {
		var buffer bytes.Buffer
		form := multipart.NewWriter(&buffer)
		require.NoError(t, form.WriteField("year", "2027"))
		_, err := form.CreateFormFile("file", "空表.xlsx")
		require.NoError(t, err)
		require.NoError(t, form.Close())
		answer, body := b.ask(t, http.MethodPost, path, buffer.String(), "Cookie", cookie, "Content-Type", form.FormDataContentType())
		require.Equal(t, http.StatusSeeOther, answer.StatusCode, body)
		_, page := b.ask(t, http.MethodGet, answer.Header.Get("Location"), "", "Cookie", cookie, "Accept-Language", "zh")
		require.Contains(t, page, "「空表.xlsx」", path)
		require.NotContains(t, page, "看最新情况", path)
	}
}

// TestErrorsKeepMenuAndSearch: and who may not see a page reads whom to ask.
func TestErrorsKeepMenuAndSearch(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	manager := b.session(t, b.As(process.ProjectManager))
	for path, status := range map[string]int{"/users": 403, "/nowhere": 404, "/projects/" + b.Enterprise: 404, "/projects/nope": 404} {
		answer, page := b.ask(t, http.MethodGet, path, "", "Cookie", manager, "Accept-Language", "zh")
		require.Equal(t, status, answer.StatusCode)
		require.Contains(t, page, `class="pw-side"`, path)
		require.Contains(t, page, `role="search"`, path)
		require.Equal(t, 1, strings.Count(page, "<h1"), path)
	}
	_, page := b.ask(t, http.MethodGet, "/channels", "", "Cookie", manager, "Accept-Language", "zh")
	require.Contains(t, page, "管理员："+b.As(process.Administrator).Name)
	_, page = b.ask(t, http.MethodGet, "/channels", "", "Cookie", b.session(t, b.Contact), "Accept-Language", "zh")
	require.NotContains(t, page, b.As(process.Administrator).Name, "outside, nobody's name is told")
	answer, page := b.ask(t, http.MethodGet, "/projects/nope", "", "Accept-Language", "zh")
	require.Equal(t, http.StatusSeeOther, answer.StatusCode, page)
}

// TestWhyItIsMeantIsAskedOnceItIsDoubted: a form asks for no reason before something was doubted, asks for it then with the doubt at its field, and keeps what was typed.
func TestWhyItIsMeantIsAskedOnceItIsDoubted(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	manager := b.session(t, b.As(process.ProjectManager))
	id := uuid.NewString()
	sector, mode, sum := "textile", project.OwnLand, project.Yuan(120_000_000_00)
	b.apply(t, process.ProjectManager, id, project.OpenName, project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: "signed", Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &sum}})
	_, page := b.ask(t, http.MethodGet, "/projects/"+id+"/edit", "", "Cookie", manager)
	require.NotContains(t, page, `name="all_the_same"`)
	_, page = b.ask(t, http.MethodGet, "/projects/"+id+"/sign", "", "Cookie", manager)
	require.NotContains(t, page, `name="all_the_same"`)
	_, page = b.send(t, "/projects/"+id+"/edit", url.Values{"_key": {"one"}, "_version": {"1"}, "all_the_same": {"登记时单位写错"}, "reason": {""}}, manager)
	require.Contains(t, page, `name="all_the_same" value="登记时单位写错"`)
}
