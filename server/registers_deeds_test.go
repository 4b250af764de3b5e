package server_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// TestAnEnterpriseComesFromSomewhere: whoever adds one, by whatever way, is on record, once; one that went with a refused case is not.
func TestAnEnterpriseComesFromSomewhere(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	pm, admin := b.operator(t, b.As(process.ProjectManager)), b.operator(t, b.As(process.Administrator))
	id := pm.do(t, 200, "POST", "/enterprises", object{"name": "泗县新来有限公司"})["id"].(string)
	deeds := func(id string) []any { return admin.do(t, 200, "GET", "/deeds?record="+id, nil)["items"].([]any) }
	require.Len(t, deeds(id), 1)
	require.Equal(t, []any{"added", b.As(process.ProjectManager).Name}, []any{deeds(id)[0].(object)["deed"], deeds(id)[0].(object)["who"]})

	withCase := uuid.NewString()
	_, added, err := b.Store.PutEnterprise(t.Context(), store.Enterprise{ID: withCase, Name: "随件来有限公司", ShortName: "随件来"})
	require.NoError(t, err)
	require.True(t, added)
	require.Empty(t, deeds(withCase), "the case is not there yet")
	for range 2 {
		require.NoError(t, b.Store.Filed(t.Context(), b.As(process.ProjectManager), withCase, time.Now()))
	}
	require.Len(t, deeds(withCase), 1)
}

// TestNamesAreComparedInOneWay: what /enterprises takes for the same name, the register does too, in forms and references.
func TestNamesAreComparedInOneWay(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	record := b.records()[register.EnterprisesName]
	record["name"] = "测试[一]厂"
	id := admin.do(t, 200, "POST", "/registers/enterprises", record)["id"].(string)
	for _, name := range []string{"测试【一】厂", "测试〔一〕 厂", "测试(一)\u200b厂"} {
		admin.do(t, 422, "POST", "/registers/enterprises", object{"name": name, "short_name": name + "x", "credit_code": "", "aliases": []string{}, "sector": "other", "address": "", "liaison_id": "", "department_id": ""})
		admin.do(t, 422, "POST", "/enterprises", object{"name": name})
	}
	record["address"] = "别处"
	admin.do(t, 200, "PUT", "/registers/enterprises/"+id, record)
}

// TestNoDeedIsLostBetweenPages: many deeds of one instant, one a page.
func TestNoDeedIsLostBetweenPages(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin, at := b.operator(t, b.As(process.Administrator)), time.Now()
	for i, name := range []string{"一", "二", "三"} {
		require.NoError(t, b.Store.Note(t.Context(), b.As(process.Administrator), register.UnitsName, b.Section, name, "changed", "", nil, at.Add(time.Duration(i/2)*time.Second)))
	}
	cookie := b.session(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", cookie
	admin.do(t, 200, "POST", "/users/"+b.Second.ID+"/disablement", nil)
	all := admin.do(t, 200, "GET", "/deeds?size=50", nil)["items"].([]any)
	require.GreaterOrEqual(t, len(all), 4)
	found, next := []any{}, ""
	for range len(all) + 1 {
		page := admin.do(t, 200, "GET", "/deeds?size=1&before="+url.QueryEscape(next), nil)
		found = append(found, page["items"].([]any)...)
		if next, _ = page["next"].(string); next == "" {
			break
		}
	}
	require.Equal(t, all, found)
	admin.do(t, 422, "GET", "/deeds?before=yesterday", nil)
	response, _ := b.ask(t, http.MethodGet, "/deeds?before=2026~x~1", "", "Cookie", cookie)
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	require.Equal(t, "/deeds", response.Header.Get("Location"), "to where it begins")
}

// tried keeps the rows of a sheet as its trial does, and returns under what.
func (b *bundle) tried(t *testing.T, name register.Name, rows string) string {
	t.Helper()
	id, err := b.Store.PutDraft(t.Context(), uuid.NewString(), b.As(process.Administrator).ID, "/registers/"+string(name)+"/import/apply", store.Draft{Typed: url.Values{"rows": {rows}}}, b.server.App.Now())
	require.NoError(t, err)
	return id
}

// TestFirstPasswordsAreNotLostByLoadingAgain: an import, and a new person's form, sent twice say the same.
func TestFirstPasswordsAreNotLostByLoadingAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	first := regexp.MustCompile(`<code class="pw-first">(\w+)</code>`)
	for path, form := range map[string]url.Values{
		"/registers/people/import/apply": {"rows": {b.tried(t, register.PeopleName, `[{"line":2,"cells":{"name":"新甲","roles":"领导"}},{"line":3,"cells":{"name":"新乙","roles":"领导"}}]`)}, "_key": {"k"}},
		"/registers/people":              {"username": {"neu"}, "name": {"新丙"}, "roles": {"leader"}, "_key": {"k"}},
	} {
		_, text := b.send(t, path, form, cookie)
		lent := first.FindAllString(text, -1)
		require.NotEmpty(t, lent)
		_, text = b.send(t, path, form, cookie)
		require.Equal(t, lent, first.FindAllString(text, -1), path)
		form.Set("_key", "another")
		_, text = b.send(t, path, form, cookie)
		require.Empty(t, first.FindAllString(text, -1), "another form is another deed")
	}
	_, page := b.ask(t, http.MethodGet, "/registers/people/new", "", "Cookie", cookie)
	require.Regexp(t, `name="_key" value="\w{20,}"`, page)
}

// away is an engine that cannot be reached, and remembers what it was asked.
type away struct {
	client.Client
	asked []string
}

func (a *away) UpdateWorkflow(_ context.Context, options client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	a.asked = append(a.asked, options.UpdateName)
	return nil, errors.New("away")
}

// TestARenamingReachesTheCases: by a sheet, by a form and over the API, while the engine is away: whoever gets another name, an enterprise, a unit or a
// person, no list and no page of any role says the old one. What was done under it says it still.
func TestARenamingReachesTheCases(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	engine := &away{}
	b.server.App.Engine = &app.Engine{Client: engine}
	supervisor, manager := b.As(process.SafetySupervisor), b.As(process.ProjectManager)
	admin, cookie := b.operator(t, b.As(process.Administrator)), b.session(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", cookie
	found := uuid.NewString()
	b.put(t, supervisor, found, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆垛过高", Level: hazard.General})
	sector, mode, amount := "textile", project.OwnLand, project.Yuan(360_000_000_00)
	b.put(t, manager, uuid.NewString(), project.OpenName, project.Open{Title: "高档面料", EnterpriseID: b.Enterprise, EntryStage: "lead", Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}})
	task := uuid.NewString()
	b.put(t, manager, task, plantask.RecordName, plantask.Record{Title: "招商任务", DueOn: clock.DateOf(b.server.App.Now()).AddDays(30)})
	b.put(t, manager, task, plantask.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "会办"})

	rows := `[{"line":2,"cells":{"name":"泗县莱卡织造有限公司","short_name":"莱卡新"}}]`
	answer, _ := b.ask(t, http.MethodPost, "/registers/enterprises/import/apply", url.Values{"rows": {b.tried(t, register.EnterprisesName, rows)}}.Encode(), "Cookie", cookie)
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	unit := b.drawn(t, cookie, register.UnitsName, b.Bureau)
	unit.Set("name", "县住房和城乡建设局")
	answer, _ = b.ask(t, http.MethodPost, "/registers/units/"+b.Bureau, unit.Encode(), "Cookie", cookie)
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	for _, who := range []process.Actor{supervisor, manager} {
		person := admin.do(t, 200, "GET", "/registers/people/"+who.ID, nil)["record"].(object)
		person["name"] = "改名" + who.Name[:4]
		admin.do(t, 200, "PUT", "/registers/people/"+who.ID, person)
	}
	require.Empty(t, engine.asked, "neither who has a case nor when it wakes changed")

	formerly := regexp.MustCompile(`<span>别名、曾用名 [^<]*</span>`)
	old := regexp.MustCompile(`莱卡织造[^有]|县住建局|>\s*(safety_supervisor|project_manager)\s*<|"(holder_name|manager_name|name)":"(safety_supervisor|project_manager)"`)
	for _, role := range []process.Role{process.Administrator, process.Leader, process.SafetySupervisor, process.ProjectManager, process.Department, process.Auditor} {
		session := b.session(t, b.As(role))
		for _, page := range []string{"/", "/projects", "/projects?view=list", "/hazards", "/plan-tasks", "/forecast", "/notices", "/search?q=%E5%A0%86%E5%9E%9B", "/search?q=XM", "/search?q=YH", "/enterprises", "/enterprises/" + b.Enterprise, "/registers/units",
			"/api/v1/projects", "/api/v1/hazards", "/api/v1/plan-tasks", "/api/v1/work/todo", "/api/v1/inbox", "/api/v1/forecast", "/api/v1/search?q=YH"} {
			answer, text := b.ask(t, http.MethodGet, page, "", "Cookie", session, "Accept-Language", "zh")
			if answer.StatusCode == http.StatusForbidden {
				continue
			}
			require.Equal(t, http.StatusOK, answer.StatusCode, page)
			require.NotRegexp(t, old, formerly.ReplaceAllString(text, ""), "%s for %s", page, role)
		}
	}
	_, text := b.ask(t, http.MethodGet, "/hazards", "", "Cookie", b.session(t, b.As(process.Leader)), "Accept-Language", "zh")
	require.Contains(t, text, "改名safe")
	require.Contains(t, text, "莱卡新")
	_, text = b.ask(t, http.MethodGet, "/api/v1/cases/"+found+"/history", "", "Cookie", b.session(t, b.As(process.Leader)))
	require.Contains(t, text, "safety_supervisor", "the history says by what name it was done")
}
