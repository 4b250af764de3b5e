package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/parkway-zone/parkway/api"
)

// Contract holds answers against api/openapi.yaml. It reads the file that is committed, with a library that had no part in writing it.
type Contract struct {
	Spec   *openapi3.T
	router routers.Router
}

// LoadContract reads the contract as it is written.
func LoadContract() (*Contract, error) {
	spec, err := api.Spec()
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	router, err := legacy.NewRouter(spec)
	if err != nil {
		return nil, fmt.Errorf("route the contract: %w", err)
	}
	return &Contract{Spec: spec, router: router}, nil
}

// CheckResponse reports how an answer departs from the contract; tests hold every answer against it.
func (k *Contract) CheckResponse(ctx context.Context, r *http.Request, status int, header http.Header, body []byte) error {
	asked := r.Clone(ctx)
	asked.URL = &url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery} // as a server sees it
	route, params, err := k.router.FindRoute(asked)
	if err != nil {
		return err
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true}
	input := &openapi3filter.RequestValidationInput{Request: asked, PathParams: params, Route: route, Options: options}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: status, Header: header, Options: options}
	return openapi3filter.ValidateResponse(ctx, answer.SetBodyBytes(body))
}
