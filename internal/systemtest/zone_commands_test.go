package systemtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/internal/zonetest"
)

// caller is a person's program at the API of a zone.
type caller struct {
	base, token string
	http.Client
}

// ask sends a body, where there is one as JSON unless a type is given, and returns what the API said under the status.
func (c *caller) ask(t *testing.T, status int, method, path string, input any, header ...string) []byte {
	t.Helper()
	body, raw := input.([]byte)
	if !raw && input != nil {
		var err error
		body, err = json.Marshal(input)
		require.NoError(t, err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, c.base+"/api/v1"+path, bytes.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Accept-Language", "zh")
	request.Header.Set("Idempotency-Key", uuid.NewString())
	if input != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := c.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, status, response.StatusCode, "%s %s: %s", method, path, text)
	return text
}

// read is ask for an answer of 200 that is JSON.
func (c *caller) read(t *testing.T, target any, method, path string, input any, header ...string) {
	t.Helper()
	require.NoError(t, json.Unmarshal(c.ask(t, http.StatusOK, method, path, input, header...), target))
}

// signedUp signs somebody in with a first password, chooses another by the API, signs in with that, and makes a token.
func signedUp(t *testing.T, base, username, password string) *caller {
	t.Helper()
	chosen := "a-chosen-password"
	session := func(password string) *caller {
		o := at(t, base)
		o.send(t, http.StatusSeeOther, "/sign-in", url.Values{"username": {username}, "password": {password}})
		return &caller{base: base, Client: *o.Client}
	}
	first := session(password)
	first.ask(t, http.StatusForbidden, http.MethodPost, "/account/tokens", map[string]any{"name": "zu früh", "days": 1})
	first.ask(t, http.StatusNoContent, http.MethodPut, "/account/password", map[string]any{"old": password, "fresh": chosen})
	c := session(chosen)
	var fresh struct{ Token string }
	c.read(t, &fresh, http.MethodPost, "/account/tokens", map[string]any{"name": "journey", "days": 1})
	require.NotEmpty(t, fresh.Token)
	c.token = fresh.Token
	return c
}

// TestTheSameZoneByCommandsAndAPI walks from an empty folder to a restored zone without a browser: set-up and registers by command, enterprises by the
// API, the first project and hazard by people of that zone with their tokens, and a backup while they work.
func TestTheSameZoneByCommandsAndAPI(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, dir, second, sheets := build(t), dataFolder(t), dataFolder(t), zonetest.Sheets(t)
	began := time.Now()
	lap := func(what string) {
		t.Logf("%-40s %6.1f s", what, time.Since(began).Seconds())
		began = time.Now()
	}
	said := command(t, path, dir, "setup", "--zone", "泗县经济开发区", "--short", "泗开", "--letters", "泗开")
	adminPassword := regexp.MustCompile(`as admin with (\w+)`).FindStringSubmatch(said)
	require.NotNil(t, adminPassword, said)
	lap("setup")
	sheet := func(name string, rows [][]string) string {
		file := filepath.Join(t.TempDir(), name+".xlsx")
		require.NoError(t, os.WriteFile(file, zonetest.Workbook(t, rows), 0o600))
		return file
	}
	p := launch(t, path, dir, free(t), "PARKWAY_DEMO=false")
	p.awaitReady(t)
	lap("start")
	require.Contains(t, command(t, path, dir, "register", "import", "units", sheet("units", sheets["units"])), "12 added")
	faulty := sheet("people", append(append([][]string{}, sheets["people"]...), []string{"多余", "项目经里", "项目建设科", ""}))
	refused, err := attempt(t, path, dir, "register", "import", "people", faulty, "--try")
	require.Error(t, err)
	require.Contains(t, refused, "row 42 多余: roles:")
	require.Contains(t, refused, "40 added, 0 changed, 0 as they are, 1 wrong")
	require.NotContains(t, command(t, path, dir, "register", "list", "people"), "周志远", "nothing was written")
	said = command(t, path, dir, "register", "import", "people", sheet("people", sheets["people"]))
	passwords := map[string]string{}
	for _, m := range regexp.MustCompile(`first password of (\w+) \(\S+\): (\w+)`).FindAllStringSubmatch(said, -1) {
		passwords[m[1]] = m[2]
	}
	require.Len(t, passwords, 40, said)
	lap("units and people by command")

	admin := signedUp(t, p.url, "admin", adminPassword[1])
	type report struct {
		Done  bool
		Lines []struct {
			Row     int
			Verdict string
			Faults  []struct{ Name, Message string }
		}
	}
	give := func(register, query string, rows [][]string) (r report) {
		admin.read(t, &r, http.MethodPost, "/registers/"+register+"/import"+query, zonetest.Workbook(t, rows), "Content-Type", "application/octet-stream")
		return r
	}
	require.True(t, give("units", "", sheets["heads"]).Done)
	wrong := append([][]string{}, sheets["enterprises"]...)
	wrong[100] = append(append([]string{}, wrong[100][:5]...), "没有这个人")
	tried := give("enterprises", "?try=true", wrong)
	require.False(t, tried.Done)
	require.Len(t, tried.Lines, 140)
	require.Equal(t, 101, tried.Lines[99].Row)
	require.Equal(t, "wrong", tried.Lines[99].Verdict)
	require.Contains(t, tried.Lines[99].Faults[0].Message, "没有这个人")
	require.True(t, give("enterprises", "", sheets["enterprises"]).Done)
	lap("heads and enterprises by the API")

	manager, supervisor := signedUp(t, p.url, "zhouzhiyuan", passwords["zhouzhiyuan"]), signedUp(t, p.url, "wuzhiyuan", passwords["wuzhiyuan"])
	var firms struct{ Items []struct{ ID string } }
	manager.read(t, &firms, http.MethodGet, "/enterprises?q="+url.QueryEscape("恒达实业"), nil)
	require.NotEmpty(t, firms.Items)
	type outcome struct {
		Standing struct {
			CaseID string `json:"case_id"`
		}
	}
	var project, hazard outcome
	manager.read(t, &project, http.MethodPost, "/projects", map[string]any{"title": "智能织机生产基地", "enterprise_id": firms.Items[0].ID, "entry_stage": "lead",
		"facts": map[string]any{"sector": "textile", "site_mode": "own_land", "investment": "120000000.00"}})
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	part, err := parts.CreateFormFile("file", "现场.jpg")
	require.NoError(t, err)
	_, err = part.Write(picture())
	require.NoError(t, err)
	require.NoError(t, parts.Close())
	var upload struct{ ID string }
	supervisor.read(t, &upload, http.MethodPost, "/uploads", form.Bytes(), "Content-Type", parts.FormDataContentType())
	supervisor.read(t, &hazard, http.MethodPost, "/hazards", map[string]any{"enterprise_id": firms.Items[0].ID, "location": "2# 织造车间", "description": "疏散通道堆放周转箱", "level": "general",
		"attachments": []map[string]any{{"upload_id": upload.ID}}})
	lap("first passwords, first project, first hazard")

	archive := filepath.Join(second, "zone.zip")
	working, stop := context.WithCancel(t.Context())
	commented := make(chan int, 1)
	go func() { // people go on while the backup is made
		n := 0
		defer func() { commented <- n }() // also when a request fails, and the test with it
		for ; working.Err() == nil; n++ {
			manager.ask(t, http.StatusOK, http.MethodPost, "/projects/"+project.Standing.CaseID+"/comment", map[string]any{"text": "备份的时候继续工作"})
		}
	}()
	require.Contains(t, command(t, path, dir, "backup", archive), "2 cases")
	stop()
	require.Positive(t, <-commented)
	lap("backup while people work")
	restored := filepath.Join(second, "restored")
	told := command(t, path, restored, "restore", archive)
	rows := regexp.MustCompile(`(?m)^ *(\S.*?) {2,}(\d+) +(\d+)$`).FindAllStringSubmatch(told, -1)
	require.GreaterOrEqual(t, len(rows), 12, told)
	for _, row := range rows {
		require.Equal(t, row[2], row[3], row[1])
	}
	lap("restore into a second folder")
	require.Contains(t, command(t, path, restored, "verify"), "2 cases, ")
	require.Contains(t, command(t, path, dir, "verify"), ", 1 files, 0 broken")
	lap("verify both")
	p.interrupt(t)

	again := launch(t, path, restored, free(t), "PARKWAY_DEMO=false")
	again.awaitReady(t)
	lap("start there")
	manager.base, supervisor.base = again.url, again.url // their tokens hold there, too
	require.Contains(t, string(manager.ask(t, http.StatusOK, http.MethodGet, "/projects/"+project.Standing.CaseID, nil)), "智能织机生产基地")
	require.Contains(t, string(supervisor.ask(t, http.StatusOK, http.MethodGet, "/hazards/"+hazard.Standing.CaseID, nil)), "疏散通道堆放周转箱")
	photo := supervisor.ask(t, http.StatusOK, http.MethodGet, "/cases/"+hazard.Standing.CaseID+"/attachments/1/1", nil)
	require.Equal(t, sha256.Sum256(picture()), sha256.Sum256(photo))
	for _, c := range []outcome{project, hazard} {
		var v struct{ Intact bool }
		supervisor.read(t, &v, http.MethodGet, "/cases/"+c.Standing.CaseID+"/verification", nil)
		require.True(t, v.Intact)
	}
	manager.ask(t, http.StatusOK, http.MethodPost, "/projects/"+project.Standing.CaseID+"/comment", map[string]any{"text": "在恢复后的园区里继续"})
	again.interrupt(t)
}
