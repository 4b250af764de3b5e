package site

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestASheetHasTypes: days and numbers can be reckoned with, and text is text, whatever it begins with.
func TestASheetHasTypes(t *testing.T) {
	t.Parallel()
	book, err := workbook([][]any{{"=1+1", 12, 1.5, clock.NewDate(2026, 11, 27), clock.Date{}, nil, "2026-11-27", "007"}})
	require.NoError(t, err)
	for at, want := range map[string]struct {
		kind excelize.CellType
		raw  string
	}{
		"A1": {excelize.CellTypeSharedString, "=1+1"}, "B1": {excelize.CellTypeUnset, "12"}, "C1": {excelize.CellTypeUnset, "1.5"}, "D1": {excelize.CellTypeUnset, "46353"},
		"E1": {excelize.CellTypeUnset, ""}, "F1": {excelize.CellTypeUnset, ""}, "G1": {excelize.CellTypeSharedString, "2026-11-27"}, "H1": {excelize.CellTypeSharedString, "007"},
	} {
		kind, err := book.GetCellType(firstSheet, at)
		require.NoError(t, err)
		require.Equal(t, want.kind, kind, at)
		raw, err := book.GetCellValue(firstSheet, at, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		require.Equal(t, want.raw, raw, at)
	}
	shown, err := book.GetCellValue(firstSheet, "D1")
	require.NoError(t, err)
	require.Equal(t, "2026-11-27", shown)
	formula, err := book.GetCellFormula(firstSheet, "A1")
	require.NoError(t, err)
	require.Empty(t, formula)
}

// TestEveryRowOfACSVHasEveryColumn: strict readers refuse it otherwise.
func TestEveryRowOfACSVHasEveryColumn(t *testing.T) {
	t.Parallel()
	d := store.Deadlines{Now: time.Now()}
	d.Number, d.Title = "YH-2026-0001", "莱卡织造"
	recorder := httptest.NewRecorder()
	words, err := i18n.Load()
	require.NoError(t, err)
	c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), recorder)
	require.NoError(t, exportCSV(c, "x.csv", ledgerRows(i18n.With(t.Context(), words.Speak("zh")), d)))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(recorder.Body.String(), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3, "the title, a line between, the headings")
	require.Len(t, rows[0], 10)
}

func TestCSVKeepsWordsFromBeingFormulas(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "　@x"} {
		require.Equal(t, "'"+words, written(words))
	}
	require.Equal(t, "-3", written(-3), "a number stays one")
	require.Equal(t, "2026-11-27", written(clock.NewDate(2026, 11, 27)))
	require.Equal(t, "泗县-莱卡", written("泗县-莱卡"))
}
