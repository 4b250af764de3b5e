package archtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tables are where kinds are told apart by name, each for what one has beside what comes to every kind: pages, reads, tables of its own, what a project's pages show of its children.
var tables = map[string]bool{ //nolint:gochecknoglobals // read only
	"server/site/cases.go": true, "server/httpapi/kind.go": true, "store/kind.go": true, "web/ui/review.templ": true, "web/ui/project.templ": true, "server/site/waiver.go": true,
}

// TestKindsAreToldApartInTheirTablesAlone: outside the rules nothing asks which kind a case is of, so that the next kind cannot be taken for another one. What
// differs between kinds stands in their description (process.KindOf).
func TestKindsAreToldApartInTheirTablesAlone(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("git", "-C", "../..", "ls-files", "*.go", "*.templ").Output()
	require.NoError(t, err)
	asks := regexp.MustCompile(`[!=]= ?(project|hazard|plantask|permits?|extension|opinion|meeting|enrolment|inspection|waiver|request|track)\.Kind\b|case (project|hazard|plantask|permits?|extension|opinion|meeting|enrolment|inspection|waiver|request|track)\.Kind\b`)
	found := map[string]bool{}
	for _, name := range strings.Fields(string(out)) {
		if strings.HasPrefix(name, "domain/") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join("../..", name))
		if os.IsNotExist(err) { // it is being removed
			continue
		}
		require.NoError(t, err)
		if at := asks.FindString(string(text)); at != "" {
			require.True(t, tables[name], "%s asks for a kind by name (%s): let it follow from the kind's description", name, at)
			found[name] = true
		}
	}
	require.Equal(t, tables, found, "no table is named that is not there")
}
