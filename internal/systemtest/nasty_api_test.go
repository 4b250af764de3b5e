package systemtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// attack is one operation, ready to be asked with anything in any place.
type attack struct {
	id, method, path string
	in               map[string]string // path parameters
	query            url.Values
	body             any // as the contract's example has it
}

// operations walks the contract.
func (a *attacker) operations(t *testing.T) {
	paths, tried := a.contract.Spec.Paths.Map(), map[process.Kind][]func(t *testing.T){}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		operations := paths[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			op := operations[method]
			if op.OperationID == "upload" {
				continue // a file is no value; its name is tried with the forms
			}
			kind := kindAt(path)
			tried[kind] = append(tried[kind], func(t *testing.T) {
				t.Run(op.OperationID, func(t *testing.T) { a.operation(t, path, method, op) })
			})
		}
	}
	lanes(t, tried)
}

func (a *attacker) operation(t *testing.T, path, method string, op *openapi3.Operation) {
	at := attack{id: op.OperationID, method: method, path: path, in: map[string]string{}, query: url.Values{}}
	asksJSON := op.RequestBody != nil && op.RequestBody.Value.Content["application/json"] != nil
	if asksJSON {
		text, err := json.Marshal(op.RequestBody.Value.Content["application/json"].Example)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &at.body))
		at.body = a.real(t, at.body, "")
	}
	for _, p := range op.Parameters {
		switch p.Value.In {
		case "path":
			at.in[p.Value.Name] = a.place(t, op, p.Value.Name)
		case "query":
			if p.Value.Required {
				at.query.Set(p.Value.Name, "项目")
			}
		}
	}
	status, text := a.ask(t, at, "as it should be", nil)
	never := []int{http.StatusUnauthorized, http.StatusUnsupportedMediaType}
	if _, command := kinds.About(process.Name(op.OperationID)); command {
		never = append(never, http.StatusNotFound)
	}
	require.NotContains(t, never, status, "%s %s", op.OperationID, text)
	from, times := sharing(process.Name(op.OperationID))
	for i, p := range op.Parameters {
		if p.Value.In == "header" && op.OperationID != "project.comment" && op.OperationID != "handOver" {
			continue // the same ones for every command
		}
		for _, bad := range spread(nasty(), i+from, len(op.Parameters)*times) {
			turned := at
			switch name := p.Value.Name; p.Value.In {
			case "path":
				turned.in = maps.Clone(at.in)
				turned.in[name] = bad
				a.ask(t, turned, name+"="+bad, nil)
			case "query":
				turned.query = maps.Clone(at.query)
				turned.query.Set(name, bad)
				a.ask(t, turned, name+"="+bad, nil)
			case "header":
				a.ask(t, at, name+": "+bad, http.Header{http.CanonicalHeaderKey(name): {bad}})
			}
		}
	}
	if op.RequestBody == nil {
		return
	}
	if !asksJSON { // a sheet
		for _, bad := range []string{"", "x", "PK\x03\x04", "{}", "\x00"} {
			a.whole(t, at, "body "+bad, []byte(bad))
		}
		return
	}
	all := a.unseen(places(op.RequestBody.Value.Content["application/json"].Schema, 0), op)
	for i, place := range all {
		for _, bad := range spread(goes(nasty(), process.Name(op.OperationID), byAPI), i+from, len(all)*times) {
			text, err := json.Marshal(bad)
			require.NoError(t, err)
			a.replaced(t, at, op, place, string(text))
		}
		for _, bad := range spread(rawJSON(), i+from, len(all)*times) {
			a.replaced(t, at, op, place, bad)
		}
		if at.body != nil {
			text, err := json.Marshal(at.body)
			require.NoError(t, err)
			name, _ := json.Marshal(place[0])
			a.whole(t, at, "twice "+place[0], []byte(strings.TrimSuffix(string(text), "}")+","+string(name)+":1,"+string(name)+":2}"))
		}
	}
	for _, bad := range append(rawJSON(), ``, `{`, `{}}`, `{"`+strings.Repeat("x", 100_000)+`":1}`, `{"unknown":1}`, "\xff", "text=x") {
		a.whole(t, at, "body "+bad, []byte(bad))
	}
}

// unseen leaves out the inner places of files, which are the same for every command: one is enough.
func (a *attacker) unseen(all [][]string, op *openapi3.Operation) [][]string {
	return slices.DeleteFunc(all, func(place []string) bool {
		return len(place) > 1 && place[0] == "attachments" && op.OperationID != "hazard.record" && op.OperationID != "project.attach"
	})
}

// replaced puts something else into one place of the body. The case is one on which the command is offered, so that what passes the checks gets far.
func (a *attacker) replaced(t *testing.T, at attack, op *openapi3.Operation, place []string, bad string) {
	t.Helper()
	text, err := json.Marshal(with(at.body, place, json.RawMessage(`"@@"`)))
	require.NoError(t, err)
	status, _ := a.whole(t, at, strings.Join(place, ".")+" = "+bad, []byte(strings.Replace(string(text), `"@@"`, bad, 1)))
	if _, ok := at.in["id"]; ok && status == http.StatusOK {
		at.in["id"] = a.place(t, op, "id")
	}
}

func (a *attacker) whole(t *testing.T, at attack, what string, body []byte) (int, []byte) {
	t.Helper()
	address, header := at.address(), http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {uuid.NewString()}}
	return a.send(t, at.id+" "+what, at.method, address, body, header)
}

func (at attack) address() string {
	path := at.path
	for name, value := range at.in {
		path = strings.ReplaceAll(path, "{"+name+"}", strings.ReplaceAll(url.PathEscape(value), "/", "%2F"))
	}
	if len(at.query) > 0 {
		path += "?" + at.query.Encode()
	}
	return "/api/v1" + path
}

func (a *attacker) ask(t *testing.T, at attack, what string, header http.Header) (int, []byte) {
	t.Helper()
	all := http.Header{"Idempotency-Key": {uuid.NewString()}}
	var body []byte
	if at.body != nil {
		var err error
		body, err = json.Marshal(at.body)
		require.NoError(t, err)
		all.Set("Content-Type", "application/json")
	}
	maps.Copy(all, header)
	return a.send(t, at.id+" "+what, at.method, at.address(), body, all)
}

// place is what a path parameter can be.
func (a *attacker) place(t *testing.T, op *openapi3.Operation, name string) string {
	t.Helper()
	switch name {
	case "id":
		if about, ok := kinds.About(process.Name(op.OperationID)); ok {
			kind, _ := kinds.Of(about.Name.KindOf())
			return a.fitting(t, kind, about.Name)
		}
		if op.Tags[0] == "hazards" {
			return a.cases["hazard"][0]
		}
		if strings.Contains(op.OperationID, "nterprise") || strings.Contains(op.OperationID, "Care") {
			return a.id(t, "enterprise_id")
		}
		if op.OperationID == "getPlan_task" {
			return uuid.NewString()
		}
		return a.cases["project"][0]
	case "user":
		return a.id(t, "deputy_id")
	case "unit":
		return a.id(t, "unit_id")
	case "channel":
		channels, err := a.store.Channels(t.Context())
		require.NoError(t, err)
		return channels[0].ID
	case "token", "filter":
		return uuid.NewString()
	case "tab":
		return "todo"
	case "kind":
		return "project"
	}
	return "1"
}

// real puts ids that are there into an example.
func (a *attacker) real(t *testing.T, example any, name string) any {
	t.Helper()
	switch v := example.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = a.real(t, inner, key)
		}
	case []any:
		for i := range v {
			v[i] = a.real(t, v[i], name)
		}
	case string:
		if strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids") || name == "copy_to" || name == "cases" {
			return a.id(t, name)
		}
	}
	return example
}

// id is one that the field can hold: of an enterprise, a colleague, a unit, a received file.
func (a *attacker) id(t *testing.T, name string) string {
	t.Helper()
	switch {
	case strings.HasPrefix(name, "enterprise"):
		rows, _, err := a.store.Enterprises(t.Context(), a.who, "", "", 1)
		require.NoError(t, err)
		return rows[0].ID
	case strings.HasPrefix(name, "unit"), strings.HasPrefix(name, "department"):
		units, err := a.store.Units(t.Context())
		require.NoError(t, err)
		return units[0].ID
	case strings.HasPrefix(name, "upload"):
		_, text := a.receive(t, "现场.jpg", picture())
		var u struct{ ID string }
		require.NoError(t, json.Unmarshal(text, &u), "%s", text)
		return u.ID
	case name == "cases":
		return a.cases["project"][1]
	}
	park, err := a.store.Park(t.Context())
	require.NoError(t, err)
	username := "luzhiyuan"
	if strings.HasPrefix(name, "inspector") || strings.HasPrefix(name, "supervisor") {
		username = "mengqinglan"
	}
	user, err := a.store.Accounts().UserByName(t.Context(), park.ID, username)
	require.NoError(t, err)
	return user.ID
}

// places are the paths of every value that a body can hold, those that are left out in the example too. "0" is a list's element.
func places(s *openapi3.SchemaRef, depth int) [][]string {
	all := [][]string{}
	if s == nil || s.Value == nil || depth > 4 {
		return all
	}
	for _, name := range slices.Sorted(maps.Keys(s.Value.Properties)) {
		inner := s.Value.Properties[name]
		all = append(all, []string{name})
		for _, more := range places(inner, depth+1) {
			all = append(all, append([]string{name}, more...))
		}
		if inner.Value.Items != nil {
			all = append(all, []string{name, "0"})
			for _, more := range places(inner.Value.Items, depth+1) {
				all = append(all, append([]string{name, "0"}, more...))
			}
		}
	}
	return all
}

// with is the body with the value at the place; what is not there on the way is made.
func with(body any, place []string, value any) any {
	if len(place) == 0 {
		return value
	}
	if place[0] == "0" {
		list, _ := body.([]any)
		list = slices.Clone(list)
		if len(list) == 0 {
			list = []any{nil}
		}
		list[0] = with(list[0], place[1:], value)
		return list
	}
	object, _ := body.(map[string]any)
	object = maps.Clone(object)
	if object == nil {
		object = map[string]any{}
	}
	object[place[0]] = with(object[place[0]], place[1:], value)
	return object
}
