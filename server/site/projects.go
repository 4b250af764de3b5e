package site

import (
	"maps"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	permits "github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// perLane is how many cards a column of the board shows.
const perLane = 5

// projectsAsked reads from the address which projects are asked for.
func (s *Site) projectsAsked(c echo.Context, own ...string) (reading, error) {
	kind, _ := kinds.Of(project.Kind)
	query := maps.Clone(c.QueryParams())
	for _, name := range own { // what the page itself understands
		delete(query, name)
	}
	asked, err := s.askedOf(c, kind, query)
	if err != nil {
		return asked, err
	}
	asked.InHandYear = asked.year("in_hand")
	asked.During("construction_started_on", asked.year("started"))
	asked.During("signed_on", asked.year("signed"))
	asked.During("production_on", asked.year("in_production"))
	for _, what := range project.Recognisable() {
		asked.During(what+"_recognised_on", asked.year(what+"_recognised"))
	}
	if done := asked.known.Get("done"); done != "" {
		is := done == "true"
		asked.Done = &is
	}
	return asked, nil
}

func (s *Site) projects(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "projects.title"), "projects")
	if err != nil {
		return err
	}
	asked, err := s.projectsAsked(c)
	if err != nil {
		return err
	}
	narrowed := !asked.Empty() || asked.amiss()
	board := c.QueryParam("view") != "list" && !narrowed && c.QueryParam("sort") == "" // the board is of all of them
	p := ui.Projects{Board: board, Filtered: narrowed, Words: asked.Words,
		Years: ui.Years{InHand: asked.InHandYear, Signed: asked.year("signed"), Production: asked.year("in_production")}}
	if !actor.Has(process.Enterprise) {
		p.Years.Recognised = map[string]int{}
		for _, what := range project.Recognisable() {
			p.Years.Recognised[what] = asked.year(what + "_recognised")
		}
	}
	if p.Definition, err = s.App.Store.ProjectDefinition(ctx); err != nil {
		return err
	}
	if !p.Board || wantsSheet(c) {
		return s.listProjects(c, ch, p, asked)
	}
	if p.Counts, err = s.App.Store.StageCounts(ctx, actor, s.App.Now()); err != nil {
		return err
	}
	p.Totals = store.OpenTotals(p.Counts)
	if p.List.Kind, _ = kinds.Of(project.Kind); p.Totals.Count == 0 {
		if p.List.Never, err = s.never(c, p.List.Kind); err != nil {
			return err
		}
	}
	if p.Lanes, err = s.lanes(c, p); err != nil {
		return err
	}
	shown := 0
	for _, lane := range p.Lanes {
		shown += len(lane.Cards)
	}
	p.Pages = wholeBoard(shown, p.Totals)
	return render(c, http.StatusOK, ui.ProjectsPage(ch, p))
}

// listProjects shows the projects as a list, or sends them as a workbook.
func (s *Site) listProjects(c echo.Context, ch ui.Chrome, p ui.Projects, asked reading) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	kind, _ := kinds.Of(project.Kind)
	var err error
	if p.List, err = s.listed(c, kind, asked); err != nil {
		return err
	}
	list, err := s.rows(c, kind, &asked, &p.List)
	if err != nil {
		return err
	}
	if wantsSheet(c) {
		return s.listSheetOf(c, kind, p.List, list)
	}
	totals := s.totals(c, kind, asked)
	counts := meanwhile(func() (map[string]store.StageCount, error) { return s.App.Store.StageCounts(ctx, actor, s.App.Now()) })
	if p.List.Rows, p.Pages, err = pageOf(c, "cursor", list, func() (_ int, err error) { p.Totals, err = totals(); return p.Totals.Count, err }); err != nil {
		return err
	}
	if err = s.readLedger(c, &p.List); err != nil {
		return err
	}
	if p.Counts, err = counts(); err != nil {
		return err
	}
	if !p.Filtered { // the board beside it has no others
		p.Ended = p.Totals.Count - store.OpenTotals(p.Counts).Count
	}
	if p.Totals.Count == 0 {
		p.Pages = ui.Pages{} // nothing to turn, print or take away
		if p.List.Plain() {
			if p.List.Never, err = s.never(c, kind); err != nil {
				return err
			}
		}
	}
	p.Pages.Count = i18n.T(ctx, "projects.total", "Count", p.Totals.Count)
	if p.Saved, err = s.saved(c, kind, p.List); err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ProjectsPage(ch, p))
}

// never reports whether no case of a kind was ever put on file, as far as the reader sees.
func (s *Site) never(c echo.Context, kind process.Entry) (bool, error) {
	totals, err := s.App.Store.ListTotals(c.Request().Context(), actorOf(c), kind.Kind, store.Conditions{}, s.App.Now())
	return err == nil && totals.Count == 0, err
}

// progress says how far the projects under construction are, in percent and in the report's sentences.
func (s *Site) progress(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "progress.title"), "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"})
	if err != nil {
		return err
	}
	asked, err := s.projectsAsked(c, "sort")
	if err != nil {
		return err
	}
	kind, _ := kinds.Of(project.Kind)
	var p ui.Progress
	if p.List, err = s.listed(c, kind, asked); err != nil {
		return err
	}
	list, sorting := ordered(c, store.SortUnderway(), asked.Conditions, func(after store.Cursor, size int) ([]store.Underway, store.Cursor, error) {
		if asked.amiss() {
			return nil, "", nil
		}
		return s.App.Store.UnderConstruction(ctx, actor, asked.Conditions, "", after, size, s.App.Now())
	})
	p.Sorting = sorting
	count := meanwhile(func() (int, error) {
		if asked.amiss() {
			return 0, nil
		}
		return s.App.Store.UnderConstructionCount(ctx, actor, asked.Conditions, s.App.Now())
	})
	if p.Rows, p.Pages, err = pageOf(c, "cursor", list, count); err != nil {
		return err
	}
	p.Count = p.Pages.Total
	p.Pages.Sheet, p.Pages.Count = "", i18n.T(ctx, "projects.total", "Count", p.Count)
	return render(c, http.StatusOK, ui.ProgressPage(ch, p))
}

// nextPage is this list's address with the cursor of the next page.
func nextPage(c echo.Context, next store.Cursor) string {
	if next == "" {
		return ""
	}
	query := c.Request().URL.Query()
	query.Set("cursor", string(next))
	return c.Request().URL.Path + "?" + query.Encode()
}

// lanes fills the board's columns; empty stages are left out of it, the strip above shows them.
func (s *Site) lanes(c echo.Context, p ui.Projects) ([]ui.Lane, error) {
	lanes, open := []ui.Lane{}, false
	for _, stage := range p.Definition.Stages {
		count := p.Counts[string(stage.ID)]
		if count.Count == 0 {
			continue
		}
		cards, _, err := s.App.Store.Projects(c.Request().Context(), actorOf(c), store.Conditions{Done: &open, In: map[string][]string{"stage": {string(stage.ID)}}}, "", perLane, s.App.Now())
		if err != nil {
			return nil, err
		}
		lanes = append(lanes, ui.Lane{Stage: stage, Count: count, Cards: cards})
	}
	return lanes, nil
}

func (s *Site) project(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
	p, err := s.App.Store.Project(ctx, actor, id, s.today())
	if err != nil {
		return err
	}
	v := ui.ProjectView{Project: p, Requires: access.May(actor, permits.RequireName, access.Other)}
	if v.About, err = s.about(c, p.Whole); err != nil {
		return err
	}
	if v.Actions.Primary == nil {
		v.Actions.Primary = permitsNext(ctx, actor, p)
	}
	if err := s.markSeen(ctx, actor.ID, id, p.Version); err != nil {
		return err
	}
	ch, err := s.chrome(c, p.Title, "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ProjectPage(ch, v))
}

// events returns a page of the history and the address of the older ones.
func (s *Site) events(c echo.Context, id, url string) ([]process.Event, string, error) {
	before, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if err != nil || before < 1 {
		before = 0
	}
	events, err := s.App.Store.History(c.Request().Context(), actorOf(c), id, before, 30)
	if err != nil || len(events) == 0 {
		return events, "", err
	}
	if last := events[len(events)-1].Version; last > 1 {
		return events, url + "?before=" + strconv.FormatInt(last, 10), nil
	}
	return events, "", nil
}
