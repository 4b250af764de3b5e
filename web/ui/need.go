package ui

import (
	"context"

	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// need says what a case in an inbox asks for: of kinds with stages, the stage it stands in.
func need(ctx context.Context, r store.WorkRow) string {
	switch {
	case i18n.Has(ctx, "need."+r.Kind+"."+r.State):
		return i18n.T(ctx, "need."+r.Kind+"."+r.State, "Round", roundWords(r.Round))
	case r.State == "suspended":
		return i18n.T(ctx, "need.suspended")
	case r.Stage != "":
		return i18n.T(ctx, "need.stage", "Stage", i18n.T(ctx, "stage."+r.Stage))
	}
	return ""
}
