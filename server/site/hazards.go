package site

import (
	"github.com/parkway-zone/parkway/store"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) hazards(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "hazards.title"), "hazards")
	if err != nil {
		return err
	}
	kind, _ := kinds.Of(hazard.Kind)
	f, err := s.asked(c, kind)
	if err != nil {
		return err
	}
	h := ui.Hazards{Tab: f.tab(), Words: f.Words, Campaign: f.CampaignID, Found: f.year("found"), Year: ch.Today.Year()}
	if h.Found != 0 {
		h.Year = h.Found
	}
	done, plain := false, f.Empty() && h.Found == 0 && !f.amiss()
	f.Done = &done
	f.During("found_on", h.Found)
	switch h.Tab {
	case "overdue":
		f.Overdue = true
	case "reported":
		f.In["state"] = []string{rectification.Reported}
	case "major":
		f.In["level"] = []string{string(hazard.Major)}
	case "closed":
		done = true
	case listing.Everywhere:
		f.Done = nil
	}
	if h.List, err = s.listed(c, kind, f); err != nil {
		return err
	}
	list, err := s.rows(c, kind, &f, &h.List)
	if err != nil {
		return err
	}
	if wantsSheet(c) {
		return s.listSheetOf(c, kind, h.List, list)
	}
	year := h.Year
	totals := meanwhile(func() (store.HazardTotals, error) { return s.App.Store.HazardTotals(ctx, actor, year, s.App.Now()) })
	count := func() (int, error) { // the totals have it, of a list that is not narrowed
		h.Totals, err = totals()
		n := map[string]int32{"open": h.Totals.Open, "overdue": h.Totals.Overdue, "reported": h.Totals.Reported, "major": h.Totals.Major, "closed": h.Totals.Closed, listing.Everywhere: h.Totals.Open + h.Totals.Closed}
		return int(n[h.Tab]), err
	}
	if !plain {
		whole, counted := count, countOf(s.totals(c, kind, f))
		count = func() (int, error) {
			if _, err := whole(); err != nil {
				return 0, err
			}
			return counted()
		}
	}
	if h.List.Rows, h.Pages, err = pageOf(c, "cursor", list, count); err != nil {
		return err
	}
	if err = s.readLedger(c, &h.List); err != nil {
		return err
	}
	h.List.Never = plain && h.List.Plain() && h.Totals.Open+h.Totals.Closed == 0
	if h.Saved, err = s.saved(c, kind, h.List); err != nil {
		return err
	}
	if h.Options, err = s.campaigns(c); err != nil {
		return err
	}
	h.List.Worded = map[string]string{}
	for _, o := range h.Options {
		h.List.Worded[o.Value] = o.Text
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
