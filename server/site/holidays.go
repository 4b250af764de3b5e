package site

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/clock"
)

// sheet reads a year of holidays from the first sheet of a workbook: the columns 日期, 休/班 and 名称, in any order under a row that names them, in this
// order without one. Cells that were merged over rows say the same in each of them; days may be text or Excel's own, whatever their number format.
func sheet(content []byte, year int, paper string) (clock.Year, error) {
	y := clock.Year{Year: year, Paper: strings.TrimSpace(paper), Days: map[clock.Date]clock.Special{}}
	rows, from1904, err := table(content)
	if err != nil {
		return y, err
	}
	cols, first := heading(rows)
	for n, row := range rows[first:] {
		at := first + n + 1
		day, kind, name := cell(row, cols.day), cell(row, cols.kind), cell(row, cols.name)
		switch {
		case day == "" && kind == "" && name == "":
			continue
		case day == "" || kind == "" || name == "":
			return y, fmt.Errorf("表格第 %d 行不完整：日期「%s」、休/班「%s」、名称「%s」都要有", at, day, kind, name)
		}
		if err := y.Add(sheetDay(day, from1904), kind, name); err != nil {
			return y, fmt.Errorf("表格第 %d 行%w", at, err)
		}
	}
	return y, y.Valid()
}

// table is the first sheet as it is stored, with merged cells filled, and whether its days count from 1904.
func table(content []byte) ([][]string, bool, error) {
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: 20 << 20, UnzipXMLSizeLimit: 10 << 20, RawCellValue: true})
	if err != nil {
		return nil, false, fmt.Errorf("这不是 Excel 文件（.xlsx）")
	}
	defer book.Close() //nolint:errcheck // nothing of it lies on disk
	name := book.GetSheetName(0)
	rows, err := book.GetRows(name)
	if err != nil {
		return nil, false, fmt.Errorf("读不出第一张表")
	}
	merged, err := book.GetMergeCells(name)
	if err != nil {
		return nil, false, fmt.Errorf("读不出第一张表里合并的单元格")
	}
	for _, m := range merged {
		if rows, err = spread(rows, m); err != nil {
			return nil, false, fmt.Errorf("看不懂第一张表里合并的单元格 %s", m[0])
		}
	}
	properties, err := book.GetWorkbookProps()
	return rows, err == nil && properties.Date1904 != nil && *properties.Date1904, nil
}

// A sheet of holidays has some forty rows; what is merged beyond these bounds is somebody's decoration of empty cells.
const (
	mostRows    = 1000
	mostColumns = 50
)

// spread writes what a merged cell says into each of its cells.
func spread(rows [][]string, m excelize.MergeCell) ([][]string, error) {
	left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
	if err != nil {
		return nil, err
	}
	right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
	if err != nil {
		return nil, err
	}
	for y := top; y <= min(bottom, mostRows); y++ {
		for len(rows) < y {
			rows = append(rows, nil)
		}
		for x := left; x <= min(right, mostColumns); x++ {
			for len(rows[y-1]) < x {
				rows[y-1] = append(rows[y-1], "")
			}
			rows[y-1][x-1] = m.GetCellValue()
		}
	}
	return rows, nil
}

// columns says where what stands, counted from 0.
type columns struct{ day, kind, name int }

// heading finds the row that names the columns and returns the first row after it. Above it stand titles.
func heading(rows [][]string) (columns, int) {
	for n, row := range rows {
		found := columns{-1, -1, -1}
		for i, text := range row {
			switch {
			case found.day < 0 && strings.Contains(text, "日期"):
				found.day = i
			case found.kind < 0 && (strings.Contains(text, "休") || strings.Contains(text, "班") || strings.Contains(text, "类型")):
				found.kind = i
			case found.name < 0 && (strings.Contains(text, "名") || strings.Contains(text, "节")):
				found.name = i
			}
		}
		if found.day >= 0 && found.kind >= 0 && found.name >= 0 {
			return found, n + 1
		}
	}
	return columns{0, 1, 2}, 0
}

func cell(row []string, at int) string {
	if at >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[at])
}

// sheetDay turns Excel's number of a day, which counts from 1900 (or 1904), into the day. Between 2000 and 2100 it has five digits, which no day that is typed as
// text has.
func sheetDay(text string, from1904 bool) string {
	serial, err := strconv.ParseFloat(text, 64)
	if err != nil || serial < 10_000 || serial >= 100_000 {
		day, _, _ := strings.Cut(text, "T") // a day in ISO 8601 comes with a time
		return day
	}
	at, err := excelize.ExcelDateToTime(serial, from1904)
	if err != nil {
		return text
	}
	return at.Format("2006-01-02")
}
