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
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/server/site"
)

// Server answers browsers and programs.
type Server struct {
	App      *app.App
	Auth     *auth.Auth
	Blobs    *blobs.Keeper
	Site     *site.Site
	Log      *slog.Logger
	EngineUI http.Handler                // Temporal's own pages for administrators; nil where there are none
	Proxies  []*net.IPNet                // whose X-Forwarded-For is believed
	Ready    func(context.Context) error // within two seconds

	traced   echo.MiddlewareFunc
	room     func() error    // says that a disk of this machine is full; nil: it lies elsewhere
	previews *pictures.Maker // nil: made elsewhere
	patience patience
	names    func(route, parameter string) bool // whether a list of the API says itself what is wrong with what a parameter holds
}

// EngineUIPath is where Temporal's own pages are.
const EngineUIPath = "/ops/temporal"

// Handler puts the application together: middleware first, then routes, all on one screen.
func (s *Server) Handler() (*echo.Echo, error) {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = s.clientIP()
	e.HTTPErrorHandler = s.answerError
	if s.traced != nil {
		e.Use(s.traced)
	}
	e.Use(s.recover, s.name, s.protect, s.founded, s.identify, s.bound, s.proper)

	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok") })
	e.GET("/readyz", s.ready)
	if err := s.routeAPI(e); err != nil {
		return nil, err
	}
	s.Site.Route(e)
	if s.Site.EngineUI = s.EngineUI != nil; s.Site.EngineUI {
		e.Any(EngineUIPath, echo.WrapHandler(s.EngineUI), administratorsOnly)
		e.Any(EngineUIPath+"/*", echo.WrapHandler(s.EngineUI), administratorsOnly)
	}
	return e, nil
}

// How long requests in flight may take once the server has been told to stop, and how long those that were then called off may take to say so.
const (
	grace    = 1500 * time.Millisecond
	farewell = 500 * time.Millisecond
)

// Serve answers on the listener until the context ends. It then takes nothing new, ends the pages' event streams, and answers the requests in
// flight: what takes longer than the grace is called off and answered with 503, which callers repeat under the same key.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	handler, err := s.Handler()
	if err != nil {
		return err
	}
	requests, callOff := context.WithCancel(context.WithoutCancel(ctx))
	defer callOff()
	web := s.patience.over(&http.Server{Handler: head(handler), ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return requests }})
	web.RegisterOnShutdown(s.Site.Hub.Close)
	listening, deaf := context.WithCancel(ctx)
	heard := make(chan struct{})
	go func() { defer close(heard); s.App.Store.Listen(listening, s.Site.Hub) }()
	defer func() { deaf(); <-heard }()
	drawn := make(chan struct{})
	go func() { defer close(drawn); s.previews.Run(listening) }()
	defer func() { deaf(); <-drawn }()
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	s.drain(web, callOff)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		return served
	}
	return nil
}

// drain answers the requests in flight and closes every connection.
func (s *Server) drain(web *http.Server, callOff context.CancelFunc) {
	waiting, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if web.Shutdown(waiting) == nil {
		return
	}
	callOff()
	last, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if web.Shutdown(last) == nil {
		return
	}
	s.Log.Warn("requests that did not end in time were cut off")
	if err := web.Close(); err != nil {
		s.Log.Warn("connections not closed in order", "error", err)
	}
}

// ready says whether a command could be carried out: the database takes a write and the engine answers. It is the place for a load balancer to ask.
func (s *Server) ready(c echo.Context) error {
	if vacant, err := s.App.Store.Vacant(c.Request().Context()); err == nil && vacant {
		return c.String(http.StatusServiceUnavailable, "not ready: no zone has been set up; open the link that the program printed, or run `parkway-standalone setup` (on a cluster `parkway setup`)")
	}
	if err := s.Ready(c.Request().Context()); err != nil {
		s.Log.Warn("not ready", "error", err)
		if errors.Is(err, app.ErrFull) {
			return c.String(http.StatusServiceUnavailable, "not ready: the disk is full, make room on it")
		}
		return c.String(http.StatusServiceUnavailable, "not ready")
	}
	return c.String(http.StatusOK, "ready")
}
