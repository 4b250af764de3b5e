// Package api is the contract: openapi.yaml, and the types and server that oapi-codegen makes of it.
package api

import (
	_ "embed"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
)

//go:embed openapi.yaml
var document []byte

// Document returns the contract as it is written.
func Document() []byte { return document }

// Spec returns the contract, parsed.
func Spec() (*openapi3.T, error) {
	spec, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("understand openapi.yaml: %w", err)
	}
	return spec, nil
}
