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
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
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

// TestARenamingReachesTheCases: by a sheet as by a form, on the pages and over the API; what could not be done is said, and made up for by the next one.
func TestARenamingReachesTheCases(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	engine := &away{}
	b.server.App.Engine = &app.Engine{Client: engine}
	b.put(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆垛过高", Level: hazard.General})
	cookie := b.session(t, b.As(process.Administrator))
	admin := b.operator(t, b.As(process.Administrator))
	rows := `[{"line":2,"cells":{"name":"泗县莱卡织造有限公司","short_name":"莱卡新"}}]`
	for range 2 { // the second time nothing but the cases is left to be changed
		_, text := b.send(t, "/registers/enterprises/import/apply", url.Values{"rows": {b.tried(t, register.EnterprisesName, rows)}}, cookie)
		require.Contains(t, text, "系统暂时连不上")
		require.Contains(t, text, "莱卡新", "the rows are still there")
	}
	require.Equal(t, []string{"hazard.readdress", "hazard.readdress"}, engine.asked)
	admin.do(t, 503, "POST", "/registers/enterprises", b.records()[register.EnterprisesName])
	require.Len(t, engine.asked, 3, "what is written next makes up for it")
	renamed, err := b.Store.Renamed(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{b.Enterprise}, renamed)
}
