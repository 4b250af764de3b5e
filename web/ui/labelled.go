package ui

import (
	"bytes"
	"strconv"
)

// A table is read across on a desk, and as a card per row on a phone, where its head is not seen. So each cell carries what its column is called, for
// every table in one place: `data-label`, which web/src/cards.css shows, but for the card's title. A column whose head is for the ear only, and a cell that
// spans columns, need no name.

var (
	tableOpens, tableEnds = []byte(`<table class="pw-table`), []byte(`</table>`)
	headEnds              = []byte(`</thead>`)
	forTheEar             = []byte(`class="visually-hidden"`)
)

// Labelled returns the drawn page with the names of columns in the cells of its tables. It reads only what this package drew: there, every < begins a tag.
func Labelled(page []byte) []byte {
	if !bytes.Contains(page, tableOpens) {
		return page
	}
	out := bytes.NewBuffer(make([]byte, 0, len(page)+len(page)/4))
	for {
		at := bytes.Index(page, tableOpens)
		if at < 0 {
			break
		}
		end := bytes.Index(page[at:], tableEnds)
		if end < 0 {
			break
		}
		out.Write(page[:at])
		labelTable(out, page[at:at+end])
		page = page[at+end:]
	}
	out.Write(page)
	return out.Bytes()
}

func labelTable(out *bytes.Buffer, table []byte) {
	head := bytes.Index(table, headEnds)
	if head < 0 {
		out.Write(table)
		return
	}
	names := headWords(table[:head])
	out.Write(table[:head])
	table = table[head:]
	for column := 0; ; {
		at := bytes.IndexByte(table, '<')
		if at < 0 || at+3 > len(table) {
			out.Write(table)
			return
		}
		out.Write(table[:at])
		table = table[at:]
		end := bytes.IndexByte(table, '>')
		if end < 0 {
			out.Write(table)
			return
		}
		tag := table[:end]
		switch string(table[:3]) {
		case "<tr":
			column = 0
		case "<td", "<th":
			spans := span(tag)
			if column < len(names) && spans == 1 && len(names[column]) > 0 {
				tag = append(append(append(append([]byte{}, tag...), ` data-label="`...), names[column]...), '"')
			}
			column += spans
		}
		out.Write(tag)
		table = table[end:]
	}
}

// span is how many columns a cell stands for.
func span(tag []byte) int {
	_, rest, found := bytes.Cut(tag, []byte(`colspan="`))
	if !found {
		return 1
	}
	number, _, _ := bytes.Cut(rest, []byte(`"`))
	n, err := strconv.Atoi(string(number))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// headWords are the words of a table's head, as they stand in the page; "" where they are for the ear only.
func headWords(head []byte) [][]byte {
	var names [][]byte
	for _, cell := range bytes.Split(head, []byte("<th "))[1:] {
		cell, _, _ = bytes.Cut(cell, []byte("</th>"))
		if bytes.Contains(cell, forTheEar) {
			names = append(names, nil)
			continue
		}
		_, words, _ := bytes.Cut(cell, []byte(">"))
		names = append(names, bytes.TrimSpace(withoutTags(words)))
	}
	return names
}

func withoutTags(html []byte) []byte {
	var words []byte
	for len(html) > 0 {
		text, rest, found := bytes.Cut(html, []byte("<"))
		words = append(words, text...)
		if !found {
			break
		}
		_, html, _ = bytes.Cut(rest, []byte(">"))
	}
	return words
}
