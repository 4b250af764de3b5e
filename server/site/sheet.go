package site

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/server/blobs"
)

// A table that is taken away has cells of text, whole and broken numbers, and days; nil and the zero day are empty.

// exportCSV sends a table as UTF-8 with a byte order mark, without which Excel takes Chinese for something else.
func exportCSV(c echo.Context, name string, rows [][]any) error {
	header := c.Response().Header()
	header.Set("Content-Disposition", blobs.Disposition("attachment", fileName(name)))
	header.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	if _, err := c.Response().Write([]byte("\xef\xbb\xbf")); err != nil {
		return fmt.Errorf("send the table: %w", err)
	}
	w := csv.NewWriter(c.Response())
	wide := 0
	for _, row := range rows {
		wide = max(wide, len(row))
	}
	for _, row := range rows {
		line := make([]string, wide) // each row has every column, as RFC 4180 wants it
		for i, cell := range row {
			line[i] = written(cell)
		}
		if err := w.Write(line); err != nil {
			return fmt.Errorf("send the table: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

// written is a cell as CSV has it.
func written(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return harmless(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case clock.Date:
		return v.String()
	}
	return harmless(fmt.Sprint(cell))
}

// harmless keeps a spreadsheet from taking somebody's words for a formula: in CSV, which has no types, an apostrophe before them says that they are text.
func harmless(words string) string {
	if start := strings.TrimLeft(words, " \t\r\n\u00a0\u3000"); start != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return "'" + words
	}
	return words
}

// exportXLSX sends a table as a workbook: numbers are numbers, days are days, and text is text whatever it begins with.
func exportXLSX(c echo.Context, name string, rows [][]any) error {
	book, err := workbook(rows)
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	defer book.Close() //nolint:errcheck // nothing of it lies on disk
	header := c.Response().Header()
	header.Set("Content-Disposition", blobs.Disposition("attachment", fileName(name)))
	header.Set(echo.HeaderContentType, xlsxType)
	return book.Write(c.Response())
}

const firstSheet = "Sheet1"

func workbook(rows [][]any) (*excelize.File, error) {
	book := excelize.NewFile()
	format, to := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	day, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return nil, err
	}
	minute, err := book.NewStyle(&excelize.Style{CustomNumFmt: &to})
	if err != nil {
		return nil, err
	}
	for y, row := range rows {
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return nil, err
			}
			if err := putCell(book, at, cell, day, minute); err != nil {
				return nil, err
			}
		}
	}
	return book, book.SetColWidth(firstSheet, "A", "J", 18)
}

// putCell writes one cell; day and minute are the styles of days and times.
func putCell(book *excelize.File, at string, cell any, day, minute int) error {
	switch v := cell.(type) {
	case nil:
		return nil
	case string:
		return book.SetCellStr(firstSheet, at, v)
	case time.Time:
		local := v.In(clock.Zone())
		wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC) // of no zone: a sheet knows none
		if err := book.SetCellValue(firstSheet, at, wall); err != nil {
			return err
		}
		return book.SetCellStyle(firstSheet, at, at, minute)
	case clock.Date:
		if v.IsZero() {
			return nil
		}
		midnight, err := time.Parse(time.DateOnly, v.String()) // of no zone: a sheet knows none
		if err != nil {
			return err
		}
		if err := book.SetCellValue(firstSheet, at, midnight); err != nil {
			return err
		}
		return book.SetCellStyle(firstSheet, at, at, day)
	}
	return book.SetCellValue(firstSheet, at, cell)
}

// fileName is a name without what file systems do not take.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, name)
}
