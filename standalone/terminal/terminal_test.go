package terminal_test

import (
	"bytes"
	"fmt"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/standalone/terminal"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("TERMINAL_CHILD"); path != "" {
		if err := child(path); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is a program with libraries that talk, on the terminal in every way there is.
func child(path string) error {
	file, err := terminal.File(path)
	if err != nil {
		return err
	}
	before := os.Stderr // as a library keeps it
	t, err := terminal.Take(slog.New(slog.NewJSONHandler(file, nil)))
	if err != nil {
		return err
	}
	t.Say("for people")
	fmt.Println("CSP IS DISABLED")
	fmt.Fprintln(before, "kept early")
	log.Print("standard logger")
	println("the runtime's own")
	fmt.Print(strings.Repeat("long", 5000), "\nno newline at the end")
	grandchild := exec.Command("sh", "-c", "echo of a grandchild")
	grandchild.Stdout = os.Stdout
	if err := grandchild.Run(); err != nil {
		return err
	}
	t.Complain("a fault")
	if os.Getenv("TERMINAL_CRASH") != "" {
		panic("the trace is wanted")
	}
	if err := t.GiveBack(); err != nil {
		return err
	}
	fmt.Println("afterwards")
	return file.Close()
}

func start(t *testing.T, env ...string) (out, err, log string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log", "parkway.log")
	command := exec.Command(os.Args[0]) //nolint:gosec // this very binary
	command.Env = append(os.Environ(), append(env, "TERMINAL_CHILD="+path)...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	failed := command.Run()
	require.Equal(t, len(env) > 0, failed != nil, "%s", stderr.String())
	text, readErr := os.ReadFile(path)
	require.NoError(t, readErr)
	return stdout.String(), stderr.String(), string(text)
}

func TestTheTerminalIsForPeople(t *testing.T) {
	t.Parallel()
	out, complaints, log := start(t)
	require.Equal(t, "for people\nafterwards\n", out)
	require.Equal(t, "a fault\n", complaints)
	for _, text := range []string{"CSP IS DISABLED", "kept early", "standard logger", "the runtime's own", "longlonglong", "no newline at the end", "of a grandchild"} {
		require.Contains(t, log, text)
	}
}

func TestACrashIsSeen(t *testing.T) {
	t.Parallel()
	_, complaints, _ := start(t, "TERMINAL_CRASH=1")
	require.Contains(t, complaints, "the trace is wanted")
	require.Contains(t, complaints, "goroutine")
}
