package worksheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// reader reads a part element by element.
type reader struct {
	*xml.Decoder
	from   *lumps
	inside *int // elements that may still come
}

// next returns the next token, io.EOF at the end.
func (r *reader) next() (xml.Token, error) {
	r.from.lump = 0
	token, err := r.Token()
	if _, begins := token.(xml.StartElement); begins {
		if *r.inside--; *r.inside < 0 {
			return nil, errLarge
		}
	}
	return token, err
}

// each calls do with every element of a part that begins, whatever it stands in.
func (r *reader) each(do func(xml.StartElement) error) error {
	for {
		token, err := r.next()
		if errors.Is(err, io.EOF) {
			return r.from.from.Close()
		}
		if err != nil {
			return errors.Join(err, r.from.from.Close())
		}
		if begins, ok := token.(xml.StartElement); ok {
			if err := do(begins); err != nil {
				return errors.Join(err, r.from.from.Close())
			}
		}
	}
}

// attribute returns an attribute by its name without what stands before a colon.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func yes(text string) bool { return text == "1" || text == "true" || text == "on" }

// open finds the first sheet, and what its cells refer to.
func (b *book) open() error {
	main := "xl/workbook.xml"
	if kinds, err := b.relations("_rels/.rels", ""); err != nil {
		return err
	} else if named := kinds.byKind["officeDocument"]; named != "" {
		main = named
	}
	folder := path.Dir(main)
	related, err := b.relations(path.Join(folder, "_rels", path.Base(main)+".rels"), folder)
	if err != nil {
		return err
	}
	part, err := b.part(main)
	if err != nil {
		return err
	}
	if part == nil { // nothing names its sheets: scripts leave it out, and what they write is read all the same
		b.first = b.usual(1)
		return b.refersTo(relations{})
	}
	hidden, sheets := "", 0
	err = part.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from1904 = yes(attribute(e, "date1904"))
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" { // r:id; sheetId is another one
					id = a.Value
				}
			}
			sheets++
			target := related.byID[id]
			if target == "" {
				target = b.usual(sheets)
			}
			switch state := attribute(e, "state"); {
			case state == "hidden" || state == "veryHidden":
				if hidden == "" {
					hidden = target
				}
			case b.first == "":
				b.first = target
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if b.first == "" {
		b.first = hidden
	}
	return b.refersTo(related)
}

// refersTo reads what cells refer to, by the names that these parts usually have where nothing names them.
func (b *book) refersTo(related relations) error {
	if err := b.readTexts(cmp.Or(related.byKind["sharedStrings"], "xl/sharedStrings.xml")); err != nil {
		return err
	}
	return b.readFormats(cmp.Or(related.byKind["styles"], "xl/styles.xml"))
}

// usual is the part that the sheet of a number usually is: what no relation names has no other name to be found by.
func (b *book) usual(number int) string {
	name := "xl/worksheets/sheet" + strconv.Itoa(number) + ".xml"
	if b.parts[name] == nil {
		return ""
	}
	return name
}

// relations are the parts that a part refers to.
type relations struct{ byID, byKind map[string]string }

func (b *book) relations(name, folder string) (relations, error) {
	found := relations{map[string]string{}, map[string]string{}}
	part, err := b.part(name)
	if part == nil || err != nil {
		return found, err
	}
	return found, part.each(func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		target := attribute(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		found.byID[attribute(e, "Id")] = target
		kind := attribute(e, "Type")
		found.byKind[kind[strings.LastIndex(kind, "/")+1:]] = target
		return nil
	})
}

// readTexts reads the texts that cells refer to by number.
func (b *book) readTexts(name string) error {
	part, err := b.part(name)
	if part == nil || err != nil || name == "" {
		return err
	}
	return part.each(func(e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := b.text(part, "si")
		if err != nil {
			return err
		}
		left := &b.filled
		if text == "" {
			left = &b.blank
		} else {
			b.inside += 2 // itself and its text
		}
		if *left--; *left < 0 {
			return errLarge
		}
		b.texts = append(b.texts, text)
		return nil
	})
}

// text reads the runs of a text up to the end of the element that holds them, but for how it is read aloud (rPh).
func (b *book) text(r *reader, end string) (string, error) {
	var whole strings.Builder
	shown, aloud := false, 0
	for {
		token, err := r.next()
		if err != nil {
			return "", err
		}
		switch at := token.(type) {
		case xml.StartElement:
			shown = at.Name.Local == "t" && aloud == 0
			if at.Name.Local == "rPh" {
				aloud++
			}
		case xml.EndElement:
			shown = false
			if at.Name.Local == "rPh" {
				aloud--
			}
			if at.Name.Local == end {
				return unescaped(whole.String()), nil
			}
		case xml.CharData:
			if shown {
				whole.Write(at)
			}
			if whole.Len() > mostLump {
				return "", errLarge
			}
		}
	}
}
