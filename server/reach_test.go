package server_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/site"
	"github.com/parkway-zone/parkway/turn"
)

// noPages are addresses without parameters that nobody is led to: they are no pages, or come with what they are about, or are for people who write
// programs; what /record asks, the menu names.
func noPages() []string {
	return []string{"/assets", "/sign-in", "/language", "/session", "/live", "/bulk", "/calendar/preview", "/setup", "/healthz", "/readyz", "/find", "/api", "/record", "/field/"}
}

// TestEveryPageIsTwoTapsFromAnywhere: on a phone the bar at the top is on every page, while that at the foot gives way to what is to be done there. From the bar,
// or through one page that it leads to, every page is reached that its reader may see.
func TestEveryPageIsTwoTapsFromAnywhere(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	e, err := (&server.Server{Site: &site.Site{Clock: &turn.Clock{}}}).Handler()
	require.NoError(t, err)
	routes := []string{}
	for _, r := range e.Routes() {
		if r.Method == http.MethodGet && !strings.ContainsAny(r.Path, ":*") && !strings.HasPrefix(r.Path, "/api/v1") && !slices.ContainsFunc(noPages(), func(p string) bool { return strings.HasPrefix(r.Path, p) }) {
			routes = append(routes, r.Path)
		}
	}
	require.Greater(t, len(routes), 30)
	link := regexp.MustCompile(`<a\b[^>]*href="([^"?#]+)`)
	for username := range demoAccounts() {
		t.Run(username, func(t *testing.T) {
			session := d.session(t, username)
			text := d.ask(t, session, "/forecast", nil).Body.String()
			near := map[string]bool{}
			for _, m := range link.FindAllStringSubmatch(topPart.FindString(text), -1) {
				near[m[1]] = true
			}
			reached := map[string]bool{}
			for at := range near {
				reached[at] = true
				for _, m := range link.FindAllStringSubmatch(waysPart.FindString(d.ask(t, session, at, nil).Body.String()), -1) {
					reached[m[1]] = true
				}
			}
			for _, at := range routes {
				if within(at) || username == "qiye" && (private(at) || at == "/funnel") { // it begins on the page of what it is about; an enterprise has none of them, and no menu offers them to it
					continue
				}
				if answer := d.ask(t, session, at, nil); answer.Code == http.StatusOK {
					require.True(t, reached[at], "%s is further than two taps", at)
				}
			}
		})
	}
}

// private reports whether an address is a list of cases that nobody outside reads.
func private(at string) bool {
	return slices.ContainsFunc(kinds.All(), func(k process.Entry) bool { return k.Private && at == "/"+k.Path })
}

// within reports whether an address is the form that opens a case within another one.
func within(at string) bool {
	return slices.ContainsFunc(kinds.All(), func(k process.Entry) bool { return k.Within && at == "/"+k.Path+"/"+string(k.Opens.Verb()) })
}
