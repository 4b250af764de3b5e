// Package httpapi is the JSON face of Parkway: every operation is registered once, as a Go type of what it takes and one of what it answers, or
// as a command of a kind. Routes, checks, api/openapi.yaml and the API reference all come from that. Errors become problems in one place.
package httpapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
)

// API answers the operations.
type API struct {
	App   *app.App
	Auth  *auth.Auth
	Blobs *blobs.Keeper
	Safe  *notify.Safe
	Post  *notify.Post

	Chinese func(*http.Request) bool // whether the caller reads Chinese

	lists map[string]process.Entry // by path: those whose conditions a kind describes
}

// Route mounts every operation below the group, whose middleware has made sure that somebody is asking.
func (a *API) Route(e *echo.Echo, group *echo.Group) error {
	_, err := a.register(e, group, kinds.All())
	return err
}

// register declares every operation: the commands of every kind, and the rest in the order of the contract.
func (a *API) register(e *echo.Echo, group *echo.Group, entries []process.Entry) (*face, error) {
	f, err := newFace(e, group)
	if err != nil {
		return nil, err
	}
	f.beside = func(ctx huma.Context, refused *huma.ErrorModel) []process.Field {
		if kind, is := a.lists[strings.TrimPrefix(ctx.Operation().Path, Base)]; is && ctx.Method() == http.MethodGet { // a case is put on file at the same path
			at := ctx.URL()
			faults, _ := a.unknown(ctx.Context(), kind, at.Query()) // what cannot be looked up now is not wrong, and the contract's faults are told all the same
			return faults
		}
		return a.rules(ctx, refused)
	}
	a.lists = f.lists
	for _, entry := range entries {
		a.commands(f, entry)
		a.kind(f, entry)
	}
	f.OpenAPI().Tags = append(f.OpenAPI().Tags, tags()...)
	for _, area := range []func(*face){a.projects, a.money, a.schedule, a.hazards, a.field, a.cases, a.deadlines, a.work, a.notices, a.zone, a.enterprises, a.calendar, a.definitions,
		a.channels, a.letters, a.deliveries, a.filters, a.handOvers, a.account, a.users, a.registers, a.operations} {
		area(f)
	}
	return f, nil
}

// actor is who is asking; the middleware has made sure that somebody is.
func actor(ctx context.Context) process.Actor {
	identity, _ := auth.From(ctx)
	return identity.Actor
}

func (a *API) now() time.Time { return a.App.Now() }
