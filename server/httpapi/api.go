// Package httpapi is the JSON face of Parkway: the strict handlers of api/openapi.yaml. A handler takes the typed request, asks the app or the
// store, and presents the answer; errors become problems in one place.
package httpapi

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
)

// API implements api.StrictServerInterface.
type API struct {
	App   *app.App
	Blobs *blobs.Keeper
}

var _ api.StrictServerInterface = (*API)(nil)

// actor is who is asking; the middleware has made sure that somebody is.
func actor(ctx context.Context) process.Actor {
	identity, _ := auth.From(ctx)
	return identity.Actor
}

// do carries a command out. Every command has the same headers, so their parameters are one type.
func (a *API) do(ctx context.Context, name process.Name, id string, input any, p api.ProjectOpenParams) (api.OutcomeJSONResponse, error) {
	request := app.Request{CaseID: id, Command: name, Input: input, Key: p.IdempotencyKey, Actor: actor(ctx)}
	if p.OccurredAt != nil {
		request.OccurredAt = *p.OccurredAt
	}
	if p.IfMatch != nil {
		version, err := parseETag(*p.IfMatch)
		if err != nil {
			return api.OutcomeJSONResponse{}, err
		}
		request.IfVersion = &version
	}
	outcome, err := a.App.Do(ctx, request)
	if err != nil {
		return api.OutcomeJSONResponse{}, err
	}
	return api.OutcomeJSONResponse{Body: outcome, Headers: api.OutcomeResponseHeaders{ETag: ptr(etag(outcome.Standing.Version))}}, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

func parseETag(text string) (int64, error) {
	version, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(text, "W/"), `"`), 10, 64)
	if err != nil {
		return 0, process.RefuseField("If-Match", "If-Match 应是读取时的版本号。", fmt.Sprintf("If-Match must be the version you read, like %s.", etag(3)))
	}
	return version, nil
}

func (a *API) now() time.Time { return a.App.Now() }

func ptr[T any](value T) *T { return &value }

func value[T any](pointer *T) T {
	if pointer == nil {
		var zero T
		return zero
	}
	return *pointer
}

// size is how many rows a page has.
func size(asked *int) int {
	if asked == nil {
		return 50
	}
	return *asked
}

// optional returns nil for an empty text.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
