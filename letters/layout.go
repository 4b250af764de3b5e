package letters

import (
	"fmt"
	"strconv"
	"strings"
)

// A layout is the template of a letter as it comes with the program, in lines: what the line is, a colon, and its words. From it the .docx is made that an
// administrator takes away, changes in Word and sends back.
//
//	office: words      the body that issues it, centred
//	title: words       the letter's name
//	number: words      its number, with a rule below
//	to: words          whom it is addressed to
//	text: words        a paragraph, its first line indented by two characters
//	plain: words       a line without indent
//	head: a[8] | b[30] the heads of a table's columns and their widths in per cent
//	row: x | y         a row of it
//	pair: a | x        a row of a form: names and what is filled in, one or two of each
//	block: a | x       a row of a form for long words
//	sign: words        a line to be signed on
//	seal: words        at the right, where the seal goes
//	day: words         the day, at the right
//	foot: words        beneath a rule, beside the QR code: the letter's last lines

// Docx makes the template of a layout.
func Docx(layout string) ([]byte, error) {
	body := el("w:body", nil)
	var table *node
	for i, line := range strings.Split(strings.TrimSpace(layout), "\n") {
		what, text, ok := strings.Cut(strings.TrimSpace(line), ":")
		if text = strings.TrimSpace(text); !ok {
			return nil, fmt.Errorf("line %d of the layout says not what it is: %q", i+1, line)
		}
		cells := strings.Split(text, "|")
		for k := range cells {
			cells[k] = strings.TrimSpace(cells[k])
		}
		switch what {
		case "head", "pair", "block", "row":
			if table == nil {
				table = tableOf(what, cells)
				body.children = append(body.children, table)
			}
			row, err := rowOf(what, cells, table)
			if err != nil {
				return nil, fmt.Errorf("line %d of the layout: %w", i+1, err)
			}
			table.children = append(table.children, row)
			continue
		case "foot":
			body.children = append(body.children, footOf(cells))
			table = nil
			continue
		}
		table = nil
		p, err := paragraphOf(what, text)
		if err != nil {
			return nil, fmt.Errorf("line %d of the layout: %w", i+1, err)
		}
		body.children = append(body.children, p)
	}
	body.children = append(body.children, el("w:sectPr", nil, el("w:footerReference", []string{"w:type", "default", "r:id", "rIdFooter"}),
		el("w:pgSz", []string{"w:w", "11906", "w:h", "16838"}), el("w:pgMar", []string{"w:top", "1701", "w:right", "1474", "w:bottom", "1417", "w:left", "1588", "w:header", "851", "w:footer", "851", "w:gutter", "0"})))
	w := []string{"xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
	d := document{parts: map[string][]byte{}}
	d.put(typesPart, []byte(contentTypes))
	d.put("_rels/.rels", []byte(rootRels))
	d.put(main, el("w:document", w, body).write())
	d.put("word/_rels/document.xml.rels", []byte(mainRels))
	d.put("word/styles.xml", el("w:styles", w, el("w:docDefaults", nil, el("w:rPrDefault", nil, looks(32, false)), el("w:pPrDefault", nil, el("w:pPr", nil, el("w:spacing", []string{"w:line", "560", "w:lineRule", "exact"}))))).write())
	d.put("word/footer1.xml", el("w:ftr", w, pages()).write())
	return d.pack()
}

// looks are a run's: its size in half points, and whether it is bold. 仿宋 is the hand of official papers (GB/T 9704); where it is missing Word takes another.
func looks(size int, bold bool) *node {
	hand := "仿宋"
	if bold {
		hand = "黑体"
	}
	r := el("w:rPr", nil, el("w:rFonts", []string{"w:ascii", "Times New Roman", "w:hAnsi", "Times New Roman", "w:eastAsia", hand}))
	if bold {
		r.children = append(r.children, el("w:b", nil))
	}
	r.children = append(r.children, el("w:sz", []string{"w:val", strconv.Itoa(size)}), el("w:szCs", []string{"w:val", strconv.Itoa(size)}))
	return r
}

func run(text string, size int, bold bool) *node {
	return el("w:r", nil, looks(size, bold), words(text))
}

// paragraph of a look; spacing is the height of its lines, in twentieths of a point.
func paragraph(align string, indent bool, spacing int, runs ...*node) *node {
	p := el("w:pPr", nil)
	p.children = append(p.children, el("w:spacing", []string{"w:line", strconv.Itoa(spacing), "w:lineRule", "atLeast"}))
	if indent {
		p.children = append(p.children, el("w:ind", []string{"w:firstLineChars", "200", "w:firstLine", "640"}))
	}
	if align != "" {
		p.children = append(p.children, el("w:jc", []string{"w:val", align}))
	}
	return el("w:p", nil, append([]*node{p}, runs...)...)
}

func paragraphOf(what, text string) (*node, error) {
	switch what {
	case "office":
		return paragraph("center", false, 560, run(text, 36, false)), nil
	case "title":
		return paragraph("center", false, 800, run(text, 44, true)), nil
	case "number":
		p := paragraph("center", false, 560, run(text, 30, false))
		rule := el("w:pBdr", nil, el("w:bottom", []string{"w:val", "single", "w:sz", "8", "w:space", "6", "w:color", "000000"}))
		p.children[0].children = append([]*node{rule}, p.children[0].children...)
		return p, nil
	case "to", "plain":
		return paragraph("", false, 560, run(text, 32, false)), nil
	case "text":
		return paragraph("both", true, 560, run(text, 32, false)), nil
	case "sign":
		return paragraph("", false, 640, run(text, 30, false)), nil
	case "seal", "day":
		return paragraph("right", false, 560, run(text, 32, false)), nil
	}
	return nil, fmt.Errorf("%q is no line of a letter", what)
}

// tableOf begins a table: its columns and its lines.
func tableOf(what string, cells []string) *node {
	edge := func(name string) *node {
		return el("w:"+name, []string{"w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "000000"})
	}
	grid := el("w:tblGrid", nil)
	for _, width := range widths(what, cells) {
		grid.children = append(grid.children, el("w:gridCol", []string{"w:w", strconv.Itoa(width)}))
	}
	return el("w:tbl", nil, el("w:tblPr", nil, el("w:tblW", []string{"w:w", "5000", "w:type", "pct"}),
		el("w:tblBorders", nil, edge("top"), edge("left"), edge("bottom"), edge("right"), edge("insideH"), edge("insideV")), el("w:tblLayout", []string{"w:type", "fixed"})), grid)
}

// textWidth is the width between the margins, in twentieths of a point.
const textWidth = 8844

// widths are those of a table's columns: of a list as its head says them, of a form a fifth for each name.
func widths(what string, cells []string) []int {
	if what != "head" {
		return []int{textWidth / 5, textWidth * 3 / 10, textWidth / 5, textWidth - textWidth/5*2 - textWidth*3/10}
	}
	var all []int
	for _, c := range cells {
		_, share := headOf(c)
		all = append(all, textWidth*share/100)
	}
	return all
}

// headOf reads a column's head: 序号[8].
func headOf(cell string) (string, int) {
	name, share, _ := strings.Cut(strings.TrimSuffix(cell, "]"), "[")
	n, err := strconv.Atoi(share)
	if err != nil {
		n = 20
	}
	return name, n
}

func rowOf(what string, cells []string, table *node) (*node, error) {
	columns := []int{}
	table.each("w:gridCol", func(n *node) bool {
		width, _ := strconv.Atoi(n.attr("w:w"))
		columns = append(columns, width)
		return false
	})
	row := el("w:tr", nil)
	switch {
	case what == "head" || what == "row":
		if len(cells) != len(columns) {
			return nil, fmt.Errorf("a row of %d cells in a table of %d columns", len(cells), len(columns))
		}
		if what == "head" {
			row.children = append(row.children, el("w:trPr", nil, el("w:tblHeader", nil)))
		}
		for i, c := range cells {
			name, align := c, ""
			if what == "head" {
				name, _ = headOf(c)
			}
			if what == "head" || columns[i] <= textWidth*12/100 {
				align = "center"
			}
			row.children = append(row.children, cell(columns[i], 1, paragraph(align, false, 420, run(name, 28, what == "head"))))
		}
	case len(cells) == 4 && what == "pair":
		for i, c := range cells {
			row.children = append(row.children, cell(columns[i], 1, paragraph("", false, 460, run(c, 28, false))))
		}
	case len(cells) == 2:
		if what == "block" {
			row.children = append(row.children, el("w:trPr", nil, el("w:trHeight", []string{"w:val", "1500", "w:hRule", "atLeast"})))
		}
		row.children = append(row.children, cell(columns[0], 1, paragraph("", false, 460, run(cells[0], 28, false))),
			cell(textWidth-columns[0], 3, paragraph("", false, 460, run(cells[1], 28, false))))
	default:
		return nil, fmt.Errorf("a form has one or two pairs in a row, not %d cells", len(cells))
	}
	return row, nil
}

func cell(width, span int, inside ...*node) *node {
	p := el("w:tcPr", nil, el("w:tcW", []string{"w:w", strconv.Itoa(width), "w:type", "dxa"}))
	if span > 1 {
		p.children = append(p.children, el("w:gridSpan", []string{"w:val", strconv.Itoa(span)}))
	}
	p.children = append(p.children, el("w:vAlign", []string{"w:val", "center"}))
	return el("w:tc", nil, append([]*node{p}, inside...)...)
}

// footOf is the QR code and what stands beside it, under a rule.
func footOf(lines []string) *node {
	rule := el("w:top", []string{"w:val", "single", "w:sz", "8", "w:space", "0", "w:color", "000000"})
	beside := []*node{}
	for _, line := range lines {
		beside = append(beside, paragraph("", false, 340, run(line, 22, false)))
	}
	left := 1500
	return el("w:tbl", nil, el("w:tblPr", nil, el("w:tblW", []string{"w:w", "5000", "w:type", "pct"}), el("w:tblBorders", nil, rule), el("w:tblLayout", []string{"w:type", "fixed"})),
		el("w:tblGrid", nil, el("w:gridCol", []string{"w:w", strconv.Itoa(left)}), el("w:gridCol", []string{"w:w", strconv.Itoa(textWidth - left)})),
		el("w:tr", nil, el("w:trPr", nil, el("w:cantSplit", nil)), cell(left, 1, paragraph("", false, 240, run("{{二维码}}", 22, false))), cell(textWidth-left, 1, beside...)))
}

// pages is the line at the foot of every page: 第 1 页，共 2 页.
func pages() *node {
	field := func(code string) *node {
		return el("w:fldSimple", []string{"w:instr", " " + code + " "}, run("1", 21, false))
	}
	return paragraph("center", false, 300, run("第 ", 21, false), field("PAGE"), run(" 页，共 ", 21, false), field("NUMPAGES"), run(" 页", 21, false))
}

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`
	rootRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	mainRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`
)
