package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Deepest is how deep JSON may be nested: the deepest command has four levels.
const Deepest = 32

// What JSON is refused for, beside ErrNoText.
var (
	ErrNoJSON  = errors.New("it is not JSON")                          //nolint:gochecknoglobals // a sentinel
	ErrTooDeep = errors.New("it is nested too deeply")                 //nolint:gochecknoglobals // a sentinel
	ErrTwice   = errors.New("the same name stands twice in an object") //nolint:gochecknoglobals // a sentinel: readers differ in which one counts
)

// Fault is what is wrong with JSON, and where.
type Fault struct {
	Path string // facts.note, attachments[0].caption; "" for the whole
	Err  error
}

// Error says both.
func (f *Fault) Error() string { return strings.TrimPrefix(f.Path+": "+f.Err.Error(), ": ") }

// Unwrap returns what is wrong.
func (f *Fault) Unwrap() error { return f.Err }

// JSON returns the JSON with every text in it as it is kept (see Text); all else stays as it was written. What cannot be kept is refused with a *Fault:
// Go would read a half of a pair of escapes as another sign than was sent, and PostgreSQL refuses it.
func JSON(raw []byte) ([]byte, error) {
	switch {
	case !utf8.Valid(raw):
		return nil, &Fault{Err: ErrNoText}
	case !json.Valid(raw):
		return nil, &Fault{Err: ErrNoJSON}
	}
	w := walk{raw: raw}
	if err := w.all(); err != nil {
		return nil, err
	}
	if w.out.Len() == 0 {
		return raw, nil
	}
	w.out.Write(raw[w.copied:])
	return w.out.Bytes(), nil
}

// walk goes over JSON that is known to be well formed.
type walk struct {
	raw    []byte
	at     int
	copied int // up to where the raw text is in out, once anything had to be changed
	out    bytes.Buffer
	stack  []level
}

// level is an object or list that is open.
type level struct {
	names map[string]bool // of an object; nil for a list
	name  string          // of the value that comes or came last
	index int
	named bool // the name was read, its value comes
}

func (w *walk) all() error {
	for ; w.at < len(w.raw); w.at++ {
		switch c := w.raw[w.at]; c {
		case '{', '[':
			l := level{}
			if c == '{' {
				l.names = map[string]bool{}
			}
			if w.stack = append(w.stack, l); len(w.stack) > Deepest {
				return w.fault(ErrTooDeep)
			}
		case '}', ']':
			w.stack = w.stack[:len(w.stack)-1]
		case ',':
			top := &w.stack[len(w.stack)-1]
			top.index, top.named = top.index+1, false
		case '"':
			if err := w.text(); err != nil {
				return err
			}
		}
	}
	return nil
}

// text reads the text that begins here and leaves the walk at its last sign.
func (w *walk) text() error {
	begin := w.at
	escaped := false
	for w.at++; w.raw[w.at] != '"'; w.at++ {
		if w.raw[w.at] == '\\' {
			escaped = true
			w.at++
		}
	}
	literal := w.raw[begin : w.at+1]
	said := string(literal[1 : len(literal)-1])
	if escaped {
		if halved(literal) {
			return w.fault(ErrNoText)
		}
		if err := json.Unmarshal(literal, &said); err != nil {
			return w.fault(ErrNoJSON)
		}
	}
	if top := w.top(); top != nil && top.names != nil && !top.named {
		if top.names[said] {
			top.name = said
			return w.fault(ErrTwice)
		}
		top.names[said], top.name, top.named = true, said, true
	}
	same, err := Text(said)
	if err != nil {
		return w.fault(err)
	}
	if same != said {
		w.out.Write(w.raw[w.copied:begin])
		w.out.Write(quoted(same))
		w.copied = w.at + 1
	}
	return nil
}

func quoted(text string) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a text can always be written
	return bytes.TrimRight(b.Bytes(), "\n")
}

func (w *walk) top() *level {
	if len(w.stack) == 0 {
		return nil
	}
	return &w.stack[len(w.stack)-1]
}

func (w *walk) fault(err error) error {
	path := ""
	for _, l := range w.stack {
		switch {
		case l.names == nil:
			path += fmt.Sprintf("[%d]", l.index)
		case path == "":
			path = l.name
		case l.name != "":
			path += "." + l.name
		}
		if len(path) > 200 {
			break
		}
	}
	return &Fault{Path: strings.ToValidUTF8(strings.ReplaceAll(path, "\x00", ""), ""), Err: err}
}

// halved reports whether a text as it is written holds one half of a pair of escapes (\ud83d without \ude00) without the other.
func halved(literal []byte) bool {
	high := false
	for i := 0; i < len(literal); i++ {
		unit := rune(-1)
		if literal[i] == '\\' {
			i++
			if literal[i] == 'u' {
				n, err := strconv.ParseUint(string(literal[i+1:i+5]), 16, 16)
				if err != nil {
					return true
				}
				unit, i = rune(n), i+4
			}
		}
		low := unit >= 0xdc00 && unit <= 0xdfff
		if low != high {
			return true
		}
		high = unit >= 0xd800 && unit <= 0xdbff
	}
	return high
}
