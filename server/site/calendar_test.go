package site

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/clock"
)

func TestASheetOfHolidaysIsRead(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for at, text := range map[string]string{"A1": "日期", "B1": "休/班", "C1": "名称", "A2": "2027年1月1日", "B2": "休", "C2": "元旦", "A3": "2027-1-3", "B3": "班", "C3": "元旦"} {
		require.NoError(t, book.SetCellStr("Sheet1", at, text))
	}
	var content bytes.Buffer
	require.NoError(t, book.Write(&content))
	y, err := sheet(content.Bytes(), 2027, "国办发明电")
	require.NoError(t, err)
	require.Equal(t, clock.Holiday, y.Days[clock.NewDate(2027, 1, 1)].Kind)
	require.Equal(t, clock.MakeUpDay, y.Days[clock.NewDate(2027, 1, 3)].Kind)
	_, err = sheet([]byte("not a workbook"), 2027, "x")
	require.ErrorContains(t, err, "Excel")
	require.NoError(t, book.SetCellStr("Sheet1", "B2", "歇"))
	content.Reset()
	require.NoError(t, book.Write(&content))
	_, err = sheet(content.Bytes(), 2027, "x")
	require.ErrorContains(t, err, "休")
}

// book writes a sheet as people make them: rows of cells, the first of which may be one of Excel's own days.
func book(t *testing.T, rows [][]any, prepare func(*excelize.File)) []byte {
	t.Helper()
	file := excelize.NewFile()
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, file.SetSheetRow("Sheet1", at, &row))
	}
	if prepare != nil {
		prepare(file)
	}
	var content bytes.Buffer
	require.NoError(t, file.Write(&content))
	return content.Bytes()
}

func TestExcelsOwnDaysAreRead(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2027, 1, d, 0, 0, 0, 0, time.UTC) }
	rows := [][]any{{"日期", "休/班", "名称"}, {day(1), "休", "元旦"}, {day(2), "休", "元旦"}, {"2027/1/3", "班", "元旦"}}
	format := "yyyy\"年\"m\"月\"d\"日\""
	for name, style := range map[string]*excelize.Style{"Format14": {NumFmt: 14}, "Format22": {NumFmt: 22}, "Chinese": {CustomNumFmt: &format}, "General": {NumFmt: 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content := book(t, rows, func(f *excelize.File) {
				id, err := f.NewStyle(style)
				require.NoError(t, err)
				require.NoError(t, f.SetCellStyle("Sheet1", "A2", "A3", id))
			})
			y, err := sheet(content, 2027, "国办发明电")
			require.NoError(t, err)
			require.Equal(t, "2027-01-01 休 元旦\n2027-01-02 休 元旦\n2027-01-03 班 元旦\n", y.Lines())
		})
	}
	old := true
	content := book(t, [][]any{{"日期", "休/班", "名称"}, {float64(44926), "休", "元旦"}}, func(f *excelize.File) {
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}))
	})
	y, err := sheet(content, 2027, "x")
	require.NoError(t, err)
	require.Equal(t, "2027-01-01 休 元旦\n", y.Lines(), "a workbook whose days count from 1904")
}

func TestMergedCellsSayTheSameInEachRow(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"2027 年放假安排"}, {"名称", "日期", "休/班"}, {"元旦", "2027-01-01", "休"}, {nil, "2027-01-02"}, {nil, "2027-01-03"}, {"春节", "2027-02-20", "班"}}
	content := book(t, rows, func(f *excelize.File) {
		require.NoError(t, f.MergeCell("Sheet1", "A1", "C1"))
		require.NoError(t, f.MergeCell("Sheet1", "A3", "A5"))
		require.NoError(t, f.MergeCell("Sheet1", "C3", "C5"))
		require.NoError(t, f.MergeCell("Sheet1", "A20", "Z40")) // somebody's decoration
	})
	y, err := sheet(content, 2027, "x")
	require.NoError(t, err)
	require.Equal(t, "2027-01-01 休 元旦\n2027-01-02 休 元旦\n2027-01-03 休 元旦\n2027-02-20 班 春节\n", y.Lines())
}

// TestNoRowIsPassedOver: a row that is not whole is refused, with its number, and so is a day of another year.
func TestNoRowIsPassedOver(t *testing.T) {
	t.Parallel()
	head := []any{"日期", "休/班", "名称"}
	whole := []any{"2026-10-01", "休", "国庆节"}
	for says, row := range map[string][]any{
		"第 3 行不完整":       {"2026-10-02", "休"},
		"第 3 行的日期":       {"国庆", "休", "国庆节"},
		"第 3 行的「歇」":      {"2026-10-02", "歇", "国庆节"},
		"2027-01-01":     {"2027-01-01", "休", "元旦"},
		"第 3 行的 2026-10": {"2026年10月1日", "班", "国庆节"},
	} {
		_, err := sheet(book(t, [][]any{head, whole, row}, nil), 2026, "x")
		require.ErrorContains(t, err, says)
	}
	_, err := sheet(book(t, [][]any{head, whole, {nil, "休", "国庆节"}}, nil), 2026, "x")
	require.ErrorContains(t, err, "第 3 行不完整")
	_, err = sheet(book(t, [][]any{head, whole, {nil, "休", "国庆节"}, {"2026-10-03", "歇", "国庆节"}, {"2027-01-01", "休", "元旦"}}, nil), 2026, "")
	for _, says := range []string{"第 3 行不完整", "第 4 行的「歇」", "2027-01-01", "文件"} {
		require.ErrorContains(t, err, says, "all of them at once")
	}
	y, err := sheet(book(t, [][]any{head, whole, {}, {}}, nil), 2026, "x")
	require.NoError(t, err)
	require.Len(t, y.Days, 1)
}

// TestThePublishedListsComeAsSheets: each of the twenty lists, written as a sheet with Excel's own days and the festival's name merged over its days.
func TestThePublishedListsComeAsSheets(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../domain/clock/testdata/holidays/*.json")
	require.NoError(t, err)
	require.Len(t, files, 20)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		want, err := clock.ParseHolidays(text)
		require.NoError(t, err)
		rows, merged, begin := [][]any{{"日期", "休/班", "节日"}}, [][2]string{}, 2
		for i, line := range strings.Split(strings.TrimSpace(want.Lines()), "\n") {
			words := strings.Fields(line)
			day, err := time.Parse("2006-01-02", words[0])
			require.NoError(t, err)
			if i > 0 && rows[begin-1][2] != words[2] {
				merged, begin = append(merged, [2]string{fmt.Sprintf("C%d", begin), fmt.Sprintf("C%d", i+1)}), i+2
			}
			row := []any{day, words[1], words[2]}
			if begin != i+2 {
				row = row[:2]
			}
			rows = append(rows, row)
		}
		merged = append(merged, [2]string{fmt.Sprintf("C%d", begin), fmt.Sprintf("C%d", len(rows))})
		content := book(t, rows, func(f *excelize.File) {
			for _, m := range merged {
				require.NoError(t, f.MergeCell("Sheet1", m[0], m[1]))
			}
		})
		got, err := sheet(content, want.Year, want.Paper)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
	}
}
