package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/api"
)

// Contract is the OpenAPI document with its router.
type Contract struct {
	Spec   *openapi3.T
	router routers.Router
}

// LoadContract reads the embedded contract.
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

// Validate refuses requests that do not fit the contract before any handler sees them. Uploads are checked by their handler, which streams them.
func (k *Contract) Validate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		input, err := k.input(c.Request())
		if err != nil {
			return echo.ErrNotFound
		}
		if err := openapi3filter.ValidateRequest(c.Request().Context(), input); err != nil {
			return err
		}
		return next(c)
	}
}

// CheckResponse reports how an answer departs from the contract; tests hold every answer against it.
func (k *Contract) CheckResponse(ctx context.Context, r *http.Request, status int, header http.Header, body []byte) error {
	asked := r.Clone(ctx)
	asked.URL = &url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery} // as a server sees it
	input, err := k.input(asked)
	if err != nil {
		return err
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: status, Header: header, Options: input.Options}
	return openapi3filter.ValidateResponse(ctx, answer.SetBodyBytes(body))
}

func (k *Contract) input(r *http.Request) (*openapi3filter.RequestValidationInput, error) {
	route, params, err := k.router.FindRoute(r)
	if err != nil {
		return nil, err
	}
	return &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc, // package auth has done it
		ExcludeRequestBody:    strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/"),
		IncludeResponseStatus: true,
	}}, nil
}
