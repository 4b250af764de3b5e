// Package buildtest tries the script that builds the programs, on small modules of its own.
package buildtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// module writes a module with a program that imports packages whose names sound like failures.
func module(t *testing.T, body string) string {
	t.Helper()
	dir := t.TempDir()
	fresh := fmt.Sprintf("// %s: never compiled before.\n", uuid.NewString())
	for name, text := range map[string]string{
		"go.mod":             "module example.test/zone\n\ngo 1.26\n",
		"pkg/errors/e.go":    fresh + "package errors\n\n// Error is a word like any other.\nconst Error = \"error\"\n",
		"failed/error/fg.go": fresh + "package error\n\n// FAIL too.\nconst FAIL = 1\n",
		"main.go":            fresh + "package main\n\nimport (\n\tfail \"example.test/zone/failed/error\"\n\t\"example.test/zone/pkg/errors\"\n)\n\n" + body,
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755)) //nolint:gosec // a test's folder
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

func build(t *testing.T, dir string) (string, error) {
	t.Helper()
	script, err := filepath.Abs("../../.ci/build")
	require.NoError(t, err)
	command := exec.Command(script, "bin/", ".") //nolint:gosec // our own
	command.Dir = dir
	command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false")
	out, err := command.CombinedOutput()
	return string(out), err
}

func TestTheCompilerAloneSaysWhetherItFailed(t *testing.T) {
	t.Parallel()
	t.Run("PackagesMayBeCalledError", func(t *testing.T) {
		t.Parallel()
		dir := module(t, "func main() { println(errors.Error, fail.FAIL) }\n")
		out, err := build(t, dir)
		require.NoError(t, err, "%s", out)
		require.NotContains(t, out, "errors", "the packages' names are no news")
		require.FileExists(t, filepath.Join(dir, "bin", "zone"))
	})
	t.Run("WhatItSaysIsShownInFull", func(t *testing.T) {
		t.Parallel()
		body := "func main() {\n\tprintln(errors.Error, fail.FAIL)\n\tvar unused int\n\tnowhere()\n" + strings.Repeat("\tmissing()\n", 3) + "}\n"
		out, err := build(t, module(t, body))
		require.Error(t, err, "%s", out)
		for _, words := range []string{"declared and not used: unused", "undefined: nowhere", "undefined: missing", "main.go:", "exit status 1"} {
			require.Contains(t, out, words)
		}
	})
	t.Run("AMissingPackageToo", func(t *testing.T) {
		t.Parallel()
		dir := module(t, "func main() { println(errors.Error, fail.FAIL) }\n")
		require.NoError(t, os.RemoveAll(filepath.Join(dir, "pkg")))
		out, err := build(t, dir)
		require.Error(t, err, "%s", out)
		require.Contains(t, out, "example.test/zone/pkg/errors")
	})
}

// TestTheProgressKnowsHowManyThereAre: with nothing in the cache, the packages are counted against all there are.
func TestTheProgressKnowsHowManyThereAre(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the standard library")
	}
	t.Setenv("GOCACHE", t.TempDir())
	out, err := build(t, module(t, "import _ \"encoding/json\"\n\nfunc main() { println(errors.Error, fail.FAIL) }\n"))
	require.NoError(t, err, "%s", out)
	require.Regexp(t, `50 of \d{2} packages`, out)
}

// TestEverythingSharesOneCache: what a target compiles, the engine above all, is compiled with the same flags as for any other target.
func TestEverythingSharesOneCache(t *testing.T) {
	t.Parallel()
	command := exec.Command("make", "-s", "-C", "../..", "--eval", "show-flags: ; @echo $$GOFLAGS", "show-flags")
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "MAKEFLAGS=", "MAKELEVEL=")
	out, err := command.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, "-mod=mod -trimpath -buildvcs=false", strings.TrimSpace(string(out)), "one's own flags stay")
	script, err := os.ReadFile("../../.ci/build")
	require.NoError(t, err)
	require.NotRegexp(t, `go build[^\n]*(-trimpath|-gcflags|-tags|-race)`, string(script), "the programs are compiled with the flags of all targets")
}

// TestTheImageStartsWithoutALoader: its base has no dynamic loader, so nothing in it may need one; purego would (docs/decisions/0024).
func TestTheImageStartsWithoutALoader(t *testing.T) {
	t.Parallel()
	dockerfile, err := os.ReadFile("../../Dockerfile")
	require.NoError(t, err)
	build := regexp.MustCompile(`CGO_ENABLED=0 go build -tags (\S+)`).FindSubmatch(dockerfile)
	require.NotNil(t, build)
	command := exec.Command("go", "list", "-deps", "-tags", string(build[1]), "../../cmd/parkway")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := command.Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "gen2brain/heic")
	require.NotContains(t, string(out), "purego")
}
