package process

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A field that holds the number of an official paper (文号) says so by its tag, wherever in a kind it stands, in a part or a part of a part:
//
//	NoticeNumber string `json:"notice_number" paper:"number"`
//
// A case is found by every such number; nothing else has to be told of it, and no kind writes SQL for it.
const paperTag, paperNumber = "paper", "number"

// collector gathers the numbers of papers in a value of the type it was made for.
type collector func(v reflect.Value, found *[]string)

// Papers are the numbers of the case's official papers, each once, in a fixed order.
func (e Entry) Papers(of Subject) []string {
	found := []string{}
	if e.papers == nil {
		return found
	}
	e.papers(reflect.ValueOf(of).Elem(), &found)
	found = slices.DeleteFunc(found, func(number string) bool { return strings.TrimSpace(number) == "" })
	slices.Sort(found)
	return slices.Compact(found)
}

// collects makes the collector of a type once, when a kind is entered; nil where nothing in it is the number of a paper. It panics on a type that
// says so of what is no text, or that contains itself: a fault of the program, found by the first test.
func collects(t reflect.Type, within ...reflect.Type) collector {
	if slices.Contains(within, t) {
		panic(fmt.Sprintf("%s contains itself: a case is no tree without end", t))
	}
	within = append(slices.Clone(within), t)
	switch t.Kind() { //nolint:exhaustive // nothing else holds anything
	case reflect.Pointer:
		return through(collects(t.Elem(), within...), func(v reflect.Value, each func(reflect.Value)) {
			if !v.IsNil() {
				each(v.Elem())
			}
		})
	case reflect.Slice, reflect.Array:
		return through(collects(t.Elem(), within...), func(v reflect.Value, each func(reflect.Value)) {
			for i := range v.Len() {
				each(v.Index(i))
			}
		})
	case reflect.Map:
		return through(collects(t.Elem(), within...), func(v reflect.Value, each func(reflect.Value)) {
			for _, key := range v.MapKeys() {
				each(v.MapIndex(key))
			}
		})
	case reflect.Struct:
		return ofFields(t, within)
	}
	return nil
}

func through(inner collector, walk func(reflect.Value, func(reflect.Value))) collector {
	if inner == nil {
		return nil
	}
	return func(v reflect.Value, found *[]string) {
		walk(v, func(one reflect.Value) { inner(one, found) })
	}
}

func ofFields(t reflect.Type, within []reflect.Type) collector {
	inner := map[int]collector{}
	for i := range t.NumField() {
		f := t.Field(i)
		switch says, tagged := f.Tag.Lookup(paperTag); {
		case !f.IsExported() && !f.Anonymous:
		case tagged && (says != paperNumber || f.Type.Kind() != reflect.String):
			panic(fmt.Sprintf("%s.%s: only a text is the %s of a paper", t, f.Name, paperNumber))
		case tagged:
			inner[i] = func(v reflect.Value, found *[]string) { *found = append(*found, v.String()) }
		default:
			if c := collects(f.Type, within...); c != nil {
				inner[i] = c
			}
		}
	}
	if len(inner) == 0 {
		return nil
	}
	return func(v reflect.Value, found *[]string) {
		for i, c := range inner {
			c(v.Field(i), found)
		}
	}
}
