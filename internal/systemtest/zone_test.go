package systemtest

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/internal/zonetest"
)

// office is a browser at a zone of one's own.
type office struct {
	*http.Client
	base string
}

func at(t *testing.T, base string) *office {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &office{base: base, Client: &http.Client{Timeout: patience, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// ask sends a request and returns the page, expecting the status.
func (o *office) ask(t *testing.T, status int, request *http.Request) (string, http.Header) {
	t.Helper()
	response, err := o.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, status, response.StatusCode, "%s %s: %s", request.Method, request.URL, text)
	return string(text), response.Header
}

func (o *office) get(t *testing.T, status int, path string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.base+path, nil)
	require.NoError(t, err)
	text, _ := o.ask(t, status, request)
	return text
}

func (o *office) send(t *testing.T, status int, path string, form url.Values) (string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.base+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.ask(t, status, request)
}

// sent sends a form and returns the page that it leads to: where it is shown again, or what came of it.
func (o *office) sent(t *testing.T, path string, form url.Values) string {
	t.Helper()
	_, header := o.send(t, http.StatusSeeOther, path, form)
	return o.get(t, http.StatusOK, header.Get("Location"))
}

// take tries a sheet of the journeys, takes it, and returns the page that says what came of it.
func (o *office) take(t *testing.T, register, file string) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", file+".xlsx")
	require.NoError(t, err)
	_, err = part.Write(zonetest.Workbook(t, zonetest.Sheets(t)[file]))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.base+"/registers/"+register+"/import", &body)
	require.NoError(t, err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	_, header := o.ask(t, http.StatusSeeOther, request)
	report := o.get(t, http.StatusOK, header.Get("Location"))
	rows := regexp.MustCompile(`name="rows" value="([^"]*)"`).FindStringSubmatch(report)
	require.NotNil(t, rows, "%s", report)
	done := o.sent(t, "/registers/"+register+"/import/apply", url.Values{"rows": {html.UnescapeString(rows[1])}})
	require.Contains(t, done, "已导入")
	return done
}

// begin signs somebody in with their first password and chooses another.
func begin(t *testing.T, base, username, password string) *office {
	t.Helper()
	o := at(t, base)
	o.send(t, http.StatusSeeOther, "/sign-in", url.Values{"username": {username}, "password": {password}})
	o.send(t, http.StatusSeeOther, "/account/password", url.Values{"old": {password}, "fresh": {"a-chosen-password"}, "again": {"a-chosen-password"}})
	return o
}

// TestAnEmptyFolderBecomesAZone: the link, the registers from Excel, the first project and the first hazard by people of the zone, somebody's end
// of service with all they hold, a merge of two enterprises, and the commands beside the running program.
func TestAnEmptyFolderBecomesAZone(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, dir, listen := build(t), dataFolder(t), free(t)
	p := launch(t, path, dir, listen, "PARKWAY_DEMO=false")
	link := regexp.MustCompile(`http://\S+(/setup\?key=\w+)`)
	require.Eventually(t, func() bool { return link.MatchString(p.out.String()) }, 60*time.Second, 50*time.Millisecond, "%s", p.out)
	admin := at(t, p.url)
	for _, page := range []string{"/", "/sign-in", "/hazards", "/api/v1/me"} {
		require.Contains(t, admin.get(t, http.StatusServiceUnavailable, page), "还没有建立园区")
	}
	admin.get(t, http.StatusSeeOther, link.FindStringSubmatch(p.out.String())[1])
	admin.send(t, http.StatusSeeOther, "/setup", url.Values{"name": {"泗县经济开发区"}, "short_name": {"泗开"}, "letters": {"泗开"}, "time_zone": {"Asia/Shanghai"}, "calendar": {"shipped"},
		"username": {"admin"}, "person": {"周管理"}, "password": {"correct-horse-1"}, "again": {"correct-horse-1"}})
	p.awaitReady(t)
	admin.take(t, "units", "units")
	passwords := map[string]string{}
	for _, m := range regexp.MustCompile(`<td[^>]*>(\w+)</td><td[^>]*><code class="pw-first">(\w+)</code>`).FindAllStringSubmatch(admin.take(t, "people", "people"), -1) {
		require.NotRegexp(t, "[0O1lI]", m[2])
		passwords[m[1]] = m[2]
	}
	require.Len(t, passwords, 40)
	admin.take(t, "units", "heads")
	admin.take(t, "enterprises", "enterprises")

	manager, supervisor := begin(t, p.url, "zhouzhiyuan", passwords["zhouzhiyuan"]), begin(t, p.url, "wuzhiyuan", passwords["wuzhiyuan"])
	firm, twin := option(t, admin.Client, p.url, "恒达实业"), option(t, admin.Client, p.url, "恒通实业")
	_, header := manager.send(t, http.StatusSeeOther, "/projects/open", url.Values{"_key": {"first"}, "_version": {"0"}, "title": {"智能织机生产基地"}, "enterprise_id": {firm}, "entry_stage": {"lead"},
		"facts.sector": {"textile"}, "facts.site_mode": {"own_land"}, "facts.investment": {"12000"}})
	project := header.Get("Location")
	_, header = supervisor.send(t, http.StatusSeeOther, "/hazards/record", url.Values{"_key": {"first"}, "_version": {"0"}, "enterprise_id": {firm}, "location": {"2# 车间"},
		"description": {"疏散通道堆放周转箱"}, "level": {"general"}})
	hazard := header.Get("Location")

	// End of service: everything goes to one person, then the account ends.
	leaver := person(t, admin, "周志远")
	heir := person(t, admin, "周雨桐")
	require.Contains(t, admin.get(t, http.StatusOK, "/users/"+leaver+"/leave"), "智能织机生产基地")
	without := admin.sent(t, "/users/"+leaver+"/leave", url.Values{"reason": {"退休"}})
	require.Contains(t, without, "请选择由谁接手")
	left := admin.sent(t, "/users/"+leaver+"/leave", url.Values{"successor_id": {heir}, "reason": {"退休"}})
	require.Contains(t, left, "账号已停用")
	require.Contains(t, admin.get(t, http.StatusOK, project), "周雨桐")
	require.Contains(t, admin.get(t, http.StatusOK, "/registers/units?q=周雨桐"), "项目建设科", "the heir heads the section")
	manager.get(t, http.StatusSeeOther, "/")

	// Two records of one enterprise become one: its cases follow, and say so.
	admin.send(t, http.StatusSeeOther, "/enterprises/"+firm+"/merge", url.Values{"into_id": {twin}, "reason": {"重复登记"}})
	for _, page := range []string{project, hazard} {
		require.Contains(t, admin.get(t, http.StatusOK, page), "恒通实业")
		require.Contains(t, admin.get(t, http.StatusOK, page+"/verification"), "都和写入时一样")
	}
	require.NotContains(t, admin.get(t, http.StatusOK, "/enterprises?q=恒达实业"), "/enterprises/"+firm+`"`)

	// The commands, while the program runs on the folder.
	said := command(t, path, dir, "register", "set", "campaigns", "name=消防专项", "started_on=2026-03-01")
	require.Contains(t, said, "消防专项")
	require.Contains(t, command(t, path, dir, "register", "list", "campaigns"), "消防专项")
	said = command(t, path, dir, "admin-password")
	fresh := regexp.MustCompile(`signs in with (\w+)`).FindStringSubmatch(said)
	require.NotNil(t, fresh, said)
	admin.get(t, http.StatusSeeOther, "/users")
	begin(t, p.url, "admin", fresh[1])
	p.interrupt(t)
}

// TestSetupIsOneCommand: on an empty folder, and admin-password while nothing runs.
func TestSetupIsOneCommand(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, dir := build(t), dataFolder(t)
	said := command(t, path, dir, "setup", "--zone", "泗县经济开发区", "--short", "泗开", "--letters", "泗开")
	password := regexp.MustCompile(`as admin with (\w+)`).FindStringSubmatch(said)
	require.NotNil(t, password, said)
	again := regexp.MustCompile(`as admin with (\w+)`).FindStringSubmatch(command(t, path, dir, "setup", "--zone", "泗县经济开发区", "--short", "泗开", "--letters", "泗开"))
	require.NotNil(t, again, "a password that was lost before anybody signed in")
	other := exec.CommandContext(t.Context(), path, "setup", "--zone", "别的园区", "--short", "别", "--letters", "别") //nolint:gosec // our own
	other.Env = append(os.Environ(), "PARKWAY_DATA_DIR="+dir)
	text, err := other.CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(text), "set up already")
	p := launch(t, path, dir, free(t), "PARKWAY_DEMO=false")
	p.awaitReady(t)
	require.NotContains(t, p.out.String(), "/setup?key=")
	begin(t, p.url, "admin", again[1])
	p.interrupt(t)
}

// TestMakeSetsAZoneUp: make zone, with what it is told and with what it asks for, and what make run then starts on the folder is that zone and no demo.
func TestMakeSetsAZoneUp(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	home := programs(t)
	text, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(home, "Makefile"), text, 0o600))
	for name, c := range map[string]struct{ told, typed string }{
		"Told":  {"ZONE='泗县\"经济\"开发区' SHORT=泗开 LETTERS=泗开", ""},
		"Asked": {"", "泗县\"经济\"开发区\n泗开\n泗开\n"},
		"Both":  {"LETTERS=泗开", "泗县\"经济\"开发区\n泗开\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := dataFolder(t)
			made := exec.CommandContext(within(t, 2*patience), "bash", "-c", "make --no-print-directory -o build zone "+c.told) //nolint:gosec // what build makes is there
			made.Dir, made.Env, made.Stdin = home, append(os.Environ(), "PARKWAY_DATA_DIR="+dir), strings.NewReader(c.typed)
			out, err := made.CombinedOutput()
			require.NoError(t, err, "%s", out)
			password := regexp.MustCompile(`as admin with (\w+)`).FindSubmatch(out)
			require.NotNil(t, password, "%s", out)
			if name != "Told" {
				return
			}
			p := launch(t, filepath.Join(home, "bin", "parkway-standalone"), dir, free(t), "PARKWAY_DEMO=true") // as make run does
			p.awaitReady(t)
			begin(t, p.url, "admin", string(password[1]))
			p.interrupt(t)
		})
	}
}

// command runs one of the program's commands on the folder, and returns all it said.
func command(t *testing.T, path, dir string, args ...string) string {
	t.Helper()
	text, err := attempt(t, path, dir, args...)
	require.NoError(t, err, "%v: %s", args, text)
	return text
}

// attempt is command for one that may fail.
func attempt(t *testing.T, path, dir string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, path, args...) //nolint:gosec // our own
	c.Env = append(os.Environ(), "PARKWAY_DATA_DIR="+dir)
	text, err := c.CombinedOutput()
	return string(text), err
}

// person returns the id behind a name, as forms find it.
func person(t *testing.T, o *office, name string) string {
	t.Helper()
	var answer struct {
		Found []struct{ Value, Text string }
	}
	require.NoError(t, json.Unmarshal([]byte(o.get(t, http.StatusOK, "/find/people?of=workers&q="+url.QueryEscape(name))), &answer))
	require.NotEmpty(t, answer.Found, name)
	return answer.Found[0].Value
}
