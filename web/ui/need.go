package ui

import (
	"context"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// need says what a case in an inbox asks for.
func need(ctx context.Context, r store.WorkRow) string {
	if process.Kind(r.Kind) == process.Hazard {
		return i18n.T(ctx, "need."+r.State, "Round", roundWords(r.Round))
	}
	if r.State == "suspended" {
		return i18n.T(ctx, "need.suspended")
	}
	return i18n.T(ctx, "need.stage", "Stage", i18n.T(ctx, "stage."+r.Stage))
}
