package httpapi

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/project"
)

const refs = "#/components/schemas/"

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// schemas tells the contract's schemas from Go types. The domain imports the standard library only: what its own types look like in JSON is said
// here, in one table.
type schemas struct {
	known map[reflect.Type]huma.Schema
	all   map[string]*huma.Schema
	types map[string]reflect.Type
}

func newSchemas() *schemas {
	strict()
	number := huma.Schema{Type: huma.TypeString, Pattern: `^-?[0-9,]+(\.[0-9]{1,2})?$`, PatternDescription: "a number with at most two decimals", MaxLength: ptr(30)}
	s := &schemas{all: map[string]*huma.Schema{}, types: map[string]reflect.Type{}, known: map[reflect.Type]huma.Schema{
		typeOf[clock.Date]():      {Type: huma.TypeString, Format: "date", Nullable: true}, // null is no day
		typeOf[project.Yuan]():    number,
		typeOf[project.Decimal](): number,
		typeOf[funds.Amount]():    number,
		typeOf[funds.Rate]():      {Type: huma.TypeString, Pattern: `^[0-9]+(\.[0-9]{1,6})?$`, PatternDescription: "a rate with at most six decimals", MaxLength: ptr(20)},
		// Anything, null too: said as a list of types, because not every reader takes a schema without one for that, nor an array that does not say of what.
		typeOf[json.RawMessage](): {Extensions: map[string]any{"type": []string{"array", "boolean", "number", "object", "string", "null"}, "items": map[string]any{}}},
	}}
	s.Schema(typeOf[FirstPassword](), true, "") // of two types of this name the one that clients know by it, whatever refers to the other first
	return s
}

// Schema returns the schema of a type: a reference where the type is a struct and references are allowed.
func (s *schemas) Schema(t reflect.Type, refer bool, hint string) *huma.Schema {
	pointer := t.Kind() == reflect.Pointer
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == typeOf[huma.ErrorModel]() { // huma's own form of errors is none of ours
		t = typeOf[Problem]()
	}
	if known, ok := s.known[t]; ok {
		known.Nullable = known.Nullable || pointer
		known.PrecomputeMessages()
		return &known
	}
	plain := t
	if pointer {
		t = reflect.PointerTo(t)
	}
	if !composed(plain) {
		return huma.SchemaFromType(s, t)
	}
	name := s.name(plain, hint)
	if _, ok := s.all[name]; !ok {
		s.all[name], s.types[name] = &huma.Schema{}, plain // first, for types that hold themselves
		made := huma.SchemaFromType(s, plain)
		orNull(made, plain)
		*s.all[name] = *made
	}
	if refer {
		return &huma.Schema{Ref: refs + name}
	}
	return s.all[name]
}

// composed reports whether a type has a schema with a name of its own.
func composed(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.PkgPath() == "time" {
		return false
	}
	_, own := reflect.New(t).Interface().(huma.SchemaProvider)
	return !own
}

// orNull lets fields that may hold nothing be null: what is left out when empty never is.
func orNull(made *huma.Schema, t reflect.Type) {
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p, ok := made.Properties[name]
		if !ok || f.Type.Kind() != reflect.Pointer || p.Ref == "" || strings.Contains(options, "omitempty") {
			continue
		}
		made.Properties[name] = &huma.Schema{Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
	}
	made.PrecomputeMessages()
}

// name is a type's name in the contract: types of the kinds' packages that are called alike are told apart by their package.
func (s *schemas) name(t reflect.Type, hint string) string {
	short := huma.DefaultSchemaNamer(t, hint)
	if short == "" {
		panic(fmt.Sprintf("the type %s has no name in the contract", t))
	}
	path := strings.Split(t.PkgPath(), "/")
	if t.Name() == "" { // a body written where it is used has the name of its operation
		return short
	}
	prefix := title(path[len(path)-1])
	names := []string{short, prefix + short}
	if !strings.HasPrefix(short, prefix) && len(path) > 2 && path[len(path)-2] == "domain" && !shared(path[len(path)-1]) {
		names = names[1:]
	}
	for _, name := range names {
		if other, ok := s.types[name]; !ok || other == t {
			return name
		}
	}
	panic(fmt.Sprintf("two types are called %s in the contract: %s and %s", short, t, s.types[short]))
}

// shared reports whether a package of the domain holds what all kinds have, so that its types need no prefix.
func shared(name string) bool {
	switch name {
	case "process", "clock", "ladder", "lifecycle", "rectification":
		return true
	}
	return false
}

func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// SchemaFromRef returns the schema a reference means.
func (s *schemas) SchemaFromRef(ref string) *huma.Schema { return s.all[strings.TrimPrefix(ref, refs)] }

// TypeFromRef returns the Go type a reference means.
func (s *schemas) TypeFromRef(ref string) reflect.Type { return s.types[strings.TrimPrefix(ref, refs)] }

// Map returns every schema with a name.
func (s *schemas) Map() map[string]*huma.Schema { return s.all }

// RegisterTypeAlias is not used: the table says what types look like.
func (s *schemas) RegisterTypeAlias(t, _ reflect.Type) {
	panic(fmt.Sprintf("%s belongs into the table of schemas", t))
}

// MarshalJSON writes the schemas.
func (s *schemas) MarshalJSON() ([]byte, error) { return marshal(s.all) }
