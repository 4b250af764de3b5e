package site

import (
	"context"
	"maps"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/opinion"
	permits "github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// view is what a kind shows otherwise than every kind does.
type view struct {
	list, page echo.HandlerFunc
	alike      string // where the form that opens a case asks, while it is being typed, which one it may be; "": nowhere
}

// view returns the pages that a kind has of its own; a kind without any is shown as every kind can be.
func (s *Site) view(kind process.Entry) view {
	switch kind.Kind {
	case project.Kind:
		return view{list: s.projects, page: s.project, alike: "/find/projects"}
	case hazard.Kind:
		return view{list: s.hazards, page: s.hazard}
	case opinion.Kind:
		return view{list: s.list(kind, s.opinionsOwed), page: s.show(kind)}
	case inspection.Kind:
		return view{list: s.list(kind, s.inspected), page: s.show(kind), alike: "/find/visits"}
	case track.Kind:
		return view{list: s.list(kind, s.tracksOwed), page: s.show(kind)}
	case permits.Kind:
		return view{list: s.list(kind, s.portfolio), page: s.show(kind)}
	default:
		return view{list: s.list(kind, nil), page: s.show(kind)}
	}
}

// routeKinds mounts the pages of every kind: its list, its cases, and a form for each of its commands.
func (s *Site) routeKinds(in *echo.Group) {
	for _, kind := range kinds.All() {
		at, own := "/"+kind.Path, s.view(kind)
		opening := kinds.Opening(kind)
		in.GET(at, own.list)
		if kinds.ByHand(kind) {
			in.GET(opening, s.openForm(kind))
			in.POST(opening, s.open(kind))
		}
		in.GET(at+"/:id", own.page)
		in.GET(at+"/:id/verification", s.verify)
		in.GET(at+"/:id/deadline", s.deadline)
		in.GET(at+"/:id/history", s.historySheet)
		in.GET(at+"/:id/:command", s.letterForm(kind, s.form(kind)))
		in.POST(at+"/:id/:command", s.command(kind))
	}
}

// list shows the cases of a kind, the most urgent first. ahead is what stands above all that are open, nil where nothing does.
func (s *Site) list(kind process.Entry, ahead func(echo.Context) (templ.Component, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, actor := c.Request().Context(), actorOf(c)
		title := i18n.T(ctx, string(kind.Kind)+".list")
		ch, err := s.chrome(c, title, kind.Path)
		if err != nil {
			return err
		}
		asked, err := s.asked(c, kind)
		if err != nil {
			return err
		}
		v := ui.Cases{Kind: kind, Title: title, Tab: asked.tab(), Words: asked.Words}
		if done := v.Tab == "closed"; v.Tab != listing.Everywhere { // what is tracked is not closed
			asked.Done = &done
		}
		if v.List, err = s.listed(c, kind, asked); err != nil {
			return err
		}
		asked.Conditions = inPart(kind.List, v.Tab, asked.Conditions)
		list, err := s.rows(c, kind, &asked, &v.List)
		if err != nil {
			return err
		}
		if wantsSheet(c) {
			return s.listSheetOf(c, kind, v.List, list)
		}
		parts := s.parts(c, kind)
		if v.List.Rows, v.Pages, err = pageOf(c, "cursor", list, countOf(s.totals(c, kind, asked))); err != nil {
			return err
		}
		if err = s.readLedger(c, &v.List); err != nil {
			return err
		}
		if v.Parts, err = parts(); err != nil {
			return err
		}
		v.List.Never = v.Parts[listing.Everywhere].Count == 0 && v.List.Plain()
		if v.Saved, err = s.saved(c, kind, v.List); err != nil {
			return err
		}
		if ahead != nil && v.Tab == "open" && !v.List.Never && !v.List.Narrowed() { // it counts what is in hand, all of it
			if v.Lead, err = ahead(c); err != nil {
				return err
			}
		}
		v.Pages.Count = i18n.T(ctx, "pager.shown", "Count", len(v.List.Rows))
		if access.May(actor, kind.Opens, access.Other) {
			v.Open = &ui.Link{Text: i18n.Command(ctx, kind.Opens), URL: kinds.Opening(kind)}
		}
		return render(c, http.StatusOK, ui.CasesPage(ch, v))
	}
}

// parts begins to count how many cases each part of a kind's list holds, whatever the address asks for, and returns how to wait for what it comes to: the page says
// it first, and its tabs say it.
func (s *Site) parts(c echo.Context, kind process.Entry) func() (map[string]store.Totals, error) {
	open, closed := false, true
	counting := map[string]func() (store.Totals, error){}
	for tab, done := range map[string]*bool{"open": &open, listing.Tracked: &open, "closed": &closed} {
		if tab != listing.Tracked || len(kind.List.Settled) > 0 {
			counting[tab] = s.totals(c, kind, reading{Conditions: inPart(kind.List, tab, store.Conditions{Done: done})})
		}
	}
	return func() (map[string]store.Totals, error) {
		parts, all := map[string]store.Totals{}, store.Totals{}
		for tab, counted := range counting {
			totals, err := counted()
			if err != nil {
				return nil, err
			}
			parts[tab], all.Count = totals, all.Count+totals.Count
		}
		parts[listing.Everywhere] = all
		return parts, nil
	}
}

// inPart narrows a list to its part: what is open is what somebody has something to do for, unless the address asks for states itself.
func inPart(l listing.List, tab string, asked store.Conditions) store.Conditions {
	states := map[string][]string{"open": l.InHand(), listing.Tracked: l.Settled}[tab]
	if len(states) == 0 || len(asked.In["state"]) > 0 {
		return asked
	}
	if asked.In = maps.Clone(asked.In); asked.In == nil {
		asked.In = map[string][]string{}
	}
	asked.In["state"] = states
	return asked
}

// show shows a case of a kind without a page of its own.
func (s *Site) show(kind process.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
		v, err := s.caseOf(c, kind)
		if err != nil {
			return err
		}
		page := ui.CaseView{Case: v}
		if page.About, err = s.about(c, v); err != nil {
			return err
		}
		if page.Facts, err = process.FactsOf(v.Subject); err != nil {
			return err
		}
		title := v.Subject.Header().Title
		ch, err := s.chrome(c, title, kind.Path, ui.Link{Text: i18n.T(ctx, string(kind.Kind)+".list"), URL: "/" + kind.Path})
		if err != nil {
			return err
		}
		if err := s.markSeen(ctx, actor.ID, id, v.Subject.Header().Version); err != nil {
			return err
		}
		return render(c, http.StatusOK, ui.CasePage(ch, page))
	}
}

// caseOf is the case of the address, when it is of the kind and the reader may see it.
func (s *Site) caseOf(c echo.Context, kind process.Entry) (store.Case, error) {
	v, err := s.App.Store.Case(c.Request().Context(), actorOf(c), c.Param("id"))
	if err == nil && v.Kind != kind.Kind {
		err = echo.ErrNotFound
	}
	v.Env.Today = s.today()
	return v, err
}

// requestsShown is how many requests for more time a case's page shows.
const requestsShown = 5

// about is what every case's page shows: what the reader may do now, whether they watch it, and its history.
func (s *Site) about(c echo.Context, v store.Case) (ui.About, error) {
	ctx, actor, header := c.Request().Context(), actorOf(c), v.Subject.Header()
	about := ui.About{Actions: ui.Actions{CaseID: header.ID}}
	a := &about.Actions
	review, err := s.toReview(ctx, actor, v)
	if err != nil {
		return about, err
	}
	offered, err := s.offers(c, v)
	if err != nil {
		return about, err
	}
	a.Primary, a.Beside, a.More, a.Folded = arrange(append(offered, review...))
	if a.Watched, err = s.App.Store.Watches(ctx, actor.ID, header.ID); err != nil {
		return about, err
	}
	if about.Known, err = s.App.Store.Previews(ctx, actor, *v.Subject.Filed()); err != nil {
		return about, err
	}
	if actor.OfStaff() {
		if a.Deaf, err = s.deaf(ctx, *header); err != nil {
			return about, err
		}
		if a.Unmet, err = s.App.Store.Unmet(ctx, header.ID); err != nil {
			return about, err
		}
	}
	if mayMove(v) {
		if about.Requests, err = s.App.Store.Requests(ctx, actor, header.ID, requestsShown); err != nil {
			return about, err
		}
	}
	about.Events, about.Older, err = s.events(c, header.ID, kinds.URL(v.Kind, header.ID))
	return about, err
}

// deaf is the holder where nobody there hears what they are told; of several enterprises that a case waits for, the first of which that is so.
func (s *Site) deaf(ctx context.Context, c process.Case) (*process.Holder, error) {
	if c.Holder == nil {
		return nil, nil
	}
	waiting := []process.Holder{*c.Holder}
	if c.Holder.Kind == process.HeldByEnterprise && len(c.Also) > 0 {
		for _, firm := range c.Addressees() {
			waiting = append(waiting, process.Holder{Kind: process.HeldByEnterprise, ID: firm.ID, Name: firm.Name})
		}
	}
	for _, one := range waiting {
		if heard, err := s.App.Store.Heard(ctx, one.Kind, one.ID); err != nil || !heard {
			return &one, err
		}
	}
	return nil, nil
}

// relation is how the reader stands to a case today. That for whom they stand in cannot be looked up is an error: a page never says so by offering less.
func (s *Site) relation(c echo.Context, v store.Case) (access.Relation, error) {
	return s.App.Store.Relation(c.Request().Context(), v.Subject, actorOf(c), s.today())
}

// offers are the commands that fit where the case stands and that the reader may issue.
func (s *Site) offers(c echo.Context, v store.Case) ([]ui.Action, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	relation, err := s.relation(c, v)
	if err != nil {
		return nil, err
	}
	offered := []ui.Action{}
	for _, a := range v.Abouts() {
		fit := v.Fits(a.Name, v.Subject, actor, v.Env)
		if fit == process.Not || !access.May(actor, a.Name, relation) {
			continue
		}
		url := kinds.URL(v.Kind, v.Subject.Header().ID) + "/" + string(a.Name.Verb())
		one := ui.Action{Link: ui.Link{Text: i18n.Command(ctx, a.Name), URL: url}, Name: a.Name, Fit: fit}
		if words := "command." + string(a.Name) + ".for"; actor.OfStaff() && i18n.Has(ctx, words) {
			one.Text, one.ForThem = i18n.T(ctx, words), true
		}
		offered = append(offered, one)
	}
	if asks, ok := moreTime(ctx, actor, v, relation); ok {
		offered = append(offered, asks)
	}
	return append(offered, waiversAsked(ctx, actor, v)...), nil
}
