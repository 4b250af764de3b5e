package ui

import (
	"context"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Who is a name as the reader reads it: a function that stands in its place in the reader's language.
func Who(ctx context.Context, name string) string {
	if name == founder {
		return i18n.T(ctx, "actor.setup")
	}
	if name == process.TheClock().Name {
		return i18n.T(ctx, "actor.clock")
	}
	if function, ok := outside.Words(name); ok {
		return i18n.Pick(ctx, function)
	}
	return name
}

// WhoDid is who an event says did it: of what the program did by itself, whose deed it followed from.
func WhoDid(ctx context.Context, a process.Actor) string {
	if a.Behalf != "" && a.Type == process.Person { // in the place of somebody who is away
		return i18n.T(ctx, "history.told_behalf", "Name", a.Name, "Behalf", a.Behalf)
	}
	if a.Behalf != "" {
		return i18n.T(ctx, "actor.follows", "Name", a.Behalf)
	}
	return Who(ctx, a.Name)
}

// founder is what the set-up of a zone calls itself in its records (server/founding).
const founder = "setup"

// may reports whether the reader may open a case with the command: what its button asks before it is drawn.
func may(c Chrome, name process.Name) bool { return access.May(c.Actor, name, access.Other) }

// VerdictWords says how a stopped clock was judged, and when the deed was received where it was dated back.
func VerdictWords(ctx context.Context, k clock.Clock, year int) string {
	words := ""
	switch k.Verdict {
	case clock.OnTime:
		words = i18n.T(ctx, "clocks.on_time", "Day", i18n.Date(ctx, k.StoppedOn, year))
	case clock.Late:
		words = i18n.T(ctx, "clocks.late_by", "By", Days(ctx, k.LateBy, k.Unit))
	case clock.Moved:
		words = i18n.T(ctx, "clocks.moved")
	case clock.Running:
	}
	if at := k.Received(); at != nil {
		words += "（" + received(ctx, *at, year) + "）"
	}
	return words
}
