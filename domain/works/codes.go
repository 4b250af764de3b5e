// Package works is what is known of building: the codes of buildings as people write them, the template of a building's steps, how far the works are in
// percent, and the sentence in which the report says so.
package works

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/parkway-zone/parkway/domain/process"
)

// Code names a building within its project: "1#", "A12#", or by a name alone where it has no number: "厂房".
type Code string

// MostBuildings is how many buildings a project can have.
const MostBuildings = 100

// listedRun is the length from which a run of numbers is written by its ends, as the report does: "5#6#7#", but "2#-5#".
const listedRun = 4

// spanLimit is how many characters a span can have.
const spanLimit = 400

// nameLimit is how many characters a building's name can have.
const nameLimit = 20

var (
	numbered = regexp.MustCompile(`^([A-Z]?)([0-9]{1,4})#(?:厂房)?`)             //nolint:gochecknoglobals // compiled once
	upTo     = regexp.MustCompile(`^[ \t]*(?:-|~|至|到)+[ \t]*`)                 //nolint:gochecknoglobals // compiled once
	named    = regexp.MustCompile(`^[\p{Han}A-Za-z][\p{Han}A-Za-z()]*$`)       //nolint:gochecknoglobals // compiled once
	bareEnds = regexp.MustCompile(`^([A-Z]?[0-9]{1,4})[-~至到]+([0-9]{1,4})#?$`) //nolint:gochecknoglobals // compiled once
	bare     = regexp.MustCompile(`^[A-Z]?[0-9]{1,4}$`)                        //nolint:gochecknoglobals // compiled once
)

// number is the code's letter and number, if it has one.
func (c Code) number() (letter string, n int, ok bool) {
	m := numbered.FindStringSubmatch(string(c))
	if m == nil || code(m[0]) != c { // 01#, 1#厂房: on file from before there were rules
		return "", 0, false
	}
	n, err := strconv.Atoi(m[2])
	return m[1], n, err == nil
}

// Numbered reports whether the building has a number.
func (c Code) Numbered() bool {
	_, _, ok := c.number()
	return ok
}

// Span is what a person writes to name one or several buildings: "1#", "2#-5#", "5#6#7#", "1#、3#", "厂房". What stands in 「」 is a code exactly as it is on
// file, whatever it looks like: "「二期-1」"; a 」 that belongs to it is doubled.
type Span string

// Codes are the buildings that a list of spans names, in the order written. Everything that is wrong with it is returned, and then no codes: what cannot be
// read, what can be read in two ways ("1-3#" is asked back, never guessed), a range that runs backwards, and a building that is named twice.
func Codes(spans ...Span) ([]Code, []process.Text) {
	var r reading
	for _, s := range spans {
		if len([]rune(s)) > spanLimit {
			r.fault("内容太长，最多 %d 个字，请精简。", "The text is too long: at most %d characters.", spanLimit)
			continue
		}
		for rest := string(s); rest != ""; {
			plain, exact, more := quoted(rest)
			r.read(ordinary(plain))
			if exact != "" {
				r.codes = append(r.codes, Code(exact))
			}
			rest = more
		}
	}
	r.twice()
	if len(r.codes) > MostBuildings {
		r.fault("一次最多写 %d 栋。", "At most %d buildings at once.", MostBuildings)
	}
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	return r.codes, nil
}

// Bounds refuses a span that names nothing, or of which something cannot be read, naming every fault.
func (s Span) Bounds(field string) error {
	codes, faults := Codes(s)
	if len(codes) == 0 && len(faults) == 0 {
		return process.RefuseEmpty(field, process.Line)
	}
	return Faulty(field, faults)
}

// Faulty is the refusal of a field that names all that is wrong with it; nil when nothing is.
func Faulty(field string, faults []process.Text) error {
	if len(faults) == 0 {
		return nil
	}
	var refused *process.Refusal
	for _, f := range faults {
		if refused == nil {
			refused = process.RefuseField(field, f.Chinese, f.English)
			continue
		}
		refused = refused.With(process.Field{Name: field, Chinese: f.Chinese, English: f.English})
	}
	return refused
}

// Format writes the codes as the report does, and one that cannot be read as itself in 「」. What it writes, Codes reads as exactly the same.
func Format(codes []Code) string {
	var text strings.Builder
	for i := 0; i < len(codes); {
		run := runAt(codes[i:])
		if i > 0 && (!codes[i-1].Numbered() || !codes[i].Numbered()) {
			text.WriteString("、")
		}
		if run >= listedRun {
			text.WriteString(string(codes[i]) + "-" + string(codes[i+run-1]))
		} else {
			for _, c := range codes[i : i+run] {
				text.WriteString(string(One(c)))
			}
		}
		i += run
	}
	return text.String()
}

// runAt is how many codes count up by one from the first on; at least 1.
func runAt(codes []Code) int {
	letter, n, ok := codes[0].number()
	run := 1
	for ok && run < len(codes) {
		l, m, is := codes[run].number()
		if !is || l != letter || m != n+run {
			break
		}
		run++
	}
	return run
}

// reading collects codes and faults.
type reading struct {
	codes  []Code
	faults []process.Text
}

func (r *reading) fault(chinese, english string, args ...any) {
	for i, a := range args {
		if text, is := a.(string); is {
			args[i] = shorten(text)
		}
	}
	r.faults = append(r.faults, process.Text{Chinese: fmt.Sprintf(chinese, args...), English: fmt.Sprintf(english, args...)})
}

func (r *reading) read(text string) {
	for {
		text = strings.TrimLeftFunc(text, parts)
		if text == "" {
			return
		}
		text = r.one(text)
	}
}

// one reads what stands first and returns what follows it.
func (r *reading) one(text string) string {
	m := numbered.FindString(text)
	if m == "" {
		return r.name(text)
	}
	from, rest := code(m), text[len(m):]
	if sign := upTo.FindString(rest); sign != "" {
		end := numbered.FindString(rest[len(sign):])
		if end == "" {
			chunk := first(text)
			r.fault("「%s」看不明白：范围要写全两头，例如 2#-5#。", "“%s” cannot be read: write both ends of a range, like 2#-5#.", chunk)
			return text[len(chunk):]
		}
		r.span(from, code(end))
		return rest[len(sign)+len(end):]
	}
	if next, _, _ := strings.Cut(rest, "#"); rest != "" && unicode.Is(unicode.Han, []rune(rest)[0]) && !and(rest) && next != "" {
		chunk := first(text)
		r.fault("「%s」看不明白：编号后面不写名称，例如 1#、2#。", "“%s” cannot be read: write the number alone, like 1#, 2#.", chunk)
		return text[len(chunk):]
	}
	r.codes = append(r.codes, from)
	if and(rest) {
		return strings.TrimLeftFunc(rest, func(c rune) bool { return strings.ContainsRune("和及与", c) })
	}
	return rest
}

// name reads a building without a number.
func (r *reading) name(text string) string {
	chunk := first(text)
	switch ends := bareEnds.FindStringSubmatch(chunk); {
	case named.MatchString(chunk) && len([]rune(chunk)) <= nameLimit:
		r.codes = append(r.codes, Code(chunk))
	case ends != nil:
		r.fault("「%s」可能是一个范围，也可能是一个编号，请写成「%s#-%s#」。", "“%s” may be a range or one code: write “%s#-%s#”.", chunk, ends[1], ends[2])
	case bare.MatchString(chunk):
		r.fault("「%s」缺少 #，请写成「%s#」。", "“%s” lacks its #: write “%s#”.", chunk, chunk)
	default:
		r.fault("「%s」看不明白，请写厂房编号，例如 1#、2#-5#、5#6#7#；以前登记的别样编号，照原样写在「」里。", "“%s” cannot be read: write codes like 1#, 2#-5#, 5#6#7#; another code that is on file stands in 「」 as it is.", chunk)
	}
	return text[len(chunk):]
}

// span adds a range with both its ends.
func (r *reading) span(from, to Code) {
	letter, a, _ := from.number()
	other, b, _ := to.number()
	switch {
	case letter != other:
		r.fault("「%s-%s」不是一个范围，两头的字母要相同。", "“%s-%s” is no range: both ends need the same letter.", from, to)
	case a >= b:
		r.fault("「%s-%s」前大后小，请从小到大写。", "“%s-%s” runs backwards.", from, to)
	case b-a >= MostBuildings:
		r.fault("「%s-%s」超过 %d 栋，请核对。", "“%s-%s” is more than %d buildings.", from, to, MostBuildings)
	default:
		for n := a; n <= b; n++ {
			r.codes = append(r.codes, Code(letter+strconv.Itoa(n)+"#"))
		}
	}
}

// twice finds fault with every building that is named more than once.
func (r *reading) twice() {
	times := map[Code]int{}
	for _, c := range r.codes {
		if times[c]++; times[c] == 2 {
			r.fault("%s 写了两遍。", "%s stands twice.", c)
		}
	}
}

// code is a numbered code in the one form in which it is kept: 01#厂房 is 1#.
func code(text string) Code {
	m := numbered.FindStringSubmatch(text)
	n, _ := strconv.Atoi(m[2]) // at most four digits
	return Code(m[1] + strconv.Itoa(n) + "#")
}

// ordinary writes full-width characters as ordinary ones, 号 behind a number as #, the letter before one as a capital, and every dash as -.
func ordinary(text string) string {
	runes := []rune(strings.Map(func(c rune) rune {
		switch {
		case c >= '！' && c <= '～':
			return c - '！' + '!'
		case c >= '‐' && c <= '―' || c == '−':
			return '-'
		}
		return c
	}, text))
	digit := func(i int) bool { return i >= 0 && i < len(runes) && runes[i] >= '0' && runes[i] <= '9' }
	for i, c := range runes {
		switch {
		case c == '号' && digit(i-1):
			runes[i] = '#'
		case c >= 'a' && c <= 'z' && digit(i+1):
			runes[i] = unicode.ToUpper(c)
		}
	}
	return string(runes)
}

// parts reports whether the character stands between codes.
func parts(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("、,;。.", c) }

// and reports whether the text goes on with another numbered building: 和3#.
func and(text string) bool {
	rest := strings.TrimLeft(text, "和及与")
	return rest != text && numbered.MatchString(strings.TrimLeftFunc(rest, parts))
}

// first is what stands before the next mark that parts codes.
func first(text string) string {
	if i := strings.IndexFunc(text, parts); i >= 0 {
		return text[:i]
	}
	return text
}

// shorten is a text as it is shown to whoever wrote it.
func shorten(text string) string {
	text = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return '?'
		}
		return c
	}, text)
	if runes := []rune(text); len(runes) > nameLimit {
		return string(runes[:nameLimit]) + "…"
	}
	return text
}
