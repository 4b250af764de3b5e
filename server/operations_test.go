package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/sinks"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/httpapi"
)

type object = map[string]any

// operator asks the API as somebody and holds every answer against the contract.
type operator struct {
	*bundle
	contract *httpapi.Contract
	bearer   string
	cookie   string // of a signed-in browser, instead
}

func (b *bundle) operator(t *testing.T, who process.Actor) *operator {
	t.Helper()
	contract, err := httpapi.LoadContract()
	require.NoError(t, err)
	return &operator{bundle: b, contract: contract, bearer: b.token(t, who, false)}
}

// do asks, expects the status, and reads the answer.
func (o *operator) do(t *testing.T, status int, method, path string, input any, header ...string) (answer object) {
	t.Helper()
	text := []byte{}
	if input != nil {
		var err error
		text, err = json.Marshal(input)
		require.NoError(t, err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+o.address+httpapi.Base+path, strings.NewReader(string(text)))
	require.NoError(t, err)
	if o.bearer != "" {
		request.Header.Set("Authorization", o.bearer)
	}
	if o.cookie != "" {
		request.Header.Set("Cookie", o.cookie)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, status, response.StatusCode, "%s %s: %s", method, path, got)
	require.NoError(t, o.contract.CheckResponse(t.Context(), request, response.StatusCode, response.Header, got), "%s %s: %s", method, path, got)
	if len(got) > 0 {
		require.NoError(t, json.Unmarshal(got, &answer))
	}
	return answer
}

// item returns the list's item whose field has the value.
func item(t *testing.T, list object, field string, value any) object {
	t.Helper()
	items, ok := list["items"].([]any)
	require.True(t, ok, "%v", list)
	for _, i := range items {
		if one, ok := i.(object); ok && one[field] == value {
			return one
		}
	}
	t.Fatalf("no item with %s %v in %v", field, value, list)
	return nil
}

// TestChannels: a channel is added, tried and taken out of use, and what it keeps secret is shown nowhere.
func TestChannels(t *testing.T) {
	t.Parallel()
	sink := sinks.WeCom(t)
	b := setup(t, func(s *server.Server) {
		s.Site.Post = notify.NewPost(time.Now, []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")})
	})
	admin := b.operator(t, b.As(process.Administrator))
	id := admin.do(t, 200, "POST", "/channels", object{"kind": "wecom", "name": "安监群", "url": sink.URL, "sign": "geheim"})["id"].(string)
	require.Equal(t, object{"sent": true}, admin.do(t, 200, "POST", "/channels/"+id+"/test", nil))
	require.Len(t, sink.Got(), 1)
	admin.do(t, 422, "POST", "/channels", object{"kind": "wecom", "name": "安监群", "url": sink.URL})
	list := admin.do(t, 200, "GET", "/channels", nil)
	text, err := json.Marshal(list)
	require.NoError(t, err)
	require.NotContains(t, string(text), "geheim")
	require.NotContains(t, string(text), sink.URL)
	require.Contains(t, item(t, list, "id", id)["reaches"], "••••")
	admin.do(t, 204, "PUT", "/channels/"+id+"/disabled", object{"disabled": true})
	require.NotNil(t, item(t, admin.do(t, 200, "GET", "/channels", nil), "id", id)["disabled_at"])
	admin.do(t, 204, "PUT", "/channels/"+id+"/disabled", object{"disabled": false})
	require.Nil(t, item(t, admin.do(t, 200, "GET", "/channels", nil), "id", id)["disabled_at"])
	admin.do(t, 404, "POST", "/channels/"+b.Enterprise+"/test", nil)
	sink.SetFail(1)
	failed := admin.do(t, 200, "POST", "/channels/"+id+"/test", nil)
	require.Equal(t, false, failed["sent"])
	require.NotEmpty(t, failed["reason"])
}

func TestDeliveriesAndOperations(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin, leader, manager := b.operator(t, b.As(process.Administrator)), b.operator(t, b.As(process.Leader)), b.operator(t, b.As(process.ProjectManager))
	require.Equal(t, []any{}, leader.do(t, 200, "GET", "/deliveries?status=dead", nil)["items"])
	manager.do(t, 403, "GET", "/deliveries", nil)
	admin.do(t, 404, "POST", "/deliveries/4711/resend", nil)
	leader.do(t, 403, "POST", "/deliveries/4711/resend", nil)
	require.Equal(t, []any{}, admin.do(t, 200, "GET", "/operations", nil)["stuck"])
	require.Equal(t, []any{}, admin.do(t, 200, "GET", "/batches/none/passed-over", nil)["items"])
	require.NotEmpty(t, item(t, admin.do(t, 200, "GET", "/definitions", nil), "kind", "project")["published_at"])
	admin.do(t, 422, "POST", "/definitions/project/adoption", object{"version": 99, "reason": "试"})
	admin.do(t, 404, "POST", "/definitions/nothing/adoption", object{"version": 1, "reason": "试"})
}

// TestCalendarOperations: what a change would move is asked before it is made, and a change that rests on another calendar is refused.
func TestCalendarOperations(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	now := admin.do(t, 200, "GET", "/calendar?year=2026", nil)
	require.NotEmpty(t, now["days"])
	year := object{"year": 2031, "paper": "国办发明电〔2030〕1号", "days": []object{{"date": "2031-10-01", "kind": "holiday", "name": "国庆节"}}}
	preview := admin.do(t, 200, "POST", "/calendar/preview", year)
	require.Equal(t, now["version"], preview["base"])
	require.Equal(t, []any{}, preview["moves"])
	year["days"] = []object{{"date": "2031-10-01", "kind": "make_up", "name": "国庆节"}} // a Wednesday
	admin.do(t, 422, "POST", "/calendar/preview", year)
	admin.do(t, 422, "POST", "/calendar/preview", object{"undoes": 1})
	admin.do(t, 412, "POST", "/calendar/preview", object{"undoes": 7})
	year["days"], year["base"], year["reason"] = []object{{"date": "2031-10-01", "kind": "holiday", "name": "国庆节"}}, "an other one", "公布"
	admin.do(t, 412, "POST", "/calendar", year)
	b.operator(t, b.Contact).do(t, 403, "POST", "/calendar", year)
	require.Empty(t, item(t, b.operator(t, b.Contact).do(t, 200, "GET", "/calendar/versions", nil), "seq", 1.0)["by"], "an enterprise reads no name")
}

// TestAccountOperations: a token and a first password are shown once, and whoever leaves is told of.
func TestAccountOperations(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin, manager := b.operator(t, b.As(process.Administrator)), b.operator(t, b.As(process.ProjectManager))
	signed := func(o *operator, who process.Actor) *operator {
		return &operator{bundle: b, contract: o.contract, cookie: b.session(t, who)}
	}
	atDesk, boss := signed(manager, b.As(process.ProjectManager)), signed(admin, b.As(process.Administrator))
	token := atDesk.do(t, 200, "POST", "/account/tokens", object{"name": "月报", "days": 3, "read_only": true})["token"].(string)
	list := manager.do(t, 200, "GET", "/account/tokens", nil)
	text, err := json.Marshal(list)
	require.NoError(t, err)
	require.NotContains(t, string(text), token)
	reader := *manager
	reader.bearer = "Bearer " + token
	reader.do(t, 200, "GET", "/me", nil)
	reader.do(t, 403, "POST", "/account/absences", object{"deputy_id": b.Second.ID, "from_on": "2099-01-01", "to_on": "2099-01-05"})
	id := item(t, list, "name", "月报")["id"].(string)
	admin.do(t, 404, "DELETE", "/account/tokens/"+id, nil)
	manager.do(t, 204, "DELETE", "/account/tokens/"+id, nil)
	reader.do(t, 401, "GET", "/me", nil)

	first := boss.do(t, 200, "POST", "/users", object{"username": "neu", "name": "新人", "role": "project_manager", "unit_id": b.Section})["password"]
	require.NotEmpty(t, first)
	boss.do(t, 422, "POST", "/users", object{"username": "neu", "name": "新人", "role": "project_manager"})
	user := item(t, admin.do(t, 200, "GET", "/users", nil), "username", "neu")["id"].(string)
	require.NotEqual(t, first, boss.do(t, 200, "POST", "/users/"+user+"/password-reset", nil)["password"])
	require.Equal(t, 0.0, admin.do(t, 200, "POST", "/users/"+user+"/disablement", nil)["cases"])
	require.NotNil(t, item(t, admin.do(t, 200, "GET", "/users", nil), "username", "neu")["disabled_at"])
	boss.do(t, 204, "DELETE", "/users/"+user+"/disablement", nil)
	admin.do(t, 403, "POST", "/users/"+b.As(process.Administrator).ID+"/disablement", nil)
	admin.do(t, 204, "PUT", "/units/"+b.Section+"/head", object{"head_id": b.As(process.ProjectManager).ID})
	manager.do(t, 403, "PUT", "/units/"+b.Section+"/head", object{"head_id": ""})
}

// TestOnesOwnOperations: reminders, absences and saved selections are the caller's own.
func TestOnesOwnOperations(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	manager, second := b.operator(t, b.As(process.ProjectManager)), b.operator(t, b.Second)
	habits := object{"email": "lu@example.org", "mobile": "", "channels": []string{}, "digest_at": "08:15", "quiet_from": "21:00", "quiet_to": "07:00"}
	manager.do(t, 204, "PUT", "/account/reminders", habits)
	require.Equal(t, "08:15", manager.do(t, 200, "GET", "/account/reminders", nil)["digest_at"])
	habits["digest_at"] = "29:00"
	manager.do(t, 422, "PUT", "/account/reminders", habits)
	require.NotEmpty(t, manager.do(t, 200, "GET", "/account/deputies", nil)["items"])
	manager.do(t, 204, "POST", "/account/absences", object{"deputy_id": b.Second.ID, "from_on": "2099-01-01", "to_on": "2099-01-05", "reason": "出差"})
	manager.do(t, 422, "POST", "/account/absences", object{"deputy_id": b.Contact.ID, "from_on": "2099-01-01", "to_on": "2099-01-05"})
	absences := manager.do(t, 200, "GET", "/account/absences", nil)
	at := "/account/absences/" + number(item(t, absences, "reason", "出差")["id"])
	second.do(t, 404, "DELETE", at, nil)
	manager.do(t, 204, "DELETE", at, nil)

	manager.do(t, 204, "POST", "/filters", object{"list": "projects", "name": "在建", "query": "?stage=construction", "shared_with": "staff"})
	b.operator(t, b.Contact).do(t, 403, "POST", "/filters", object{"list": "projects", "name": "在建", "query": "", "shared_with": "staff"})
	mine := item(t, second.do(t, 200, "GET", "/filters?list=projects", nil), "name", "在建")
	require.Equal(t, "stage=construction", mine["query"])
	require.Equal(t, false, mine["own"])
	second.do(t, 404, "DELETE", "/filters/"+mine["id"].(string), nil)
	manager.do(t, 204, "DELETE", "/filters/"+mine["id"].(string), nil)
	require.Equal(t, []any{}, manager.do(t, 200, "GET", "/filters?list=projects", nil)["items"])
	manager.do(t, 204, "POST", "/notices/read", object{"up_to": 1})
	manager.do(t, 404, "POST", "/notices/4711/acknowledgement", nil)
	for _, tab := range []string{"todo", "claim", "done", "copied", "started", "watched"} {
		require.Equal(t, []any{}, manager.do(t, 200, "GET", "/work/"+tab, nil)["items"])
	}
	manager.do(t, 404, "PUT", "/cases/"+b.Section+"/watched", object{"on": true})
}

func number(n any) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// TestEnterpriseOperations: the zone's staff add enterprises, administrators say who looks after them, and each enterprise knows of itself alone.
func TestEnterpriseOperations(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin, manager, contact := b.operator(t, b.As(process.Administrator)), b.operator(t, b.As(process.ProjectManager)), b.operator(t, b.Contact)
	fresh := object{"name": "泗县丰禾食品有限公司", "short_name": "丰禾食品", "sector": "green_food"}
	id := manager.do(t, 200, "POST", "/enterprises", fresh)["id"].(string)
	manager.do(t, 422, "POST", "/enterprises", fresh)
	contact.do(t, 403, "POST", "/enterprises", fresh)
	require.Equal(t, "丰禾食品", manager.do(t, 200, "GET", "/enterprises/"+id, nil)["short_name"])
	contact.do(t, 404, "GET", "/enterprises/"+id, nil)
	contact.do(t, 200, "GET", "/enterprises/"+b.Enterprise, nil)
	officer := b.As(process.LiaisonOfficer)
	admin.do(t, 204, "PUT", "/enterprises/"+id+"/care", object{"liaison_id": officer.ID, "department_id": b.Bureau})
	require.Equal(t, object{"liaison_id": officer.ID, "liaison": officer.Name, "department_id": b.Bureau, "department": "县住建局"}, admin.do(t, 200, "GET", "/enterprises/"+id+"/care", nil))
	admin.do(t, 422, "PUT", "/enterprises/"+id+"/care", object{"liaison_id": "nobody", "department_id": ""})
	admin.do(t, 404, "GET", "/enterprises/nothing/care", nil)
	manager.do(t, 403, "GET", "/enterprises/"+id+"/care", nil)
	hand := object{"cases": []string{b.Section}, "to_id": b.Second.ID, "reason": "分工"}
	missing := item(t, manager.do(t, 200, "POST", "/cases/hand-over", hand, "Idempotency-Key", "k"), "done", false)
	require.Equal(t, "not_found", missing["problem"].(object)["code"])
	contact.do(t, 403, "POST", "/cases/hand-over", hand, "Idempotency-Key", "k")
	manager.do(t, 422, "POST", "/cases/hand-over", hand)
}
