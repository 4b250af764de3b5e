package process

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/value"
)

// mostOf is how many elements a list may have that does not say so itself.
const mostOf = 200

// Check holds what came in against what its type says it may be, and gives every text, and every id, the one form in which it is kept. The tags are
// those that the contract, its checks and the forms are made of: enum, minLength, maxLength, minimum, maximum, minItems, maxItems, and required of ask. Where
// a type says nothing of a text it has at most TextLimit characters. So whatever face a command came through, it meets the same limits, and every fault is
// named at once. A field that must be there only in some cases is left to the rules, which know what to say. what is a pointer to a struct.
func Check(what any) error {
	var c checked
	c.check(reflect.ValueOf(what).Elem(), "", "")
	if c.refusal == nil {
		return nil
	}
	return c.refusal
}

// Bounded is a value whose type says itself what it may be. It refuses, naming the field.
type Bounded interface{ Bounds(field string) error }

// mostFaults is how many are named: a list of a thousand wrong elements is wrong in the same way.
const mostFaults = 100

// checked collects what is wrong. The first fault gives the code and the sentence.
type checked struct{ refusal *Refusal }

func (c *checked) note(err error) {
	var refusal *Refusal
	switch {
	case !errors.As(err, &refusal):
	case c.refusal == nil:
		c.refusal = refusal
	case len(c.refusal.Fields) < mostFaults:
		c.refusal = c.refusal.With(refusal.Fields...)
	}
}

func (c *checked) check(v reflect.Value, path string, tags reflect.StructTag) {
	if b, ok := v.Interface().(Bounded); ok && v.Kind() != reflect.Pointer {
		c.note(b.Bounds(path))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			c.check(v.Elem(), path, tags)
		}
	case reflect.Struct:
		c.fields(v, path)
	case reflect.Slice, reflect.Array:
		c.list(v, path, tags)
	case reflect.String:
		c.note(checkText(v, path, tags))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.note(checkNumber(v.Int(), path, tags))
	default: // yes or no
	}
}

func (c *checked) fields(v reflect.Value, path string) {
	if day, ok := v.Interface().(clock.Date); ok {
		if !day.IsZero() && !day.Plausible() {
			c.note(Refuse(ImpossibleDate, "日期应在 1900 年到 2199 年之间，请核对。", "A day lies between 1900 and 2199.").At(path))
		}
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		at, tag := path, jsonTag(f)
		if !tag.inline {
			at = join(path, tag.name)
		}
		if q, must := compulsory(f, at); must && empty(v.Field(i)) {
			c.note(RefuseEmpty(at, q.Kind))
			continue
		}
		c.check(v.Field(i), at, f.Tag)
	}
}

// compulsory reports whether the type says of a field that it is always there: required of its form, and nowhere said to be left out at times. Which deeds need files the rules say.
func compulsory(f reflect.StructField, at string) (Question, bool) {
	ask, asked := f.Tag.Lookup("ask")
	_, omitted, _ := strings.Cut(f.Tag.Get("json"), ",")
	if !asked || ask == "" || strings.Contains(omitted, "omit") || f.Tag.Get("required") == "false" {
		return Question{}, false
	}
	q := questionOf(f, at, ask)
	return q, q.Required && q.Kind != Seen && q.Kind != Count && q.Kind != Files
}

// empty reports whether nothing was said: a text that shows nothing, no day, no element.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return value.Blank(v.String())
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		return v.IsZero()
	default:
		return false
	}
}

// ElementAt names an element of a list as faults name it: copy_to[0].
func ElementAt(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

func (c *checked) list(v reflect.Value, path string, tags reflect.StructTag) {
	if v.Type().Elem().Kind() == reflect.Uint8 { // JSON that is kept as it is
		return
	}
	most := limit(tags, "maxItems", mostOf)
	if v.Len() > most {
		c.note(RefuseField(path, fmt.Sprintf("最多 %d 项。", most), fmt.Sprintf("At most %d of them.", most)))
		return
	}
	for i := range v.Len() {
		c.check(v.Index(i), ElementAt(path, i), tags)
	}
}

func checkText(v reflect.Value, path string, tags reflect.StructTag) error {
	given := v.String()
	if id, ok := value.ID(given); ok {
		v.SetString(id)
		return nil
	}
	text, err := Optional(path, given, limit(tags, "maxLength", TextLimit))
	if err != nil {
		return err
	}
	if text == "" && given != "" && limit(tags, "minLength", 0) > 0 {
		return RefuseField(path, "这一项必须填写。", "This field is required.")
	}
	if choices := tags.Get("enum"); choices != "" && text != "" && !slices.Contains(strings.Split(choices, ","), text) {
		return RefuseField(path, "请从列出的选项中选择。", "Choose one of "+strings.ReplaceAll(choices, ",", ", ")+".")
	}
	v.SetString(text)
	return nil
}

func checkNumber(n int64, path string, tags reflect.StructTag) error {
	least, most := limit(tags, "minimum", -1<<31), limit(tags, "maximum", 1<<31-1)
	switch {
	case n == 0: // left out, as far as one can tell
	case n < int64(least):
		return RefuseField(path, fmt.Sprintf("不能小于 %d。", least), fmt.Sprintf("It is at least %d.", least))
	case n > int64(most):
		return RefuseField(path, fmt.Sprintf("不能大于 %d。", most), fmt.Sprintf("It is at most %d.", most))
	}
	return nil
}

func limit(tags reflect.StructTag, name string, otherwise int) int {
	if n, err := strconv.Atoi(tags.Get(name)); err == nil {
		return n
	}
	return otherwise
}
