package process

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"time"
)

// List is a list somewhere in a kind of case.
type List struct {
	Shape   string
	Element reflect.Type
}

// ShapesOf returns the shape of every fact that a case of the type can have, in order: what needs words in both languages.
func ShapesOf(kind reflect.Type) []string {
	s := shapes{}
	s.of("", kind)
	slices.Sort(s.facts)
	return slices.Compact(s.facts)
}

// ThingsOf returns the shapes of the things whose being there is a fact of its own: what may be missing as a whole, and the elements of lists.
func ThingsOf(kind reflect.Type) []string {
	s := shapes{}
	s.of("", kind)
	slices.Sort(s.things)
	return slices.Compact(s.things)
}

// ListsOf returns the lists that a case of the type can have.
func ListsOf(kind reflect.Type) []List {
	s := shapes{}
	s.of("", kind)
	return s.lists
}

type shapes struct {
	facts  []string
	things []string
	lists  []List
}

func (s *shapes) of(shape string, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
		if t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]() {
			s.things = append(s.things, shape)
		}
	}
	if t == reflect.TypeFor[time.Time]() || t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		s.facts = append(s.facts, shape)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			field, tag := t.Field(i), jsonTag(t.Field(i))
			switch {
			case tag.inline:
				s.of(shape, field.Type)
			case field.IsExported() && tag.name != "-":
				s.of(join(shape, tag.name), field.Type)
			}
		}
	case reflect.Slice, reflect.Array:
		s.lists = append(s.lists, List{Shape: shape, Element: t.Elem()})
		s.things = append(s.things, shape)
		s.of(shape, t.Elem())
	case reflect.Map:
		s.of(shape, t.Elem())
	default:
		s.facts = append(s.facts, shape)
	}
}
