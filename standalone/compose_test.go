package standalone_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/temporal"
	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/standalone/postgres"
)

// TestMain lets the test's own program be the engine's server, as cmd/server of its module is: the configuration comes from the environment alone.
func TestMain(m *testing.M) {
	if os.Getenv("COMPOSE_TEMPORAL") == "" {
		os.Exit(m.Run())
	}
	cfg, err := config.Load(config.WithEmbedded())
	if err == nil {
		var s temporal.Server
		if s, err = temporal.NewServer(temporal.ForServices(temporal.DefaultServices), temporal.WithConfig(cfg), temporal.InterruptOn(temporal.InterruptCh())); err == nil {
			err = s.Start()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// composed is docker-compose.yml with what .env would hold, and where its services are on this machine.
type composed struct {
	services map[string]composedService
	secrets  map[string]string
	here     *strings.Replacer
	parkway  string
}

type composedService struct {
	Environment map[string]string `yaml:"environment"`
	Command     []string          `yaml:"command"`
	Grace       time.Duration     `yaml:"stop_grace_period"`
	Deploy      struct {
		Replicas int `yaml:"replicas"`
	} `yaml:"deploy"`
}

// password holds what breaks an address, a shell, a YAML file or an interpolation; what the engine itself cannot take is refused.
const password = "p+w@/#:%?&$x"

func readCompose(t *testing.T) *composed {
	t.Helper()
	text, err := os.ReadFile("../docker-compose.yml")
	require.NoError(t, err)
	c := &composed{secrets: map[string]string{"POSTGRES_PASSWORD": password, "PARKWAY_APP_PASSWORD": `app "\ ` + password, "PARKWAY_SECRET_KEY": strings.Repeat("k ", 20) + "k"}}
	var file struct {
		Services map[string]composedService `yaml:"services"`
	}
	require.NoError(t, yaml.Unmarshal(text, &file))
	c.services = file.Services
	return c
}

// env is a service's own environment on this machine, and nothing else of this one but where programs and scratch files are.
func (c *composed) env(service string, more ...string) []string {
	all := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir()}
	for name, value := range c.services[service].Environment {
		value = regexp.MustCompile(`\$\{(\w+):\?\}`).ReplaceAllStringFunc(c.here.Replace(value), func(m string) string { return c.secrets[m[2:len(m)-3]] })
		all = append(all, name+"="+value)
	}
	return append(all, more...)
}

// run runs a one-shot service to its end.
func (c *composed) run(t *testing.T, service string, args ...string) string {
	t.Helper()
	if len(args) == 0 {
		args = c.services[service].Command
	}
	command := exec.Command(c.parkway, args...) //nolint:gosec // our own
	command.Env = c.env(service)
	out, err := command.CombinedOutput()
	require.NoError(t, err, "%s %v: %s", service, args, out)
	return string(out)
}

// start starts a service that goes on, and stops it as compose does: within its grace.
func (c *composed) start(t *testing.T, service, program string, env ...string) *bytes.Buffer {
	t.Helper()
	command, out := exec.Command(program, c.services[service].Command...), &bytes.Buffer{} //nolint:gosec // our own
	command.Env, command.Stdout, command.Stderr = c.env(service, env...), out, out
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		began := time.Now()
		require.NoError(t, command.Process.Signal(syscall.SIGTERM))
		require.NoError(t, command.Wait(), "%s: %s", service, out)
		t.Logf("%s stopped in %s of %s", service, time.Since(began).Round(time.Millisecond), c.services[service].Grace)
		require.Less(t, time.Since(began), c.services[service].Grace, service)
	})
	return out
}

func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+time.Now().UnixNano()%9000))
		if err == nil {
			require.NoError(t, l.Close())
			return l.Addr().String()
		}
	}
	t.Fatal("no free port")
	return ""
}

func goBuild(t *testing.T, pkg, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	out, err := exec.Command("go", "build", "-o", path, pkg).CombinedOutput() //nolint:gosec // our own
	require.NoError(t, err, "%s", out)
	return path
}

// TestComposeComesUp starts what docker-compose.yml names, step by step and with its own environment, without containers: the same programs with the
// same variables, files and order, on other addresses.
func TestComposeComesUp(t *testing.T) {
	c := readCompose(t)
	pg, err := postgres.Start(t.Context(), postgres.Options{Dir: folder(t), Throwaway: true, Databases: []string{"parkway"}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, pg.Down(context.Background(), true)) })
	require.Equal(t, pg.User(), c.services["postgres"].Environment["POSTGRES_USER"])
	conn, err := pgx.Connect(t.Context(), pg.OwnerURL("parkway"))
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "DROP ROLE parkway_app") // the image makes the owner alone
	require.NoError(t, err)
	require.NoError(t, postgres.SetPassword(t.Context(), conn, pg.User(), password))
	require.NoError(t, conn.Close(t.Context()))

	engine, web, metrics := freePort(t), freePort(t), freePort(t)
	files, err := filepath.Abs(t.TempDir())
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(pg.Address())
	require.NoError(t, err)
	dynamic, err := filepath.Abs("../deploy/temporal-dynamic.yaml")
	require.NoError(t, err)
	c.here = strings.NewReplacer("@postgres:5432/", "@"+pg.Address()+"/", "temporal:7233", engine, "5432", port, "0.0.0.0:8080", web, "0.0.0.0:9090", metrics,
		"file:///files", "file://"+files, "/backups", files+"/backups", "/etc/temporal/parkway.yaml", dynamic)
	for _, s := range []string{"temporal-schema", "temporal"} { // a host alone is its own name
		for _, name := range []string{"SQL_HOST", "POSTGRES_SEEDS"} {
			if c.services[s].Environment[name] == "postgres" {
				c.services[s].Environment[name] = "127.0.0.1"
			}
		}
	}
	c.parkway = goBuild(t, "github.com/parkway-zone/parkway/cmd/parkway", "parkway")

	tool := goBuild(t, "go.temporal.io/server/cmd/tools/sql", "temporal-sql-tool")
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "go.temporal.io/server").Output()
	require.NoError(t, err)
	schemas := filepath.Join(strings.TrimSpace(string(module)), "schema", "postgresql", "v12")
	for _, beyond := range []string{"a b", `a"b`, `a\b`} {
		script := exec.Command("/bin/sh", "../deploy/temporal-schema.sh")
		script.Env = append(c.env("temporal-schema"), "SQL_PASSWORD="+beyond)
		out, err := script.CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(out), "POSTGRES_PASSWORD: ")
	}
	for range 2 { // it can be repeated
		script := exec.Command("/bin/sh", "../deploy/temporal-schema.sh")
		script.Env = c.env("temporal-schema", "TEMPORAL_SCHEMAS="+schemas)
		script.Env = append(script.Env, "PATH="+filepath.Dir(tool)+":"+os.Getenv("PATH"))
		out, err := script.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	ports := []string{"COMPOSE_TEMPORAL=1", "BIND_ON_IP=127.0.0.1"}
	_, grpc, err := net.SplitHostPort(engine)
	require.NoError(t, err)
	ports = append(ports, "FRONTEND_GRPC_PORT="+grpc)
	for _, name := range []string{"FRONTEND_HTTP_PORT", "FRONTEND_MEMBERSHIP_PORT", "MATCHING_GRPC_PORT", "MATCHING_MEMBERSHIP_PORT", "HISTORY_GRPC_PORT", "HISTORY_MEMBERSHIP_PORT", "WORKER_GRPC_PORT", "WORKER_MEMBERSHIP_PORT"} {
		_, p, err := net.SplitHostPort(freePort(t))
		require.NoError(t, err)
		ports = append(ports, name+"="+p)
	}
	c.start(t, "temporal", os.Args[0], ports...)
	c.run(t, "temporal-namespace")
	c.run(t, "temporal-namespace")
	c.run(t, "migrate")
	c.run(t, "migrate")
	c.run(t, "migrate", "seed")
	for range c.services["worker"].Deploy.Replicas {
		c.start(t, "worker", c.parkway, "PARKWAY_METRICS_LISTEN="+freePort(t))
	}
	sites := []string{}
	for range c.services["server"].Deploy.Replicas {
		listen := web
		if len(sites) > 0 {
			listen = freePort(t)
		}
		env := []string{"PARKWAY_LISTEN=" + listen, "PARKWAY_METRICS_LISTEN=" + freePort(t)}
		c.start(t, "server", c.parkway, env...)
		require.Eventually(t, func() bool {
			check := exec.Command(c.parkway, "healthcheck") //nolint:gosec // our own
			check.Env = c.env("server", env...)
			return check.Run() == nil
		}, 90*time.Second, 200*time.Millisecond, "the container's own health check")
		sites = append(sites, "http://"+listen)
	}
	require.Len(t, sites, 2)
	c.run(t, "migrate", "reconcile")
	for _, site := range sites {
		recordHazard(t, site)
	}

	archive := filepath.Join(files, "backup.zip")
	c.run(t, "migrate", "backup", archive)
	require.FileExists(t, archive)
	require.NoError(t, os.Remove(archive))
}

// recordHazard signs in as a supervisor of the demo and records a hazard with a photograph through the cluster.
func recordHazard(t *testing.T, site string) {
	t.Helper()
	cookies := []*http.Cookie{}
	ask := func(method, path, kind string, body io.Reader) []byte {
		request, err := http.NewRequestWithContext(t.Context(), method, site+path, body)
		require.NoError(t, err)
		request.Header.Set("Content-Type", kind)
		request.Header.Set("Origin", site)
		request.Header.Set("Idempotency-Key", "compose-"+site+path)
		for _, c := range cookies {
			request.AddCookie(c)
		}
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		response, err := client.Do(request)
		require.NoError(t, err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.Less(t, response.StatusCode, 400, "%s: %s", path, text)
		cookies = append(cookies, response.Cookies()...)
		return text
	}
	ask(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"username": {"mengqinglan"}, "password": {"parkway-demo"}}.Encode()))
	var found struct{ Items []struct{ ID string } }
	require.NoError(t, json.Unmarshal(ask(http.MethodGet, "/api/v1/enterprises?size=1", "", nil), &found))
	require.NotEmpty(t, found.Items)
	photo := append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0}, bytes.Repeat([]byte{0}, 64)...)
	form := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n" + string(photo) + "\r\n--x--\r\n"
	var upload struct{ ID string }
	require.NoError(t, json.Unmarshal(ask(http.MethodPost, "/api/v1/uploads", "multipart/form-data; boundary=x", strings.NewReader(form)), &upload))
	ask(http.MethodPost, "/api/v1/hazards", "application/json", strings.NewReader(fmt.Sprintf(`{"enterprise_id":%q,"location":%q,"description":"堆垛过高","level":"general","attachments":[{"upload_id":%q}]}`,
		found.Items[0].ID, "库房 "+site, upload.ID)))
}

// TestTheEnginesSettingsAreOne: the composed engine has the settings that standalone's was measured with.
func TestTheEnginesSettingsAreOne(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../deploy/temporal-dynamic.yaml")
	require.NoError(t, err)
	var file map[string][]struct {
		Value any `yaml:"value"`
	}
	require.NoError(t, yaml.Unmarshal(text, &file))
	composed := map[string]any{}
	for name, values := range file {
		composed[strings.ToLower(name)] = values[0].Value
	}
	require.Equal(t, standalone.Dynamic(), composed)
}
