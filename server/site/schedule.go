package site

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// schedule shows a project's plan against what has happened, measured by the latest baseline or the one that is asked for.
func (s *Site) schedule(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	seq, err := strconv.Atoi(c.QueryParam("baseline"))
	if err != nil {
		seq = 0
	}
	p, err := s.App.Store.Plan(ctx, actor, c.Param("id"), seq, s.App.Now())
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "plan.of_project", "Title", p.Title)
	ch, err := s.chrome(c, title, "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"}, ui.Link{Text: p.Title, URL: "/projects/" + p.ID})
	if err != nil {
		return err
	}
	side, err := s.App.Store.Relation(ctx, &p.Project, actor, s.today())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.SchedulePage(ch, ui.PlanView{ProjectPlan: p, Plans: !p.Done && access.May(actor, project.PlanName, side)}))
}
