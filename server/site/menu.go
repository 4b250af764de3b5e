package site

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// menu is the whole menu as a page: a phone has no room for it beside the others.
func (s *Site) menu(c echo.Context) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "menu.all"), "menu")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.MenuPage(ch))
}

// openings leads to the form with which the reader may put a case on file, or asks which when there are several.
func (s *Site) openings(c echo.Context) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "record.what"), "record")
	if err != nil {
		return err
	}
	switch to := ui.Recording(c.Request().Context(), ch); to {
	case "":
		return process.Refuse(process.NotAllowed, "你的角色不登记项目、隐患或任务，请找经办人登记。", "Your role puts no cases on file; ask somebody who works on them.")
	case ui.RecordPath:
	default:
		return c.Redirect(http.StatusSeeOther, to)
	}
	mine, err := s.inHand(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.OpeningsPage(ch, mine))
}

// casesToRecordIn is how many cases the page offers to record in; a person's day has fewer.
const casesToRecordIn = 6

// inHand are the cases in which the reader may record something now: those on their desk and, for a liaison officer, those of the enterprises that they
// look after, what is due first before the rest.
func (s *Site) inHand(c echo.Context) ([]ui.InHand, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	ids := []string{}
	rows, _, err := s.App.Store.WorkTab(ctx, actor, "todo", "", casesToRecordIn)
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	if err == nil && actor.Has(process.LiaisonOfficer) {
		var cared []store.RedRow
		cared, err = s.App.Store.CaredCases(ctx, actor, casesToRecordIn*2)
		for _, r := range cared {
			if !slices.Contains(ids, r.ID) {
				ids = append(ids, r.ID)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	mine := []ui.InHand{}
	for _, id := range ids {
		v, err := s.App.Store.Case(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		v.Env.Today = s.today()
		header := v.Subject.Header()
		one := ui.InHand{Title: header.Title, Number: header.Number, URL: kinds.URL(v.Kind, id), Enterprise: header.EnterpriseName}
		offered, err := s.offers(c, v)
		if err != nil {
			return nil, err
		}
		for _, a := range recording(offered) {
			one.Ways = append(one.Ways, a.Link)
		}
		if len(one.Ways) > 0 && len(mine) < casesToRecordIn {
			mine = append(mine, one)
		}
	}
	return mine, nil
}

// recordingMost is how many deeds the page offers of one case: the case's own page has them all.
const recordingMost = 4

// recording are the deeds with which something is put on record in a case: those of its own kind, what comes next first; not handing it on, ringing or ending it. A case that
// has none for the reader takes their word and their papers.
func recording(offered []ui.Action) []ui.Action {
	own, word := []ui.Action{}, []ui.Action{}
	for _, a := range offered {
		switch verb := a.Name.Verb(); {
		case verb == casework.CommentVerb || verb == casework.AttachVerb:
			word = append(word, a)
		case ends(verb) || a.Fit == process.Blocked || everyCases(verb):
		default:
			own = append(own, a)
		}
	}
	if len(own) == 0 {
		own = word
	}
	leads := func(a ui.Action) int {
		return slices.Index([]process.Fit{process.Leads, process.Urges, process.Beside, process.Fits}, a.Fit)
	}
	slices.SortStableFunc(own, func(x, y ui.Action) int {
		return cmp.Or(leads(x)-leads(y), placeOf(x)-placeOf(y), strings.Compare(string(x.Name), string(y.Name)))
	})
	return own[:min(len(own), recordingMost)]
}

// everyCases reports whether every case can do it, whatever its kind.
func everyCases(verb process.Verb) bool {
	return !slices.ContainsFunc(kinds.All(), func(e process.Entry) bool {
		return !slices.ContainsFunc(e.Abouts(), func(a process.About) bool { return a.Name.Verb() == verb })
	})
}
