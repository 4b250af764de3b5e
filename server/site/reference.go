package site

import (
	"fmt"
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

// detail lists the parameters and the fields of the body of an operation.
func detail(op *openapi3.Operation) string {
	lines := []string{}
	for _, p := range op.Parameters {
		line := fmt.Sprintf("%-7s %-18s %s", p.Value.In, p.Value.Name, p.Value.Description)
		if p.Value.Required {
			line += " (required)"
		}
		lines = append(lines, line)
	}
	if op.RequestBody == nil {
		return strings.Join(lines, "\n")
	}
	for media, content := range op.RequestBody.Value.Content {
		lines = append(lines, "", "body: "+media)
		schema := content.Schema.Value
		names := []string{}
		for name := range schema.Properties {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			lines = append(lines, "  "+name+": "+words(schema.Properties[name])+required(schema, name))
		}
	}
	return strings.Join(lines, "\n")
}

func words(ref *openapi3.SchemaRef) string {
	if ref.Ref != "" {
		return ref.Ref[strings.LastIndex(ref.Ref, "/")+1:]
	}
	kind := strings.Join(ref.Value.Type.Slice(), "|")
	if ref.Value.Format != "" {
		kind += " (" + ref.Value.Format + ")"
	}
	if len(ref.Value.Enum) > 0 {
		kind += fmt.Sprintf(" %v", ref.Value.Enum)
	}
	if ref.Value.Items != nil {
		kind += " of " + words(ref.Value.Items)
	}
	return kind
}

func required(schema *openapi3.Schema, name string) string {
	if slices.Contains(schema.Required, name) {
		return " (required)"
	}
	return ""
}
