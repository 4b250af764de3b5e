package server_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
)

var (
	hidden = regexp.MustCompile(`<input type="hidden" name="(_was|_version)" value="([^"]*)"`)
	faulty = regexp.MustCompile(`class="pw-wrong"[\s\S]*?</p>`)
)

// drawn is the form of a record as a browser has it: what is hidden in it, and every field with what the record says.
func (b *bundle) drawn(t *testing.T, cookie string, name register.Name, id string) url.Values {
	t.Helper()
	response, text := b.ask(t, http.MethodGet, "/registers/"+string(name)+"/"+id, "", "Cookie", cookie)
	require.Equal(t, http.StatusOK, response.StatusCode)
	form := sentAlong(text)
	record, err := b.Store.Record(t.Context(), name, id)
	require.NoError(t, err)
	r, _ := register.Of(name)
	for _, q := range r.Questions() {
		form.Set(q.Path, registers.Value(record.Doc, q.Path))
	}
	return form
}

func sentAlong(page string) url.Values {
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	return form
}

// TestTwoPeopleWriteOneRecord: each changes what they changed, in every register; who changes the same field second is shown what the first one made of it.
func TestTwoPeopleWriteOneRecord(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	cookie := b.session(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", cookie
	id := admin.do(t, 200, "POST", "/registers/people", b.records()[register.PeopleName])["id"].(string)
	at := "/registers/people/" + id
	read := func() object { return admin.do(t, 200, "GET", at, nil)["record"].(object) }
	send := func(form url.Values) (int, string) {
		response, text := b.send(t, at, form, cookie)
		return response.StatusCode, text
	}

	first, second, third := b.drawn(t, cookie, register.PeopleName, id), b.drawn(t, cookie, register.PeopleName, id), b.drawn(t, cookie, register.PeopleName, id)
	first.Set("mobile", "13900001111")
	status, _ := send(first)
	require.Equal(t, http.StatusSeeOther, status)
	second.Set("name", "新人二")
	status, _ = send(second)
	require.Equal(t, http.StatusSeeOther, status)
	require.Equal(t, []any{"13900001111", "新人二"}, []any{read()["mobile"], read()["name"]}, "the second one did not touch the number")
	deeds := admin.do(t, 200, "GET", "/deeds?record="+id, nil)["items"].([]any)
	require.Equal(t, []any{object{"field": "name", "old": "新人", "new": "新人二"}}, deeds[0].(object)["changes"])

	third.Set("mobile", "13900002222")
	status, text := send(third)
	require.Equal(t, http.StatusOK, status, "a page of its own")
	require.Contains(t, faulty.FindString(text), "13900001111")
	require.Contains(t, text, `value="13900002222"`, "what was typed is still there")
	require.Contains(t, text, `value="新人二"`, "what was not touched is as it is by now")
	require.Equal(t, "13900001111", read()["mobile"])
	again := sentAlong(text)
	for k, v := range third {
		if !again.Has(k) {
			again[k] = v
		}
	}
	again.Set("name", "新人二")
	status, _ = send(again)
	require.Equal(t, http.StatusSeeOther, status, "who has seen it decides")
	require.Equal(t, []any{"13900002222", "新人二"}, []any{read()["mobile"], read()["name"]})
}

// TestARecordIsChangedAsItWasRead: the ETag of any register's record is honoured.
func TestARecordIsChangedAsItWasRead(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	admin.bearer, admin.cookie = "", b.session(t, b.As(process.Administrator))
	for _, r := range register.All() {
		at, record := "/registers/"+string(r.Name), b.records()[r.Name]
		if r.Single {
			at += "/" + admin.do(t, 200, "GET", at, nil)["items"].([]any)[0].(object)["id"].(string)
		} else {
			at += "/" + admin.do(t, 200, "POST", at, record)["id"].(string)
		}
		response, _ := b.ask(t, http.MethodGet, "/api/v1"+at, "", "Cookie", admin.cookie)
		read := response.Header.Get("ETag")
		require.Regexp(t, `^"[0-9a-f]+"$`, read, r.Name)
		record[r.Title] = "甲"
		admin.do(t, 200, "PUT", at, record, "If-Match", read)
		record[r.Title] = "乙"
		answer := admin.do(t, 412, "PUT", at, record, "If-Match", read)
		require.Equal(t, string(process.StaleVersion), answer["code"], r.Name)
		require.Equal(t, "甲", admin.do(t, 200, "GET", at, nil)["record"].(object)[r.Title])
		response, _ = b.ask(t, http.MethodGet, "/api/v1"+at, "", "Cookie", admin.cookie)
		require.NotEqual(t, read, response.Header.Get("ETag"))
		admin.do(t, 200, "PUT", at, record, "If-Match", response.Header.Get("ETag"))
	}
}

// TestAMergedEnterpriseIsNotWritten: through no face.
func TestAMergedEnterpriseIsNotWritten(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	cookie := b.session(t, b.As(process.Administrator))
	gone := admin.do(t, 200, "POST", "/registers/enterprises", b.records()[register.EnterprisesName])["id"].(string)
	form := b.drawn(t, cookie, register.EnterprisesName, gone)
	admin.do(t, 204, "POST", "/enterprises/"+gone+"/merge", object{"into_id": b.Enterprise, "reason": "重复登记"})
	stays := admin.do(t, 200, "GET", "/enterprises/"+b.Enterprise, nil)
	item := admin.do(t, 200, "GET", "/enterprises/"+gone, nil)
	require.Equal(t, []any{b.Enterprise, stays["short_name"]}, []any{item["merged_into"], item["merged_name"]})
	require.NotContains(t, stays, "merged_into")
	_, page := b.ask(t, http.MethodGet, "/registers/enterprises/"+gone, "", "Cookie", cookie, "Accept-Language", "zh")
	require.Contains(t, page, `href="/registers/enterprises/`+b.Enterprise+`"`)
	require.NotContains(t, page, `action="/registers/enterprises/`+gone, "what cannot be kept is not offered to be changed")
	manager := b.session(t, b.As(process.SafetySupervisor))
	_, page = b.ask(t, http.MethodGet, "/enterprises/"+gone, "", "Cookie", manager, "Accept-Language", "zh")
	require.Contains(t, page, "已并入")
	require.Contains(t, page, `href="/enterprises/`+b.Enterprise+`"`)
	require.NotContains(t, page, "/field?enterprise=")
	require.NotContains(t, page, gone+"/codes")
	response, _ := b.ask(t, http.MethodGet, "/enterprises/"+gone+"/codes", "", "Cookie", manager)
	require.Equal(t, "/enterprises/"+gone, response.Header.Get("Location"), "no code is printed of it any more")
	supervisor := b.operator(t, b.As(process.SafetySupervisor))
	kit := supervisor.do(t, 200, "GET", "/field-kit", nil)
	for _, one := range kit["enterprises"].([]any) {
		firm := one.(object)
		if firm["id"] == b.Enterprise {
			require.Equal(t, []any{gone}, firm["merged"], "the code on its door means the one that stayed")
		} else {
			require.Empty(t, firm["merged"])
		}
	}
	record := admin.do(t, 200, "GET", "/registers/enterprises/"+gone, nil)["record"].(object)
	record["address"] = "别处"
	admin.do(t, 403, "PUT", "/registers/enterprises/"+gone, record)
	form.Set("address", "别处")
	_, text := b.send(t, "/registers/enterprises/"+gone, form, cookie)
	require.Contains(t, text, "已经并入另一家")
	require.Equal(t, "朝阳路 8 号", admin.do(t, 200, "GET", "/registers/enterprises/"+gone, nil)["record"].(object)["address"])
}
