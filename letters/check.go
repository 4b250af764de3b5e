package letters

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/letter"
)

const (
	typesPart = "[Content_Types].xml"
	wordMain  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)

// namesLimit is how many fields a template may name: what filling it in costs grows with them.
const namesLimit = 400

// Check refuses a file that is no template for the sort of letter, in words that say which part of it is at fault: one that is damaged, holds macros, reaches out of
// itself, names a field that there is not, or lacks the number or the QR code. What it costs is bounded (FileLimit and what unpack and parse allow).
func Check(file []byte, sort letter.Sort) error {
	d, err := unpack(file)
	if err != nil {
		return err
	}
	if err := d.plain(); err != nil {
		return err
	}
	fields, found, named := sort.Fields(), []string{}, 0
	for _, name := range d.written() {
		root, err := parse(name, d.parts[name])
		if err != nil {
			return err
		}
		if named += strings.Count(root.whole(), "{{"); named > namesLimit {
			return fault("模板里的字段太多（超过 %d 个），不像一份文书。", "The template names more than %d fields, which no letter does.", namesLimit)
		}
		if err := checkPart(root, fields); err != nil {
			return err
		}
		found = append(found, fieldsIn(root)...)
	}
	for _, must := range []string{"文号", qrField} {
		if !slices.Contains(found, must) {
			return fault("模板里没有 {{%s}}：文书上必须有文号和核对真伪的二维码。", "The template lacks {{%s}}: a letter needs its number and the QR code by which it is verified.", must)
		}
	}
	_, err = Fill(file, Sampled(sort), "https://parkway.invalid/v/SAMPLE")
	return err
}

// plain refuses what a letter does not need and an office must not send on: macros, embedded programs, and anything that is fetched from elsewhere when it is opened.
func (d document) plain() error {
	types, known := d.parts[typesPart]
	if _, is := d.parts[main]; !known || !is {
		return fault("这不是 Word 文档（.docx）：里面没有正文。", "This is no Word document (.docx): it has no text.")
	}
	root, err := parse(typesPart, types)
	if err != nil {
		return err
	}
	isWord := false
	for _, c := range root.children {
		kind := strings.ToLower(c.attr("ContentType"))
		if strings.Contains(kind, "macro") || strings.Contains(kind, "vba") {
			return macros()
		}
		isWord = isWord || kind == wordMain && strings.EqualFold(strings.TrimPrefix(c.attr("PartName"), "/"), main)
	}
	if !isWord {
		return fault("这不是普通的 Word 文档（.docx），请在 Word 里另存为“Word 文档 (*.docx)”。", "This is no plain Word document; save it as Word document (*.docx).")
	}
	for _, name := range d.names {
		lower := strings.ToLower(name)
		switch {
		case strings.Contains(lower, "vba") || strings.HasSuffix(lower, ".bin"):
			return macros()
		case strings.HasPrefix(lower, "word/embeddings/") || strings.HasPrefix(lower, "word/activex/"):
			return fault("模板里嵌入了别的文件或控件（%s），请删掉再上传。", "The template embeds another file or control (%s); take it out.", clip(path.Base(name)))
		case strings.HasSuffix(lower, ".rels"):
			if err := d.inwards(name); err != nil {
				return err
			}
		}
	}
	return nil
}

func macros() Fault {
	return fault("模板里有宏。文书不需要宏，请另存为不含宏的 .docx。", "The template has macros. A letter needs none; save it as .docx without them.")
}

// inwards refuses relations that lead out of the document.
func (d document) inwards(name string) error {
	root, err := parse(name, d.parts[name])
	if err != nil {
		return err
	}
	for _, c := range root.children {
		if strings.EqualFold(c.attr("TargetMode"), "External") {
			return fault("模板链接到了文档以外的内容（%s），请去掉这个链接（超链接、链接的图片或附加模板）。", "The template reaches out of itself (%s); take that link, linked picture or attached template out.", clip(c.attr("Target")))
		}
	}
	return nil
}

// reaching are the fields of Word by which a document runs or fetches something when it is opened.
func reaching() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON|HYPERLINK)\b`)
}

// checkPart refuses fields that there are not, and braces that are none.
func checkPart(root *node, fields letter.Fields) error {
	var refused error
	note := func(err error) {
		if refused == nil {
			refused = err
		}
	}
	for _, instruction := range []string{"w:instrText", "w:fldSimple"} {
		root.each(instruction, func(n *node) bool {
			if text := n.said() + n.attr("w:instr"); reaching().MatchString(text) {
				note(fault("模板里有会自动执行或取外部内容的域（%s），请删掉。", "The template has a field that runs or fetches something (%s); take it out.", clip(strings.TrimSpace(text))))
			}
			return true
		})
	}
	root.each("w:tr", func(row *node) bool {
		note(oneList(row.whole()))
		return true
	})
	root.each("w:p", func(p *node) bool {
		text := p.line()
		for _, m := range placeholder().FindAllStringSubmatch(text, -1) {
			note(knownField(strings.TrimSuffix(m[1], "?"), fields))
		}
		rest := placeholder().ReplaceAllString(text, "")
		switch {
		case strings.Contains(rest, "{{") || strings.Contains(rest, "}}"):
			note(fault("“%s”里的 {{ 和 }} 没有配成对。", "The braces in %q do not come in pairs.", clip(text)))
		case strings.Contains(rest, "｛｛") || strings.Contains(rest, "｝｝"):
			note(fault("“%s”里用了全角花括号，请改成半角的 {{ 和 }}。", "The braces in %q are full-width; write {{ and }}.", clip(text)))
		}
		note(oneList(text))
		return true
	})
	return refused
}

func knownField(name string, fields letter.Fields) error {
	list, field, of := strings.Cut(name, ".")
	switch {
	case !of && slices.Contains(fields.Texts, name), of && slices.Contains(fields.Lists[list], field):
		return nil
	case !of && fields.Lists[name] != nil:
		return fault("{{%s}} 是一个清单，要写成 {{%s.%s}} 这样的列。", "{{%s}} is a list; name one of its columns, as in {{%s.%s}}.", name, name, fields.Lists[name][0])
	case of && fields.Lists[list] != nil:
		return fault("模板里的 {{%s}} 不认识。%s 里可以用：%s。", "{{%s}} is not known. %s has: %s.", clip(name), list, strings.Join(fields.Lists[list], "、"))
	}
	return fault("模板里的 {{%s}} 不认识。可以用的字段见本页的字段表。", "{{%s}} is not known; the page lists the fields there are.", clip(name))
}

// oneList refuses a row or paragraph that would have to stand for the elements of two lists.
func oneList(text string) error {
	first := ""
	for _, m := range placeholder().FindAllStringSubmatch(text, -1) {
		list, _, of := strings.Cut(m[1], ".")
		switch {
		case !of || list == first:
		case first == "":
			first = list
		default:
			return fault("同一行里用了两个清单（%s、%s），请分成两行。", "One row names two lists (%s, %s); make it two.", first, list)
		}
	}
	return nil
}
