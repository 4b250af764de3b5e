// Package server is the Echo application: the JSON API and the pages over the same use cases.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/server/site"
)

// Server answers browsers and programs.
type Server struct {
	App      *app.App
	Auth     *auth.Auth
	Blobs    *blobs.Keeper
	Site     *site.Site
	Log      *slog.Logger
	EngineUI http.Handler // Temporal's own pages for administrators; nil where there are none
	Proxies  []*net.IPNet // whose X-Forwarded-For is believed
	Ready    func(context.Context) error

	contract *httpapi.Contract
	patience patience
}

// EngineUIPath is where Temporal's own pages are.
const EngineUIPath = "/ops/temporal"

// Handler puts the application together: middleware first, then routes, all on one screen.
func (s *Server) Handler() (*echo.Echo, error) {
	var err error
	if s.contract, err = httpapi.LoadContract(); err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = s.clientIP()
	e.HTTPErrorHandler = s.answerError
	e.Use(s.recover, s.name, s.protect, s.identify, s.bound)

	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok") })
	e.GET("/readyz", s.ready)
	s.routeAPI(e)
	s.Site.Route(e)
	if s.EngineUI != nil {
		e.Any(EngineUIPath, echo.WrapHandler(s.EngineUI), administratorsOnly)
		e.Any(EngineUIPath+"/*", echo.WrapHandler(s.EngineUI), administratorsOnly)
	}
	return e, nil
}

// Serve answers on the listener until the context ends, then lets running requests finish.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	handler, err := s.Handler()
	if err != nil {
		return err
	}
	web := s.patience.over(&http.Server{Handler: handler, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug)})
	listening, deaf := context.WithCancel(ctx)
	heard := make(chan struct{})
	go func() { defer close(heard); s.App.Store.Listen(listening, s.Site.Hub.Changed) }()
	defer func() { deaf(); <-heard }()
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = web.Shutdown(closing)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// ready says whether the database and the engine can be used: the place for a load balancer to ask.
func (s *Server) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 3*time.Second)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		s.Log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "not ready")
	}
	return c.String(http.StatusOK, "ready")
}
