package registers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/web/i18n"
)

// MostRows is how many records one sheet may bring.
const MostRows = 2000

// Row is one record of a sheet as it was written: the text of each cell under its field.
type Row struct {
	Line  int               `json:"line"` // in the sheet, from 1
	Cells map[string]string `json:"cells"`
}

// Sheet is what a workbook brings.
type Sheet struct {
	Rows    []Row
	Ignored []string // headings that are no field's
}

// Read reads the first sheet of an Excel workbook whose first row names the fields, in Chinese, in English or as in the API. It refuses a file that
// is no workbook, one without the fields that are needed, and one without or with too many records.
func (d *Desk) Read(ctx context.Context, r register.Register, file io.Reader) (Sheet, error) {
	book, err := excelize.OpenReader(file, excelize.Options{RawCellValue: true, UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 32 << 20})
	if err != nil {
		return Sheet{}, process.RefuseField("file", "这个文件读不出来，请另存为 Excel 工作簿（.xlsx）后再试。", "This file cannot be read; save it as an Excel workbook (.xlsx) and try again.")
	}
	defer book.Close() //nolint:errcheck // it was read from memory
	lines, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		return Sheet{}, process.RefuseField("file", "这个文件的第一张表读不出来，请另存后再试。", "The first sheet of this file cannot be read; save it anew and try again.")
	}
	if len(lines) < 2 {
		return Sheet{}, process.RefuseField("file", "表里没有内容：第一行是表头，从第二行起每行一条。", "The sheet holds nothing: its first row names the columns, each row below is a record.")
	}
	if len(lines)-1 > MostRows {
		return Sheet{}, process.RefuseField("file", fmt.Sprintf("一次最多导入 %d 行，请分成几个文件。", MostRows), fmt.Sprintf("At most %d rows at once; use several files.", MostRows))
	}
	sheet := Sheet{}
	columns := d.columns(ctx, r, lines[0], &sheet)
	if err := complete(ctx, r, columns); err != nil {
		return sheet, err
	}
	for i, line := range lines[1:] {
		row := Row{Line: i + 2, Cells: map[string]string{}}
		written := false
		for at, text := range line {
			if path := columns[at]; path != "" {
				row.Cells[path] = strings.TrimSpace(text)
				written = written || row.Cells[path] != ""
			}
		}
		if written {
			sheet.Rows = append(sheet.Rows, row)
		}
	}
	if len(sheet.Rows) == 0 {
		return sheet, process.RefuseField("file", "表里没有内容：第一行是表头，从第二行起每行一条。", "The sheet holds nothing: its first row names the columns, each row below is a record.")
	}
	return sheet, nil
}

// columns says which field stands in which column.
func (d *Desk) columns(ctx context.Context, r register.Register, head []string, sheet *Sheet) map[int]string {
	meant := map[string]string{}
	for _, q := range r.Questions() {
		meant[plain(q.Path)] = q.Path
		for _, language := range both(ctx, d.Words) {
			meant[plain(Label(language, r.Name, q.Path))] = q.Path
		}
	}
	columns := map[int]string{}
	for i, title := range head {
		path, ok := meant[plain(strings.TrimSuffix(strings.TrimSpace(title), "*"))]
		switch {
		case ok:
			columns[i] = path
		case strings.TrimSpace(title) != "":
			sheet.Ignored = append(sheet.Ignored, strings.TrimSpace(title))
		}
	}
	return columns
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

// Write makes a workbook of the register's records, which can be changed and read again; without records it is the template.
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
		choose.Sqref = column + "2:" + column + strconv.Itoa(MostRows+1)
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
