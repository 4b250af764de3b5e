package server_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// listPages are the pages that list something, with the headings that do not sort and why.
func listPages() map[string]map[string]string {
	action := map[string]string{"操作": "it is a button"}
	pages := map[string]map[string]string{
		"/": {}, "/?tab=done": {}, "/enterprises": {}, "/notices": {}, "/funnel": {}, "/deeds": {}, "/account": {}, "/users": {}, "/deliveries": action, "/letters": {}, "/progress": {}, "/money": {}, "/visit-plan": action,
		"/channels": {"操作": "it is a button", "发往": "what is shown of an address is masked"},
	}
	for _, r := range register.All() {
		if !r.Single && r.Name != register.PeopleName {
			pages["/registers/"+string(r.Name)] = map[string]string{}
		}
	}
	for _, kind := range kinds.All() {
		pages["/"+kind.Path+"?view=list"] = map[string]string{}
	}
	return pages
}

// TestEveryListPageSortsByEveryColumn: each heading of each list leads to the list sorted by it and back, which it says to who cannot see the arrow, or is known not
// to; where there are no headings the page asks for the order in a form. Neither needs a script.
func TestEveryListPageSortsByEveryColumn(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 3)
	b.open(t)
	admin := b.As(process.Administrator)
	session := b.session(t, admin) + "; parkway_language=zh"
	for _, form := range []struct {
		path string
		form url.Values
	}{{"/registers/units", url.Values{"name": {"招商二科"}, "kind": {"section"}}}, {"/registers/campaigns", url.Values{"name": {"冬季行动"}, "started_on": {"2026-11-01"}}},
		{"/registers/buildings", url.Values{"name": {"10#厂房"}, "enterprise_id": {b.Enterprise}}}, {"/channels", url.Values{"kind": {"sink"}, "channel_name": {"演示"}}},
		{"/account/tokens", url.Values{"name": {"一"}, "days": {"9"}}}, {"/account/tokens", url.Values{"name": {"二"}, "days": {"8"}}}} {
		form.form.Set("_key", uuid.NewString())
		b.ask(t, http.MethodPost, form.path, form.form.Encode(), "Cookie", session)
	}
	head := regexp.MustCompile(`(?s)<th scope="col"([^>]*)>(.*?)</th>`)
	tag := regexp.MustCompile(`<[^>]*>`)
	tables, offered := 0, 0
	for at, why := range listPages() {
		response, page := b.ask(t, http.MethodGet, at, "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode, at)
		for _, th := range head.FindAllStringSubmatch(page, -1) {
			name := strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(th[2], "")))
			if _, known := why[name]; known {
				continue
			}
			tables++
			require.Contains(t, th[1], "aria-sort=", "%s: nobody sorts by %s, or says why not", at, name)
			link := regexp.MustCompile(`href="([^"]+)"`).FindStringSubmatch(th[2])
			require.NotNil(t, link, "%s: %s", at, name)
			to := html.UnescapeString(link[1])
			both := []string{"ascending", "descending"}
			if strings.Contains(th[1], `"ascending"`) { // it is sorted so already
				slices.Reverse(both)
			}
			for _, says := range both {
				response, page := b.ask(t, http.MethodGet, to, "", "Cookie", session)
				require.Equal(t, http.StatusOK, response.StatusCode, to)
				require.Equal(t, 1, strings.Count(page, `aria-sort="`+says+`"`), to)
				again := regexp.MustCompile(`aria-sort="` + says + `"><a[^>]*href="([^"]+)"`).FindStringSubmatch(page)
				require.NotNil(t, again, to)
				to = html.UnescapeString(again[1])
			}
		}
		orders := regexp.MustCompile(`(?s)<select name="sort"[^>]*>(.*?)</select>`).FindStringSubmatch(page)
		if orders == nil {
			require.Regexp(t, `class="pw-empty"|没有等你办理的事项`, page, "%s: no order is offered where there are no headings", at)
			orders = []string{"", ""}
		} else {
			offered++
		}
		for _, value := range regexp.MustCompile(`value="(-?[a-z_]+)"`).FindAllStringSubmatch(orders[1], -1) {
			address, err := url.Parse(at)
			require.NoError(t, err)
			query := address.Query()
			query.Set("sort", value[1])
			response, page := b.ask(t, http.MethodGet, address.Path+"?"+query.Encode(), "", "Cookie", session)
			require.Equal(t, http.StatusOK, response.StatusCode, "%s by %s", at, value[1])
			require.Regexp(t, `value="`+value[1]+`" selected`, page, at)
		}
		unknown := at + "?sort=weight"
		if strings.Contains(at, "?") {
			unknown = at + "&sort=weight"
		}
		response, page = b.ask(t, http.MethodGet, unknown, "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode, unknown)
		require.Regexp(t, "已按平常的次序排列", page, unknown)
	}
	require.Greater(t, tables, 25)
	require.Greater(t, offered, 8, "lists with rows")
}

// TestTheAPISortsTheOtherListsToo: by the columns that the contract names, and page after page as at once.
func TestTheAPISortsTheOtherListsToo(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 7)
	token := b.token(t, b.As(process.Administrator), true)
	own := b.token(t, b.As(process.SafetySupervisor), true)
	response, contract := b.ask(t, http.MethodGet, "/api/openapi.yaml", "")
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.GreaterOrEqual(t, strings.Count(contract, "rows the first so many of the usual order are sorted"), 14)
	for path, columns := range map[string][]string{"/inbox": {"title", "due_on"}, "/work/todo": {"number", "holder_since"}, "/enterprises": {"name", "sector"}, "/notices": {"created_at", "title"},
		"/deliveries": {"user_name", "status"}, "/deeds": {"at", "title"}, "/users": {"name", "disabled_at"}, "/channels": {"name"}, "/account/tokens": {"expires_at"}, "/registers/people": {"name"},
		"/registers/units": {"kind"}} {
		who := token
		if path == "/inbox" || path == "/work/todo" {
			who = own
		}
		for _, column := range columns {
			for _, sort := range []string{column, "-" + column} {
				if slices.Contains([]string{"/users", "/channels", "/account/tokens", "/registers/people", "/registers/units"}, path) { // answered whole
					b.items(t, who, path, url.Values{"sort": {sort}})
					continue
				}
				once := b.items(t, who, path, url.Values{"sort": {sort}, "size": {"200"}})
				several := b.items(t, who, path, url.Values{"sort": {sort}, "size": {"2"}})
				require.Equal(t, once, several, "%s by %s", path, sort)
			}
		}
		response, body := b.ask(t, http.MethodGet, "/api/v1"+path+"?sort=weight", "", "Authorization", who)
		require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode, "%s: %s", path, body)
	}
	numbers := b.items(t, own, "/inbox", url.Values{"sort": {"-number"}})
	require.Len(t, numbers, 7)
}

// items reads a list of the API page after page.
func (b *bundle) items(t *testing.T, token, path string, query url.Values) []string {
	t.Helper()
	found := []string{}
	for {
		response, body := b.ask(t, http.MethodGet, "/api/v1"+path+"?"+query.Encode(), "", "Authorization", token)
		require.Equal(t, http.StatusOK, response.StatusCode, "%s %s: %s", path, query, body)
		var answer struct {
			Items   []json.RawMessage
			Next    json.RawMessage
			Further string `json:"next_cursor"`
		}
		require.NoError(t, json.Unmarshal([]byte(body), &answer))
		for _, item := range answer.Items {
			found = append(found, string(item))
		}
		var next string
		if json.Unmarshal(answer.Next, &next) != nil || next == "" {
			next = answer.Further
		}
		if next == "" {
			return found
		}
		for _, name := range []string{"cursor", "after", "before"} {
			query.Del(name)
		}
		switch path {
		case "/enterprises":
			query.Set("after", next)
		case "/deeds":
			query.Set("before", next)
		default:
			query.Set("cursor", next)
		}
	}
}

// TestAnAddressThatAListDoesNotKnowIsSaid: what narrows it in a way that the list does not know gives no other list, never fails, and is named where it stands.
func TestAnAddressThatAListDoesNotKnowIsSaid(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 3)
	session := b.session(t, b.As(process.Leader)) + "; parkway_language=zh"
	for _, query := range []string{"level=huge", "lvel=major", "level=general&level=huge", "tab=mine", "found=soon", "due_on_from=tomorrow", "overdue=maybe",
		"found_on_from=2026-12-31&found_on_to=2026-01-01"} {
		response, page := b.ask(t, http.MethodGet, "/hazards?"+query, "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode, query)
		require.NotContains(t, page, `<h3><a href="/hazards/`, "no other list: "+query)
		require.Contains(t, page, "没有按这些条件去查", query)
		require.Contains(t, page, "去掉这些条件再看", query)
		response, _ = b.ask(t, http.MethodGet, "/hazards?format=xlsx&"+query, "", "Cookie", session)
		require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode, "nor is another one taken away: "+query)
	}
	_, page := b.ask(t, http.MethodGet, "/hazards?found_on_from=2026-12-31&found_on_to=2026-01-01&level=general", "", "Cookie", session)
	for _, part := range []string{`name="found_on_from" value="2026-12-31"`, `aria-invalid="true"`, `aria-describedby="found_on-note"`, `id="found_on-note"`, "晚于结束日期", `href="/hazards?level=general"`} {
		require.Contains(t, page, part, "at its field, with what was typed")
	}
	_, page = b.ask(t, http.MethodGet, "/hazards?columns=title,weight&sort=weight", "", "Cookie", session)
	require.Equal(t, 3, strings.Count(page, `<h3><a href="/hazards/`), "order and columns change nothing of which rows there are")
	require.Contains(t, page, "这个列表没有“weight”这一列")

	// a selection kept by an earlier version, which knew more
	_, err := b.connect(t).Exec(t.Context(), `INSERT INTO filters (id, park_id, user_id, name, list, query, shared_with) VALUES ($1, $2, $3, '老筛选', 'hazards', 'shade=red&level=major', 'own')`,
		uuid.NewString(), b.Park.ID, b.As(process.Leader).ID)
	require.NoError(t, err)
	_, page = b.ask(t, http.MethodGet, "/hazards", "", "Cookie", session)
	require.Contains(t, page, "/hazards?level=major&amp;shade=red")
	_, page = b.ask(t, http.MethodGet, "/hazards?level=major&shade=red", "", "Cookie", session)
	require.Contains(t, page, "这个列表没有“shade”这个条件")
}

// TestAFormOfAListStands: refused, or sent after the session had ended, it is there again on the list as it was narrowed, with what was typed.
func TestAFormOfAListStands(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 2)
	leader := b.As(process.Leader)
	session := b.session(t, leader) + "; parkway_language=zh"
	long := strings.Repeat("长", 41)
	response, page := b.send(t, "/filters", url.Values{"list": {"hazards"}, "query": {"level=general"}, "name": {long}, "shared_with": {"staff"}}, session)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Equal(t, "/hazards", response.Request.URL.Path)
	require.Equal(t, "general", response.Request.URL.Query().Get("level"))
	for _, part := range []string{long, `aria-invalid="true"`, `id="name-note"`, `<option value="staff" selected`} {
		require.Contains(t, page, part)
	}
	response, _ = b.send(t, "/filters", url.Values{"list": {"hazards"}, "query": {"level=general"}, "name": {"一般"}, "_draft": {response.Request.URL.Query().Get("draft")}}, session)
	require.Equal(t, "/hazards?level=general", response.Header.Get("Location"))
	_, err := b.connect(t).Exec(t.Context(), "UPDATE sessions SET seen_at = seen_at - interval '13 hours'")
	require.NoError(t, err)
	response, _ = b.ask(t, http.MethodPost, "/lists/hazards/columns", url.Values{"columns": {"found_on", "location"}, "query": {"level=general"}}.Encode(), "Cookie", session)
	signIn, err := url.Parse(response.Header.Get("Location"))
	require.NoError(t, err)
	_, page = b.ask(t, http.MethodGet, signIn.Query().Get("next"), "", "Cookie", b.session(t, leader)+"; parkway_language=zh")
	require.Contains(t, page, `value="location" checked`)
	require.NotContains(t, page, `value="round" checked`)
	require.Contains(t, page, `name="query" value="level=general"`)
}

// TestEveryFormWithSomethingToFillInStands walks the forms of the pages: whoever was signed out while they filled one in finds it again.
func TestEveryFormWithSomethingToFillInStands(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 1)
	project := b.open(t)
	unkept := []string{"/sign-in", "/setup", "/account/password"} // nobody is signed in there; a password is kept nowhere
	form := regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`)
	fields := regexp.MustCompile(`<(?:textarea|select)[^>]*name="|<input(?:[^>]*)>`)
	actions := map[string]string{}
	for _, role := range []process.Role{process.Administrator, process.ProjectManager, process.SafetySupervisor} {
		session := b.session(t, b.As(role))
		pages := []string{"/", "/account", "/account/reminders", "/calendar", "/definitions", "/channels", "/enterprises", "/enterprises/" + b.Enterprise, "/notices", "/bulk?case=" + project,
			"/users/" + b.As(process.Leader).ID + "/leave", "/enterprises/" + b.Enterprise + "/merge"}
		for _, r := range register.All() {
			pages = append(pages, "/registers/"+string(r.Name)+"/new", "/registers/"+string(r.Name)+"/import")
		}
		for _, kind := range kinds.All() {
			pages = append(pages, "/"+kind.Path+"?view=list&overdue=true", "/"+kind.Path+"/"+string(kind.Opens.Verb()))
		}
		for _, at := range pages {
			_, page := b.ask(t, http.MethodGet, at, "", "Cookie", session)
			for _, f := range form.FindAllStringSubmatch(page, -1) {
				action := regexp.MustCompile(`action="([^"]+)"`).FindStringSubmatch(f[1])
				if action == nil || !strings.Contains(f[1], `method="post"`) {
					continue
				}
				filled := slices.ContainsFunc(fields.FindAllString(f[2], -1), func(tag string) bool {
					return !strings.Contains(tag, `type="hidden"`) && (!strings.HasPrefix(tag, "<input") || strings.Contains(tag, "name="))
				})
				if filled {
					actions[html.UnescapeString(action[1])] = string(role)
				}
			}
		}
	}
	require.Greater(t, len(actions), 15, actions)
	for action, role := range actions {
		if slices.Contains(unkept, action) {
			continue
		}
		session := b.session(t, b.As(process.Role(role)))
		_, err := b.connect(t).Exec(t.Context(), "UPDATE sessions SET seen_at = seen_at - interval '13 hours'")
		require.NoError(t, err)
		response, _ := b.ask(t, http.MethodPost, action, url.Values{"list": {"hazards"}, "name": {"写了一半"}}.Encode(), "Cookie", session)
		require.Equal(t, http.StatusSeeOther, response.StatusCode, action)
		signIn, err := url.Parse(response.Header.Get("Location"))
		require.NoError(t, err)
		require.Regexp(t, `[?&]draft=`, signIn.Query().Get("next"), "%s: what was typed is lost when the session has ended", action)
	}
}

// TestAColumnOfAmountsHasOneUnit: said in its heading, and on a phone, where there are none, beside the amount; a workbook has numbers.
func TestAColumnOfAmountsHasOneUnit(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	for _, amount := range []string{"500000", "260000000", "12345678900"} {
		id := b.open(t)
		_, err := b.connect(t).Exec(t.Context(), "UPDATE projects SET investment = "+amount+" WHERE case_id = $1", id)
		require.NoError(t, err)
	}
	session := b.session(t, b.As(process.Leader))
	_, page := b.ask(t, http.MethodGet, "/projects?view=list&sort=investment", "", "Cookie", session, "Accept-Language", "zh")
	require.Contains(t, page, "总投资（万元）")
	cells := regexp.MustCompile(`<td class="pw-num"[^>]*>([0-9,.]+)`).FindAllStringSubmatch(page, -1)
	require.Len(t, cells, 3, page)
	require.Equal(t, []string{"50.00", "26,000.00", "1,234,567.89"}, []string{cells[0][1], cells[1][1], cells[2][1]}, "the points stand below each other")
}

// multiplied makes three thousand of one hazard.
const multiplied = `DO $$ DECLARE names text; one jsonb; facts jsonb; fresh uuid;
BEGIN
    SELECT string_agg(quote_ident(column_name), ',') INTO names FROM information_schema.columns WHERE table_name = 'cases' AND is_generated = 'NEVER';
    SELECT to_jsonb(c), to_jsonb(h) INTO one, facts FROM cases AS c JOIN hazards AS h ON h.case_id = c.id;
    FOR i IN 2..3000 LOOP
        fresh := gen_random_uuid();
        EXECUTE format('INSERT INTO cases (%s) SELECT %s FROM jsonb_populate_record(NULL::cases, $1)', names, names)
            USING one || jsonb_build_object('id', fresh, 'number', 'YH-2026-' || lpad(i::text, 4, '0'));
        INSERT INTO hazards SELECT * FROM jsonb_populate_record(NULL::hazards, facts || jsonb_build_object('case_id', fresh));
    END LOOP;
END $$`

// TestAListOfThreeThousandIsWholeOrSaysWhatIsLeftOut: on paper and as a workbook.
func TestAListOfThreeThousandIsWholeOrSaysWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 1)
	_, err := b.connect(t).Exec(t.Context(), multiplied)
	require.NoError(t, err)
	session := b.session(t, b.As(process.Leader)) + "; parkway_language=zh"
	_, page := b.ask(t, http.MethodGet, "/hazards?print=all&sort=-number", "", "Cookie", session)
	require.Equal(t, 2000, strings.Count(page, `<h3><a href="/hazards/`))
	require.Contains(t, page, "这里印出 2000 行；这个条件下还有 1000 行没有印出。")
	rows := cells(t, b.sheetOf(t, session, "/hazards?format=xlsx&sort=-number&columns=number,title"))
	require.Len(t, rows, 3001)
	at := slices.Index(rows[0], "编号")
	for i := 2; i < len(rows); i++ {
		require.Greater(t, rows[i-1][at], rows[i][at], "in the order of the list")
	}
}
