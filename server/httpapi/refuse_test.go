package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
)

// setup is the whole face in front of nothing: what it refuses never gets further.
func setup(t *testing.T, chinese bool, who process.Actor) http.Handler {
	t.Helper()
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		require.NoError(t, WriteProblem(c, ProblemOf(err, chinese), "abc-1234"))
	}
	a := &API{App: &app.App{}, Chinese: func(*http.Request) bool { return chinese }}
	require.NoError(t, a.Route(e, e.Group(Base, func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.SetRequest(c.Request().WithContext(auth.With(context.Background(), auth.Identity{Actor: who})))
			return next(c)
		}
	})))
	return e
}

func ask(t *testing.T, h http.Handler, method, path, body string, header ...string) (*httptest.ResponseRecorder, Problem) {
	t.Helper()
	r := httptest.NewRequest(method, Base+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", "k")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var p Problem
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"), "%d %s", w.Code, w.Body)
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
	return w, p
}

// TestAFullDiskIsNoFaultOfTheProgram: a file that cannot be kept may be sent again later.
func TestAFullDiskIsNoFaultOfTheProgram(t *testing.T) {
	t.Parallel()
	p := ProblemOf(fmt.Errorf("keep the file: %w", errors.Join(blobs.ErrUnavailable, syscall.ENOSPC)), true)
	require.Equal(t, http.StatusServiceUnavailable, p.Status)
	require.Contains(t, p.Title, "磁盘可能已满")
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	h := setup(t, true, process.Actor{ID: "x"})
	for _, c := range []struct {
		name, method, path, body, field, says string
		header                                []string
	}{
		{"UnknownField", "POST", "/projects/1/comment", `{"text":"x","colour":"red"}`, "colour", "没有这一项，请核对名称", nil},
		{"OtherCase", "POST", "/projects/1/comment", `{"Text":"x"}`, "text", "此项必填", nil},
		{"Missing", "POST", "/projects/1/comment", `{}`, "text", "此项必填", nil},
		{"Empty", "POST", "/projects/1/comment", `{"text":""}`, "text", "不能为空", nil},
		{"TooLong", "POST", "/projects/1/comment", `{"text":"` + strings.Repeat("长", 4001) + `"}`, "text", "最多 4000 个字", nil},
		{"NoKey", "POST", "/projects/1/comment", `{"text":"x"}`, "Idempotency-Key", "此项必填", []string{"Idempotency-Key", ""}},
		{"NoInstant", "POST", "/projects/1/comment", `{"text":"x"}`, "Occurred-At", "时间应写成 2026-11-23T09:00:00+08:00 的样子。", []string{"Occurred-At", "gestern"}},
		{"NoVersion", "POST", "/projects/1/comment", `{"text":"x"}`, "If-Match", "If-Match 应是读取时的版本号。", []string{"If-Match", "abc"}},
		{"NoBody", "POST", "/projects/1/comment", ``, "", "缺少提交的内容", nil},
		{"NoJSON", "POST", "/projects/1/comment", `{"text":`, "", "不是正确的 JSON", nil},
		{"OtherMedia", "POST", "/projects/1/comment", `text=x`, "", "应以 application/json 提交", []string{"Content-Type", "text/plain"}},
		{"NoSuchDay", "POST", "/projects/1/waive", `{"requirement":"filing","reason":"x","until":"2026-02-30"}`, "until", "日期应写成 2026-11-23 的样子", nil},
		{"Choice", "POST", "/hazards/1/reinspect", `{"result":"maybe","opinion":"x"}`, "result", "只能是以下之一：pass, fail", nil},
		{"Inside", "POST", "/projects", `{"title":"x","enterprise_id":"e","entry_stage":"lead","facts":{"investment":"很多"}}`, "facts.investment", "应是数字，最多两位小数", nil},
		{"InAList", "POST", "/projects/1/attach", `{"attachments":[{"upload_id":"u","replaces":0}]}`, "attachments[0].replaces", "不能小于 1", nil},
		{"PageSize", "GET", "/inbox?size=1000", ``, "size", "不能大于 200", nil},
		{"NoNumber", "GET", "/forecast?days=x", ``, "days", "应是整数", nil},
		{"NoTruth", "GET", "/projects?done=vielleicht", ``, "done", "应是 true 或 false", nil},
		{"NoID", "GET", "/projects?holder_id=urn:uuid:0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44", ``, "holder_id", "没有“urn:uuid:0f8e3c52-6d0b-4c6e-9a51-2f6f1d1…”这个选项。", nil},
		{"NoWords", "GET", "/search", ``, "q", "此项必填", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, p := ask(t, h, c.method, c.path, c.body, c.header...)
			require.Equal(t, http.StatusUnprocessableEntity, w.Code, "%s", w.Body)
			require.Equal(t, "invalid_input", p.Code)
			require.Equal(t, "abc-1234", p.Instance)
			require.Contains(t, p.Fields, Field{Name: c.field, Message: c.says}, "%+v", p.Fields)
		})
	}
	t.Run("InEnglish", func(t *testing.T) {
		t.Parallel()
		_, p := ask(t, setup(t, false, process.Actor{ID: "x"}), "POST", "/projects/1/comment", `{}`)
		require.Equal(t, []Field{{Name: "text", Message: "expected required property text to be present"}}, p.Fields)
	})
}

// TestAdministratorsAlone: every operation of the administration refuses everybody else before it looks at anything.
func TestAdministratorsAlone(t *testing.T) {
	t.Parallel()
	const some = "0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44"
	h := setup(t, true, process.Actor{ID: "x", Roles: []process.Role{process.ProjectManager}})
	contract, err := LoadContract()
	require.NoError(t, err)
	asked := 0
	for path, item := range contract.Spec.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Tags[0] != "administration" {
				continue
			}
			body, kind := "{}", "application/json"
			if op.RequestBody != nil {
				for name, content := range op.RequestBody.Value.Content {
					text, err := json.Marshal(content.Example)
					require.NoError(t, err)
					body, kind = string(text), name
				}
			}
			for _, p := range op.Parameters {
				value := some
				if p.Value.Schema.Value.Type.Is("integer") {
					value = "1"
				}
				path = strings.ReplaceAll(path, "{"+p.Value.Name+"}", value)
			}
			w, p := ask(t, h, method, path, body, "Content-Type", kind)
			require.Equal(t, http.StatusForbidden, w.Code, "%s %s: %s", method, path, w.Body)
			require.Equal(t, "not_allowed", p.Code)
			asked++
		}
	}
	require.Greater(t, asked, 15)
}

// BenchmarkCommand measures what a command costs before it leaves this package: route, headers, schema. It is refused at the last moment, by its
// version, because there is no engine behind.
func BenchmarkCommand(b *testing.B) {
	e := echo.New()
	e.HTTPErrorHandler = func(_ error, c echo.Context) { _ = c.NoContent(http.StatusUnprocessableEntity) }
	if err := (&API{}).Route(e, e.Group(Base)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, Base+"/projects/1/advance", strings.NewReader(`{"from":"lead","note":"材料齐了"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "k")
		r.Header.Set("If-Match", "x")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		if w.Code != http.StatusUnprocessableEntity {
			b.Fatal(w.Code)
		}
	}
}
