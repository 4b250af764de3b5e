package letters

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/letter"
)

// The language of templates. Where a letter is to say something, the template has the name of a field in braces: {{文号}}. Word may have split it over pieces of
// text of different looks; it takes the look of its beginning. A row of a table, or a paragraph, that names fields of a list ({{问题.描述}}) stands once for each
// element of it. A paragraph or row with {{重大项?}} is left out where that field is empty. Nothing else: no formula, no condition, no code.

func placeholder() *regexp.Regexp { return regexp.MustCompile(`\{\{\s*([^{}\s][^{}]*?)\s*\}\}`) }

// picture is the character that stands for the QR code while a letter is filled in; no value holds it.
const picture = "\uE123"

// Fill fills in a template that Check has passed. The same template and values are the same bytes.
func Fill(template []byte, values letter.Values, address string) ([]byte, error) {
	d, err := unpack(template)
	if err != nil {
		return nil, err
	}
	d = d.clone()
	for _, name := range d.written() {
		root, err := parse(name, d.parts[name])
		if err != nil {
			return nil, err
		}
		f := filler{values: values}
		f.within(root, nil)
		if f.pictures > 0 {
			if err := d.illustrate(name, address); err != nil {
				return nil, err
			}
		}
		d.parts[name] = root.write()
	}
	return d.pack()
}

// Holes are the fields that a template prints although they say nothing in this letter, each once: what hangs on them by {{…?}} is left out and is none.
func Holes(template []byte, values letter.Values) ([]string, error) {
	d, err := unpack(template)
	if err != nil {
		return nil, err
	}
	f := filler{values: values}
	for _, name := range d.written() {
		root, err := parse(name, d.parts[name])
		if err != nil {
			return nil, err
		}
		f.within(root, nil)
	}
	slices.Sort(f.holes)
	return slices.Compact(f.holes), nil
}

// filler fills in one part.
type filler struct {
	values   letter.Values
	pictures int
	holes    []string
}

// within fills in what stands in an element; row is the element of a list that it stands for, nil for none.
func (f *filler) within(n *node, row map[string]string) {
	var kept []*node
	for _, c := range n.children {
		if c.name != "w:tr" && c.name != "w:p" {
			full := c.name != "w:tbl" || !rows(c)
			if f.within(c, row); full || rows(c) { // a table whose rows all went, but for its heads, goes too
				kept = append(kept, c)
			}
			continue
		}
		list := ""
		if row == nil {
			list = listOf(own(c))
		}
		if list == "" {
			kept = f.one(kept, n, c, row)
			continue
		}
		elements := f.values.Lists[list]
		if len(elements) == 0 {
			elements = []map[string]string{{}} // an empty row shows that there is nothing
		}
		for _, e := range elements {
			kept = f.one(kept, n, c.clone(), e)
		}
	}
	n.children = kept
}

// rows reports whether a table has rows that are no heads.
func rows(table *node) bool {
	return slices.ContainsFunc(table.children, func(n *node) bool {
		head := false
		n.each("w:tblHeader", func(*node) bool {
			head = true
			return false
		})
		return n.name == "w:tr" && !head
	})
}

// own is the text by which it is seen whether a row or a paragraph stands for the elements of a list.
func own(n *node) string {
	if n.name == "w:tr" {
		return n.whole()
	}
	return n.line()
}

// one fills in a row or paragraph and adds it to those that are kept, unless a field it hangs on is empty.
func (f *filler) one(kept []*node, parent, n *node, row map[string]string) []*node {
	for _, m := range placeholder().FindAllStringSubmatch(own(n), -1) {
		name, hangs := strings.CutSuffix(m[1], "?")
		if !hangs || f.value(name, row) != "" {
			continue
		}
		if n.name == "w:p" && parent.name == "w:tc" { // a cell has a paragraph
			return append(kept, el("w:p", nil))
		}
		return kept
	}
	f.within(n, row)
	if n.name == "w:p" {
		f.paragraph(n, row)
	}
	return append(kept, n)
}

// paragraph fills in one paragraph: every name is replaced in the piece of text in which it begins, and taken out of those over which it was split.
func (f *filler) paragraph(p *node, row map[string]string) {
	pieces := p.pieces()
	for {
		text, starts := "", []int{}
		for _, t := range pieces {
			starts = append(starts, len(text))
			text += t.said()
		}
		found := placeholder().FindAllStringSubmatchIndex(text, -1)
		if len(found) == 0 {
			break
		}
		m := found[len(found)-1]
		begin, end := m[0], m[1]
		name, hangs := strings.CutSuffix(text[m[2]:m[3]], "?")
		value := f.value(name, row)
		if value == "" && !hangs {
			f.holes = append(f.holes, name)
		}
		for i := len(pieces) - 1; i >= 0; i-- {
			said := pieces[i].said()
			from, to := max(begin-starts[i], 0), min(end-starts[i], len(said))
			if from >= to || starts[i] >= end {
				continue
			}
			if starts[i] <= begin {
				pieces[i].say(said[:from] + value + said[to:])
			} else {
				pieces[i].say(said[to:])
			}
		}
	}
	f.breakLines(p)
}

// value is what a field says. It is words, whatever it holds: no part of a value is read as a field again.
func (f *filler) value(name string, row map[string]string) string {
	if name == qrField {
		return picture
	}
	text, ok := "", false
	if _, field, of := strings.Cut(name, "."); of && row != nil {
		text, ok = row[field]
	}
	if !ok {
		text = f.values.Texts[name]
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '{':
			return '｛'
		case r == '}':
			return '｝'
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r >= 0xE000 && r <= 0xF8FF || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, text)
}

// qrField is the field in whose place the QR code stands.
const qrField = "二维码"

// breakLines turns line breaks within pieces of text into Word's, and the sign for the picture into the picture.
func (f *filler) breakLines(n *node) {
	var kept []*node
	for _, c := range n.children {
		if c.name != "w:t" || !strings.ContainsAny(c.said(), "\n\t"+picture) {
			if c.name != "" && c.name != "w:p" && c.name != "w:t" {
				f.breakLines(c)
			}
			kept = append(kept, c)
			continue
		}
		rest := c.said()
		for rest != "" {
			at := strings.IndexAny(rest, "\n\t"+picture)
			if at < 0 {
				kept = append(kept, words(rest))
				break
			}
			if at > 0 {
				kept = append(kept, words(rest[:at]))
			}
			switch {
			case strings.HasPrefix(rest[at:], picture):
				f.pictures++
				kept, rest = append(kept, drawing(f.pictures)), rest[at+len(picture):]
			case rest[at] == '\n':
				kept, rest = append(kept, el("w:br", nil)), rest[at+1:]
			default:
				kept, rest = append(kept, el("w:tab", nil)), rest[at+1:]
			}
		}
	}
	n.children = kept
}

// listOf is the list whose fields a text names, "" for none.
func listOf(text string) string {
	for _, m := range placeholder().FindAllStringSubmatch(text, -1) {
		if list, _, of := strings.Cut(m[1], "."); of {
			return list
		}
	}
	return ""
}

// named are the fields that a part names, each once, in their order.
func fieldsIn(root *node) []string {
	var all []string
	root.each("w:p", func(p *node) bool {
		for _, m := range placeholder().FindAllStringSubmatch(p.line(), -1) {
			if name := strings.TrimSuffix(m[1], "?"); !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
		return true
	})
	return all
}

// Sampled are values for a template's trial and for looking at it: every field says its own name.
func Sampled(s letter.Sort) letter.Values {
	v := letter.Values{Texts: map[string]string{}, Lists: map[string][]map[string]string{}}
	fields := s.Fields()
	for _, name := range fields.Texts {
		v.Texts[name] = "〔" + name + "〕"
	}
	for _, a := range s.Asks {
		if a.Sample != "" {
			v.Texts[a.Name] = a.Sample
		}
	}
	for list, names := range fields.Lists {
		for i := range 2 {
			row := map[string]string{}
			for _, name := range names {
				row[name] = fmt.Sprintf("〔%s〕", name)
			}
			row["序号"] = fmt.Sprint(i + 1)
			v.Lists[list] = append(v.Lists[list], row)
		}
	}
	return v
}
