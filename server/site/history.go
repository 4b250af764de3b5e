package site

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// verify checks a case against its events and shows everything it finds.
func (s *Site) verify(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
	v, err := s.Blobs.VerifyCase(ctx, s.App.Store, actor, id)
	if err != nil {
		return err
	}
	standing, err := s.App.Store.Standing(ctx, id)
	if err != nil {
		return err
	}
	page := ui.Verified{Verification: v, Title: standing.Title, Back: ui.CaseURL(standing.Kind, id)}
	if len(v.Findings) > 0 {
		if page.Rules, err = s.App.Store.RulesOf(ctx, standing); err != nil {
			return err
		}
	}
	ch, err := s.chrome(c, i18n.T(ctx, "verify.title"), menuOf(standing.Kind), ui.Link{Text: standing.Title, URL: page.Back})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.VerificationPage(ch, page))
}

// seal shows what stood when a gate was passed.
func (s *Site) seal(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	seq, err := strconv.Atoi(c.Param("seq"))
	if err != nil {
		seq = 0 // there is no such passage
	}
	sealed, err := s.App.Store.Seal(ctx, actorOf(c), id, seq)
	if err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "seals.of", "Stage", i18n.Pick(ctx, sealed.Stage.Name)), menuOf(project.Kind),
		ui.Link{Text: sealed.Project.Title, URL: ui.CaseURL(project.Kind, id)})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.SealPage(ch, sealed))
}
