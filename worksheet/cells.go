package worksheet

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// area is what one merged cell covers: rows from 1, columns from 0.
type area struct{ left, top, right, bottom int }

// rows reads the cells of the first sheet, and which of them are merged.
func (b *book) rows() (rows []Row, merged []area, err error) {
	part, err := b.part(b.first)
	if part == nil || err != nil || b.first == "" {
		return nil, nil, errors.Join(err, errors.New("there is no sheet in it"))
	}
	defer part.from.from.Close()
	line, column := 0, 0
	var row *Row
	for {
		token, err := part.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "row":
			line, column, row = line+1, 0, nil
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
				line = n
			}
			if b.blank--; b.blank < 0 {
				return nil, nil, errLarge
			}
		case "c":
			if x, _, ok := position(attribute(e, "r")); ok {
				column = x
			}
			cell, err := b.cell(part, e)
			if err != nil {
				return nil, nil, err
			}
			if cell == (Cell{}) {
				if b.blank--; b.blank < 0 {
					return nil, nil, errLarge
				}
				column++
				continue
			}
			if b.filled--; b.filled < 0 {
				return nil, nil, errLarge
			}
			b.inside += 2 // itself and its value
			if column >= mostColumns {
				return nil, nil, refuse("表里的列太多：第 "+strconv.Itoa(line)+" 行在很靠右的地方还有内容。请删掉多余的列再试。", "There are too many columns: something stands far to the right in row "+strconv.Itoa(line)+". Remove what is not needed and try again.")
			}
			if row == nil {
				rows = append(rows, Row{Line: line})
				row = &rows[len(rows)-1]
			}
			for len(row.Cells) <= column {
				row.Cells = append(row.Cells, Cell{})
			}
			row.Cells[column] = cell
			column++
		case "mergeCell":
			if b.blank--; b.blank < 0 {
				return nil, nil, errLarge
			}
			from, to, _ := strings.Cut(attribute(e, "ref"), ":")
			left, top, begins := position(from)
			right, bottom, ends := position(to)
			if begins && ends {
				merged = append(merged, area{left, top, right, bottom})
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return a.Line - b.Line })
	return rows, merged, nil
}

// position reads the name of a cell: C5 is column 2 and row 5.
func position(name string) (column, row int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	at := 0
	for at < len(name) && at < 4 && name[at] >= 'A' && name[at] <= 'Z' {
		column = column*26 + int(name[at]-'A') + 1
		at++
	}
	row, err := strconv.Atoi(name[at:])
	return column - 1, row, err == nil && at > 0 && row > 0
}

// cell reads one cell to its end.
func (b *book) cell(r *reader, e xml.StartElement) (Cell, error) {
	kind, style := attribute(e, "t"), 0
	if n, err := strconv.Atoi(attribute(e, "s")); err == nil && n >= 0 {
		style = n
	}
	var value, inline strings.Builder
	in, calculated, formula := "", false, false
	for {
		token, err := r.next()
		if err != nil {
			return Cell{}, err
		}
		switch at := token.(type) {
		case xml.StartElement:
			in = at.Name.Local
			formula = formula || in == "f"
			if in == "v" {
				calculated = true
			}
			if in == "is" {
				text, err := b.text(r, "is")
				if err != nil {
					return Cell{}, err
				}
				inline.WriteString(text)
				in = ""
			}
		case xml.CharData:
			if in == "v" {
				value.Write(at)
			}
		case xml.EndElement:
			in = ""
			if at.Name.Local == "c" {
				if formula && !calculated {
					return Cell{Wrong: NotCalculated}, nil
				}
				if kind == "inlineStr" {
					return shown(inline.String()), nil
				}
				return b.says(kind, style, value.String()), nil
			}
		}
		if value.Len() > mostLump {
			return Cell{}, errLarge
		}
	}
}

func shown(text string) Cell {
	return Cell{Text: strings.TrimSpace(text)}
}

// says is what a cell of a kind and style says.
func (b *book) says(kind string, style int, value string) Cell {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(b.texts) {
			return Cell{}
		}
		return shown(b.texts[n])
	case "str":
		return shown(unescaped(value))
	case "e":
		return Cell{Wrong: strings.TrimSpace(value)}
	case "b":
		if yes(strings.TrimSpace(value)) {
			return Cell{Text: "TRUE"}
		}
		return Cell{Text: "FALSE"}
	case "d":
		day, _, _ := strings.Cut(strings.TrimSpace(value), "T")
		return Cell{Text: day}
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return shown(value)
	}
	f := format{}
	if style < len(b.formats) {
		f = b.formats[style]
	}
	return f.show(number, b.from1904)
}

// unescaped reads what Excel writes for signs that XML cannot hold: _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var whole strings.Builder
	for {
		before, after, found := strings.Cut(text, "_x")
		whole.WriteString(before)
		if !found {
			return whole.String()
		}
		if len(after) >= 5 && after[4] == '_' {
			if n, err := strconv.ParseUint(after[:4], 16, 16); err == nil {
				if n != 0 {
					whole.WriteRune(rune(n))
				}
				text = after[5:]
				continue
			}
		}
		whole.WriteString("_x")
		text = after
	}
}
