package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) hazards(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "hazards.title"), "hazards")
	if err != nil {
		return err
	}
	h := ui.Hazards{Tab: c.QueryParam("tab"), Words: c.QueryParam("q"), Campaign: c.QueryParam("campaign"), Found: year(c, "found"), Year: ch.Today.Year()}
	if h.Found != 0 {
		h.Year = h.Found
	}
	done := false
	f := store.HazardFilter{Done: &done, Words: h.Words, CampaignID: h.Campaign, FoundYear: h.Found}
	switch h.Tab {
	case "overdue":
		f.Overdue = true
	case "reported":
		f.State = rectification.Reported
	case "major":
		f.Level = string(hazard.Major)
	case "closed":
		done = true
	default:
		h.Tab = "open"
	}
	list := func(after store.Cursor, size int) ([]store.HazardRow, store.Cursor, error) {
		return s.App.Store.Hazards(ctx, actor, f, after, size, s.App.Now())
	}
	if wantsSheet(c) {
		return hazardSheet(c, list)
	}
	if h.Totals, err = s.App.Store.HazardTotals(ctx, actor, h.Year, s.App.Now()); err != nil {
		return err
	}
	total := unknown
	if h.Words == "" && h.Campaign == "" && h.Found == 0 {
		total = int(map[string]int32{"open": h.Totals.Open, "overdue": h.Totals.Overdue, "reported": h.Totals.Reported, "major": h.Totals.Major, "closed": h.Totals.Closed}[h.Tab])
	}
	if h.Rows, h.Pages, err = pageOf(c, "cursor", list, total); err != nil {
		return err
	}
	if h.Saved, err = s.saved(c, "hazards"); err != nil {
		return err
	}
	if h.Options, err = s.campaigns(c); err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.HazardsPage(ch, h))
}

func (s *Site) hazard(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
	h, err := s.App.Store.Hazard(ctx, actor, id)
	if err != nil {
		return err
	}
	v := ui.HazardView{Hazard: h}
	if v.About, err = s.about(c, h.Whole); err != nil {
		return err
	}
	if err := s.markSeen(ctx, actor.ID, id, h.Version); err != nil {
		return err
	}
	ch, err := s.chrome(c, h.Title, "hazards", ui.Link{Text: i18n.T(ctx, "hazards.title"), URL: "/hazards"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.HazardPage(ch, v))
}
