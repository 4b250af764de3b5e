package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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
	object bool
	names  [][]byte        // of an object, as long as they are few
	many   map[string]bool // of an object with more
	name   []byte          // of the value that comes or came last
	index  int
	named  bool // the name was read, its value comes
}

// few is how many names are looked through one by one: commands have less.
const few = 16

// again notes a name of the object and reports whether it stood there before.
func (l *level) again(name []byte) bool {
	if l.many == nil && len(l.names) < few {
		if slices.ContainsFunc(l.names, func(n []byte) bool { return bytes.Equal(n, name) }) {
			return true
		}
		l.names = append(l.names, name)
		return false
	}
	if l.many == nil {
		l.many = map[string]bool{}
		for _, n := range l.names {
			l.many[string(n)] = true
		}
	}
	was := l.many[string(name)]
	l.many[string(name)] = true
	return was
}

func (w *walk) all() error {
	for ; w.at < len(w.raw); w.at++ {
		switch c := w.raw[w.at]; c {
		case '{', '[':
			if w.stack = append(w.stack, level{object: c == '{'}); len(w.stack) > Deepest {
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
	said := literal[1 : len(literal)-1]
	if escaped {
		if halved(literal) {
			return w.fault(ErrNoText)
		}
		var read string
		if err := json.Unmarshal(literal, &read); err != nil {
			return w.fault(ErrNoJSON)
		}
		said = []byte(read)
	}
	if top := w.top(); top != nil && top.object && !top.named {
		top.name, top.named = said, true
		if top.again(said) {
			return w.fault(ErrTwice)
		}
	}
	if plain(said) {
		return nil
	}
	text := string(said)
	same, err := Text(text)
	if err != nil {
		return w.fault(err)
	}
	if same != text {
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
		case !l.object:
			path += fmt.Sprintf("[%d]", l.index)
		case path == "":
			path = string(l.name)
		case len(l.name) > 0:
			path += "." + string(l.name)
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
