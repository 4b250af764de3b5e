// Package archtest fails when an arrow between folders points the wrong way, a file outgrows the house, or a command lacks its operation or words.
package archtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

const module = "github.com/parkway-zone/parkway/"

// imports returns the packages of this module and what they import, tests aside.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	command := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	command.Dir = "../.."
	out, err := command.Output()
	require.NoError(t, err)
	found := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		found[strings.TrimPrefix(words[0], module)] = words[1:]
	}
	return found
}

func TestArrows(t *testing.T) {
	t.Parallel()
	for from, all := range imports(t) {
		for _, to := range all {
			ours := strings.HasPrefix(to, module)
			short := strings.TrimPrefix(to, module)
			switch {
			case strings.HasPrefix(from, "domain/"):
				unicode := from == "domain/value" && to == "golang.org/x/text/unicode/norm" // a table of the Unicode standard (docs/decisions/0014)
				require.True(t, unicode || strings.HasPrefix(short, "domain/") || (!ours && !strings.Contains(strings.SplitN(to, "/", 2)[0], ".")), "%s imports %s: the rules import the standard library only", from, to)
			case from == "workflows":
				require.True(t, !ours || strings.HasPrefix(short, "domain/"), "workflows import %s: they import the domain only", to)
			}
			if strings.HasPrefix(to, "go.temporal.io/server") || short == "standalone" {
				require.True(t, from == "standalone" || from == "cmd/parkway-standalone" || strings.HasPrefix(from, "bench"), "%s imports %s: only standalone links the engine", from, to)
			}
			if short == "app" {
				require.NotContains(t, []string{"store", "activities"}, from)
			}
			if strings.HasPrefix(short, "server") {
				require.False(t, from == "store" || from == "app" || strings.HasPrefix(from, "web"), "%s imports %s", from, to)
			}
		}
	}
}

func TestNoFileIsTooLong(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("git", "-C", "../..", "ls-files", "*.go").Output()
	require.NoError(t, err)
	for _, name := range strings.Fields(string(out)) {
		if strings.HasSuffix(name, ".gen.go") || strings.HasSuffix(name, "_templ.go") || strings.HasPrefix(name, "store/sqlc/") || strings.HasPrefix(name, "store/accounts/") {
			continue
		}
		text, err := os.ReadFile(filepath.Join("../..", name))
		require.NoError(t, err)
		require.LessOrEqual(t, strings.Count(string(text), "\n"), 400, name)
	}
}

// TestRulesSayDaysAsPeopleDo: in a Chinese sentence of the rules a day is 2026年11月25日, and never the form of machines.
func TestRulesSayDaysAsPeopleDo(t *testing.T) {
	t.Parallel()
	machine := regexp.MustCompile(`"[^"]*\p{Han}[^"]*"\s*\+\s*[\w.()]*(?:On|Day\(\)|Target|Since|Until|Last\(\)|day|last|earliest)\.String\(\)`)
	require.Regexp(t, machine, `"早于 "+call.Day().String()+"。"`)
	read := 0
	err := filepath.WalkDir("../../domain", func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		require.Empty(t, machine.FindAllString(string(source), -1), "%s: use Chinese()", path)
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, read, 100)
}

// TestEveryCommandHasItsOperation: one name is the API operation, the update and the event. Its words are held in web/i18n.
func TestEveryCommandHasItsOperation(t *testing.T) {
	t.Parallel()
	spec, err := api.Spec()
	require.NoError(t, err)
	operations := map[string]bool{}
	for _, item := range spec.Paths.Map() {
		for _, op := range item.Operations() {
			operations[op.OperationID] = true
		}
	}
	for _, kind := range kinds.All() {
		for _, name := range kind.Names(process.ByPeople) {
			require.True(t, operations[string(name)], "%s has no operation", name)
			require.NoError(t, process.Strictly([]byte("{}"), reflect.New(kind.Input(name)).Interface()), "%s cannot be read from JSON", name)
		}
	}
}
