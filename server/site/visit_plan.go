package site

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// visitPlan is the year's plan of inspections: what the templates ask for, what each enterprise was visited for whoever came, and what visits that found nobody
// propose.
func (s *Site) visitPlan(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	asked, _ := strconv.Atoi(c.QueryParam("year")) // what is no year is this one
	year := store.PlanYear(asked, s.today())
	plan, err := s.App.Store.VisitPlan(ctx, actor, year, s.today())
	if err != nil {
		return err
	}
	kind, _ := kinds.Of(inspection.Kind)
	ch, err := s.chrome(c, i18n.T(ctx, "visit_plan.title"), kind.Path, ui.Link{Text: i18n.T(ctx, "inspection.list"), URL: "/" + kind.Path})
	if err != nil {
		return err
	}
	others, _ := register.Of(register.OtherVisitsName)
	v := ui.VisitPlan{Year: year, KeepsOthers: others.KeptBy(actor), Settles: access.May(actor, inspection.SettleStatusName, access.Other)}
	openable, late := map[string]bool{}, map[string]bool{}
	for _, d := range plan { // 家 counts enterprises, each once, however many templates mean it
		if d.Openable {
			openable[d.EnterpriseID] = true
		}
		if d.Late {
			late[d.EnterpriseID] = true
		}
	}
	v.Openable, v.Late = len(openable), len(late)
	if v.Proposed, err = s.App.Store.ProposedStatuses(ctx, actor, s.today()); err != nil {
		return err
	}
	list, sorting := ordered(c, store.SortVisitPlan(), year, lister[store.DueVisit](store.InHand(plan, store.SortVisitPlan().ID)))
	if v.Rows, v.Pages, err = pageOf(c, "cursor", list, func() (int, error) { return len(plan), nil }); err != nil {
		return err
	}
	v.Sorting, v.Pages.Sheet, v.Pages.Count = sorting, "", i18n.T(ctx, "visit_plan.count", "Count", len(plan))
	return render(c, http.StatusOK, ui.VisitPlanPage(ch, v))
}

// arranging fills in what the address says of an inspection that is about to be arranged, beside what is chosen from a list: the page that led here knows it.
func (s *Site) arranging(c echo.Context, f *ui.Field) {
	switch f.Name {
	case "enterprise_id":
		if id, ok := value.ID(c.QueryParam("enterprise_id")); ok {
			f.Value = id
		}
	case "on":
		if on := c.QueryParam("on"); on != "" {
			f.Value = on
		}
	case "inspector_ids":
		for _, one := range strings.Split(c.QueryParam("inspectors"), ",") {
			if id, ok := value.ID(one); ok && id != actorOf(c).ID {
				f.Value = id
			}
		}
	}
}

// visitsBeside is, beside the form that arranges an inspection, what the enterprise was visited for and is to be visited for, whoever comes.
func (s *Site) visitsBeside(c echo.Context, fields []ui.Field) (string, []string, error) {
	ctx := c.Request().Context()
	for _, f := range fields {
		if f.Name != "enterprise_id" {
			continue
		}
		id, ok := value.ID(f.Value)
		if !ok {
			return "", nil, nil
		}
		v, err := s.App.Store.EnterpriseVisits(ctx, actorOf(c), id, s.today(), s.today())
		if err != nil {
			return "", nil, nil //nolint:nilerr // what is no enterprise is said when the form is sent
		}
		lines := []string{i18n.T(ctx, "visit_plan.year", "Year", s.today().Year(), "Count", timesIn(v.Visits, s.today().Year()))}
		for _, one := range s.visitLines(c, v.Visits) {
			lines = append(lines, one.Text+" · "+one.Detail)
		}
		return i18n.T(ctx, "visit_plan.of", "Name", v.Name), lines, nil
	}
	return "", nil, nil
}

// findVisits answers, while an inspection is being arranged, what the enterprise that was chosen was visited for: nobody has to send the form to learn it.
func (s *Site) findVisits(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	answer := findings{Found: []ui.Choice{}}
	if id, ok := value.ID(c.QueryParam("enterprise_id")); ok {
		v, err := s.App.Store.EnterpriseVisits(c.Request().Context(), actorOf(c), id, s.today(), s.today())
		if err != nil {
			return err
		}
		answer.Found = append(answer.Found, s.visitLines(c, v.Visits)...)
	}
	return c.JSON(http.StatusOK, answer)
}

// visitsBesideShown is how many visits are told beside the form.
const visitsBesideShown = 6

func (s *Site) visitLines(c echo.Context, visits []process.Visit) []ui.Choice {
	ctx, lines := c.Request().Context(), []ui.Choice{}
	for _, v := range visits[:min(len(visits), visitsBesideShown)] {
		how := "visit_plan.made"
		switch {
		case v.Outcome != "":
			how = "visit_plan.missed"
		case !v.Done:
			how = "visit_plan.open"
		}
		text := i18n.FullDate(ctx, v.On) + " " + v.For
		lines = append(lines, ui.Choice{Value: v.CaseID, Text: text, Detail: strings.Trim(i18n.T(ctx, how)+" · "+v.By+" · "+v.Number, " ·")})
	}
	return lines
}

// timesIn is how often an enterprise was or is to be visited in a year; who found nobody has bothered nobody.
func timesIn(visits []process.Visit, year int) string {
	n := 0
	for _, v := range visits {
		if v.On.Year() == year && v.Outcome == "" {
			n++
		}
	}
	return strconv.Itoa(n)
}
