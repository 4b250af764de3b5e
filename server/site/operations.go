package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// mostShown is how many stuck cases, batches, and cases passed over by one batch, the operations page shows.
const mostShown = 100

// operations shows administrators what cannot get on.
func (s *Site) operations(c echo.Context) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "operations.title"), "operations")
	if err != nil {
		return err
	}
	now := s.App.Now()
	o := ui.Operations{Engine: s.EngineUI}
	if o.Lateness, err = s.App.Store.Lateness(ctx, now); err != nil {
		return err
	}
	if o.Stuck, err = s.App.Store.StuckCases(ctx, now, mostShown); err != nil {
		return err
	}
	batches, err := s.App.Store.Batches(ctx, mostShown)
	if err != nil {
		return err
	}
	for _, b := range batches {
		view := ui.BatchView{Batch: b}
		if b.Refused > 0 {
			if view.Passed, err = s.App.Store.PassedOver(ctx, b.ID, mostShown); err != nil {
				return err
			}
		}
		o.Batches = append(o.Batches, view)
	}
	return render(c, http.StatusOK, ui.OperationsPage(ch, o))
}
