package systemtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/store"
)

// inside marks every word of the offices in this test: nothing with it may reach the enterprise.
const inside = "内部话"

// stood is how far north the phone of an inspector claims to have been.
const stood = "33.47123"

// outsider is what the enterprise 丰禾汽车部件 has in the zone.
type outsider struct {
	enterprise, project, found, noticed string
	secret                              int // number of the photo attached inside to the noticed hazard
}

// TestOutsiderReadsNoNamesAndNoInsideWords opens every page and every operation as the enterprise's contact: no name and no id of the zone's
// people, but for the inspectors on the notice that is addressed to it, and no word that was meant for the offices.
func TestOutsiderReadsNoNamesAndNoInsideWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := lives(t, w)
	staff, err := w.store.Staff(t.Context())
	require.NoError(t, err)
	forbidden := func(where, text string) {
		t.Helper()
		require.NotContains(t, text, inside, where)
		require.NotContains(t, text, stood, "%s says where an inspector stood", where)
		for _, p := range staff {
			require.NotContains(t, text, p.ID, "%s names the account of %s", where, p.Name)
			if p.Name != "管理员" && !slices.Contains(onPaper(t, w, where), p.Name) { // that is the role's name, too
				require.NotContains(t, text, p.Name, where)
			}
		}
	}
	browser := signedIn(t, w.web.URL, "qiye")
	pages, opened := addresses(t, w, o), 0
	link := regexp.MustCompile(`href="(/[^"#]*)"`)
	for i := 0; i < len(pages); i++ { // pages grows by what the pages link to
		address := pages[i]
		status, text := read(t, browser, w.web.URL+address)
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			if to := html.UnescapeString(found[1]); !slices.Contains(pages, to) && !strings.HasPrefix(to, "/assets/") && !strings.HasPrefix(to, "/language") {
				pages = append(pages, to)
			}
		}
		require.Less(t, status, 500, address)
		forbidden(address, text)
		if status == http.StatusOK {
			opened++
			if address == "/field/shell" { // the page without anybody in it: it is kept on devices and shown to whoever asks
				continue
			}
			require.NotContains(t, text, `href="/hazards/record"`, "%s offers what the enterprise may not do", address)
		}
	}
	require.Greater(t, opened, 60, "of %d pages", len(pages))
	for _, path := range operations(t, o) {
		a := w.call(t, "qiye", http.MethodGet, path, nil)
		require.Less(t, a.Status, 500, path)
		forbidden(path, string(a.Body))
	}
	t.Run("ItsOwnAreThere", func(t *testing.T) { ownAreThere(t, w, browser, o) })
	t.Run("CommandsAnswerWithoutNames", func(t *testing.T) {
		a := w.call(t, "qiye", http.MethodPost, "/hazards/"+o.noticed+"/hand-in", object{"measures": "已整改", "attachments": w.evidence(t, "qiye")}, "If-Match", `"1"`)
		require.Equal(t, http.StatusPreconditionFailed, a.Status, "%s", a.Body)
		forbidden("the conflict on "+o.found, string(a.Body))
		a = w.call(t, "qiye", http.MethodPost, "/hazards/"+o.noticed+"/hand-in", object{"measures": "已整改", "attachments": w.evidence(t, "qiye")})
		require.Equal(t, http.StatusOK, a.Status, "%s", a.Body)
		forbidden("the answer to "+o.found, string(a.Body))
		a = w.call(t, "qiye", http.MethodPost, "/hazards/"+o.noticed+"/hand-in", object{"measures": "已整改", "attachments": w.evidence(t, "qiye")})
		require.Equal(t, http.StatusConflict, a.Status)
		forbidden("the refusal for "+o.found, string(a.Body))
		a = w.call(t, "qiye", http.MethodPost, "/projects/"+o.project+"/comment", object{"text": "x"}, "If-Match", `"1"`)
		require.Equal(t, http.StatusOK, a.Status, "what only adds needs no version")
		forbidden("the answer on "+o.found, string(a.Body))
	})
	t.Run("FormsAskFirst", func(t *testing.T) { formsAskFirst(t, w, o) })
}

// onPaper are the inspectors who signed the notices and verdicts of the hazard that an address or an answer is about: they stand on its papers.
func onPaper(t *testing.T, w *world, where string) []string {
	t.Helper()
	id := regexp.MustCompile(`/(?:hazards|cases)/([0-9a-f-]{36})`).FindStringSubmatch(where)
	if id == nil {
		return nil
	}
	h, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id[1])
	if err != nil || len(h.Rounds) == 0 { // not a hazard, or nothing was signed yet
		return nil
	}
	names := []string{}
	for _, s := range h.Inspectors {
		names = append(names, s.Name)
	}
	for _, r := range h.Rounds {
		for _, s := range r.Inspectors {
			names = append(names, s.Name)
		}
	}
	return names
}

// lives lets the zone's people work on a project and three hazards of the enterprise, with many words among themselves.
func lives(t *testing.T, w *world) outsider {
	t.Helper()
	var found struct{ Items []struct{ ID string } }
	w.call(t, "luzhiyuan", http.MethodGet, "/enterprises?q=丰禾汽车部件", nil).read(t, &found)
	o := outsider{enterprise: found.Items[0].ID}
	o.project = w.do(t, "luzhiyuan", "/projects", object{"title": "丰禾四期", "enterprise_id": o.enterprise, "entry_stage": "signed",
		"facts": object{"sector": "ev_parts", "site_mode": "existing_land", "investment": "120000000.00", "note": inside + "0", "source": inside + "1"}}).Standing.CaseID
	p := "/projects/" + o.project
	w.do(t, "luzhiyuan", p+"/comment", object{"text": inside + "：对方资金链紧张", "copy_to": []string{userID(t, w, "guqinghe")}})
	w.do(t, "luzhiyuan", p+"/comment", object{"text": "请贵司补交验资报告", "audience": "shared"})
	w.do(t, "luzhiyuan", p+"/attach", object{"attachments": captioned(w.evidence(t, "luzhiyuan"), inside+"3"), "note": inside + "4"})
	w.do(t, "luzhiyuan", p+"/sign", object{"number": inside + "5", "signed_on": w.today().String(), "attachments": captioned(w.evidence(t, "luzhiyuan"), inside+"6")})
	w.do(t, "luzhiyuan", p+"/introduce", object{"unit": inside + "招商局", "share": 100})
	w.do(t, "luzhiyuan", p+"/contact", object{"way": "call", "said": inside + "只谈到价格"})
	w.do(t, "luzhiyuan", p+"/advance", object{"from": "signed", "note": inside + "7"})
	w.do(t, "shaojinghe", p+"/waive", object{"requirement": "works_planning_permit", "reason": inside + "8", "until": w.today().AddDays(30).String()})
	w.do(t, "shaojinghe", p+"/assign", object{"role": "liaison", "user_id": userID(t, w, "baobao01"), "reason": inside + "9"})
	w.do(t, "shaojinghe", p+"/extend", object{"amount": 5, "reason": inside + "10"})
	w.do(t, "luzhiyuan", p+"/suspend", object{"reason": inside + "11", "category": "funds"})
	w.do(t, "luzhiyuan", p+"/resume", object{"reason": inside + "12"})
	w.do(t, "shaojinghe", p+"/nudge", object{"text": inside + "13"})
	w.do(t, "luzhiyuan", p+"/delegate", object{"to_id": userID(t, w, "guqinghe"), "reason": inside + "14"})
	w.do(t, "qiye", p+"/comment", object{"text": "验资报告下周交"})

	record := func(as string) string {
		return w.do(t, as, "/hazards", object{"enterprise_id": o.enterprise, "location": "2# 车间", "description": "疏散通道堆物", "level": "general", "all_the_same": "另一处", "noted": object{"at": "2024-11-18T09:00:00+08:00", "latitude": stood, "longitude": "117.88340", "metres": 15},
			"inspector_ids": []string{userID(t, w, "dingwensheng")}}).Standing.CaseID
	}
	o.found, o.noticed = record("chenyanqing"), record("mengqinglan")
	h := "/hazards/" + o.noticed
	w.do(t, "mengqinglan", h+"/issue-notice", object{"requirement": "清理通道", "due_on": w.today().AddDays(7).String(), "inspector_ids": []string{userID(t, w, "dingwensheng")}})
	w.do(t, "mengqinglan", h+"/assign", object{"role": "supervisor", "user_id": userID(t, w, "chenyanqing"), "reason": inside + "15"})
	attached := w.do(t, "chenyanqing", h+"/attach", object{"attachments": captioned(w.evidence(t, "chenyanqing"), inside+"16"), "note": inside + "17"})
	for _, c := range attached.Event.Changes {
		if strings.HasSuffix(c.Path, ".number") {
			require.NoError(t, json.Unmarshal(c.New, &o.secret))
		}
	}
	require.NotZero(t, o.secret)
	w.do(t, "chenyanqing", h+"/attach", object{"attachments": w.evidence(t, "chenyanqing"), "audience": "shared"})
	w.do(t, "chenyanqing", h+"/comment", object{"text": inside + "18"})
	w.do(t, "chenyanqing", "/hazards/"+o.found+"/comment", object{"text": inside + "19"})
	return o
}

func captioned(evidence []map[string]any, caption string) []map[string]any {
	evidence[0]["caption"] = caption
	return evidence
}

// addresses are the pages: every GET route of the program, with every command of the enterprise's own cases, and whatever the pages link to.
func addresses(t *testing.T, w *world, o outsider) []string {
	t.Helper()
	s, err := server.New(server.Parts{Store: w.store, Client: w.client, TaskQueue: taskQueue, Secret: secret(), Now: w.time, Allowed: loopback(), Log: logger()})
	require.NoError(t, err)
	handler, err := s.Handler()
	require.NoError(t, err)
	found := []string{"/search?q=丰禾", "/projects?view=list", "/hazards?tab=closed", "/notices", "/deliveries", "/bulk?case=" + o.project}
	for _, route := range handler.Routes() {
		if route.Method != http.MethodGet || strings.HasPrefix(route.Path, "/api/") || route.Path == "/live" || strings.Contains(route.Path, "*") {
			continue
		}
		found = append(found, filled(route.Path, o)...)
	}
	for _, kind := range []string{"/projects/" + o.project, "/hazards/" + o.noticed, "/hazards/" + o.found} {
		found = append(found, kind+"/deadline?format=csv", kind+"/deadline?format=xlsx")
	}
	return found
}

// filled are the addresses of a route: for each case of the enterprise, with each command and each file.
func filled(route string, o outsider) []string {
	route = strings.Replace(route, ":seq", ":number", 1)
	cases := []string{o.enterprise}
	switch {
	case strings.HasPrefix(route, "/projects"):
		cases = []string{o.project}
	case strings.HasPrefix(route, "/hazards"):
		cases = []string{o.noticed, o.found}
	case strings.HasPrefix(route, "/files"):
		cases = []string{o.project, o.noticed}
	}
	var all []string
	for _, id := range cases {
		one := strings.NewReplacer(":id", id, ":revision", "1").Replace(route)
		switch {
		case strings.Contains(one, ":command"):
			for _, name := range append(project.Entry().Names(process.ByPeople), hazard.Entry().Names(process.ByPeople)...) {
				all = append(all, strings.Replace(one, ":command", string(name)[len(name.KindOf())+1:], 1))
			}
		case strings.Contains(one, ":number"):
			for n := 1; n < 6; n++ {
				all = append(all, strings.Replace(one, ":number", fmt.Sprint(n), 1))
			}
		default:
			all = append(all, one)
		}
	}
	return all
}

// operations are all reads of the contract, for each case of the enterprise.
func operations(t *testing.T, o outsider) []string {
	t.Helper()
	spec, err := api.Spec()
	require.NoError(t, err)
	found := []string{"/search?q=丰禾", "/projects?done=false", "/hazards?found=2024", "/filters?list=projects", "/filters?list=hazards"}
	for _, tab := range store.WorkTabs() {
		found = append(found, "/work/"+tab)
	}
	for path, item := range spec.Paths.Map() {
		if item.Get == nil || path == "/search" || path == "/filters" || path == "/work/{tab}" {
			continue
		}
		route := strings.NewReplacer("{id}", ":id", "{number}", ":number", "{revision}", ":revision", "{size}", "small", "{seq}", ":number", "{batch}", "any", "{list}", "projects", "{campaign}", "00000000-0000-4000-8000-000000000001", "{code}", "nothing", "{sort}", "hazard", "{letter}", ":number").Replace(path)
		if strings.HasPrefix(route, "/cases") {
			for _, id := range []string{o.project, o.noticed, o.found} {
				found = append(found, filled(strings.Replace(route, ":id", id, 1), o)...)
			}
			continue
		}
		found = append(found, filled(route, o)...)
	}
	for _, path := range found {
		require.NotContains(t, path, "{", path)
	}
	return found
}

// read opens an address and returns what a person can read there, a sheet cell by cell.
func read(t *testing.T, browser *http.Client, address string) (int, string) {
	t.Helper()
	response, err := browser.Get(address) //nolint:noctx // a test's browser
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	if !strings.Contains(response.Header.Get("Content-Type"), "spreadsheet") {
		return response.StatusCode, string(text)
	}
	book, err := excelize.OpenReader(bytes.NewReader(text))
	require.NoError(t, err)
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	return response.StatusCode, fmt.Sprint(rows)
}

// ownAreThere: the enterprise still reads its own deeds, what was shared with it, its notices and verdicts, and who it has to do with by function.
func ownAreThere(t *testing.T, w *world, browser *http.Client, o outsider) {
	_, text := read(t, browser, w.web.URL+"/projects/"+o.project)
	require.Contains(t, text, "请贵司补交验资报告")
	require.Contains(t, text, "验资报告下周交")
	require.Contains(t, text, "贺连舟")
	require.Contains(t, text, "项目经理")
	_, text = read(t, browser, w.web.URL+"/hazards/"+o.noticed)
	require.Contains(t, text, "清理通道")
	require.Contains(t, text, "孟庆岚", "as on the notice")
	require.Contains(t, text, "安监员")
	status, _ := read(t, browser, fmt.Sprintf("%s/files/%s/%d/1", w.web.URL, o.noticed, o.secret))
	require.Equal(t, http.StatusNotFound, status, "a photo attached inside is not for the enterprise")
	status, _ = read(t, browser, fmt.Sprintf("%s/files/%s/%d/1/view", w.web.URL, o.noticed, o.secret+1))
	require.Equal(t, http.StatusOK, status, "one that was shared is")
	status, _ = read(t, browser, fmt.Sprintf("%s/files/%s/%d/1/view", w.web.URL, o.noticed, o.secret))
	require.Equal(t, http.StatusNotFound, status)
	var history struct{ Events []process.Event }
	w.call(t, "qiye", http.MethodGet, "/cases/"+o.project+"/history?size=2", nil).read(t, &history)
	require.Len(t, history.Events, 2, "a page is full although most events stay inside")
	// The department that was handed nothing sees nothing; the zone's own people read everything.
	w.call(t, "shenji", http.MethodGet, "/cases/"+o.project+"/history?size=200", nil).read(t, &history)
	require.True(t, slices.ContainsFunc(history.Events, func(e process.Event) bool { return strings.Contains(e.Reason, inside) }))
}

// formsAskFirst: a form that somebody may not send is not drawn for them, whatever their role.
func formsAskFirst(t *testing.T, w *world, o outsider) {
	accounts := map[string]process.Role{"qiye": process.Enterprise, "shenji": process.Auditor, "mengqinglan": process.SafetySupervisor,
		"baobao02": process.LiaisonOfficer, "liangyining": process.ProjectManager, "shaojinghe": process.Leader}
	record := regexp.MustCompile(`href="/hazards/record"`)
	for username, role := range accounts {
		browser := signedIn(t, w.web.URL, username)
		actor := process.Actor{Type: process.Person, ID: "x", Roles: []process.Role{role}}
		for _, name := range append(project.Entry().Names(process.ByPeople), hazard.Entry().Names(process.ByPeople)...) {
			address := "/projects/" + o.project + "/"
			if name.KindOf() == hazard.Kind {
				address = "/hazards/" + o.noticed + "/"
			}
			if name == project.OpenName || name == hazard.RecordName {
				address = "/" + string(name.KindOf()) + "s/"
			}
			status, text := read(t, browser, w.web.URL+address+string(name)[len(name.KindOf())+1:])
			if !access.May(actor, name, access.Own) {
				require.Equal(t, http.StatusForbidden, status, "%s, %s", username, name)
			} else if access.May(actor, name, access.Other) {
				require.Equal(t, http.StatusOK, status, "%s, %s", username, name)
			}
			if status == http.StatusOK && name.Verb() != lettering.IssueVerb { // which letter is asked first
				require.Equal(t, access.MayDateBack(actor, name), strings.Contains(text, `name="occurred_on"`), "%s, %s: the day of the deed", username, name)
				require.Equal(t, access.Chooses(actor, name), strings.Contains(text, `name="audience"`), "%s, %s: who reads it", username, name)
			}
		}
		_, text := read(t, browser, w.web.URL+"/")
		require.Equal(t, access.May(actor, hazard.RecordName, access.Other), record.MatchString(text), "%s: the button to record", username)
	}
}
