package site

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	permits "github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// permits shows the permits of a project: its second page.
func (s *Site) permits(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	p, err := s.App.Store.Permits(ctx, actor, c.Param("id"), s.App.Now())
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "permits.of_project", "Title", p.Project.Title)
	ch, err := s.chrome(c, title, "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"}, ui.Link{Text: p.Project.Title, URL: "/projects/" + p.Project.ID})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.PermitsPage(ch, ui.PermitsView{ProjectPermits: p, Requires: access.May(actor, permits.RequireName, access.Other)}))
}

// permitsNext leads whoever has a project in hand to its permits, where its gate lacks some; nil where it does not, or they run none.
func permitsNext(ctx context.Context, actor process.Actor, p store.Project) *ui.Action {
	if p.Holder == nil || p.Holder.ID != actor.ID || !access.May(actor, permits.RequireName, access.Other) {
		return nil
	}
	at := slices.IndexFunc(p.Gate, func(i lifecycle.Item) bool { return i.Kind == lifecycle.Permit && i.Status == lifecycle.Missing })
	if at < 0 {
		return nil
	}
	link := ui.Link{Text: i18n.T(ctx, "gate.run_permits"), URL: ui.PermitsURL(p.ID) + "#" + p.Gate[at].Permit}
	return &ui.Action{Link: link, Name: permits.RequireName, Fit: process.Leads}
}

// portfolio is how many open permits each department has; nil where there are none.
func (s *Site) portfolio(c echo.Context) (templ.Component, error) {
	portfolio, err := s.App.Store.PermitPortfolio(c.Request().Context(), actorOf(c), s.App.Now())
	if err != nil || !slices.ContainsFunc(portfolio, func(p permits.Portfolio) bool { return p.Open > 0 }) {
		return nil, err
	}
	return ui.PermitPortfolio(portfolio), nil
}

// opinionsOwed is how many opinions each department has not given yet, and how many of them are late; nil where none is owed.
func (s *Site) opinionsOwed(c echo.Context) (templ.Component, error) {
	owed, err := s.App.Store.OpinionsOwed(c.Request().Context(), actorOf(c), s.App.Now())
	if err != nil || len(owed) == 0 {
		return nil, err
	}
	return ui.OpinionsOwed(owed), nil
}

// tracksOwed is who owes which answers to what was sent, or came in, and how many are late; nil where none is owed.
func (s *Site) tracksOwed(c echo.Context) (templ.Component, error) {
	owed, err := s.App.Store.TracksOwed(c.Request().Context(), actorOf(c), s.App.Now())
	if err != nil || len(owed) == 0 {
		return nil, err
	}
	return ui.TracksOwed(owed), nil
}
