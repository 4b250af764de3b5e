package process

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Facts are a case taken apart: every value under the path that names it, "due_on", "rounds[2].verdict", "gate_answers[filing].answer".
// What is empty (null, "", a list without elements) is the absence of a fact; false and 0 are facts. A thing that is there and empty all
// through is kept as {}, so that it can be told from one that is not there.
type Facts map[string]json.RawMessage

// Element is what a list of a case consists of: it has a name of its own within the list, so that two facts never fall onto one path and
// paths stay true while the list grows. position counts from 0; only lists that grow at their end, and nowhere else, may use it (At).
type Element interface{ ElementName(position int) string }

// Sealer is an element that stays in its list for ever and, once it is sealed, never changes again.
type Sealer interface {
	Element
	Sealed() bool
}

// At is the name of an element that is known by its place in a list that only grows at its end.
func At(position int) string { return strconv.Itoa(position + 1) }

// FactsOf takes a case, or a part of one, apart. Instants are facts to the microsecond, as PostgreSQL keeps them, in UTC.
func FactsOf(subject any) (Facts, error) {
	w := walk{facts: Facts{}}
	err := w.value("", reflect.ValueOf(subject))
	return w.facts, err
}

// walk collects facts, and the paths of the elements that stay: true where sealed.
type walk struct {
	facts Facts
	kept  map[string]bool // nil: not asked for

	sealed  map[string]reflect.Value // of the case before: the elements that were sealed, not taken apart until something is known to have changed in them
	former  map[string]reflect.Value // of the case after: what was sealed in the one before
	skipped int                      // how many were not taken apart
}

func (w *walk) value(path string, v reflect.Value) error {
	if !v.IsValid() {
		return nil
	}
	if at, ok := v.Interface().(time.Time); ok {
		return w.leaf(path, at.UTC().Truncate(time.Microsecond))
	}
	switch v.Kind() { //nolint:exhaustive // everything else is a single value
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return w.existing(path, v.Elem())
	}
	switch v.Interface().(type) {
	case json.Marshaler, encoding.TextMarshaler:
		return w.leaf(path, v.Interface())
	}
	switch v.Kind() { //nolint:exhaustive // everything else is a single value
	case reflect.Struct:
		return w.fields(path, v)
	case reflect.Slice, reflect.Array:
		return w.list(path, v)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if err := w.existing(join(path, key.String()), v.MapIndex(key)); err != nil {
				return err
			}
		}
		return nil
	}
	return w.leaf(path, v.Interface())
}

// existing walks something whose being there is a fact of its own.
func (w *walk) existing(path string, v reflect.Value) error {
	before := len(w.facts) + w.skipped
	if err := w.value(path, v); err != nil || len(w.facts)+w.skipped > before || path == "" {
		return err
	}
	w.facts[path] = json.RawMessage("{}")
	if v.Kind() == reflect.String {
		w.facts[path] = json.RawMessage(`""`)
	}
	return nil
}

func (w *walk) fields(path string, v reflect.Value) error {
	for i := range v.NumField() {
		field, tag := v.Type().Field(i), jsonTag(v.Type().Field(i))
		switch {
		case tag.inline:
			if err := w.value(path, v.Field(i)); err != nil {
				return err
			}
		case !field.IsExported() || tag.name == "-" || (tag.optional && v.Field(i).IsZero()):
		default:
			if err := w.value(join(path, tag.name), v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// list walks the elements under their names. Should two bear the same name, the second is told apart: nothing is lost.
func (w *walk) list(path string, v reflect.Value) error {
	seen := map[string]int{}
	for i := range v.Len() {
		element := v.Index(i)
		name := At(i)
		if named, ok := element.Interface().(Element); ok {
			name = named.ElementName(i)
		}
		if seen[name]++; seen[name] > 1 {
			name += "~" + strconv.Itoa(seen[name])
		}
		at := path + "[" + escape(name) + "]"
		if sealer, ok := element.Interface().(Sealer); ok && w.kept != nil {
			w.kept[at] = sealer.Sealed()
		}
		if w.leaves(at, element) {
			continue
		}
		if err := w.existing(at, element); err != nil {
			return err
		}
	}
	return nil
}

// leaves reports whether an element need not be taken apart here: in the case before because it is sealed, and in the one after because it is the very same.
func (w *walk) leaves(at string, element reflect.Value) bool {
	if w.sealed != nil && w.kept[at] {
		w.sealed[at] = element
		w.skipped++
		return true
	}
	if was, there := w.former[at]; there && was.Type() == element.Type() && reflect.DeepEqual(was.Interface(), element.Interface()) {
		delete(w.former, at)
		w.skipped++
		return true
	}
	return false
}

func (w *walk) leaf(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write the fact %s: %w", path, err)
	}
	if s := string(text); s != "null" && s != `""` {
		w.facts[path] = text
	}
	return nil
}

// fieldTag is what a struct field's tag says.
type fieldTag struct {
	name     string
	inline   bool // its fields stand in the object around it
	optional bool // left out where it is zero
}

func jsonTag(field reflect.StructField) fieldTag {
	name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
	t := fieldTag{name: name, optional: strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")}
	if name == "" {
		t.name, t.inline = field.Name, field.Anonymous
	}
	return t
}
