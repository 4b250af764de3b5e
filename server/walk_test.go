package server_test

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/seed"
)

// What every kind's forms promise is held here of every command that the demo shows, so that the next kind's are held to it without being told.

// ask asks the demo's pages, with form as what is sent where it is not nil.
func (d *demo) ask(t *testing.T, session, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	request := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	request.AddCookie(&http.Cookie{Name: "parkway_session", Value: session})
	request.Header.Set("Accept-Language", "zh")
	answer := httptest.NewRecorder()
	d.handler.ServeHTTP(answer, request)
	return answer
}

// asked is one command's form as somebody of the demo finds it.
type asked struct{ who, page string }

// forms walks the lists of every kind and the cases in them for every account, and returns by command where its form stands.
func (d *demo) forms(t *testing.T) map[process.Name]asked {
	t.Helper()
	found := map[process.Name]asked{}
	for _, username := range slices.Sorted(maps.Keys(demoAccounts())) { // the same forms each time
		session := d.session(t, username)
		for _, kind := range kinds.All() {
			if at := "/" + kind.Path + "/" + string(kind.Opens.Verb()); found[kind.Opens].page == "" && d.ask(t, session, at, nil).Code == http.StatusOK {
				found[kind.Opens] = asked{username, at}
			}
			cases := map[string]bool{}
			for _, list := range []string{"?view=list&print=all", "?tab=all&print=all", "?tab=closed&print=all", "?view=list&done=true&print=all"} {
				all := regexp.MustCompile(`<h3><a href="(/`+kind.Path+`/[0-9a-f-]{36})"`).FindAllStringSubmatch(d.ask(t, session, "/"+kind.Path+list, nil).Body.String(), -1)
				for i := 0; i < len(all); i += max(1, len(all)/15) { // of every part of the list some
					cases[all[i][1]] = true
				}
			}
			for _, at := range slices.Sorted(maps.Keys(cases)) {
				for _, m := range regexp.MustCompile(`href="(`+at+`/([a-z-_]+)(?:\?[^"]*)?)"`).FindAllStringSubmatch(d.ask(t, session, at, nil).Body.String(), -1) {
					if name := kind.Kind.Does(process.Verb(m[2])); found[name].page == "" && slices.Contains(kind.Names(process.ByPeople), name) {
						found[name] = asked{username, html.UnescapeString(m[1])}
					}
				}
			}
		}
	}
	return found
}

func demoAccounts() map[string]string {
	all := map[string]string{}
	for _, a := range seed.Accounts() {
		all[a.Username] = a.Name
	}
	return all
}

var (
	formOf    = regexp.MustCompile(`(?s)<form\s+class="pw-form".*?</form>`)
	fieldOf   = regexp.MustCompile(`(?s)<(input|textarea|select)\b([^>]*)>`)
	attribute = regexp.MustCompile(`\b([a-z]+)="([^"]*)"`)
)

// typedField is one thing that can be filled in.
type typedField struct {
	tag, kind, name, mode string
	required              bool
}

// fields are what a form asks for, and what it sends along unseen.
func fields(form string) (asks []typedField, unseen url.Values) {
	unseen = url.Values{}
	for _, m := range fieldOf.FindAllStringSubmatch(form, -1) {
		at := map[string]string{}
		for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
			at[a[1]] = html.UnescapeString(a[2])
		}
		switch {
		case at["name"] == "" || at["type"] == "submit":
		case at["type"] == "hidden":
			unseen.Add(at["name"], at["value"])
		default:
			asks = append(asks, typedField{m[1], at["type"], at["name"], at["inputmode"], strings.Contains(m[2], " required")})
		}
	}
	return asks, unseen
}

// wrongly is how people fill a form in wrongly, by its fields: too much text, words for a number or a day, and no choice where one is asked for.
func wrongly(asks []typedField) url.Values {
	all := url.Values{}
	for _, f := range asks {
		switch {
		case f.kind == "file" || f.kind == "checkbox" || strings.HasPrefix(f.name, "new_") || strings.HasSuffix(f.name, "_words"): // a box is ticked or it is not; what is looked for is looked for first
		case f.tag == "select" || f.kind == "radio":
			if f.required && f.name != "audience" { // nobody outside reads what says nothing of it
				all.Set(f.name, "")
			}
		case f.mode != "":
			all.Set(f.name, "很多")
		case f.tag == "input" && len(all) > 20: // a plan of a hundred days: too long, and not more than a form may be
			all.Set(f.name, strings.Repeat("长", 50))
		default:
			all.Set(f.name, strings.Repeat("长", 5000))
		}
	}
	return all
}

// unsaid is what a page that a form was refused on does not say of a field that is wrong; "" where it says all.
func unsaid(page, field string) string {
	id := regexp.QuoteMeta(html.EscapeString(strings.TrimSuffix(field, "_words")))
	for _, part := range [][2]string{{`<li><a href="#` + id + `">`, "the summary does not name it"}, {`<[^>]*(id|name)="` + id + `"[^>]*aria-invalid="true"|<[^>]*aria-invalid="true"[^>]*(id|name)="` + id + `"`, "it is not marked"},
		{`(?s)id="` + id + `-note">\s*<p class="pw-wrong">`, "nothing is said below it"}} {
		if !regexp.MustCompile(part[0]).MatchString(page) {
			return field + ": " + part[1]
		}
	}
	return ""
}

// TestEveryCommandsFormNamesEveryFaultAtItsField: whatever is filled in wrongly is named in the summary, which leads to its field, marked there, and said
// below it; the address is one of its own. A form that comes after its session has ended is not lost.
func TestEveryCommandsFormNamesEveryFaultAtItsField(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	forms := d.forms(t)
	d.comeAfterTheirSession(t, forms)
	for _, kind := range kinds.All() {
		if kind.Kind != extension.Kind && kinds.ByHand(kind) { // it begins on the page of what it is about
			require.NotEmpty(t, forms[kind.Opens].page, "nobody of the demo opens %s", kind.Kind)
		}
	}
	t.Logf("%d forms", len(forms))
	require.Greater(t, len(forms), 60)
	faults := []string{}
	for name, at := range forms {
		session := d.session(t, at.who)
		asks, sent := fields(formOf.FindString(d.ask(t, session, at.page, nil).Body.String()))
		wrong := wrongly(asks)
		if len(wrong) == 0 {
			continue // a button alone
		}
		maps.Copy(sent, wrong)
		path, _, _ := strings.Cut(at.page, "?")
		answer := d.ask(t, session, path, sent)
		if to := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || !strings.Contains(to, "draft=") {
			faults = append(faults, fmt.Sprintf("%s at %s: %d %s", name, at.page, answer.Code, to))
			continue
		}
		page := d.ask(t, session, answer.Header().Get("Location"), nil).Body.String()
		if !regexp.MustCompile(`<title>有 \d+ 处要改 · `).MatchString(page) || !strings.Contains(page, `role="alert" tabindex="-1" autofocus`) {
			faults = append(faults, fmt.Sprintf("%s: the page does not say that something is wrong", name))
		}
		for field := range wrong {
			if said := unsaid(page, field); said != "" {
				faults = append(faults, string(name)+" "+said)
			}
		}
	}
	slices.Sort(faults)
	require.Empty(t, faults, "%s", strings.Join(faults, "\n"))
}

// comeAfterTheirSession: without scripts, whoever was signed out while they filled a form in signs in and finds it filled in.
func (d *demo) comeAfterTheirSession(t *testing.T, forms map[process.Name]asked) {
	t.Helper()
	db, err := pgx.Connect(t.Context(), d.ownerURL)
	require.NoError(t, err)
	defer db.Close(t.Context())
	filled, lost := 0, []string{}
	for name, at := range forms {
		session := d.session(t, at.who)
		asks, sent := fields(formOf.FindString(d.ask(t, session, at.page, nil).Body.String()))
		words := "写了一半 " + uuid.NewString()
		i := slices.IndexFunc(asks, func(f typedField) bool {
			return f.mode == "" && (f.tag == "textarea" || f.kind == "text") && !strings.HasSuffix(f.name, "_words") && !strings.HasPrefix(f.name, "new_")
		})
		if i < 0 {
			continue
		}
		filled++
		sent.Set(asks[i].name, words)
		_, err := db.Exec(t.Context(), "UPDATE sessions SET seen_at = seen_at - interval '13 hours'")
		require.NoError(t, err)
		path, _, _ := strings.Cut(at.page, "?")
		answer := d.ask(t, session, path, sent)
		to, err := url.Parse(answer.Header().Get("Location"))
		require.NoError(t, err)
		require.Equal(t, "/sign-in", to.Path, name)
		if page := d.ask(t, d.session(t, at.who), to.Query().Get("next"), nil).Body.String(); !strings.Contains(html.UnescapeString(page), words) {
			lost = append(lost, string(name)+" "+asks[i].name)
		}
	}
	require.Greater(t, filled, 40)
	require.Empty(t, lost)
}
