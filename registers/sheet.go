package registers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/worksheet"
)

// MostRows is how many records one sheet may add or change. Those that say what is so already come on top: whatever was exported can be read again.
const MostRows = 2000

// Bounds of what a sheet says: no field of a register holds as much.
const (
	mostText  = 2000    // characters of a cell
	mostTyped = 8 << 20 // bytes of all cells under fields together
	mostHead  = 40      // characters of a heading that is told back
)

// headWithin is how far down the row that names the columns may stand: above it stand titles.
const headWithin = 10

// Row is one record of a sheet as it was written: the text of each cell under its field.
type Row struct {
	Line  int               `json:"line"` // in the sheet, from 1
	Cells map[string]string `json:"cells"`
	Wrong map[string]string `json:"wrong,omitempty"` // why a cell under a field says nothing: #N/A
	Long  map[string]int    `json:"long,omitempty"`  // how many characters a cell under a field has, of which only the first are kept
}

// Sheet is what a workbook brings.
type Sheet struct {
	Rows    []Row
	Ignored []string // headings that are no field's
}

// Read reads the first sheet of an Excel workbook, in which a row names the fields, in Chinese, in English or as in the API. It refuses a file that
// is no workbook, one without the fields that are needed or with one of them twice, and one without records.
func (d *Desk) Read(ctx context.Context, r register.Register, file io.Reader) (Sheet, error) {
	content, err := io.ReadAll(file)
	if err != nil {
		return Sheet{}, fmt.Errorf("read the file: %w", err)
	}
	table, err := worksheet.Read(content)
	if err != nil {
		return Sheet{}, err
	}
	sheet, fields, first, err := d.head(ctx, r, table.Rows)
	if err != nil {
		return sheet, err
	}
	days := map[string]bool{}
	for _, q := range r.Questions() {
		days[q.Path] = q.Kind == process.Day
	}
	typed := 0
	for _, line := range table.Rows[first:] {
		row := Row{Line: line.Line, Cells: map[string]string{}}
		written := false
		for at, path := range fields {
			cell := line.At(at)
			row.Cells[path] = cell.Text
			if days[path] {
				row.Cells[path] = cell.Day()
			}
			if length := utf8.RuneCountInString(row.Cells[path]); length > mostText {
				row.Cells[path] = clipped(row.Cells[path], mostHead)
				if row.Long == nil {
					row.Long = map[string]int{}
				}
				row.Long[path] = length
			}
			typed += len(row.Cells[path])
			if cell.Wrong != "" {
				if row.Wrong == nil {
					row.Wrong = map[string]string{}
				}
				row.Wrong[path] = cell.Wrong
			}
			written = written || row.Cells[path] != "" || cell.Wrong != ""
		}
		if written {
			sheet.Rows = append(sheet.Rows, row)
		}
		if typed > mostTyped {
			return Sheet{}, process.RefuseField("file", "这张表里的文字太多，请分成几个文件。", "There is too much text in this sheet; use several files.")
		}
	}
	if len(sheet.Rows) == 0 {
		return sheet, unfilled()
	}
	return sheet, nil
}

// head finds the row that names the columns, and returns which field stands in which column and the first row after it.
func (d *Desk) head(ctx context.Context, r register.Register, rows []worksheet.Row) (sheet Sheet, fields map[int]string, first int, err error) {
	for i := range rows[:min(headWithin, len(rows))] {
		found, ignored, twice := d.columns(ctx, r, rows[i])
		incomplete := complete(ctx, r, found)
		if i > 0 && incomplete != nil {
			continue
		}
		sheet.Ignored, fields, first, err = ignored, found, i+1, incomplete
		if err == nil && len(twice) > 0 {
			err = process.RefuseField("file", "表头里重复了："+strings.Join(twice, "、")+"。每一列只留一个，多余的请删掉。", "Headings that come twice: "+strings.Join(twice, ", ")+". Keep one column of each.")
		}
		if incomplete == nil {
			return sheet, fields, first, err
		}
	}
	if len(rows) == 0 {
		err = process.RefuseField("file", "表里没有内容：第一行是表头，从第二行起每行一条。", "The sheet holds nothing: its first row names the columns, each row below is a record.")
	}
	return sheet, fields, first, err
}

// columns says which field stands in which column, which headings are no field's, and which name a field that another one names already.
func (d *Desk) columns(ctx context.Context, r register.Register, head worksheet.Row) (fields map[int]string, ignored, twice []string) {
	meant := map[string]string{}
	for _, q := range r.Questions() {
		meant[plain(q.Path)] = q.Path
		for _, language := range both(ctx, d.Words) {
			meant[plain(Label(language, r.Name, q.Path))] = q.Path
			if key := "field.once." + string(r.Name) + "." + q.Path; i18n.Has(language, key) { // in sheets that were written before
				meant[plain(i18n.T(language, key))] = q.Path
			}
		}
	}
	fields, there := map[int]string{}, map[string]bool{}
	for i, cell := range head.Cells {
		path, ok := meant[plain(strings.TrimSpace(strings.TrimSuffix(cell.Text, "*")))]
		switch {
		case ok && there[path]:
			twice = append(twice, cell.Text)
		case ok:
			fields[i], there[path] = path, true
		case cell.Text != "":
			ignored = append(ignored, clipped(cell.Text, mostHead))
		}
	}
	return fields, ignored, twice
}

// clipped is a text as far as it is told back.
func clipped(text string, most int) string {
	if signs := []rune(text); len(signs) > most {
		return string(signs[:most]) + "…"
	}
	return text
}

// complete refuses a sheet that lacks a column without which no record can be made.
func complete(ctx context.Context, r register.Register, columns map[int]string) error {
	there, missing := map[string]bool{}, []string{}
	for _, path := range columns {
		there[path] = true
	}
	for _, q := range r.Questions() {
		if q.Required && !there[q.Path] && !madeUp(r, q.Path) {
			missing = append(missing, Label(ctx, r.Name, q.Path))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return process.RefuseField("file", "表头里缺少这些列："+strings.Join(missing, "、")+"。可以先下载模板。", "The sheet lacks these columns: "+strings.Join(missing, ", ")+". The template has them.")
}

// madeUp reports whether a field that a record needs is made up when a sheet does not bring it: an account's name, from the person's.
func madeUp(r register.Register, path string) bool {
	return r.Name == register.PeopleName && path == "username"
}

// Write makes a workbook of the register's records, which can be changed and read again; without records it is the template. A second sheet says how it is filled in.
func (d *Desk) Write(ctx context.Context, r register.Register) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // it is written to memory
	name := i18n.T(ctx, "register."+string(r.Name))
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return nil, fmt.Errorf("name the sheet: %w", err)
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("make the style of the headings: %w", err)
	}
	records, err := d.Store.Records(ctx, r.Name)
	if err != nil {
		return nil, err
	}
	titles := d.titles(ctx)
	for i, q := range r.Questions() {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		heading := Label(ctx, r.Name, q.Path)
		if q.Required && !madeUp(r, q.Path) {
			heading += "*"
		}
		if err := d.column(ctx, book, name, column, heading, q, records, titles); err != nil {
			return nil, fmt.Errorf("write the column %s: %w", q.Path, err)
		}
		if err := book.SetCellStyle(name, column+"1", column+"1", bold); err != nil {
			return nil, fmt.Errorf("mark the heading %s: %w", q.Path, err)
		}
	}
	if err := book.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, fmt.Errorf("hold the headings: %w", err)
	}
	if err := explain(ctx, book, r); err != nil {
		return nil, err
	}
	var buffer bytes.Buffer
	if err := book.Write(&buffer); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return buffer.Bytes(), nil
}

// column writes one field of every record. What is written is text, whatever it begins with: it is never a formula.
func (d *Desk) column(ctx context.Context, book *excelize.File, sheet, column, heading string, q process.Question, records []recorded, titles func(register.Name) map[string]string) error {
	if err := book.SetColWidth(sheet, column, column, 18); err != nil {
		return err
	}
	if err := book.SetCellStr(sheet, column+"1", heading); err != nil {
		return err
	}
	if len(q.Choices) > 0 && !q.Many {
		words := []string{}
		for _, choice := range q.Choices {
			words = append(words, Shown(ctx, q, choice.Value, titles))
		}
		choose := excelize.NewDataValidation(true)
		choose.Sqref = column + "2:" + column + strconv.Itoa(max(MostRows, len(records))+1)
		if choose.SetDropList(words) == nil {
			if err := book.AddDataValidation(sheet, choose); err != nil {
				return err
			}
		}
	}
	line := 2
	for _, record := range records {
		if record.Ended {
			continue
		}
		if err := book.SetCellStr(sheet, column+strconv.Itoa(line), Shown(ctx, q, Value(record.Doc, q.Path), titles)); err != nil {
			return err
		}
		line++
	}
	return nil
}
