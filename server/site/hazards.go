package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
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
	if h.Totals, err = s.App.Store.HazardTotals(ctx, actor, h.Year, s.App.Now()); err != nil {
		return err
	}
	rows, next, err := s.App.Store.Hazards(ctx, actor, f, cursorOf(c), perPage, s.App.Now())
	if err != nil {
		return err
	}
	h.Rows, h.Next = rows, nextPage(c, next)
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
	watched, err := s.App.Store.Watches(ctx, actor.ID, id)
	if err != nil {
		return err
	}
	if err := s.App.Store.MarkSeen(ctx, actor.ID, id, h.Version); err != nil {
		return err
	}
	if v.Events, v.Older, err = s.events(c, id, ui.CaseURL(process.Hazard, id)); err != nil {
		return err
	}
	offered := permitted(actor, h.Own(actor), withNudge(hazard.NudgeName, h.Holder, actor, fitting(h)))
	v.Actions = s.actions(c, id, situated(h.Case, actor), offered, watched)
	ch, err := s.chrome(c, h.Title, "hazards", ui.Link{Text: i18n.T(ctx, "hazards.title"), URL: "/hazards"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.HazardPage(ch, v))
}

// fitting lists the commands that fit where the hazard stands.
func fitting(h store.Hazard) []process.Name {
	always := []process.Name{hazard.CommentName, hazard.AttachName}
	switch {
	case h.Done:
		return always
	case h.State == rectification.Found && h.Level == hazard.General:
		return append([]process.Name{hazard.IssueNoticeName, hazard.FixOnSpotName, hazard.ReassignName, hazard.WithdrawName}, always...)
	case h.State == rectification.Found:
		return append([]process.Name{hazard.IssueNoticeName, hazard.ReassignName, hazard.WithdrawName}, always...)
	case h.State == rectification.Rectifying:
		return append([]process.Name{hazard.HandInName, hazard.ChangeDeadlineName, hazard.ReassignName, hazard.WithdrawName}, always...)
	case h.State == rectification.Reported:
		return append([]process.Name{hazard.ReinspectName, hazard.ReassignName, hazard.WithdrawName}, always...)
	}
	return always
}

func (s *Site) campaigns(c echo.Context) ([]ui.Option, error) {
	rows, err := s.App.Store.Campaigns(c.Request().Context())
	if err != nil {
		return nil, err
	}
	options := make([]ui.Option, 0, len(rows))
	for _, r := range rows {
		options = append(options, ui.Option{Value: r.ID, Text: r.Name})
	}
	return options, nil
}

// withNudge adds the nudge where somebody else has the case.
func withNudge(nudge process.Name, holder *process.Holder, actor process.Actor, names []process.Name) []process.Name {
	if holder != nil && holder.ID != actor.ID {
		names = append(names, nudge)
	}
	return names
}
