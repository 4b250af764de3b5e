package server

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/store"
)

// founded keeps everything but the way to a zone back until there is one: every other address says what is missing.
func (s *Server) founded(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if needsNoZone(c.Request().URL.Path) {
			return next(c)
		}
		vacant, err := s.App.Store.Vacant(c.Request().Context())
		if err != nil {
			return unreachable(err)
		}
		if vacant {
			return store.ErrNoPark
		}
		return next(c)
	}
}

// needsNoZone reports whether an address is answered without a zone: whether the program lives and is ready, the contract, and what the set-up needs.
func needsNoZone(path string) bool {
	switch path {
	case "/healthz", "/readyz", "/api/openapi.yaml", "/language", founding.Path:
		return true
	}
	return strings.HasPrefix(path, "/assets/")
}
