package site

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// reference shows the contract in a form that people can read.
func (s *Site) reference(c echo.Context) error {
	spec, err := api.Spec()
	if err != nil {
		return err
	}
	groups := []ui.OperationGroup{}
	for _, tag := range spec.Tags {
		groups = append(groups, ui.OperationGroup{Name: tag.Name, Words: tag.Description, Operations: operations(spec, tag.Name)})
	}
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "api.title"), "code")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ReferencePage(ch, strings.Split(strings.TrimSpace(spec.Info.Description), "\n"), groups))
}

func operations(spec *openapi3.T, tag string) []ui.Operation {
	found := []ui.Operation{}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			if slices.Contains(op.Tags, tag) {
				found = append(found, ui.Operation{Method: method, Path: "/api/v1" + path, ID: op.OperationID, Summary: op.Summary, Detail: detail(op)})
			}
		}
	}
	slices.SortFunc(found, func(a, b ui.Operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return found
}

// detail lists the parameters, and the fields of the body, of an operation, and shows what the body may look like.
func detail(op *openapi3.Operation) string {
	lines := []string{}
	if op.Description != "" {
		lines = append(lines, op.Description, "")
	}
	for _, p := range op.Parameters {
		lines = append(lines, fmt.Sprintf("%-7s %-18s %s%s", p.Value.In, p.Value.Name, p.Value.Description, must(p.Value.Required)))
	}
	if op.RequestBody == nil {
		return strings.Join(lines, "\n")
	}
	for media, content := range op.RequestBody.Value.Content {
		lines = append(lines, "", "body: "+media)
		lines = append(lines, fields(content.Schema.Value, "  ")...)
		if text, err := json.MarshalIndent(content.Example, "  ", "  "); err == nil && content.Example != nil {
			lines = append(lines, "", "  "+string(text))
		}
	}
	return strings.Join(lines, "\n")
}

// fields describes what an object holds, and what those of its fields hold that are objects or lists of objects.
func fields(schema *openapi3.Schema, indent string) []string {
	lines := []string{}
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		f := schema.Properties[name].Value
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s%s: %s%s  %s", indent, name, words(f), must(slices.Contains(schema.Required, name)), f.Description), "  "))
		if f.Items != nil {
			f = f.Items.Value
		}
		if len(indent) < 6 {
			lines = append(lines, fields(f, indent+"  ")...)
		}
	}
	return lines
}

func words(s *openapi3.Schema) string {
	kind := strings.Join(s.Type.Slice(), "|")
	if s.Format != "" {
		kind += " (" + s.Format + ")"
	}
	if s.MaxLength != nil {
		kind += fmt.Sprintf(" ≤ %d", *s.MaxLength)
	}
	if len(s.Enum) > 0 {
		kind += fmt.Sprintf(" %v", s.Enum)
	}
	if s.Items != nil {
		kind += " of " + words(s.Items.Value)
	}
	return kind
}

func must(is bool) string {
	if is {
		return " (required)"
	}
	return ""
}
