package systemtest

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"maps"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// asked are the names that pages read from their address, by the page; "*" are those of every command's form.
func asked() map[string][]string {
	return map[string][]string{
		"/": {"tab", "cursor", "print", "format", "sort"}, "/sign-in": {"next", "refused"}, "/language": {"to", "next"}, "/bulk": {"case", "to_id", "reason"}, "/calendar": {"year"}, "/search": {"q", "print", "format"},
		"/find/enterprises": {"q", "beside"}, "/find/people": {"q", "of", "not"}, "/find/projects": {"title", "enterprise_id", "phone", "stage"}, "/find/parties": {"q", "not", "enterprise"}, "/deliveries": {"status", "before", "sort", "print"}, "/forecast": {"cursor", "print", "format"},
		"/notices": {"before", "sort", "print"}, "/enterprises": {"q", "after", "sort"}, "/users": {"q", "after", "sort"}, "/channels": {"sort"}, "/projects": {"view", "stage", "state", "step", "ending", "next_contact_on_to", "percent_from", "percent_to", "sector", "site_mode", "q", "overdue", "in_hand", "started", "signed", "in_production", "signed_recognised", "started_recognised", "completed_recognised", "done", "cursor", "print", "format", "sort", "columns", "holder_id", "unit_id", "manager_id", "enterprise_id", "due_on_from", "due_on_to", "signed_on_from"},
		"/funnel": {"sort"}, "/inspections/:id/issue_letter": {"letter"}, "/inspections/:id/serve_letter": {"letter_number"}, "/letters": {"q", "sort_of", "state", "year", "cursor", "print", "format"}, "/letters/:id/:seq/picture": {"name"}, "/hazards/:id/issue_letter": {"letter"}, "/hazards/:id/serve_letter": {"letter_number"},
		"/money": {"month", "entered", "q", "stage", "sector", "in_hand", "sort", "cursor", "print", "format"}, "/projects/:id/schedule": {"baseline"}, "/projects/:id/correct_money": {"entry"}, "/projects/:id/take_back_money": {"entry"},
		"/progress": {"stage", "q", "in_hand", "cursor", "print", "sector", "sort"},
		"/hazards":  {"tab", "q", "campaign", "found", "cursor", "print", "format", "sort", "columns", "level", "result", "holder_id", "found_on_from", "found_on_to"}, "/plan-tasks": {"tab", "q", "sort", "columns", "state", "cursor"}, "/projects/:id": {"before"}, "/hazards/:id": {"before"}, "/projects/:id/deadline": {"format"},
		"/permits/require": {"project", "item", "need"}, "/permits": {"tab", "q", "sort", "columns", "stage", "state", "cursor"}, "/opinions/ask": {"project", "department"}, "/opinions": {"tab", "q", "sort", "columns", "stage", "state", "cursor"},
		"/meetings/convene": {"sort", "on", "projects"}, "/meetings": {"tab", "q", "sort", "state", "cursor"}, "/enrolments/open": {"project"}, "/enrolments": {"tab", "q", "sort", "state", "cursor"}, "/projects/open": {"enterprise_id", "entry_stage", "facts.sector"}, "/hazards/record": {"enterprise_id", "campaign_id", "level", "inspection", "item"}, "/inspections/arrange": {"enterprise_id", "campaign_id", "sort", "checklist_id", "plan_id", "on", "inspectors"}, "/visit-plan": {"year", "sort", "cursor", "print"}, "/find/visits": {"enterprise_id"}, "/inspections": {"tab", "q", "stage", "state", "campaign", "sort", "cursor"},
		"/setup": {"key", "draft"}, "/account": {"draft", "shown", "sort"}, "/calendar/preview": {"draft"}, "/users/:user/:deed": {"draft", "shown"}, "/registers/:register/import": {"draft", "shown"}, "/registers/:register": {"q", "after", "sort", "print"}, "/deeds": {"before", "sort"},
	}
}

// TestEveryNameThatPagesReadIsTried holds asked against the source.
func TestEveryNameThatPagesReadIsTried(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../server/site/*.go")
	require.NoError(t, err)
	reading := regexp.MustCompile(`QueryParam\("([a-z_]+)"\)|QueryParams\(\)\["([a-z_]+)"\]|\byear\(c, "([a-z_]+)"\)`)
	all := slices.Concat(slices.Collect(maps.Values(asked()))...)
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range reading.FindAllStringSubmatch(string(text), -1) {
			found++
			require.Contains(t, all, m[1]+m[2]+m[3], "%s: add the name to the page that reads it, in asked", file)
		}
	}
	require.Greater(t, found, 20)
}

// pages walks every address of the pages that is read, with nonsense for each part of it and for each name that it asks for.
func (a *attacker) pages(t *testing.T) {
	names, walked, tried := asked(), map[string]bool{}, map[process.Kind][]func(t *testing.T){}
	for _, route := range a.routes {
		if route.Method != http.MethodGet || strings.HasPrefix(route.Path, "/api/") || walked[route.Path] {
			continue
		}
		walked[route.Path] = true
		kind := kindAt(route.Path)
		tried[kind] = append(tried[kind], func(t *testing.T) {
			t.Run(route.Path, func(t *testing.T) { a.page(t, route.Path, names[route.Path]) })
		})
	}
	lanes(t, tried)
	for _, header := range []string{"Accept-Language", "Range", "If-None-Match", "If-Match", "If-Modified-Since", "Accept", "Cookie", "User-Agent", "Referer", "X-Forwarded-For", "Content-Type"} {
		for _, bad := range spread(nasty(), len(header), 3) {
			a.send(t, header+": "+bad, http.MethodGet, "/projects?view=list", nil, http.Header{header: {bad}})
		}
	}
}

// page asks for one page with nonsense in each part of its address and in each name that it reads.
func (a *attacker) page(t *testing.T, path string, names []string) {
	good := a.filled(t, path)
	status, text := a.send(t, "as it should be", http.MethodGet, good, nil, nil)
	require.Contains(t, []int{200, 204, 303, 403, 404}, status, "%s %s", good, cut(string(text)))
	for i, part := range strings.Split(path, "/") {
		for _, bad := range spread(nasty(), i, 2) {
			if strings.HasPrefix(part, ":") || part == "*" {
				parts := strings.Split(good, "/")
				parts[i] = strings.ReplaceAll(url.PathEscape(bad), "/", "%2F")
				a.send(t, part+" = "+bad, http.MethodGet, strings.Join(parts, "/"), nil, nil)
			}
		}
	}
	read := append([]string{"unknown"}, names...)
	for i, name := range read {
		for _, bad := range spread(nasty(), i, len(read)) {
			a.send(t, name+" = "+bad, http.MethodGet, good+"?"+url.Values{name: {bad}}.Encode(), nil, nil)
		}
	}
	for _, bad := range []string{"%zz=1", "q=%", "a;b", "&&&=", strings.Repeat("q=x&", 5000), "q=1&q=2", "%00=1", "%ff=%ff"} {
		a.send(t, "query "+bad, http.MethodGet, good+"?"+bad, nil, nil)
	}
}

// filled is the address of a page that is there, as far as the demo has one.
func (a *attacker) filled(t *testing.T, path string) string {
	t.Helper()
	id := a.cases[cmp.Or(kindAt(path), project.Kind)][0]
	if strings.HasPrefix(path, "/enterprises/") {
		id = a.id(t, "enterprise_id")
	}
	for name, value := range map[string]string{":id": id, ":user": a.id(t, "user_id"), ":command": "comment", ":number": "1", ":revision": "1", ":seq": "1", ":notice": "1", ":absence": "1",
		":message": "1", ":token": uuid.NewString(), ":channel": uuid.NewString(), ":filter": uuid.NewString(), ":register": "units", ":deed": "reset", "*": "app.css"} {
		parts := strings.Split(path, "/")
		for i := range parts {
			if parts[i] == name {
				parts[i] = value
			}
		}
		path = strings.Join(parts, "/")
	}
	return path
}

// form is one form of a page as a browser would send it.
type form struct {
	action string
	values url.Values
	files  []string
	of     process.Name // of a command
}

var (
	formPart   = regexp.MustCompile(`(?s)<form\b[^>]*method="post"[^>]*>.*?</form>`)
	attribute  = regexp.MustCompile(`\b([a-z]+)="([^"]*)"`)
	inputPart  = regexp.MustCompile(`(?s)<(input|textarea|select|button)\b([^>]*)>(.*?)(?:</select>|</textarea>|<)`)
	choicePart = regexp.MustCompile(`<option value="([^"]+)"`)
)

// formsOf are the forms of a page with what they begin with; a choice that is open is made.
func (a *attacker) formsOf(t *testing.T, page string) []form {
	t.Helper()
	status, text := a.send(t, "the page of a form", http.MethodGet, page, nil, nil)
	require.Equal(t, http.StatusOK, status, "%s: %s", page, cut(string(text)))
	all := []form{}
	for _, part := range formPart.FindAllString(string(text), -1) {
		tag, _, _ := strings.Cut(part, ">")
		f := form{action: attributes(tag)["action"], values: url.Values{}}
		for _, m := range inputPart.FindAllStringSubmatch(part, -1) {
			at := attributes(m[2])
			name, value := at["name"], at["value"]
			switch {
			case name == "":
				continue
			case at["type"] == "file":
				f.files = append(f.files, name)
				continue
			case m[1] == "select":
				_, rest, _ := strings.Cut(part, m[0])
				if choice := choicePart.FindStringSubmatch(m[0] + rest); choice != nil {
					value = html.UnescapeString(choice[1])
				}
			case m[1] == "textarea":
				value = "因工作需要"
			case value == "" && at["type"] == "text":
				value = "一句话"
			}
			if !f.values.Has(name) || strings.Contains(m[2], "checked") {
				f.values.Set(name, value)
			}
		}
		for name := range f.values { // what is chosen among hundreds
			if field, ok := strings.CutSuffix(name, "_words"); ok {
				f.values.Set(field, a.chosen(t, field))
				f.values.Del(name)
			}
		}
		all = append(all, f)
	}
	return all
}

func (a *attacker) chosen(t *testing.T, field string) string {
	if field == "to_id" {
		return "person:" + a.id(t, field)
	}
	return a.id(t, field)
}

func attributes(tag string) map[string]string {
	all := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
		all[m[1]] = html.UnescapeString(m[2])
	}
	return all
}

// formPages are the pages on which forms stand, beside those of commands.
func formPages() []string {
	return []string{"/", "/account", "/account/reminders", "/projects?view=list&stage=construction", "/hazards", "/calendar", "/definitions", "/channels", "/users", "/enterprises", "/clock", "/notices",
		"/projects/:id", "/enterprises/:id", "/deliveries?status=dead", "/registers/units/new", "/registers/people/new", "/registers/enterprises/new", "/registers/campaigns/new", "/registers/buildings/new",
		"/registers/units/import", "/letter-settings/rectification_opinion"}
}

// forms fills each form of every page, and of every command, with nonsense: one field at a time.
func (a *attacker) forms(t *testing.T) {
	tried, ofKinds := map[string]bool{}, map[process.Kind][]func(t *testing.T){}
	for _, kind := range kinds.All() {
		tried[http.MethodPost+" /"+kind.Path+"/:id/:command"], tried[http.MethodPost+" /"+kind.Path+"/"+string(kind.Opens.Verb())] = true, true
		for _, name := range kind.Names(process.ByPeople) {
			ofKinds[kind.Kind] = append(ofKinds[kind.Kind], func(t *testing.T) {
				t.Run(string(name), func(t *testing.T) { a.commandForm(t, kind, name) })
			})
		}
	}
	lanes(t, ofKinds)
	seen := map[string]bool{}
	for _, page := range formPages() {
		for _, f := range a.formsOf(t, a.filled(t, page)) {
			route := a.routeOf(f.action)
			if names := fmt.Sprint(slices.Sorted(maps.Keys(f.values))); f.action == "/sign-out" || seen[route+names] {
				continue
			} else {
				seen[route+names] = true
			}
			tried[http.MethodPost+" "+route] = true
			t.Run(route, func(t *testing.T) { a.filledIn(t, f, func() string { return f.action }) })
		}
	}
	for _, f := range a.hidden(t) {
		route := a.routeOf(f.action)
		tried[http.MethodPost+" "+route] = true
		t.Run(route, func(t *testing.T) { a.filledIn(t, f, func() string { return f.action }) })
	}
	for _, route := range a.routes {
		if route.Method == http.MethodPost && !strings.HasPrefix(route.Path, "/api/") && route.Path != "/sign-out" {
			require.True(t, tried[route.Method+" "+route.Path], "no form was found for %s", route.Path)
		}
	}
}

// commandForm fills the form of one command.
func (a *attacker) commandForm(t *testing.T, kind process.Entry, name process.Name) {
	page := func() string {
		if name == kind.Opens {
			return "/" + kind.Path + "/" + string(name.Verb())
		}
		return "/" + kind.Path + "/" + a.fitting(t, kind, name) + "/" + string(name.Verb())
	}
	at := page()
	if status, _ := a.send(t, "may it be asked", http.MethodGet, at, nil, nil); status == http.StatusForbidden {
		t.Log("no case is there on which it may be done")
		return
	}
	for _, f := range a.formsOf(t, at) {
		if f.of = name; f.action == at {
			a.filledIn(t, f, page)
		}
	}
}

// hidden are forms that the demo's pages show only at times.
func (a *attacker) hidden(t *testing.T) []form {
	return []form{
		{action: "/sign-in", values: url.Values{"username": {"nobody"}, "password": {"wrong"}, "next": {"/"}}},
		{action: "/bulk", values: url.Values{"case": {a.cases["project"][1]}, "to_id": {a.id(t, "to_id")}, "reason": {"调整"}, "_find": {""}, "_use": {""}}},
		{action: "/watch/" + a.cases["project"][0], values: url.Values{"on": {"true"}}},
		{action: "/filters/" + uuid.NewString() + "/drop", values: url.Values{"list": {"projects"}}},
		{action: "/notices/1/ack", values: url.Values{}},
		{action: "/account/absences/1/end", values: url.Values{}},
		{action: "/account/tokens/" + uuid.NewString() + "/revoke", values: url.Values{}},
		{action: "/channels/" + uuid.NewString(), values: url.Values{"deed": {"disable"}}},
		{action: "/deliveries/1/resend", values: url.Values{}},
		{action: "/users/" + a.id(t, "user_id") + "/enable", values: url.Values{"successor_id": {""}, "reason": {"x"}}},
		{action: "/enterprises/" + a.id(t, "enterprise_id") + "/merge", values: url.Values{"into_id": {a.id(t, "enterprise_id")}, "reason": {"x"}}},
		{action: "/registers/units/" + a.id(t, "unit_id"), values: url.Values{"name": {"x"}, "short_name": {"x"}, "kind": {"zone"}, "head_id": {""}, "deputy_id": {""}}},
		{action: "/registers/units/import/apply", values: url.Values{"rows": {"x"}}},
		{action: "/setup", values: url.Values{"name": {"x"}, "short_name": {"x"}, "letters": {"x"}, "time_zone": {"Asia/Shanghai"}, "calendar": {"shipped"}, "username": {"x"}, "person": {"x"}, "password": {"x"}, "again": {"x"}}},
		{action: "/channels/" + uuid.NewString() + "/edit", values: url.Values{"name": {"x"}}},
		{action: "/enterprises/" + a.id(t, "enterprise_id"), values: url.Values{"liaison_id": {a.id(t, "liaison_id")}, "department_id": {a.id(t, "department_id")}}},
		{action: "/calendar/apply", values: url.Values{"year": {"2031"}, "paper": {"x"}, "lines": {""}, "hours": {""}, "restore": {""}, "base": {"v0"}, "reason": {"x"}}},
		{action: "/definitions", values: url.Values{"kind": {"project"}, "version": {"99"}, "reason": {"x"}}},
		{action: "/clock", values: url.Values{"days": {"0"}}},
	}
}

// routeOf is the route that an address belongs to.
func (a *attacker) routeOf(address string) string {
	parts := strings.Split(address, "/")
	best := ""
	for _, r := range a.routes {
		named := strings.Split(r.Path, "/")
		if r.Method != http.MethodPost || len(named) != len(parts) {
			continue
		}
		same := true
		for i := range named {
			same = same && (named[i] == parts[i] || strings.HasPrefix(named[i], ":"))
		}
		if same && (best == "" || strings.Count(r.Path, ":") < strings.Count(best, ":")) {
			best = r.Path
		}
	}
	return best
}

// filledIn sends the form with nonsense in one field at a time, and for each part of its address.
func (a *attacker) filledIn(t *testing.T, f form, page func() string) {
	t.Helper()
	at := page()
	send := func(what string, values url.Values) {
		if values.Has("_key") {
			values.Set("_key", uuid.NewString())
		}
		if status := a.submit(t, what, at, values, f.files, "现场.jpg"); status == http.StatusSeeOther {
			at = page() // where it can be done again
		}
	}
	verb := at[strings.LastIndexByte(at, '/')+1:]
	from, times := sharing(kindAt(at).Does(process.Verb(verb)))
	send("as it should be", maps.Clone(f.values))
	for i, name := range slices.Sorted(maps.Keys(f.values)) {
		for _, bad := range spread(goes(nasty(), f.of, byForm), i+from, len(f.values)*times) {
			changed := maps.Clone(f.values)
			changed[name] = []string{bad}
			if name == "_key" {
				a.submit(t, name+" = "+bad, at, changed, f.files, "现场.jpg")
				continue
			}
			send(name+" = "+bad, changed)
		}
		changed := maps.Clone(f.values)
		changed[name] = []string{"a", "b"}
		send(name+" twice", changed)
	}
	for i, part := range strings.Split(a.routeOf(at), "/") {
		if !strings.HasPrefix(part, ":") || (strings.HasSuffix(a.routeOf(at), "/:command") && !strings.HasSuffix(at, "/comment")) {
			continue // the address is the same for every command
		}
		for _, bad := range spread(nasty(), i, 2) {
			parts := strings.Split(at, "/")
			parts[i] = strings.ReplaceAll(url.PathEscape(bad), "/", "%2F")
			a.submit(t, part+" = "+bad, strings.Join(parts, "/"), f.values, nil, "")
		}
	}
	if len(f.files) > 0 && strings.Contains(at, "record") {
		for _, bad := range nasty() {
			a.submit(t, "file name "+bad, at, f.values, f.files, bad+".jpg")
		}
	}
}

// submit sends a form as a browser does: with files as multipart, with one picture in each of its file fields.
func (a *attacker) submit(t *testing.T, what, address string, values url.Values, files []string, name string) int {
	t.Helper()
	if len(files) == 0 {
		status, _ := a.send(t, address+" "+what, http.MethodPost, address, []byte(values.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
		return status
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, all := range values {
		for _, value := range all {
			require.NoError(t, w.WriteField(field, value))
		}
	}
	for _, field := range files {
		a.part(t, w, field, name)
	}
	require.NoError(t, w.Close())
	status, _ := a.send(t, address+" "+what, http.MethodPost, address, body.Bytes(), http.Header{"Content-Type": {w.FormDataContentType()}})
	return status
}

func (a *attacker) part(t *testing.T, w *multipart.Writer, field, name string) {
	t.Helper()
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + field + `"; filename="` + name + `"`}, "Content-Type": {"image/jpeg"}})
	require.NoError(t, err)
	_, err = part.Write(picture())
	require.NoError(t, err)
}

// receive receives a file through the API.
func (a *attacker) receive(t *testing.T, name string, content []byte) (int, []byte) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return a.send(t, "upload "+name, http.MethodPost, "/api/v1/uploads", body.Bytes(), http.Header{"Content-Type": {w.FormDataContentType()}})
}
