package httpapi

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/register"
)

func ptr[T any](value T) *T { return &value }

func marshal(v any) ([]byte, error) { return json.Marshal(v) }

// maybe is a parameter that may be left out.
type maybe[T any] struct {
	value T
	set   bool
}

// Schema is that of the value.
func (maybe[T]) Schema(r huma.Registry) *huma.Schema { return r.Schema(reflect.TypeFor[T](), true, "") }

// Receiver is where the parameter is read into.
func (m *maybe[T]) Receiver() reflect.Value { return reflect.ValueOf(&m.value).Elem() }

// OnParamSet notes whether it was there.
func (m *maybe[T]) OnParamSet(set bool, _ any) { m.set = set }

func (m maybe[T]) pointer() *T {
	if !m.set {
		return nil
	}
	return &m.value
}

// What several operations take. It is embedded, and huma looks only into what is exported.
type (
	// CaseID names a case.
	CaseID struct {
		ID string `path:"id" doc:"Id of the case"`
	}
	// Sized is how many rows a page has.
	Sized struct {
		Size int `query:"size" minimum:"1" maximum:"200" default:"50" doc:"How many at most"`
	}
	// Paged is a page of a list.
	Paged struct {
		Cursor string `query:"cursor" maxLength:"2000" doc:"next of the page before"`
		Sized
	}
)

// id is an id that has to be one: PostgreSQL takes nothing else.
type id string

// Schema is that of a UUID as PostgreSQL prints it.
func (id) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid", Pattern: `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`, PatternDescription: "a UUID"}
}

// orNobody is an id, or empty for nobody.
type orNobody string

// Schema is that of a UUID or nothing.
func (orNobody) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$`, PatternDescription: "a UUID, or empty"}
}

// maybeNobody says of what a record may refer to and need not that it is left out, null or empty: the form and the sheet have it as optional too.
func maybeNobody(f *face, s *huma.Schema, r register.Register) {
	s = resolved(f.OpenAPI(), s)
	for _, q := range r.Questions() {
		p := s.Properties[q.Path]
		if register.Refers(q) == "" || q.Required || p == nil || p.Type != huma.TypeString {
			continue
		}
		p.Nullable = true
		s.Required = slices.DeleteFunc(s.Required, func(name string) bool { return name == q.Path })
	}
	s.PrecomputeMessages()
}
