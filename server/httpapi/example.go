package httpapi

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// someID stands for an id in examples.
const someID = "0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44"

// example is what a request may look like: every field that must be there, and those whose types carry a sample.
func example(doc *huma.OpenAPI, name string, s *huma.Schema) any {
	if len(s.Examples) > 0 {
		return s.Examples[0]
	}
	s = resolved(doc, s)
	switch s.Type {
	case huma.TypeObject:
		made := map[string]any{}
		for field, p := range s.Properties {
			if telling(doc, s, field, p) {
				made[field] = example(doc, field, p)
			}
		}
		return made
	case huma.TypeArray:
		return []any{example(doc, strings.TrimSuffix(name, "s"), s.Items)}
	case huma.TypeString:
		return word(name, s)
	case huma.TypeInteger, huma.TypeNumber:
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	case huma.TypeBoolean:
		return true
	}
	return nil
}

// telling reports whether an example shows a field.
func telling(doc *huma.OpenAPI, of *huma.Schema, field string, p *huma.Schema) bool {
	for _, name := range of.Required {
		if name == field {
			return true
		}
	}
	if len(p.Examples) > 0 {
		return true
	}
	if p = resolved(doc, p); p.Type != huma.TypeObject {
		return false
	}
	for name, part := range p.Properties {
		if telling(doc, p, name, part) {
			return true
		}
	}
	return false
}

func word(name string, s *huma.Schema) any {
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Format == "date":
		return "2026-11-23"
	case s.Format == "uuid", strings.HasSuffix(name, "_id"), name == "case":
		return someID
	}
	return "…"
}
