package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// sheetOf asks for a workbook.
func (b *bundle) sheetOf(t *testing.T, session, path string) *excelize.File {
	t.Helper()
	response, body := b.ask(t, http.MethodGet, path, "", "Cookie", session)
	require.Equal(t, http.StatusOK, response.StatusCode, path)
	require.Contains(t, response.Header.Get("Content-Disposition"), ".xlsx")
	book, err := excelize.OpenReader(strings.NewReader(body), excelize.Options{RawCellValue: true})
	require.NoError(t, err, path)
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func cells(t *testing.T, book *excelize.File) [][]string {
	t.Helper()
	rows, err := book.GetRows("Sheet1")
	require.NoError(t, err)
	return rows
}

// crowd records so many hazards.
func (b *bundle) crowd(t *testing.T, count int) {
	t.Helper()
	for n := range count {
		b.put(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: fmt.Sprintf("%d# 车间", n),
			Description: fmt.Sprintf("=HYPERLINK(\"http://x\",\"%d\")", n), Level: hazard.General})
	}
}

// TestListsAreTakenAwayWhole: as filtered, beyond the page, with numbers and days, and with text that stays text.
func TestListsAreTakenAwayWhole(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 63)
	id := b.open(t)
	session := b.session(t, b.As(process.Leader))
	t.Run("Hazards", func(t *testing.T) {
		t.Parallel()
		book := b.sheetOf(t, session, "/hazards?format=xlsx")
		rows := cells(t, book)
		require.Len(t, rows, 64)
		for _, at := range []string{"B2", "B64"} {
			formula, err := book.GetCellFormula("Sheet1", at)
			require.NoError(t, err)
			require.Empty(t, formula)
			kind, err := book.GetCellType("Sheet1", at)
			require.NoError(t, err)
			require.Contains(t, []excelize.CellType{excelize.CellTypeSharedString, excelize.CellTypeInlineString}, kind)
		}
		serial, err := strconv.ParseFloat(rows[1][8], 64)
		require.NoError(t, err, "the day it was found is a day")
		day, err := excelize.ExcelDateToTime(serial, false)
		require.NoError(t, err)
		require.Equal(t, "2026-03-02", day.Format("2006-01-02"))
		require.Len(t, cells(t, b.sheetOf(t, session, "/hazards?tab=closed&format=xlsx")), 1, "as filtered: none is closed")
		require.Len(t, cells(t, b.sheetOf(t, session, "/hazards?format=xlsx&q="+url.QueryEscape("7# 车间"))), 1+len(b.found(t, session, "7# 车间")), "as searched")
	})
	t.Run("Projects", func(t *testing.T) {
		t.Parallel()
		book := b.sheetOf(t, session, "/projects?view=list&sector=textile&format=xlsx")
		rows := cells(t, book)
		require.Len(t, rows, 2)
		at := slices.Index(rows[0], "总投资（元）")
		cell, err := excelize.CoordinatesToCellName(at+1, 2)
		require.NoError(t, err)
		kind, err := book.GetCellType("Sheet1", cell)
		require.NoError(t, err)
		require.Contains(t, []excelize.CellType{excelize.CellTypeUnset, excelize.CellTypeNumber}, kind)
		require.Equal(t, "1", rows[1][at], "the amount in yuan, as a number")
		require.Len(t, cells(t, b.sheetOf(t, session, "/projects?view=list&sector=medical&format=xlsx")), 1)
	})
	t.Run("EveryOtherList", func(t *testing.T) {
		t.Parallel()
		require.Len(t, cells(t, b.sheetOf(t, session, "/enterprises?format=xlsx")), 3)
		require.Len(t, cells(t, b.sheetOf(t, session, "/plan-tasks?format=xlsx")), 1)
		require.Len(t, cells(t, b.sheetOf(t, b.session(t, b.RivalOne), "/hazards?format=xlsx")), 1, "nobody takes away what they do not see")
	})
	t.Run("History", func(t *testing.T) {
		t.Parallel()
		b.apply(t, process.Leader, id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "@SUM(A1)"})
		book := b.sheetOf(t, session, "/projects/"+id+"/history")
		rows := cells(t, book)
		require.Greater(t, len(rows), 5)
		amount := 0
		for n, row := range rows[1:] {
			_, err := strconv.ParseFloat(row[0], 64)
			require.NoError(t, err, "the step is a number")
			_, err = strconv.ParseFloat(row[1], 64)
			require.NoError(t, err, "when it was done is a time")
			if len(row) > 7 && row[5] == "总投资" {
				kind, err := book.GetCellType("Sheet1", fmt.Sprintf("H%d", n+2))
				require.NoError(t, err)
				require.Contains(t, []excelize.CellType{excelize.CellTypeUnset, excelize.CellTypeNumber}, kind)
				amount++
			}
		}
		require.Equal(t, 1, amount)
		response, _ := b.ask(t, http.MethodGet, "/projects/"+id+"/history", "", "Cookie", b.session(t, b.RivalOne))
		require.Equal(t, http.StatusNotFound, response.StatusCode)
		response, _ = b.ask(t, http.MethodGet, "/projects/none/history", "", "Cookie", session)
		require.Equal(t, http.StatusNotFound, response.StatusCode)
	})
}

// found returns the titles that a search of the list shows.
func (b *bundle) found(t *testing.T, session, words string) []string {
	t.Helper()
	_, page := b.ask(t, http.MethodGet, "/hazards?q="+url.QueryEscape(words), "", "Cookie", session)
	return strings.Split(page, "<h3><a href=\"/hazards/")[1:]
}

// TestAListIsPrintedWhole: or says how many rows are left out.
func TestAListIsPrintedWhole(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 63)
	session := b.session(t, b.As(process.Leader))
	rows := func(page string) int { return strings.Count(page, `<h3><a href="/hazards/`) }
	for path, want := range map[string]struct {
		rows int
		says string
	}{
		"/hazards":                      {50, "这里印出 50 行；这个条件下还有 13 行没有印出。"},
		"/hazards?found=2026":           {50, "这里印出 50 行；这个条件下还有 13 行没有印出。"},
		"/hazards?print=all":            {63, "共 63 行，全部印出。"},
		"/hazards?found=2026&print=all": {63, "共 63 行，全部印出。"},
	} {
		_, page := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		require.Equal(t, want.rows, rows(page), path)
		require.Contains(t, page, want.says, path)
	}
	_, page := b.ask(t, http.MethodGet, "/enterprises", "", "Cookie", session)
	require.Contains(t, page, "共 2 行，全部印出。")
	require.NotContains(t, page, "打印全部")
}
