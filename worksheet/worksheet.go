// Package worksheet reads the first sheet of an Excel workbook (.xlsx) as people see it on their screen: what Excel or WPS has calculated, days as days
// whichever year they count from, numbers as they are shown, and merged cells as saying the same in each row. It reads as it goes, within bounds: a
// small file that unpacks to millions of cells is refused at once.
package worksheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/parkway-zone/parkway/domain/process"
)

// Sheet is the first sheet of a workbook that is not hidden.
type Sheet struct {
	Rows []Row // those in which something stands, in their order
}

// Row is a row in which something stands.
type Row struct {
	Line  int    // in the sheet, from 1
	Cells []Cell // from column A on; what is missing at the end is empty
}

// At returns the cell of a column counted from 0, an empty one where there is none.
func (r Row) At(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// Cell is what stands in a cell.
type Cell struct {
	Text  string // as it is shown, without blanks around it; a day as 2026-11-23
	Wrong string // why it says nothing: an error such as #N/A, or NotCalculated; empty: it is as it should be

	day string // that its number means, if it means one
}

// NotCalculated is what is wrong with a cell whose formula was never calculated.
const NotCalculated = "="

// WhyWrong says what is wrong with a cell in a sentence that begins with the cell.
func (c Cell) WhyWrong() process.Text { return WhyWrong(c.Wrong) }

// WhyWrong is Cell.WhyWrong of what is wrong alone.
func WhyWrong(wrong string) process.Text {
	if wrong == NotCalculated {
		return process.Text{Chinese: "单元格里的公式还没有算出结果", English: "the cell's formula has not been calculated yet"}
	}
	return process.Text{Chinese: "单元格里是 " + wrong, English: "the cell says " + wrong}
}

// Day is the day that the cell means where a day is asked for: also one that Excel shows as its number. Any other text is returned as it is.
func (c Cell) Day() string {
	if c.day != "" {
		return c.day
	}
	return c.Text
}

// Bounds of what is read. A sheet of people or enterprises has some tens of thousands of cells.
const (
	mostFilled  = 300_000   // cells in which something stands, and texts
	mostSpread  = 500_000   // cells and rows that merged cells may cover in all
	mostBlank   = 200_000   // cells, rows and texts in which nothing stands
	mostParts   = 1_600_000 // elements of XML that are neither
	mostColumns = 256       // in which something may stand
	mostBytes   = 256 << 20 // unpacked
	mostLump    = 128 << 10 // bytes of one text or element: Excel has 32,767 characters in a cell
)

// errLarge means that a bound was passed.
var errLarge = errors.New("the workbook is too large")

// Read reads a workbook. What cannot be read is refused with a sentence for whoever chose the file, as a fault of the field "file".
func Read(content []byte) (Sheet, error) {
	sheet, err := read(content)
	var refusal *process.Refusal
	switch {
	case err == nil || errors.As(err, &refusal):
		return sheet, err
	case errors.Is(err, errLarge):
		return sheet, refuse("这张表太大，或者有太多空白的格子。请把有内容的行复制到一张新表里再试。", "This sheet is too large, or has too many empty cells. Copy the rows that hold something into a new sheet and try that.")
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return sheet, refuse("这个 Excel 文件是旧格式（.xls）或者设了密码，读不出来。请去掉密码，另存为 Excel 工作簿（.xlsx）后再试。", "This is an Excel file of the old kind (.xls), or one with a password. Take the password off and save it as an Excel workbook (.xlsx).")
	}
	return sheet, refuse("这个 Excel 文件读不出来，请另存为 Excel 工作簿（.xlsx）后再试。", "This file cannot be read; save it as an Excel workbook (.xlsx) and try again.")
}

func refuse(chinese, english string) error { return process.RefuseField("file", chinese, english) }

// book is a workbook that is being read.
type book struct {
	parts  map[string]*zip.File
	left   int64 // bytes that may still be unpacked
	filled int   // what may still stand in it
	blank  int
	inside int  // elements that may still come
	passed bool // a bound was passed

	first    string // the part of the first sheet that is not hidden
	from1904 bool
	texts    []string
	formats  []format // by style
}

func read(content []byte) (_ Sheet, err error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Sheet{}, err
	}
	b := &book{parts: map[string]*zip.File{}, left: mostBytes, filled: mostFilled, blank: mostBlank, inside: mostParts}
	defer func() {
		if err != nil && b.passed {
			err = errLarge
		}
	}()
	for _, f := range archive.File {
		b.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	if err := b.open(); err != nil {
		return Sheet{}, err
	}
	rows, merged, err := b.rows()
	if err != nil {
		return Sheet{}, err
	}
	if err := spread(rows, merged, mostSpread); err != nil {
		return Sheet{}, err
	}
	kept := slices.DeleteFunc(rows, func(r Row) bool {
		return !slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Text != "" || c.Wrong != "" })
	})
	return Sheet{Rows: kept}, nil
}

// part opens a part of the workbook. nil: there is none.
func (b *book) part(name string) (*reader, error) {
	f := b.parts[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, nil
	}
	from, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	in := &lumps{from: from, left: &b.left, passed: &b.passed}
	marked := transform.NewReader(in, unicode.BOMOverride(transform.Nop)) // UTF-16 says so with its first two bytes
	decoder := xml.NewDecoder(marked)
	decoder.CharsetReader = charset
	return &reader{Decoder: decoder, from: in, inside: &b.inside}, nil
}

// charset reads what is written in another encoding than UTF-8, as its first line says: Chinese programs write GB 18030 and its older parts.
func charset(name string, from io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-16": // read by its first bytes
		return from, nil
	case "gb18030", "gbk", "gb2312":
		return simplifiedchinese.GB18030.NewDecoder().Reader(from), nil
	}
	return nil, fmt.Errorf("there is no encoding %s", name)
}

// lumps reads a part, up to what may be unpacked in all, and no lump of it that is too large to be a text.
type lumps struct {
	from io.ReadCloser
	left *int64
	lump int64 // since the last element

	passed *bool // a bound was: a decoder that is cut off in the middle of a sign says something else
}

func (l *lumps) Read(p []byte) (int, error) {
	if *l.left <= 0 || l.lump > mostLump {
		*l.passed = true
		return 0, errLarge
	}
	n, err := l.from.Read(p)
	*l.left -= int64(n)
	l.lump += int64(n)
	return n, err
}

// spread lets every row in which something stands say what a merged cell says. It writes and looks at no more than left cells and rows.
func spread(rows []Row, merged []area, left int) error {
	at := make(map[int]int, len(rows))
	for i, r := range rows {
		at[r.Line] = i
	}
	for _, m := range merged {
		top, ok := at[m.top]
		if !ok {
			continue
		}
		says := rows[top].At(m.left)
		for i := top; i < len(rows) && rows[i].Line <= m.bottom; i++ {
			if left--; left < 0 {
				return errLarge
			}
			r := &rows[i]
			if i > top && !slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Text != "" || c.Wrong != "" }) {
				continue
			}
			for x := m.left; x <= min(m.right, mostColumns-1); x++ {
				if x > m.left && x >= len(r.Cells) && says == (Cell{}) {
					break
				}
				if left -= max(1, x+1-len(r.Cells)); left < 0 {
					return errLarge
				}
				for len(r.Cells) <= x {
					r.Cells = append(r.Cells, Cell{})
				}
				r.Cells[x] = says
			}
		}
	}
	return nil
}
