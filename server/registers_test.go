package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/internal/sinks"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/server/founding"
)

// records are one valid record for each register.
func (b *bundle) records() map[register.Name]object {
	return map[register.Name]object{
		register.ZoneName:        {"name": "泗县经济开发区", "short_name": "泗开", "letters": "泗开安监"},
		register.UnitsName:       {"name": "安监科", "kind": "zone", "head_id": b.Second.ID, "deputy_id": ""},
		register.PeopleName:      {"username": "neu", "name": "新人", "roles": []string{"project_manager", "liaison_officer"}, "unit_id": b.Section, "enterprise_id": "", "mobile": "", "card_number": "皖L-018", "email": ""},
		register.EnterprisesName: {"name": "泗县新设有限公司", "short_name": "", "credit_code": "", "aliases": []string{"老新设"}, "sector": "other", "address": "朝阳路 8 号", "status": "stopped", "liaison_id": "", "department_id": b.Bureau},
		register.BuildingsName:   {"enterprise_id": b.Enterprise, "name": "1 号厂房", "purpose": "织造", "area": "4200.50", "floors": 3, "note": ""},
		register.CampaignsName:   {"name": "消防专项", "started_on": "2026-03-01", "ended_on": nil},
		register.ChecklistsName:  {"name": "通用检查表", "basic": []string{"有责任制|安全生产法第二十二条|限期"}, "site": []string{"通道畅通"}, "serious": []string{"液氨"}, "withdrawn": ""},
		register.TenanciesName:   {"enterprise_id": b.Enterprise, "tenant_id": b.Rival, "place": "3 号厂房", "from": "2026-03-01", "until": nil},
		register.LevelsName:      {"name": "较大", "code": "B", "statutory": "general"},
		register.VisitPlansName:  {"name": "光伏季度检查", "enterprise_id": "", "sector": "photovoltaic", "department_id": b.Bureau, "visit_sort": "regular", "checklist_id": "", "every_months": 3, "from": "2026-03-02", "section_id": b.Section, "first_id": "", "second_id": "", "withdrawn": ""},
		register.OtherVisitsName: {"enterprise_id": b.Enterprise, "on": "2026-03-01", "body": "县消防救援大队", "purpose": "消防抽查", "result": "", "withdrawn": ""},
		register.LibraryName:     {"name": "灭火器过期", "category": "消防设施", "clause": "消防法第十六条", "wording": "灭火器超过有效期。", "requirement": "更换灭火器。", "level": "general", "handling": "deadline", "days": 7, "withdrawn": ""},
	}
}

// TestWhomARecordNeedNotNameIsLeftOut: left out, null and empty are one to the program, as they are to the form and the sheet, and the contract says so.
func TestWhomARecordNeedNotNameIsLeftOut(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	boss, seen := b.operator(t, b.As(process.Administrator)), 0
	boss.bearer, boss.cookie = "", b.session(t, b.As(process.Administrator))
	for _, r := range register.All() {
		optional := []string{}
		for _, q := range r.Questions() {
			if register.Refers(q) != "" && !q.Required {
				optional = append(optional, q.Path)
			}
		}
		if len(optional) == 0 {
			continue
		}
		at, record := "/registers/"+string(r.Name), b.records()[r.Name]
		if _, of := record["roles"]; of {
			record["roles"] = []string{"leader"}
		}
		delete(record, optional[0])
		for _, name := range optional[1:] {
			record[name] = nil
		}
		id := boss.do(t, 200, "POST", at, record)["id"].(string)
		for _, name := range optional {
			require.Equal(t, "", boss.do(t, 200, "GET", at+"/"+id, nil)["record"].(object)[name], "%s: %s", r.Name, name)
			record[name] = "x"
			require.NotEmpty(t, said(boss.do(t, 422, "PUT", at+"/"+id, record), name), "%s: %s", r.Name, name)
			record[name] = ""
			boss.do(t, 200, "PUT", at+"/"+id, record)
			seen++
		}
	}
	require.Greater(t, seen, 8)
}

// TestEveryRegisterHasItsOperationsAndPages: each is listed, added to, changed and remembered the same way, by its type alone.
func TestEveryRegisterHasItsOperationsAndPages(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	boss, reader := b.operator(t, b.As(process.Administrator)), b.operator(t, b.As(process.Leader))
	boss.bearer, boss.cookie = "", b.session(t, b.As(process.Administrator))
	for _, r := range register.All() {
		at, record := "/registers/"+string(r.Name), b.records()[r.Name]
		require.NotNil(t, record, "%s: say in this file what a record looks like", r.Name)
		id := ""
		if r.Single {
			items := boss.do(t, 200, "GET", at, nil)["items"].([]any)
			id = items[0].(object)["id"].(string)
		} else {
			id = boss.do(t, 200, "POST", at, record)["id"].(string)
			boss.do(t, 422, "POST", at, record) // the same name twice
			boss.do(t, 422, "POST", at, object{})
			broken := object{"nonsense": 1}
			boss.do(t, 422, "POST", at, broken)
		}
		record[r.Title] = "改过的名称"
		changes := boss.do(t, 200, "PUT", at+"/"+id, record)["changes"].([]any)
		require.NotEmpty(t, changes, r.Name)
		require.Empty(t, boss.do(t, 200, "PUT", at+"/"+id, record)["changes"], "%s: what is so already changes nothing", r.Name)
		require.Equal(t, "改过的名称", boss.do(t, 200, "GET", at+"/"+id, nil)["record"].(object)[r.Title])
		deed := boss.do(t, 200, "GET", "/deeds?record="+id, nil)["items"].([]any)[0].(object)
		require.Equal(t, []any{"changed", b.As(process.Administrator).Name}, []any{deed["deed"], deed["who"]})
		boss.do(t, 404, "GET", at+"/"+uuid.NewString(), nil)
		boss.do(t, 404, "PUT", at+"/"+uuid.NewString(), record)
		reader.do(t, 403, "GET", at, nil)
		for _, page := range []string{at, at + "/" + id, at + "/new", at + "/import"} {
			response, text := b.ask(t, http.MethodGet, page, "", "Cookie", boss.cookie, "Accept-Language", "zh")
			if r.Single && strings.HasSuffix(page, "/import") {
				require.Equal(t, http.StatusNotFound, response.StatusCode, page)
				continue
			}
			require.Contains(t, []int{http.StatusOK, http.StatusSeeOther}, response.StatusCode, page)
			require.NotRegexp(t, `\[[a-z_]+\.[a-z_.]+\]`, text, page)
		}
	}
}

// TestPeopleAreFound: by words, by unit and by role, together.
func TestPeopleAreFound(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	for query, found := range map[string][]string{"q=second": {"second"}, "roles=safety_supervisor": {"safety_supervisor", "second"}, "unit_id=" + b.Bureau: {"department"},
		"roles=safety_supervisor&q=SECOND": {"second"}, "roles=auditor&unit_id=" + b.Bureau: {}} {
		_, text := b.ask(t, http.MethodGet, "/users?"+query, "", "Cookie", cookie)
		for _, name := range []string{"second", "safety_supervisor", "department", "auditor"} {
			shown := strings.Contains(text, ">"+name+"</a>")
			require.Equal(t, contains(found, name), shown, "%s: %s", query, name)
		}
	}
}

// TestAccountsThatAuditTheirOwnDeedsAreNamed: of a time when that could be recorded. It cannot any more, by whatever way.
func TestAccountsThatAuditTheirOwnDeedsAreNamed(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", b.session(t, b.As(process.Administrator))
	_, page := b.ask(t, http.MethodGet, "/users", "", "Cookie", admin.cookie+"; parkway_language=zh")
	require.NotContains(t, page, "审计不能兼任")
	leader := b.As(process.Leader)
	record := admin.do(t, 200, "GET", "/registers/people/"+leader.ID, nil)["record"].(object)
	record["roles"] = []string{"leader", "auditor"}
	answer := admin.do(t, 422, "PUT", "/registers/people/"+leader.ID, record, "Accept-Language", "zh")
	require.Contains(t, said(answer, "roles"), "审计不能兼任")
	_, err := b.connect(t).Exec(t.Context(), "UPDATE users SET roles = roles || '{auditor}' WHERE id = $1", leader.ID)
	require.NoError(t, err)
	_, page = b.ask(t, http.MethodGet, "/users?q=nobody", "", "Cookie", admin.cookie+"; parkway_language=zh")
	require.Regexp(t, `(?s)审计不能兼任.{0,300}<a href="/registers/people/`+leader.ID+`">`+leader.Name+`</a>`, page)
}

func contains(list []string, one string) bool {
	for _, l := range list {
		if l == one {
			return true
		}
	}
	return false
}

// TestALostSecretKeyAsksForTheSecretsAnew: the channel is mended in place, and whoever used it goes on using it.
func TestALostSecretKeyAsksForTheSecretsAnew(t *testing.T) {
	t.Parallel()
	sink := sinks.WeCom(t)
	b := setup(t, asItIs)
	admin, manager := b.operator(t, b.As(process.Administrator)), b.As(process.ProjectManager)
	id := admin.do(t, 200, "POST", "/channels", object{"kind": "wecom", "name": "安监群", "url": sink.URL})["id"].(string)
	habits, err := b.Store.Habits(t.Context(), manager.ID)
	require.NoError(t, err)
	require.NoError(t, b.Store.SetHabits(t.Context(), manager.ID, habits, []string{id}))
	admin.do(t, 204, "PUT", "/channels/"+id, object{"name": "安监工作群"})
	other, err := notify.NewSafe([]byte(strings.Repeat("x", 32)))
	require.NoError(t, err)
	_, err = b.Store.Channel(t.Context(), id, other)
	require.Error(t, err, "the key is lost")
	lost := notify.Channel{ID: id, Kind: notify.WeCom, Name: "安监工作群"}
	var refusal *process.Refusal
	require.ErrorAs(t, b.Store.ChangeChannel(t.Context(), b.As(process.Administrator), lost, other, time.Now()), &refusal)
	require.Equal(t, "url", refusal.Fields[0].Name)
	lost.Secrets.URL = sink.URL
	require.NoError(t, b.Store.ChangeChannel(t.Context(), b.As(process.Administrator), lost, other, time.Now()))
	mended, err := b.Store.Channel(t.Context(), id, other)
	require.NoError(t, err)
	require.Equal(t, sink.URL, mended.Secrets.URL)
	routes, err := b.Store.Routes(t.Context(), manager.ID)
	require.NoError(t, err)
	require.Equal(t, []string{id}, routes)
	deeds, err := b.Store.RegisterDeeds(t.Context(), id, "", 10)
	require.NoError(t, err)
	require.NotContains(t, string(deeds[0].Changes), sink.URL)
	cookie := b.session(t, b.As(process.Administrator))
	_, text := b.ask(t, http.MethodGet, "/channels/"+id+"/edit", "", "Cookie", cookie, "Accept-Language", "zh")
	require.Contains(t, text, "读不出来，请重新填写", "the server has the old key")
	answer, _ := b.ask(t, http.MethodPost, "/channels/"+id+"/edit", url.Values{"_key": {"k"}, "channel_name": {"安监工作群"}}.Encode(), "Cookie", cookie)
	_, text = b.ask(t, http.MethodGet, answer.Header.Get("Location"), "", "Cookie", cookie, "Accept-Language", "zh")
	require.Contains(t, text, `<a href="#channel_url">`, "without its secrets the form is refused at their field")
	answer, _ = b.ask(t, http.MethodPost, "/channels/"+id+"/edit", url.Values{"_key": {"l"}, "channel_name": {"安监工作群"}, "channel_url": {sink.URL}}.Encode(), "Cookie", cookie)
	require.Equal(t, "/channels", answer.Header.Get("Location"))
	_, text = b.ask(t, http.MethodGet, "/channels/"+id+"/edit", "", "Cookie", cookie, "Accept-Language", "zh")
	require.NotContains(t, text, "读不出来", "it is mended by the page too")
	answer, text = b.ask(t, http.MethodGet, "/deeds", "", "Cookie", cookie, "Accept-Language", "zh")
	require.Equal(t, http.StatusOK, answer.StatusCode, "a channel is no register, and what was done to it is told all the same")
	require.Contains(t, text, "安监群 → 安监工作群")
	require.NotRegexp(t, `\[[a-z_]+\.[a-z_.]+\]`, text)
}

// TestTheLinkSetsOneZoneUpOnce: every other address says what is missing, the link belongs to one browser, and it ends with the zone.
func TestTheLinkSetsOneZoneUpOnce(t *testing.T) {
	t.Parallel()
	b := vacant(t)
	link := founding.NewLink()
	b.server.Site.Link = link
	for _, path := range []string{"/", "/sign-in", "/users", "/nothing", "/api/v1/me"} {
		response, text := b.ask(t, http.MethodGet, path, "", "Accept-Language", "zh")
		require.Equal(t, http.StatusServiceUnavailable, response.StatusCode, path)
		require.Contains(t, text, "还没有建立园区", path)
	}
	response, text := b.ask(t, http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
	require.Contains(t, text, "no zone has been set up")
	response, _ = b.ask(t, http.MethodGet, "/healthz", "")
	require.Equal(t, http.StatusOK, response.StatusCode)
	response, _ = b.ask(t, http.MethodGet, "/setup?key=WRONG", "")
	require.Equal(t, http.StatusForbidden, response.StatusCode)
	response, _ = b.ask(t, http.MethodHead, link.URL(""), "")
	require.Equal(t, http.StatusOK, response.StatusCode, "a preview of the link does not use it up")
	require.Empty(t, response.Header.Get("Set-Cookie"))
	response, _ = b.ask(t, http.MethodGet, link.URL(""), "")
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	cookie := strings.SplitN(response.Header.Get("Set-Cookie"), ";", 2)[0]
	response, _ = b.ask(t, http.MethodGet, link.URL(""), "")
	require.Equal(t, http.StatusForbidden, response.StatusCode, "another browser")
	response, _ = b.ask(t, http.MethodGet, link.URL(""), "", "Cookie", cookie)
	require.Equal(t, http.StatusSeeOther, response.StatusCode, "the same browser once more")
	form := url.Values{"name": {"泗县经济开发区"}, "short_name": {"泗开"}, "letters": {"泗开"}, "time_zone": {"Asia/Shanghai"}, "calendar": {"weekends"}, "username": {"admin"},
		"person": {"周管理"}, "password": {"correct-horse-1"}, "again": {"correct-horse-1"}}
	response, _ = b.ask(t, http.MethodPost, "/setup", form.Encode())
	require.Equal(t, http.StatusForbidden, response.StatusCode, "without the link")
	for field, wrong := range map[string]string{"name": "", "letters": strings.Repeat("字", 21), "time_zone": "Europe/Berlin", "calendar": "moon", "username": "坏", "person": "", "password": "short", "again": "else"} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		bad.Set(field, wrong)
		_, text := b.send(t, "/setup", bad, cookie)
		require.Contains(t, text, "is-wrong", field)
	}
	response, _ = b.ask(t, http.MethodPost, "/setup", form.Encode(), "Cookie", cookie)
	require.Equal(t, "/start", response.Header.Get("Location"))
	<-link.Done()
	response, _ = b.ask(t, http.MethodGet, link.URL(""), "", "Cookie", cookie)
	require.Equal(t, "/sign-in", response.Header.Get("Location"), "the zone is there")
	response, _ = b.ask(t, http.MethodPost, "/setup", form.Encode(), "Cookie", cookie)
	require.Equal(t, "/sign-in", response.Header.Get("Location"))
	cal, err := b.server.App.Store.Calendar(t.Context())
	require.NoError(t, err)
	require.Empty(t, cal.Special, "weekends only")
}

// TestWhoMeetsOtherBodiesWritesItDown: supervisors keep the register of visits by other bodies, which they plan by, on the pages and by the API; no other register, and nobody outside does.
func TestWhoMeetsOtherBodiesWritesItDown(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	supervisor, record := b.As(process.SafetySupervisor), b.records()[register.OtherVisitsName]
	by := b.operator(t, supervisor)
	id := by.do(t, 200, "POST", "/registers/other_visits", record)["id"].(string)
	record["result"] = "限期整改"
	by.do(t, 200, "PUT", "/registers/other_visits/"+id, record)
	by.do(t, 403, "POST", "/registers/units", b.records()[register.UnitsName])
	b.operator(t, b.Contact).do(t, 403, "POST", "/registers/other_visits", record)
	session := b.session(t, supervisor)
	for path, status := range map[string]int{"/registers/other_visits": 200, "/registers/other_visits/new": 200, "/registers/other_visits/" + id: 200, "/registers/visit_plans": 403, "/registers/units": 403} {
		response, page := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		require.Equal(t, status, response.StatusCode, "%s: %s", path, page)
	}
	_, page := b.ask(t, http.MethodGet, "/visit-plan", "", "Cookie", session)
	require.Contains(t, page, `href="/registers/other_visits"`)
}
