package archtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestThePapersThatCommentsNameAreThere: whoever reads a comment can read what it points to: a page of this repository, a decision that was written down.
func TestThePapersThatCommentsNameAreThere(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("git", "-C", "../..", "ls-files").Output()
	require.NoError(t, err)
	files := strings.Fields(string(out))
	page, decision := regexp.MustCompile(`[\w./-]*\w\.md\b( \d)?`), regexp.MustCompile(`decisions/(\d{4})`)
	read := 0
	for _, name := range files {
		switch filepath.Ext(name) {
		case ".go", ".templ", ".sql", ".yaml", ".js", ".css", ".ts":
		default:
			continue
		}
		if strings.HasSuffix(name, "_templ.go") || name == "internal/archtest/papers_test.go" {
			continue
		}
		text, err := os.ReadFile(filepath.Join("../..", name))
		if os.IsNotExist(err) { // it is being removed
			continue
		}
		require.NoError(t, err)
		for _, found := range page.FindAllStringSubmatch(string(text), -1) {
			if strings.HasPrefix(found[0], "//") { // a page of somebody else's site
				continue
			}
			paper := strings.TrimLeft(strings.TrimSuffix(found[0], found[1]), "./")
			require.True(t, slices.ContainsFunc(files, func(f string) bool { return f == paper || strings.HasSuffix(f, "/"+paper) }), "%s names %s, which is not here", name, paper)
			require.Empty(t, found[1], "%s names a chapter of %s, whose chapters have no numbers", name, paper)
			read++
		}
		for _, found := range decision.FindAllStringSubmatch(string(text), -1) {
			require.True(t, slices.ContainsFunc(files, func(f string) bool { return strings.HasPrefix(f, "docs/decisions/"+found[1]+"-") }), "%s names decision %s, which is not here", name, found[1])
			read++
		}
	}
	require.Greater(t, read, 50)
}
