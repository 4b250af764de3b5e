package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// brief shows a project on one sheet of paper.
func (s *Site) brief(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
	p, err := s.App.Store.Project(ctx, actor, id, s.today())
	if err != nil {
		return err
	}
	permits, err := s.App.Store.Permits(ctx, actor, p.ID, s.App.Now())
	if err != nil {
		return err
	}
	b := ui.Brief{ProjectView: ui.ProjectView{Project: p}, Way: permits.Way}
	if !actor.Has(process.Enterprise) {
		plan, err := s.App.Store.Plan(ctx, actor, p.ID, 0, s.App.Now())
		if err != nil {
			return err
		}
		b.Plan = &plan
	}
	ch, err := s.chrome(c, i18n.T(ctx, "brief.of_project", "Title", p.Title), "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"}, ui.Link{Text: p.Title, URL: ui.CaseURL(p.Kind, p.ID)})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.BriefPage(ch, b))
}
