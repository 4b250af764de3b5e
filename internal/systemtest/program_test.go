package systemtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// program is parkway-standalone as a person starts it.
type program struct {
	command *exec.Cmd
	out     *output
	url     string
}

// output collects what a program prints while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// build compiles parkway-standalone.
func build(t *testing.T) string {
	t.Helper()
	return buildOne(t, "parkway-standalone")
}

// built holds the programs, made once for all tests of the package; TestMain takes them away.
var built struct { //nolint:gochecknoglobals // built by the first test that needs it
	sync.Mutex
	dir string
}

// buildOne compiles a program, unless an earlier test has.
func buildOne(t *testing.T, name string) string {
	t.Helper()
	built.Lock()
	defer built.Unlock()
	if built.dir == "" {
		var err error
		built.dir, err = os.MkdirTemp("", "parkway-built-")
		require.NoError(t, err)
	}
	path := filepath.Join(built.dir, name)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	out, err := exec.Command("go", "build", "-o", path, "github.com/parkway-zone/parkway/cmd/"+name).CombinedOutput() //nolint:gosec // our own
	require.NoError(t, err, "%s", out)
	return path
}

// free is an address for a program that is started in a moment. Its port is none of those that the system gives to whoever connects, some of which
// are taken before that moment comes.
func free(t *testing.T) string {
	t.Helper()
	for range 100 {
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000))); err == nil {
			require.NoError(t, l.Close())
			return l.Addr().String()
		}
	}
	require.FailNow(t, "no port is free")
	return ""
}

func launch(t *testing.T, path, dir, listen string, env ...string) *program {
	t.Helper()
	return launchAs(t, exec.Command(path), listen, append([]string{"PARKWAY_DATA_DIR=" + dir, "PARKWAY_DEMO=true", "PARKWAY_LISTEN=" + listen}, env...)...)
}

func launchAs(t *testing.T, command *exec.Cmd, listen string, env ...string) *program {
	t.Helper()
	p := &program{command: command, out: &output{}, url: "http://" + listen}
	p.command.Env = append(os.Environ(), env...)
	p.command.Stdout, p.command.Stderr = p.out, p.out
	require.NoError(t, p.command.Start())
	t.Cleanup(func() {
		if p.command.ProcessState == nil { // the test failed before it ended the program
			require.NoError(t, p.command.Process.Kill())
			require.Error(t, ends(t, p.command))
		}
	})
	return p
}

// patience is how long a test waits for what takes seconds, before it says what did not come: a whole run must not hang on one of them.
const patience = time.Minute

// within is a context that ends after the time, and with the test.
func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), d)
	t.Cleanup(cancel)
	return ctx
}

// ends waits until a process has ended. One that does not within a minute is made to say where each goroutine stands, and the test fails with it.
func ends(t *testing.T, command *exec.Cmd) error {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
	}
	require.NoError(t, command.Process.Signal(syscall.SIGQUIT))
	select {
	case <-ended:
	case <-time.After(patience / 6):
		require.NoError(t, command.Process.Kill())
		<-ended
	}
	require.FailNow(t, "it did not end within a minute", "%s said: %v", command, command.Stdout)
	return nil
}

// interrupt presses Ctrl-C: the program ends without an error. It returns how long that took.
func (p *program) interrupt(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	require.NoError(t, p.command.Process.Signal(os.Interrupt))
	require.NoError(t, ends(t, p.command), "%s", p.out)
	return time.Since(began)
}

// atOnce is interrupt, within five seconds. Tests that hold the program to seconds are not parallel: they run before those that are.
func (p *program) atOnce(t *testing.T) time.Duration {
	t.Helper()
	took := p.interrupt(t)
	require.Less(t, took, 5*time.Second, "%s", p.out)
	return took
}

// awaitReady returns how long it took until the program was ready.
func (p *program) awaitReady(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	require.Eventually(t, func() bool {
		response, err := http.Get(p.url + "/readyz") //nolint:noctx // a poll
		if err != nil {
			return false
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusOK
	}, 60*time.Second, 20*time.Millisecond, "%s", p.out)
	return time.Since(began)
}

// TestProgramKilled kills the whole program with -9 in the middle of work and starts it again: ready within five seconds, nothing lost, the
// same form takes effect once; a second program on the same folder is refused; Ctrl-C stops everything, PostgreSQL too, and so does a closed terminal; with a
// key that was cut short a zone is not started.
func TestProgramKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, listen := build(t), free(t)
	dir, err := os.MkdirTemp("", "parkway-program-") // 0700: when this runs as root, PostgreSQL cannot enter it, and yet the data lies there
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	first := launch(t, path, dir, listen)
	t.Logf("first start: ready after %s", first.awaitReady(t))

	browser := signedIn(t, first.url, "luzhiyuan")
	form := url.Values{"_key": {"the-form"}, "_version": {"0"}, "title": {"被杀之前"}, "enterprise_id": {option(t, browser, first.url, "莱卡织造")}, "entry_stage": {"lead"},
		"facts.sector": {"textile"}, "facts.site_mode": {"own_land"}, "facts.investment": {"100"}}
	created := post(t, browser, first.url+"/projects/open", form)
	require.Equal(t, http.StatusSeeOther, created.StatusCode)

	second, err := exec.CommandContext(within(t, patience), path, "--data-dir", dir, "--listen", free(t)).CombinedOutput() //nolint:gosec // our own
	require.Error(t, err)
	require.Contains(t, string(second), "running on this folder already")

	require.NoError(t, first.command.Process.Signal(syscall.SIGKILL))
	require.Error(t, ends(t, first.command))
	again := launch(t, path, dir, listen)
	took := again.awaitReady(t)
	t.Logf("start after kill -9: ready after %s", took)
	require.Less(t, took, 5*time.Second)
	repeated := post(t, browser, again.url+"/projects/open", form)
	require.Equal(t, created.Header.Get("Location"), repeated.Header.Get("Location"), "the same project, not a second one")

	admin := signedIn(t, again.url, "admin")
	channel, err := http.NewRequestWithContext(t.Context(), http.MethodPost, again.url+"/api/v1/channels", strings.NewReader(`{"kind":"wecom","name":"安监群","url":"https://example.com/hook","sign":"geheim"}`))
	require.NoError(t, err)
	channel.Header = http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {uuid.NewString()}}
	added, err := admin.Do(channel)
	require.NoError(t, err)
	said, err := io.ReadAll(added.Body)
	require.NoError(t, errors.Join(err, added.Body.Close()))
	require.Equal(t, http.StatusOK, added.StatusCode, "%s", said)

	again.atOnce(t)
	postmaster := filepath.Join(dir, "postgres", "data", "postmaster.pid")
	require.NoFileExists(t, postmaster, "PostgreSQL is still running")

	key, kept := filepath.Join(dir, "secret-key"), filepath.Join(dir, "kept")
	require.NoError(t, os.Rename(key, kept))
	for _, words := range []string{"-", "", "short\n"} { // gone, or cut short: what the zone's key locked nobody could read any more, and nobody would be told
		if words != "-" {
			require.NoError(t, os.WriteFile(key, []byte(words), 0o600))
		}
		keyless := launch(t, path, dir, listen)
		require.Error(t, ends(t, keyless.command))
		require.Contains(t, keyless.out.String(), "the secret key of ")
		require.Contains(t, keyless.out.String(), key)
		require.Contains(t, keyless.out.String(), "安监群")
		require.NoFileExists(t, postmaster)
	}
	require.NoError(t, os.Rename(kept, key))
	closed := launch(t, path, dir, listen)
	closed.awaitReady(t)
	require.NoError(t, closed.command.Process.Signal(syscall.SIGHUP)) // its terminal is closed
	require.NoError(t, ends(t, closed.command), "%s", closed.out)
	require.NoFileExists(t, postmaster)
}

// signedIn returns a browser that is signed in.
func signedIn(t *testing.T, base, username string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := &http.Client{Timeout: patience, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response := post(t, c, base+"/sign-in", url.Values{"username": {username}, "password": {"parkway-demo"}})
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	return c
}

func post(t *testing.T, c *http.Client, address string, form url.Values) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := c.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response
}

// option returns the id behind an enterprise's name, as the form for a new project finds it.
func option(t *testing.T, c *http.Client, base, name string) string {
	t.Helper()
	response, err := c.Get(base + "/find/enterprises?q=" + url.QueryEscape(name)) //nolint:noctx // a test's browser
	require.NoError(t, err)
	defer response.Body.Close()
	var answer struct {
		Found []struct{ Value, Text string }
	}
	require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
	require.NotEmpty(t, answer.Found)
	require.Equal(t, name, answer.Found[0].Text)
	return answer.Found[0].Value
}
