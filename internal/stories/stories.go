// Package stories keeps the states of the pages that tests draw, empty, in error, forbidden, overdue, where Chromium looks at them: `make stories`.
package stories

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/web"
)

var (
	heading = regexp.MustCompile(`<h([1-6])\b`)
	column  = regexp.MustCompile(`<th\b[^>]*>`)
)

// Ordered reports what is wrong with a page's order for those who hear it: "" when its headings go down one step at a time from the first and every
// head of a column or row says which it is.
func Ordered(html string) string {
	last := 0
	for _, m := range heading.FindAllStringSubmatch(html, -1) {
		level := int(m[1][0] - '0')
		if level > last+1 {
			return "a heading h" + m[1] + " follows one of order " + strconv.Itoa(last)
		}
		last = level
	}
	for _, th := range column.FindAllString(html, -1) {
		if !strings.Contains(th, ` scope="`) {
			return "a head of a table says no scope: " + th
		}
	}
	return ""
}

// Keep holds a page against what holds for every state: one heading, nothing untranslated. When STORIES_DIR names a folder it puts the page there,
// with the assets it needs.
func Keep(t *testing.T, name, html string) {
	t.Helper()
	require.Equal(t, 1, strings.Count(html, "<h1"), "%s has one heading of the first order\n%s", name, html)
	require.NotRegexp(t, regexp.MustCompile(`\[[a-z_]+\.[a-z_.]+\]`), html, "%s has words that are not translated", name)
	require.Empty(t, Ordered(html), name)
	dir := os.Getenv("STORIES_DIR")
	if dir == "" {
		return
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, name+".html"), []byte(html), 0o644)) //nolint:gosec // a page for the browser
	assets, err := web.Load()
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "assets"), 0o755)) //nolint:gosec // as above
	for _, asset := range regexp.MustCompile(`/assets/[^"]+`).FindAllString(html, -1) {
		answer := httptest.NewRecorder()
		assets.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, asset, nil))
		require.Equal(t, http.StatusOK, answer.Code, asset)
		require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.FromSlash(asset)), answer.Body.Bytes(), 0o644)) //nolint:gosec // as above
	}
}
