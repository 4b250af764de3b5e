package site

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// namedVisit is under what a request's context keeps the inspection that its address names.
const namedVisit = "named visit"

// foundIn fills in what the inspection says in which a hazard was found, and the item of its checklist that failed: nobody types that again.
func (s *Site) foundIn(c echo.Context, f *ui.Field) error {
	id, is := value.ID(c.QueryParam("inspection"))
	if !is {
		return nil
	}
	i, known := c.Get(namedVisit).(*inspection.Inspection)
	if !known {
		v, err := s.App.Store.Case(c.Request().Context(), actorOf(c), id)
		if err != nil {
			return err
		}
		i, known = v.Subject.(*inspection.Inspection)
		if !known {
			return echo.ErrNotFound
		}
		c.Set(namedVisit, i)
	}
	item := inspection.Item{}
	if at := slices.IndexFunc(i.Items, func(x inspection.Item) bool { return x.Number == c.QueryParam("item") }); at >= 0 {
		item = i.Items[at]
	}
	switch f.Name {
	case "enterprise_id":
		f.Value = i.TargetID
	case "also_ids":
		f.Beside = cmp.Or(f.Beside, i.TargetID)
	case "location":
		f.Value = i.Place
	case "description":
		f.Value = item.Note
	case "clause":
		f.Value = item.Clause
	case "campaign_id":
		f.Value = i.CampaignID
	case "inspector_ids":
		for _, one := range i.Inspectors {
			if one.ID != actorOf(c).ID {
				f.Value = one.ID
			}
		}
	}
	return nil
}

// inspected is what the inspections of this year came to, above the list of those that are open; nil for readers who do not see all of them.
func (s *Site) inspected(c echo.Context) (templ.Component, error) {
	if !access.SightOf(actorOf(c)).Every {
		return nil, nil
	}
	year := s.today().Year()
	f, err := s.App.Store.InspectionFigures(c.Request().Context(), actorOf(c), year, s.App.Now())
	if err != nil {
		return nil, err
	}
	return ui.InspectionFigures(i18n.T(c.Request().Context(), "visit.year", "Year", year), f), nil
}

// campaign is the page of a campaign: what it came to, its inspections and the hazards found in it.
func (s *Site) campaign(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	figures, err := s.App.Store.CampaignFigures(ctx, actor, c.Param("campaign"), s.App.Now())
	if err != nil {
		return err
	}
	v := ui.Campaign{CampaignFigures: figures}
	kind, _ := kinds.Of(inspection.Kind)
	ch, err := s.chrome(c, figures.Name, kind.Path, ui.Link{Text: i18n.T(ctx, "inspection.list"), URL: "/" + kind.Path})
	if err != nil {
		return err
	}
	if v.Inspections, _, err = s.App.Store.List(ctx, actor, inspection.Kind, store.Conditions{CampaignID: figures.ID}, "", "", campaignShows, s.App.Now()); err != nil {
		return err
	}
	if v.Hazards, _, err = s.App.Store.List(ctx, actor, hazard.Kind, store.Conditions{CampaignID: figures.ID}, "", "", campaignShows, s.App.Now()); err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.CampaignPage(ch, v))
}

// campaignShows is how many of its inspections and hazards stand on a campaign's page; the lists have the rest.
const campaignShows = 20
