package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

var (
	besidePart = regexp.MustCompile(`(?s)<nav class="pw-side".*?</nav>`)
	footPart   = regexp.MustCompile(`(?s)<nav class="pw-bottom".*?</nav>`)
	topPart    = regexp.MustCompile(`(?s)<header class="pw-top">.*?</header>`)
	waysPart   = regexp.MustCompile(`(?s)<main.*?</main>`)
	address    = regexp.MustCompile(`<a\b[^>]*href="([^"]+)"`)
)

// addresses are where the links of a part of a page lead.
func addresses(t *testing.T, part *regexp.Regexp, html string) []string {
	t.Helper()
	found := part.FindString(html)
	require.NotEmpty(t, found, part.String())
	all := []string{}
	for _, m := range address.FindAllStringSubmatch(found, -1) {
		all = append(all, m[1])
	}
	return all
}

// TestEverythingIsTwoTapsAway: a narrow window has no room for the menu beside the page. The bar at the top leads to the search, the notices and the
// whole menu, which holds all that the wide window shows, and the way out; no script is asked for.
func TestEverythingIsTwoTapsAway(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	for _, role := range process.Roles() {
		t.Run(string(role), func(t *testing.T) {
			session := b.session(t, b.As(role))
			_, page := b.ask(t, http.MethodGet, "/forecast", "", "Cookie", session)
			require.Subset(t, addresses(t, topPart, page), []string{"/search", "/notices", "/menu"})
			answer, menu := b.ask(t, http.MethodGet, "/menu", "", "Cookie", session)
			require.Equal(t, http.StatusOK, answer.StatusCode)
			ways := addresses(t, waysPart, menu)
			beside := addresses(t, besidePart, page)
			require.Subset(t, ways, beside)
			require.Subset(t, ways, []string{"/enterprises", "/forecast", "/calendar", "/notices", "/account"})
			if role == process.Administrator {
				require.Subset(t, ways, []string{"/channels", "/definitions", "/operations", "/users", "/start"})
			}
			if role == process.Auditor {
				require.Contains(t, ways, "/deeds", "the auditor reads what the administrator did")
			}
			if role == process.Enterprise {
				require.NotContains(t, ways, "/opinions", "the offices' own")
			}
			require.Contains(t, waysPart.FindString(menu), `action="/sign-out"`)
			require.Contains(t, waysPart.FindString(menu), `action="/search"`)
			for _, way := range ways {
				answer, _ := b.ask(t, http.MethodGet, way, "", "Cookie", session)
				require.Equal(t, http.StatusOK, answer.StatusCode, "%s leads %s somewhere", way, role)
			}
		})
	}
}

// TestRecordOpensWhatTheRoleMay: 登记 leads to the form itself where there is one, to a choice where there are several, and is not there for who puts
// nothing on file.
func TestRecordOpensWhatTheRoleMay(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	none, led, several := 0, 0, 0
	for _, role := range process.Roles() {
		t.Run(string(role), func(t *testing.T) {
			forms, about := []string{}, []string{}
			if access.May(b.As(role), hazard.RecordName, access.Other) {
				forms = append(forms, "/field")
			}
			for _, kind := range kinds.All() {
				if kind.Within || !access.May(b.As(role), kind.Opens, access.Other) {
					continue
				}
				if to := "/" + kind.Path + "/" + string(kind.Opens.Verb()); kinds.OfAnother(kind) {
					about = append(about, to)
				} else {
					forms = append(forms, to)
				}
			}
			forms = append(forms, about...)
			session := b.session(t, b.As(role))
			_, page := b.ask(t, http.MethodGet, "/", "", "Cookie", session)
			foot := addresses(t, footPart, page)
			answer, choice := b.ask(t, http.MethodGet, "/record", "", "Cookie", session)
			switch {
			case len(forms) == 0:
				none++
				require.Equal(t, []string{"/", "/hazards", "/projects", "/account"}, foot)
				require.Equal(t, http.StatusForbidden, answer.StatusCode)
			case len(forms) == 1 && len(about) == 0:
				require.Equal(t, []string{"/", "/hazards", forms[0], "/projects", "/account"}, foot)
				require.Equal(t, forms[0], answer.Header.Get("Location"))
			default:
				several++
				if len(about) == len(forms) {
					led++ // no form of another case's is where 登记 begins
				}
				require.Equal(t, []string{"/", "/hazards", "/record", "/projects", "/account"}, foot)
				require.Equal(t, http.StatusOK, answer.StatusCode)
				require.Equal(t, forms, addresses(t, waysPart, choice))
			}
		})
	}
	require.Positive(t, none)
	require.Positive(t, led)
	require.Positive(t, several)
}

// TestALiaisonOfficerRecordsInTheirEnterprisesCases: 登记 offers what may be recorded in the cases of the enterprises they look after before any form that asks
// for another case's number; each way is one that may be gone.
func TestALiaisonOfficerRecordsInTheirEnterprisesCases(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	officer := d.session(t, "baobao01")
	page := d.ask(t, officer, "/record", nil).Body.String()
	mine, fresh, found := strings.Cut(waysPart.FindString(page), `id="new-case"`)
	require.True(t, found)
	_, mine, found = strings.Cut(mine, `id="in-hand"`)
	require.True(t, found, "before what is new")
	require.Contains(t, fresh, "/permits/require")
	ways := regexp.MustCompile(`class="btn btn-plain" href="([^"]+)"`).FindAllStringSubmatch(mine, -1)
	require.NotEmpty(t, ways)
	for _, way := range ways {
		require.Equal(t, http.StatusOK, d.ask(t, officer, way[1], nil).Code, way[1])
	}
}
