package letters

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Page is a finished letter as a browser shows and prints it: what is drawn is what stands in the .docx that was kept, so that the two cannot say different things.
type Page struct {
	Blocks []Block
	Foot   []Block // at the foot of its pages
}

// Block is a paragraph or a table.
type Block struct {
	Align  string // "", center, right
	Indent bool   // its first line
	Rule   string // "": none; top or bottom
	Runs   []Run
	Table  *Table
}

// Run is a piece of text of one look, or a picture.
type Run struct {
	Text    string
	Bold    bool
	Size    int    // in half points
	Break   bool   // a new line begins
	QR      bool   // the QR code stands here
	Picture string // the name of a part
}

// Table is a table: the widths of its columns in per cent, and its rows.
type Table struct {
	Widths []int
	Lined  bool // its cells have lines around them
	Rule   bool // there is a line above it
	Rows   [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Span   int
	Blocks []Block
}

// Read reads a finished letter.
func Read(file []byte) (Page, error) {
	var p Page
	d, err := unpack(file)
	if err != nil {
		return p, err
	}
	r := reader{size: defaultSize}
	if styles, ok := d.parts["word/styles.xml"]; ok {
		if err := r.learn(styles); err != nil {
			return p, err
		}
	}
	for _, name := range d.written() {
		root, err := parse(name, d.parts[name])
		if err != nil {
			return p, err
		}
		r.pictures = d.pictures(name)
		switch {
		case name == main:
			if body := root.child("w:body"); body != nil {
				p.Blocks = append(p.Blocks, r.blocks(body)...)
			}
		case strings.HasPrefix(path.Base(name), "header"):
			p.Blocks = append(r.blocks(root), p.Blocks...)
		default:
			if !strings.Contains(string(d.parts[name]), "NUMPAGES") { // a browser numbers its own pages
				p.Foot = append(p.Foot, r.blocks(root)...)
			}
		}
	}
	return p, nil
}

// Picture is a picture within a finished letter.
func Picture(file []byte, name string) ([]byte, error) {
	d, err := unpack(file)
	if err != nil {
		return nil, err
	}
	content, ok := d.parts[name]
	if !ok || !strings.HasPrefix(name, "word/media/") {
		return nil, fmt.Errorf("the letter has no picture %q", name)
	}
	return content, nil
}

// pictures are the pictures that a part refers to, by their relations.
func (d document) pictures(part string) map[string]string {
	found := map[string]string{}
	rels, ok := d.parts[path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")]
	if !ok {
		return found
	}
	root, err := parse(part, rels)
	if err != nil {
		return found
	}
	for _, c := range root.children {
		if strings.HasSuffix(c.attr("Type"), "/image") {
			found[c.attr("Id")] = path.Join(path.Dir(part), c.attr("Target"))
		}
	}
	return found
}

// defaultSize is what Word writes in where nothing says otherwise: 五号, in half points.
const defaultSize = 21

// reader reads parts; what styles say of paragraphs and runs it knows by their ids.
type reader struct {
	size     int
	styles   map[string]style
	pictures map[string]string
}

// style is what a style says, with what it is based on.
type style struct {
	align string
	size  int
	bold  bool
	based string
}

func (r *reader) learn(text []byte) error {
	root, err := parse("word/styles.xml", text)
	if err != nil {
		return err
	}
	r.styles = map[string]style{}
	root.each("w:rPrDefault", func(n *node) bool { r.size = sizeOf(n.child("w:rPr"), r.size); return false })
	root.each("w:style", func(n *node) bool {
		s := style{align: n.child("w:pPr").child("w:jc").val(), size: sizeOf(n.child("w:rPr"), 0), bold: on(n.child("w:rPr").child("w:b")), based: n.child("w:basedOn").val()}
		r.styles[n.attr("w:styleId")] = s
		if n.attr("w:type") == "paragraph" && n.attr("w:default") == "1" && s.size > 0 {
			r.size = s.size
		}
		return false
	})
	return nil
}

// looked is what a style says at last; a chain of styles that never ends is cut.
func (r *reader) looked(id string) style {
	s := style{}
	for depth := 0; id != "" && depth < 10; depth++ {
		next, ok := r.styles[id]
		if !ok {
			break
		}
		if s.align == "" {
			s.align = next.align
		}
		if s.size == 0 {
			s.size = next.size
		}
		s.bold, id = s.bold || next.bold, next.based
	}
	return s
}

// val is the value of an element, "" where it is not there.
func (n *node) val() string {
	if n == nil {
		return ""
	}
	return n.attr("w:val")
}

// on reports whether a switch such as w:b is on.
func on(n *node) bool {
	return n != nil && n.val() != "0" && n.val() != "false" && n.val() != "none"
}

func sizeOf(look *node, otherwise int) int {
	if n, err := strconv.Atoi(look.child("w:sz").val()); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// blocks are the paragraphs and tables directly within an element, and within what only wraps them.
func (r *reader) blocks(n *node) []Block {
	var all []Block
	for _, c := range n.children {
		switch c.name {
		case "w:p":
			all = append(all, r.paragraph(c))
		case "w:tbl":
			all = append(all, Block{Table: r.table(c)})
		case "w:sdt", "w:sdtContent", "w:ins":
			all = append(all, r.blocks(c)...)
		}
	}
	return all
}

func (r *reader) paragraph(p *node) Block {
	look := p.child("w:pPr")
	s := r.looked(look.child("w:pStyle").val())
	b := Block{Align: look.child("w:jc").val()}
	if b.Align == "" {
		b.Align = s.align
	}
	switch b.Align {
	case "center":
	case "right", "end":
		b.Align = "right"
	default:
		b.Align = ""
	}
	if in := look.child("w:ind"); in != nil {
		chars, _ := strconv.Atoi(in.attr("w:firstLineChars"))
		twips, _ := strconv.Atoi(in.attr("w:firstLine"))
		b.Indent = chars >= 100 || twips >= 200
	}
	border := look.child("w:pBdr")
	switch {
	case border.child("w:bottom") != nil:
		b.Rule = "bottom"
	case border.child("w:top") != nil:
		b.Rule = "top"
	}
	if s.size == 0 {
		s.size = r.size
	}
	r.runs(p, s, &b)
	return b
}

// runs reads the text of a paragraph.
func (r *reader) runs(n *node, s style, b *Block) {
	for _, c := range n.children {
		switch c.name {
		case "w:r":
			r.run(c, s, b)
		case "w:pPr", "w:p", "w:del":
		default:
			r.runs(c, s, b)
		}
	}
}

func (r *reader) run(n *node, s style, b *Block) {
	look := n.child("w:rPr")
	size, bold := sizeOf(look, s.size), s.bold
	if w := look.child("w:b"); w != nil {
		bold = on(w)
	}
	for _, c := range n.children {
		switch c.name {
		case "w:t":
			b.Runs = append(b.Runs, Run{Text: c.said(), Bold: bold, Size: size})
		case "w:tab":
			b.Runs = append(b.Runs, Run{Text: "　", Size: size})
		case "w:br", "w:cr":
			b.Runs = append(b.Runs, Run{Break: true})
		case "w:drawing":
			c.each("a:blip", func(blip *node) bool {
				name := r.pictures[blip.attr("r:embed")]
				b.Runs = append(b.Runs, Run{QR: name == qrImage, Picture: name})
				return false
			})
		}
	}
}

func (r *reader) table(n *node) *Table {
	t := &Table{}
	columns, whole := []int{}, 0
	if grid := n.child("w:tblGrid"); grid != nil {
		for _, c := range grid.children {
			width, _ := strconv.Atoi(c.attr("w:w"))
			columns, whole = append(columns, max(width, 1)), whole+max(width, 1)
		}
	}
	for _, width := range columns {
		t.Widths = append(t.Widths, width*100/whole)
	}
	borders := n.child("w:tblPr").child("w:tblBorders")
	t.Lined = borders == nil && n.child("w:tblPr").child("w:tblStyle") != nil || borders.child("w:insideV") != nil && borders.child("w:insideV").val() != "none"
	t.Rule = !t.Lined && borders.child("w:top") != nil
	for _, c := range n.children {
		if c.name != "w:tr" {
			continue
		}
		var row []Cell
		for _, inner := range c.children {
			if inner.name != "w:tc" {
				continue
			}
			span, _ := strconv.Atoi(inner.child("w:tcPr").child("w:gridSpan").val())
			row = append(row, Cell{Span: min(max(span, 1), max(len(columns), 1)), Blocks: r.blocks(inner)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Sizes are the sizes in which a page shows text, in half points: each is the nearest of them, from 小五 to 初号.
func Sizes() []int { return []int{18, 21, 24, 28, 32, 36, 44, 52, 72} }

// Near is the nearest of the sizes.
func Near(size int) int {
	return slices.MinFunc(Sizes(), func(a, b int) int { return max(a-size, size-a) - max(b-size, size-b) })
}
