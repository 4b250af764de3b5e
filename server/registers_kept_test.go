package server_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// said is what an answer says of a field.
func said(answer object, field string) string {
	faults, _ := answer["fields"].([]any)
	for _, f := range faults {
		if f.(object)["name"] == field {
			return f.(object)["message"].(string)
		}
	}
	return ""
}

// TestWhoHoldsCasesStaysWhereTheyCanWork: a change of role that would leave open cases with nobody is refused, naming them.
func TestWhoHoldsCasesStaysWhereTheyCanWork(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", b.session(t, b.As(process.Administrator))
	supervisor := b.As(process.SafetySupervisor)
	at := "/registers/people/" + supervisor.ID
	read := func() object { return admin.do(t, 200, "GET", at, nil)["record"].(object) }
	record := read()
	id := uuid.NewString()
	b.put(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆垛过高", Level: hazard.General})
	held, err := b.Store.HeldBy(t.Context(), supervisor.ID, b.server.App.Now())
	require.NoError(t, err)
	require.NotEmpty(t, held.Cases)

	for _, roles := range [][]string{{"enterprise"}, {"auditor"}} {
		record["roles"], record["unit_id"], record["enterprise_id"] = roles, "", ""
		if roles[0] == "enterprise" {
			record["enterprise_id"] = b.Enterprise
		}
		answer := admin.do(t, 422, "PUT", at, record, "Accept-Language", "zh")
		require.Contains(t, said(answer, "roles"), held.Cases[0].Number)
		require.Contains(t, said(answer, "roles"), "移交")
	}
	kept := read()
	kept["mobile"] = "１３９ ０００１ ０００１"
	kept["roles"] = append(kept["roles"].([]any), "leader")
	admin.do(t, 200, "PUT", at, kept)
	require.Equal(t, "139 0001 0001", read()["mobile"])
}

// TestRegistersRefuseWhatDoesNotFit: at the field where it stands, with what to do.
func TestRegistersRefuseWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", b.session(t, b.As(process.Administrator))
	section := admin.do(t, 200, "POST", "/registers/units", object{"name": "招商科", "kind": "zone", "head_id": "", "deputy_id": ""})["id"].(string)
	body := admin.do(t, 200, "POST", "/registers/units", object{"name": "县工信局", "kind": "department", "head_id": "", "deputy_id": ""})["id"].(string)
	answer := admin.do(t, 422, "POST", "/registers/units", object{"name": "招 商科", "kind": "zone", "head_id": "", "deputy_id": ""}, "Accept-Language", "zh")
	require.Contains(t, said(answer, "name"), "已经有“招商科”了")

	firm := object{"name": "甲新材料有限公司", "short_name": "", "credit_code": "", "aliases": []string{}, "sector": "", "address": "", "liaison_id": "", "department_id": section}
	answer = admin.do(t, 422, "POST", "/registers/enterprises", firm, "Accept-Language", "zh")
	require.Contains(t, said(answer, "department_id"), "招商科是园区科室")
	firm["department_id"] = body
	id := admin.do(t, 200, "POST", "/registers/enterprises", firm)["id"].(string)
	require.Empty(t, admin.do(t, 200, "GET", "/registers/enterprises/"+id, nil)["record"].(object)["sector"], "nobody chose it")
	admin.do(t, 200, "GET", "/enterprises/"+id, nil)
	_, page := b.ask(t, http.MethodGet, "/registers/enterprises/"+id, "", "Cookie", admin.cookie, "Accept-Language", "zh")
	require.Contains(t, page, "县工信局")
	require.NotContains(t, page, `<option value="`+section, "a section is not offered")

	firm["name"], firm["short_name"] = "另一家有限公司", "甲新材料"
	answer = admin.do(t, 422, "POST", "/registers/enterprises", firm, "Accept-Language", "zh")
	require.Contains(t, said(answer, "short_name"), "请换一个能区分的简称")
	require.Contains(t, said(answer, "short_name"), "不用再登记")
	require.Empty(t, said(answer, "name"))

	admin.do(t, 204, "POST", "/enterprises/"+id+"/merge", object{"into_id": b.Enterprise, "reason": "重复登记"})
	answer = admin.do(t, 422, "POST", "/users", object{"username": "lianxiren", "name": "联系人", "role": "enterprise", "enterprise_id": id}, "Accept-Language", "zh")
	require.Contains(t, said(answer, "enterprise_id"), "已经并入另一家")
}

// TestWhatRefersToSomebodyWhoLeftIsEdited: on its page, whatever else is changed.
func TestWhatRefersToSomebodyWhoLeftIsEdited(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", b.session(t, b.As(process.Administrator))
	record := b.records()[register.PeopleName]
	record["roles"] = []string{"liaison_officer"}
	liaison := admin.do(t, 200, "POST", "/registers/people", record)["id"].(string)
	firm := admin.do(t, 200, "GET", "/registers/enterprises/"+b.Enterprise, nil)["record"].(object)
	firm["liaison_id"] = liaison
	admin.do(t, 200, "PUT", "/registers/enterprises/"+b.Enterprise, firm)
	admin.do(t, 200, "POST", "/users/"+liaison+"/disablement", nil)
	form := b.drawn(t, admin.cookie, register.EnterprisesName, b.Enterprise)
	require.Equal(t, liaison, form.Get("liaison_id"))
	form.Set("address", "朝阳路 9 号")
	response, page := b.ask(t, http.MethodPost, "/registers/enterprises/"+b.Enterprise, form.Encode(), "Cookie", admin.cookie)
	require.Equal(t, http.StatusSeeOther, response.StatusCode, page)
	firm = admin.do(t, 200, "GET", "/registers/enterprises/"+b.Enterprise, nil)["record"].(object)
	require.Equal(t, []any{"朝阳路 9 号", liaison}, []any{firm["address"], firm["liaison_id"]})
}

// TestTwoEnterprisesMergedIntoEachOther at the same moment: one stays.
func TestTwoEnterprisesMergedIntoEachOther(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", b.session(t, b.As(process.Administrator))
	for range 5 {
		pair := [2]string{}
		for i := range pair {
			pair[i] = admin.do(t, 200, "POST", "/registers/enterprises", object{"name": uuid.NewString(), "short_name": "", "credit_code": "", "aliases": []string{}, "sector": "", "address": "", "liaison_id": "", "department_id": ""})["id"].(string)
		}
		var both sync.WaitGroup
		begin, errs := make(chan struct{}), [2]error{}
		for i := range pair {
			both.Go(func() {
				<-begin
				errs[i] = b.server.App.MergeEnterprises(t.Context(), b.As(process.Administrator), pair[i], pair[1-i], "重复登记")
			})
		}
		close(begin)
		both.Wait()
		ended := 0
		for i := range pair {
			if admin.do(t, 200, "GET", "/registers/enterprises/"+pair[i], nil)["ended"].(bool) {
				ended++
			}
		}
		require.Equal(t, 1, ended, "%v", errs)
		var refusal *process.Refusal
		require.True(t, (errs[0] == nil) != (errs[1] == nil), "%v", errs)
		for _, err := range errs {
			if err != nil {
				require.ErrorAs(t, err, &refusal)
			}
		}
	}
}
