package letters

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
)

// What a .docx may be at most. A template of an office has some twenty parts and a few hundred kilobytes; whoever sends more sends no letter.
const (
	FileLimit  = 2 << 20 // bytes of the file
	partsLimit = 200
	partLimit  = 4 << 20  // bytes of one part, unpacked
	wholeLimit = 12 << 20 // bytes of all parts, unpacked
)

// Fault is why a file is no template, in the words of whoever sent it.
type Fault struct{ Chinese, English string }

// Error makes it an error.
func (f Fault) Error() string { return f.English }

func fault(chinese, english string, args ...any) Fault {
	return Fault{fmt.Sprintf(chinese, args...), fmt.Sprintf(english, args...)}
}

// document is a .docx taken apart: its parts by their names, in their order.
type document struct {
	names []string
	parts map[string][]byte
}

// unpack reads a .docx within the bounds. What it unpacks is counted as it is read, whatever the file says of itself.
func unpack(file []byte) (document, error) {
	d := document{parts: map[string][]byte{}}
	if len(file) > FileLimit {
		return d, fault("模板超过 %d MB，请去掉里面的大图片。", "The template is larger than %d MB; take large pictures out.", FileLimit>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return d, fault("这不是 Word 文档（.docx）。旧版 .doc 请先在 Word 里另存为 .docx。", "This is no Word document (.docx). Save an old .doc as .docx first.")
	}
	if len(z.File) > partsLimit {
		return d, fault("文档里的部件太多（%d 个），不像一份文书模板。", "The document has too many parts (%d) for a letter.", len(z.File))
	}
	left := int64(wholeLimit)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name := strings.TrimPrefix(f.Name, "/")
		if _, twice := d.parts[name]; twice || path.Clean(name) != name || strings.HasPrefix(name, "..") || strings.Contains(name, "\\") {
			return d, fault("文档已损坏：部件“%s”的名称不对。", "The document is damaged: the name of the part %q cannot be.", clip(name))
		}
		text, err := unpackPart(f, min(left, partLimit))
		if err != nil {
			return d, err
		}
		left -= int64(len(text))
		d.names, d.parts[name] = append(d.names, name), text
	}
	return d, nil
}

func unpackPart(f *zip.File, most int64) ([]byte, error) {
	damaged := fault("文档已损坏，读不出来。请用 Word 打开后另存一份再上传。", "The document is damaged and cannot be read. Open it in Word, save it anew and send that.")
	r, err := f.Open()
	if err != nil {
		return nil, damaged
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case int64(len(text)) > most:
		return nil, fault("文档展开后太大，不像一份文书模板。", "Unpacked, the document is too large for a letter.")
	case err != nil:
		return nil, damaged
	}
	return text, nil
}

// pack puts the parts together again. The same parts are the same bytes: nothing in it says when it was made.
func (d document) pack() ([]byte, error) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, name := range d.names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write(d.parts[name])
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the letter: %w", err)
	}
	return file.Bytes(), nil
}

// put sets a part, at the end where it is new.
func (d *document) put(name string, text []byte) {
	if _, known := d.parts[name]; !known {
		d.names = append(d.names, name)
	}
	d.parts[name] = text
}

// clone shares nothing that putting a part changes.
func (d document) clone() document {
	parts := make(map[string][]byte, len(d.parts))
	for name, text := range d.parts {
		parts[name] = text
	}
	return document{names: slices.Clone(d.names), parts: parts}
}

// written are the parts with words in them: the letter, and what stands at the head and foot of its pages.
func (d document) written() []string {
	return slices.DeleteFunc(slices.Clone(d.names), func(name string) bool {
		base := path.Base(name)
		return name != main && (path.Dir(name) != "word" || !strings.HasSuffix(base, ".xml") || !strings.HasPrefix(base, "header") && !strings.HasPrefix(base, "footer"))
	})
}

// main is where the words of a letter stand.
const main = "word/document.xml"

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
