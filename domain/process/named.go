package process

import (
	"reflect"
	"strings"
)

// Rename lets everything that a case, given by a pointer to it, names by an id say by what name that party goes now: each Name beside an ID and each XName
// beside an XID, however deep, in lists too, and reports whether anything changed. What stays as it was written: elements that are sealed, and a name whose tag says
// names:"then", which tells who did something at its time. Nothing that the case shares with what stood before is written into.
func Rename(on any, id, name string) bool {
	return renamed(reflect.ValueOf(on).Elem(), id, name)
}

func renamed(v reflect.Value, id, name string) (changed bool) {
	switch v.Kind() { //nolint:exhaustive // nothing else holds a name
	case reflect.Pointer:
		if v.IsNil() {
			return false
		}
		own := reflect.New(v.Type().Elem())
		own.Elem().Set(v.Elem())
		if changed = renamed(own.Elem(), id, name); changed {
			v.Set(own)
		}
	case reflect.Slice:
		if !holdsNames(v.Type().Elem()) {
			return false
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		for i := range own.Len() {
			changed = renamed(own.Index(i), id, name) || changed
		}
		if changed {
			v.Set(own)
		}
	case reflect.Struct:
		if sealer, ok := v.Interface().(Sealer); ok && sealer.Sealed() {
			return false
		}
		for _, n := range NamesOf(v.Type()) {
			if n.Then || v.Field(n.ID).String() != id {
				continue
			}
			if field := v.Field(n.Name); field.String() != name {
				field.SetString(name)
				changed = true
			}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && holdsNames(v.Field(i).Type()) {
				changed = renamed(v.Field(i), id, name) || changed
			}
		}
	}
	return changed
}

// Named is a pair of fields of a struct: an id, and by what name whoever it means goes.
type Named struct {
	ID, Name int
	Then     bool // the name of a time, which stays
}

// NamesOf returns the pairs among the fields of a struct, by their JSON names.
func NamesOf(t reflect.Type) []Named {
	at := map[string]int{}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && f.Type.Kind() == reflect.String {
			at[jsonTag(f).name] = i
		}
	}
	found := []Named{}
	for tag, i := range at {
		stem, ok := strings.CutSuffix(tag, "id")
		if !ok || stem != "" && !strings.HasSuffix(stem, "_") {
			continue
		}
		if n, ok := at[stem+"name"]; ok {
			found = append(found, Named{ID: i, Name: n, Then: t.Field(n).Tag.Get("names") == "then"})
		}
	}
	return found
}

// holdsNames reports whether a value of the type is gone into: what holds no struct names nobody.
func holdsNames(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && t.PkgPath() != "time"
}
