package server

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/server/httpapi"
)

// routeAPI mounts the contract's operations, the contract itself, and a 404 in the API's own form for everything else below /api.
func (s *Server) routeAPI(e *echo.Echo) {
	handlers := &httpapi.API{App: s.App, Blobs: s.Blobs}
	group := e.Group("/api/v1", signedIn, s.contract.Validate)
	api.RegisterHandlers(group, api.NewStrictHandler(handlers, nil))
	e.GET("/api/openapi.yaml", s.specification)
	e.Any("/api/*", func(echo.Context) error { return echo.ErrNotFound })
}

// specification serves the contract as it is written.
func (s *Server) specification(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml; charset=utf-8", api.Document())
}
