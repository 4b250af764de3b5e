package site

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/value"
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
	case "inspection":
		f.Value, f.Hint = i.Number, i.Title
	case "enterprise_id":
		f.Value = i.TargetID
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
