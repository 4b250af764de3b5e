package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// Document writes the contract as the program keeps it: what is checked at run time, with examples, and with what many operations share said once.
func Document() ([]byte, error) {
	return documentOf(kinds.All())
}

func documentOf(entries []process.Entry) ([]byte, error) {
	e := echo.New()
	f, err := (&API{}).register(e, e.Group(Base), entries)
	if err != nil {
		return nil, err
	}
	doc := f.OpenAPI()
	doc.Components.Parameters = map[string]*huma.Param{}
	share(doc)
	for _, op := range operations(doc) {
		if op.RequestBody == nil {
			continue
		}
		if sent := op.RequestBody.Content["application/json"]; sent != nil {
			nameIDs(doc, sent.Schema)
			sent.Example = example(doc, "", sent.Schema)
		}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("write the contract: %w", err)
	}
	return readable(text)
}

// operations lists every operation, by path and method.
func operations(doc *huma.OpenAPI) []*huma.Operation {
	all := []*huma.Operation{}
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				all = append(all, op)
			}
		}
	}
	slices.SortFunc(all, func(a, b *huma.Operation) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	return all
}

// often is from how many operations on a parameter is said once for all of them.
const often = 3

// share says once what several operations say alike: parameters, and the answer to a command.
func share(doc *huma.OpenAPI) {
	shared := doc.Components.Parameters
	for key, variants := range parameters(doc) {
		slices.SortStableFunc(variants, func(a, b []*huma.Param) int { return len(b) - len(a) })
		if len(variants[0]) >= often {
			one := *variants[0][0]
			shared[key] = &one
			for _, p := range variants[0] {
				*p = huma.Param{Ref: "#/components/parameters/" + key}
			}
		}
	}
	ok := statusText(http.StatusOK)
	for _, op := range operations(doc) {
		if answer := op.Responses[ok]; answer != nil && answer.Content["application/json"] != nil && answer.Content["application/json"].Schema.Ref == refs+"Outcome" {
			doc.Components.Responses["Outcome"] = answer
			op.Responses[ok] = &huma.Response{Ref: "#/components/responses/Outcome"}
		}
	}
}

// parameters are all parameters by name, those that are alike together.
func parameters(doc *huma.OpenAPI) map[string][][]*huma.Param {
	all := map[string][][]*huma.Param{}
	for _, op := range operations(doc) {
		for _, p := range op.Parameters {
			plain := *p.Schema // the description stands beside it, and what is checked stays as it is
			plain.Description, plain.PatternDescription = "", ""
			if p.Name == "id" && p.In == "path" {
				plain.Format = "uuid"
			}
			p.Schema, p.Explode = &plain, nil
			key := componentOf(p)
			at := slices.IndexFunc(all[key], func(alike []*huma.Param) bool { return reflect.DeepEqual(alike[0], p) })
			if at < 0 {
				all[key], at = append(all[key], nil), len(all[key])
			}
			all[key][at] = append(all[key][at], p)
		}
	}
	return all
}

func componentOf(p *huma.Param) string {
	if p.Name == "id" {
		return "CaseID"
	}
	return title(strings.ReplaceAll(p.Name, "-", ""))
}

// nameIDs says of every id that is sent what it is. It is not checked here: whoever sends another one is told that there is no such person or file.
func nameIDs(doc *huma.OpenAPI, s *huma.Schema) {
	s = resolved(doc, s)
	if s.Items != nil {
		nameIDs(doc, s.Items)
	}
	for name, p := range s.Properties {
		target := p
		if p.Items != nil && strings.HasSuffix(name, "_ids") {
			target = p.Items
		}
		if target.Type == huma.TypeString && target.Format == "" && (strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids")) {
			target.Format = "uuid"
		}
		nameIDs(doc, p)
	}
}

func resolved(doc *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	for s.Ref != "" {
		s = doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}
