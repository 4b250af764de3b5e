// Package api is the contract: openapi.yaml, written by `make generate` from the operations that server/httpapi registers, reviewed and committed.
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
