package server

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/server/site"
)

// routeAPI mounts the contract's operations, the contract itself, and a 404 in the API's own form for everything else below /api.
func (s *Server) routeAPI(e *echo.Echo) error {
	operations := &httpapi.API{App: s.App, Auth: s.Auth, Blobs: s.Blobs, Safe: s.Site.Safe, Post: s.Site.Post, Chinese: site.Chinese}
	if err := operations.Route(e, e.Group(httpapi.Base, signedIn)); err != nil {
		return err
	}
	s.names = operations.Names
	e.GET("/api/openapi.yaml", s.specification)
	e.Any("/api/*", func(echo.Context) error { return echo.ErrNotFound })
	return nil
}

// specification serves the contract as it is written.
func (s *Server) specification(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml; charset=utf-8", api.Document())
}
