package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/server/httpapi"
)

// TestASheetThatWasNotTakenIsAProblem: a program that looks at the status alone knows it, and the problem says what is wrong in which row; only tried, or
// taken, a sheet is answered with 200.
func TestASheetThatWasNotTakenIsAProblem(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	send := func(query string, rows [][]string) (int, string) {
		answer, text := b.ask(t, http.MethodPost, httpapi.Base+"/registers/units/import"+query, string(zonetest.Workbook(t, rows)), "Cookie", cookie, "Content-Type", "application/octet-stream", "Accept-Language", "zh")
		return answer.StatusCode, text
	}
	rows := [][]string{{"单位名称", "类别"}, {"安监科", "园区科室"}, {"招商科", "别的"}}
	status, text := send("", rows)
	require.Equal(t, http.StatusUnprocessableEntity, status, text)
	var problem httpapi.Problem
	require.NoError(t, json.Unmarshal([]byte(text), &problem))
	require.Equal(t, "invalid_input", problem.Code)
	require.Contains(t, problem.Title, "1 行有错")
	require.False(t, problem.Report.Done)
	require.Equal(t, []string{"adds", "wrong"}, []string{problem.Report.Lines[0].Verdict, problem.Report.Lines[1].Verdict})
	require.Equal(t, "kind", problem.Report.Lines[1].Faults[0].Name)
	status, text = send("?try=true", rows)
	require.Equal(t, http.StatusOK, status, text)
	rows[2][1] = "园区科室"
	status, text = send("", rows)
	require.Equal(t, http.StatusOK, status, text)
	require.Contains(t, text, `"done":true`)
}

// TestACellThatHoldsABookIsRefused: with how long it is, and what it says is not told back.
func TestACellThatHoldsABookIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator))
	rows := [][]string{{"单位名称", "类别", strings.Repeat("列", 30_000)}}
	for range 50 {
		rows = append(rows, []string{strings.Repeat("长", 30_000), "园区科室"})
	}
	answer, text := b.ask(t, http.MethodPost, httpapi.Base+"/registers/units/import?try=true", string(zonetest.Workbook(t, rows)), "Cookie", cookie, "Content-Type", "application/octet-stream", "Accept-Language", "zh")
	require.Equal(t, http.StatusOK, answer.StatusCode, "%.300s", text)
	require.Less(t, len(text), 40_000)
	require.True(t, bytes.Contains([]byte(text), []byte("有 30000 个字")), "%.600s", text)
}

// TestARefusedSheetIsNamed: of which file something is said, also where it is refused for how much it would change; and nothing is folded away where no row is left.
func TestARefusedSheetIsNamed(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator)) + "; parkway_language=zh"
	page := func(rows [][]string) string {
		var form bytes.Buffer
		writer := multipart.NewWriter(&form)
		part, err := writer.CreateFormFile("file", "科室.xlsx")
		require.NoError(t, err)
		_, err = part.Write(zonetest.Workbook(t, rows))
		require.NoError(t, err)
		require.NoError(t, writer.Close())
		answer, text := b.ask(t, http.MethodPost, "/registers/units/import", form.String(), "Cookie", cookie, "Content-Type", writer.FormDataContentType())
		if at := answer.Header.Get("Location"); at != "" {
			_, text = b.ask(t, http.MethodGet, at, "", "Cookie", cookie)
		}
		return text
	}
	many := [][]string{{"单位名称", "类别"}}
	for i := range registers.MostRows + 1 {
		many = append(many, []string{fmt.Sprintf("第%04d科", i), "园区科室"})
	}
	require.Contains(t, page(many), "「科室.xlsx」：一次最多新增或修改")
	wrong := page([][]string{{"单位名称", "类别"}, {"安监科", "别的"}})
	require.Contains(t, wrong, "安监科")
	require.NotContains(t, wrong, "看其余")
	require.Contains(t, page([][]string{{"单位名称", "类别"}, {"安监科", "别的"}, {"招商科", "园区科室"}}), "看其余 1 行")
}
