package site

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/worksheet"
)

// sheet reads a year of holidays from the first sheet of a workbook: the columns 日期, 休/班 and 名称, in any order under a row that names them, in this
// order without one. Cells that were merged over rows say the same in each of them; days may be text or Excel's own, whatever their number format.
func sheet(content []byte, year int, paper string) (clock.Year, error) {
	y := clock.Year{Year: year, Paper: strings.TrimSpace(paper), Days: map[clock.Date]clock.Special{}}
	table, err := worksheet.Read(content)
	var refusal *process.Refusal
	if errors.As(err, &refusal) {
		err = errors.New(refusal.Chinese)
	}
	if err != nil {
		return y, err
	}
	cols, first := heading(table.Rows)
	faults := clock.Faults{}
	for _, row := range table.Rows[first:] {
		if wrong := wrongCells(row.At(cols.day), row.At(cols.kind), row.At(cols.name)); wrong != "" {
			faults.Note(clock.OfDays, fmt.Sprintf("表格第 %d 行%s，请先改好", row.Line, wrong))
			continue
		}
		day, kind, name := row.At(cols.day).Day(), row.At(cols.kind).Text, row.At(cols.name).Text
		switch {
		case day == "" && kind == "" && name == "":
			continue
		case day == "" || kind == "" || name == "":
			faults.Note(clock.OfDays, fmt.Sprintf("表格第 %d 行不完整：日期「%s」、休/班「%s」、名称「%s」都要有", row.Line, day, kind, name))
			continue
		}
		if err := y.Add(day, kind, name); err != nil {
			faults.Note(clock.OfDays, fmt.Sprintf("表格第 %d 行%s", row.Line, err))
		}
	}
	return y, y.Besides(faults)
}

// wrongCells says what is wrong with cells, each kind of fault once; "" for nothing.
func wrongCells(cells ...worksheet.Cell) string {
	said := []string{}
	for _, cell := range cells {
		if words := cell.WhyWrong().Chinese; cell.Wrong != "" && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	return strings.Join(said, "，")
}

// columns says where what stands, counted from 0.
type columns struct{ day, kind, name int }

// heading finds the row that names the columns and returns the first row after it. Above it stand titles.
func heading(rows []worksheet.Row) (columns, int) {
	for n, row := range rows {
		found := columns{-1, -1, -1}
		for i, cell := range row.Cells {
			text := cell.Text
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
