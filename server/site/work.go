package site

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// How many rows a list shows at once: on a phone, where each takes four lines, no more than some six screens hold.
const (
	perPage  = 50
	perPhone = 20
)

// deputyTab is the tab of what somebody does in the place of those who are away; below what is their own as many of it are shown.
const (
	deputyTab    = "deputy"
	inPlaceShown = 5
)

// pageSize is how many rows a list shows to a browser. A browser of a phone says that it is one (Sec-CH-UA-Mobile, and the word that all of them have in
// User-Agent for it: MDN, "Browser detection using the user agent").
func pageSize(c echo.Context) int {
	if h := c.Request().Header; h.Get("Sec-CH-UA-Mobile") == "?1" || strings.Contains(h.Get("User-Agent"), "Mobi") {
		return perPhone
	}
	return perPage
}

func (s *Site) work(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "work.title"), "work")
	if err != nil {
		return err
	}
	held, err := s.App.Store.InboxCounts(ctx, actor, s.App.Now())
	if err != nil {
		return err
	}
	counts, err := s.App.Store.WorkCounts(ctx, actor, held, ch.Today)
	if err != nil {
		return err
	}
	tab := c.QueryParam("tab")
	switch {
	case slices.Contains(store.WorkTabs(), tab):
	case counts.Todo == 0 && counts.Claim > 0:
		tab = "claim" // what a unit was handed is not overlooked behind an empty page
	case counts.Todo == 0 && counts.Deputy() > 0:
		tab = deputyTab // nor what lies with somebody who is away
	default:
		tab = "todo"
	}
	w := ui.Work{Tab: tab, Tabs: counts, Counts: held}
	list := lister[store.WorkRow](func(after store.Cursor, size int) ([]store.WorkRow, store.Cursor, error) {
		return s.App.Store.WorkOn(ctx, actor, tab, ch.Today, after, size)
	})
	list, w.Sorting = ordered(c, store.SortWork(), tab, list)
	if wantsSheet(c) {
		return workSheet(c, i18n.T(ctx, "work.title")+" "+i18n.T(ctx, "work.tab."+tab), list)
	}
	rows, pages, err := pageOf(named(c, "tab", tab), "cursor", list, func() (int, error) { return counts.Of(tab), nil })
	if err != nil {
		return err
	}
	w.Groups, w.Pages = ui.GroupByUrgency(rows, ch.Today), pages
	if w.Sorting.Sort != "" { // of one order, not of five
		w.Groups = ui.Ungrouped(rows)
	}
	w.Sorting.Query.Set("tab", tab)
	if tab == "todo" && counts.Deputy() > 0 {
		if w.InPlace, _, err = s.App.Store.WorkOn(ctx, actor, deputyTab, ch.Today, "", inPlaceShown); err != nil {
			return err
		}
	}
	if w.Waiting, w.WaitsMore, err = s.App.Store.WaitingFor(ctx, actor, 8); err != nil {
		return err
	}
	if w.Contact, err = s.App.Store.ToContact(ctx, actor, ch.Today, 8); err != nil {
		return err
	}
	if w.Visits, err = s.App.Store.VisitsDue(ctx, actor, ch.Today); err != nil {
		return err
	}
	if c.QueryParam("tab") == "" {
		if w.Front, err = s.front(c); err != nil {
			return err
		}
	}
	return render(c, http.StatusOK, ui.WorkPage(ch, w))
}

func (s *Site) search(c echo.Context) error {
	ctx, text := c.Request().Context(), c.QueryParam("q")
	ch, err := s.chrome(c, i18n.T(ctx, "search.title"), "")
	if err != nil {
		return err
	}
	most, trouble := pageSize(c), ""
	if wantsSheet(c) || c.QueryParam("print") == "all" {
		most = atOnce
	}
	found, err := s.App.Store.Search(ctx, actorOf(c), text, most)
	if refusal := refusalOf(err); refusal != nil {
		trouble = sentence(ctx, refusal)
	} else if err != nil {
		return err
	}
	pages := ui.Pages{Shown: len(found.Cases), Total: len(found.Cases), More: len(found.Cases) == most, Sheet: with(c, "", "format", "xlsx")}
	if most < atOnce {
		pages.All = with(c, "", "print", "all")
	}
	if wantsSheet(c) {
		return foundSheet(c, found, pages.More)
	}
	return render(c, http.StatusOK, ui.SearchPage(ch, text, found, trouble, pages))
}

func (s *Site) notices(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "notices.title"), "")
	if err != nil {
		return err
	}
	list := func(after store.Cursor, size int) ([]store.NoticeRow, store.Cursor, error) {
		return s.App.Store.NoticesPage(ctx, actor.ID, after, size)
	}
	in, sorting := ordered(c, store.SortNotices(), actor.ID, list)
	rows, pages, err := pageOf(c, "before", in, nil)
	if err != nil {
		return err
	}
	pages.Sheet = ""
	if len(rows) > 0 && !OnlyHead(c.Request().Context()) { // who asks for the head alone is shown nothing
		if err := s.App.Store.MarkNoticesShown(ctx, actor.ID, rows, s.App.Now()); err != nil {
			return err
		}
	}
	return render(c, http.StatusOK, ui.NoticesPage(ch, rows, pages, sorting))
}

// menuOf is the item of the menu that a kind's pages belong to.
func menuOf(kind process.Kind) string {
	e, _ := kinds.Of(kind)
	return e.Path
}
