package site

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// permit asks the description of the command before its form is drawn: no such command is no such page, and who may not do it gets no form, which
// would only show them names and choices that are not theirs.
func permit(c echo.Context, name process.Name, relation access.Relation) error {
	about, known := kinds.About(name)
	if !known || about.By != process.ByPeople {
		return echo.ErrNotFound
	}
	return access.Check(actorOf(c), name, relation)
}

// complete adds to a command's fields those that its description calls for: the day of the deed where this actor may date it back, and who reads
// it where its writer chooses.
func (s *Site) complete(c echo.Context, name process.Name, of *process.Case, fields []ui.Field) []ui.Field {
	ctx, actor := c.Request().Context(), actorOf(c)
	if access.Chooses(actor, name) {
		fields = append(fields, readers(ctx, of))
	}
	if access.MayDateBack(actor, name) && !slices.ContainsFunc(fields, func(f ui.Field) bool { return f.Name == "occurred_on" }) {
		fields = append(fields, s.day(ctx))
	}
	return fields
}

// readers lets a writer choose who reads it, inside unless they say otherwise. Of a case that is addressed to several all of them read what is shared, and it says so.
func readers(ctx context.Context, of *process.Case) ui.Field {
	shared := i18n.T(ctx, "audience.shared")
	if of != nil && len(of.Also) > 0 {
		shared = i18n.T(ctx, "audience.shared_all", "Names", of.FirmNames())
	}
	f := field(ctx, "audience", "radio", true, ui.Option{Value: string(process.Inside), Text: i18n.T(ctx, "audience.inside")},
		ui.Option{Value: string(process.Shared), Text: shared})
	f.Value = string(process.Inside)
	return f
}

// noName is the zone instead of somebody's name, for readers outside it.
func noName(c echo.Context, name string) string {
	if actorOf(c).Has(process.Enterprise) {
		return i18n.T(c.Request().Context(), "zone.itself")
	}
	return name
}
