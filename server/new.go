package server

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/server/site"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/web"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// Parts are what a server is made of.
type Parts struct {
	Store     *store.Store
	Client    client.Client
	TaskQueue string
	Blobs     *blobs.Keeper
	Secret    []byte
	Secure    bool
	Proxies   []*net.IPNet
	Demo      []ui.DemoAccount
	Now       func() time.Time
	Clock     *turn.Clock                                                 // of a demo zone; nil for a real one
	Allowed   []netip.Prefix                                              // private addresses that channels may reach
	Count     func(name process.Name, outcome string, took time.Duration) // told of every command; nil: nobody is
	Draw      pictures.Drawer                                             // makes previews of pictures; nil: they wait for a server that does
	Traced    echo.MiddlewareFunc                                         // in front of everything; nil: nothing is
	Room      func() error                                                // says that a disk of this machine is full; nil: it lies elsewhere
	Log       *slog.Logger
}

// New puts a server together.
func New(p Parts) (*Server, error) {
	assets, err := web.Load()
	if err != nil {
		return nil, err
	}
	catalogue, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	a := &app.App{Store: p.Store, Engine: &app.Engine{Client: p.Client, TaskQueue: p.TaskQueue, Cases: p.Store}, Log: p.Log, Now: p.Now, Count: p.Count}
	parkID := func(ctx context.Context) (string, error) {
		park, err := p.Store.Park(ctx)
		return park.ID, err
	}
	door, err := auth.New(auth.Auth{Queries: p.Store.Accounts(), ParkID: parkID, Secret: p.Secret, Secure: p.Secure, Now: time.Now, Dated: p.Now, Log: p.Log})
	if err != nil {
		return nil, err
	}
	safe, err := notify.NewSafe(p.Secret)
	if err != nil {
		return nil, err
	}
	s := &Server{App: a, Auth: door, Blobs: p.Blobs, Log: p.Log, Proxies: p.Proxies, traced: p.Traced, room: p.Room, patience: usual(),
		Site: &site.Site{App: a, Auth: door, Blobs: p.Blobs, Assets: assets, Catalogue: catalogue, Demo: p.Demo,
			Hub: &site.Hub{}, Clock: p.Clock, Safe: safe, Post: notify.NewPost(time.Now, p.Allowed)}}
	if p.Draw != nil {
		s.previews = &pictures.Maker{Store: p.Store, Blobs: p.Blobs, Draw: p.Draw, Now: time.Now, Log: p.Log}
	}
	ready := lookAt(p)
	s.Ready, a.Room = ready.check, ready.full
	return s, nil
}
