package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// finds asks for suggestions and returns what they are called.
func (b *bundle) finds(t *testing.T, cookie, path string) []string {
	t.Helper()
	response, body := b.ask(t, http.MethodGet, path, "", "Cookie", cookie)
	require.Equal(t, http.StatusOK, response.StatusCode, body)
	var answer struct {
		Found []struct{ Value, Text, Detail string }
	}
	require.NoError(t, json.Unmarshal([]byte(body), &answer))
	require.NotNil(t, answer.Found, "%s: a list of none is a list: %s", path, body)
	names := []string{}
	for _, one := range answer.Found {
		require.NotEmpty(t, one.Value)
		names = append(names, one.Text)
	}
	return names
}

func TestSuggestionsKeepToWhatTheReaderSees(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	pm, contact, rival := b.session(t, b.As(process.ProjectManager)), b.session(t, b.Contact), b.session(t, b.RivalOne)
	officer, auditor := b.session(t, b.As(process.Department)), b.session(t, b.As(process.Auditor))

	require.Equal(t, []string{"莱卡织造"}, b.finds(t, pm, "/find/enterprises?q=lkzz"))
	require.ElementsMatch(t, []string{"莱卡织造", "鸿瑞印务"}, b.finds(t, pm, "/find/enterprises?q="))
	require.Equal(t, []string{"莱卡织造"}, b.finds(t, contact, "/find/enterprises?q="), "a contact finds its own enterprise only")
	require.Empty(t, b.finds(t, rival, "/find/enterprises?q=lkzz"))
	require.Empty(t, b.finds(t, pm, "/find/enterprises?q=没有这样的企业"))

	workers := []string{"department", "leader", "liaison_officer", "project_manager", "safety_supervisor", "second"}
	require.ElementsMatch(t, workers, b.finds(t, pm, "/find/people?of=workers&q="))
	require.Equal(t, []string{"second"}, b.finds(t, pm, "/find/people?of=supervisors&q=&not="+b.As(process.SafetySupervisor).ID))
	require.ElementsMatch(t, workers, b.finds(t, officer, "/find/people?of=workers"))
	require.Equal(t, []string{"莱卡织造", "县住建局", "项目科"}, b.finds(t, pm, "/find/parties?q=&enterprise="+b.Enterprise)[:3], "a case goes to its enterprise, to a unit, to a person")
	require.NotContains(t, b.finds(t, pm, "/find/parties?q=&enterprise="+b.Enterprise+"&not="+b.Bureau), "县住建局", "who has it is not offered")
	require.Empty(t, b.finds(t, contact, "/find/people?of=deputies"), "no colleague, no deputy")

	for cookie, paths := range map[string][]string{
		contact: {"/find/people?of=workers", "/find/people?of=supervisors", "/find/parties?q=", "/find/people", "/find/people?of=everybody"},
		officer: {"/find/people?of=colleagues", "/find/people?of=supervisors", "/find/people?of=liaisons"},
		auditor: {"/find/people?of=workers", "/find/parties?q="},
	} {
		for _, path := range paths {
			response, body := b.ask(t, http.MethodGet, path, "", "Cookie", cookie)
			require.Equal(t, http.StatusForbidden, response.StatusCode, path)
			require.NotContains(t, body, "second", path)
		}
	}
	for _, path := range []string{"/find/enterprises?q=x", "/find/people?of=workers", "/find/parties"} {
		response, _ := b.ask(t, http.MethodGet, path, "")
		require.Equal(t, http.StatusSeeOther, response.StatusCode, "a stranger signs in first")
	}
	for _, q := range []string{"%00", "%ff", strings.Repeat("x", 101), "%25", "_", "'", "\\\\"} {
		response, _ := b.ask(t, http.MethodGet, "/find/enterprises?q="+q, "", "Cookie", pm)
		require.Less(t, response.StatusCode, 500, q)
	}
	response, _ := b.ask(t, http.MethodGet, "/find/parties?enterprise=not-an-id&not=x", "", "Cookie", pm)
	require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode)
}

// TestSearchingInAFormLosesNothing: without scripts, the form itself is the search page.
func TestSearchingInAFormLosesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	pm := b.session(t, b.As(process.ProjectManager))
	send := func(form url.Values) (int, string) {
		response, body := b.send(t, "/projects/open", form, pm)
		return response.StatusCode, body
	}
	form := url.Values{"_key": {"one"}, "_version": {"0"}, "title": {"一个项目"}, "facts.note": {""}, "entry_stage": {"negotiation"}, "facts.investment": {"12"},
		"enterprise_id_words": {"hryw"}, "manager_id": {b.As(process.ProjectManager).ID}}

	status, body := send(with(form, "_find", "enterprise_id"))
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, `value="一个项目"`)
	require.Contains(t, body, `<option value="negotiation" selected>`)
	require.Contains(t, body, `name="enterprise_id" value="`+b.Rival+`"`)
	require.Contains(t, body, `name="enterprise_id" value="new"`)
	require.Contains(t, body, `name="_key" value="one"`, "it stays the same form")
	require.NotContains(t, body, `name="enterprise_id" value="`+b.Enterprise+`"`)

	_, body = send(form) // sent as a whole with nothing chosen: asked for, not guessed
	require.Contains(t, body, "还没有选定")
	require.Contains(t, body, `name="enterprise_id" value="`+b.Rival+`"`)

	_, body = send(with(form, "_use", "enterprise_id="+b.Enterprise))
	require.Regexp(t, `name="enterprise_id" value="`+b.Enterprise+`" checked`, body)
	require.Contains(t, body, `value="一个项目"`)

	_, body = send(with(form, "_use", "title=hacked"))
	require.Contains(t, body, `value="一个项目"`, "only what is chosen among hundreds is chosen so")
}

func with(form url.Values, name, value string) url.Values {
	changed := url.Values{name: {value}}
	for n, v := range form {
		if n != name {
			changed[n] = v
		}
	}
	return changed
}

func TestACompanyThatIsOnFileIsOffered(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	pm := b.session(t, b.As(process.ProjectManager))
	form := url.Values{"_key": {"two"}, "_version": {"0"}, "title": {"一个项目"}, "entry_stage": {"lead"}, "facts.sector": {"textile"}, "facts.site_mode": {"own_land"},
		"enterprise_id": {"new"}, "new_name": {"莱卡织造有限公司"}}
	response, body := b.send(t, "/projects/open", form, pm)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, body, "已经有这家企业了：莱卡织造（泗县莱卡织造有限公司）")
	require.Contains(t, body, `name="_use" value="enterprise_id=`+b.Enterprise+`"`)
	require.Contains(t, body, `name="new_name" value="莱卡织造有限公司"`)
	rows, _, err := b.Store.Enterprises(t.Context(), b.As(process.ProjectManager), "", "", 10)
	require.NoError(t, err)
	require.Len(t, rows, 2)

	_, body = b.send(t, "/projects/open", with(form, "new_credit_code", "1"), pm)
	require.Contains(t, body, "应是 18 位")
	_, err = b.Store.AddEnterprise(t.Context(), store.Enterprise{Name: "另一家", ShortName: "另一家", CreditCode: "91350100M000100Y43"})
	require.NoError(t, err)
	changed := with(with(form, "new_credit_code", "91350100M000100Y43"), "new_name", "全新的名字")
	_, body = b.send(t, "/projects/open", changed, pm)
	require.Contains(t, body, "已经有这家企业了：另一家")
}

// TestSeveralAreChosenInOneField: whatever was chosen comes to the deed, with scripts in one value and without in several, and is there again in a form that was refused;
// where one is chosen, two are refused and none is dropped.
func TestSeveralAreChosenInOneField(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	supervisor := b.session(t, b.As(process.SafetySupervisor))
	third, err := b.Store.AddEnterprise(t.Context(), store.Enterprise{Name: "泗县盈川家居有限公司", ShortName: "盈川家居", Sector: "other"})
	require.NoError(t, err)
	record := url.Values{"_key": {"one"}, "_version": {"0"}, "enterprise_id": {b.Enterprise}, "also_ids": {b.Rival, third}, "location": {"2 号厂房"}, "description": {""}, "level": {"general"}}
	response, body := b.send(t, "/hazards/record", record, supervisor)
	require.Equal(t, http.StatusOK, response.StatusCode)
	for _, chosen := range []string{b.Rival, third} {
		require.Contains(t, body, `<input type="checkbox" name="also_ids" value="`+chosen+`" checked`)
	}
	_, body = b.send(t, "/hazards/record", with(with(record, "_key", "two"), "also_ids", b.Rival+","+third), supervisor)
	for _, chosen := range []string{b.Rival, third} {
		require.Contains(t, body, `<input type="checkbox" name="also_ids" value="`+chosen+`" checked`)
	}
	record["enterprise_id"], record["_key"], record["also_ids"], record["description"] = []string{b.Enterprise, b.Rival}, []string{"three"}, []string{third}, []string{"电缆裸露"}
	response, body = b.send(t, "/hazards/record", record, supervisor)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, body, "这里只能选一个")
}

// TestACommaIsNoSecondAnswer: what one is chosen by may be written with a comma, which is a part of it.
func TestACommaIsNoSecondAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	record := url.Values{"_key": {"one"}, "_version": {"0"}, "enterprise_id": {b.Enterprise}, "location": {"2 号厂房"}, "description": {""}, "level": {"general"}, "project": {"XM-2024-0001, 0002"}}
	_, body := b.send(t, "/hazards/record", record, b.session(t, b.As(process.SafetySupervisor)))
	require.NotContains(t, body, "这里只能选一个")
}
