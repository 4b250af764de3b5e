package site

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// bulkForm asks to whom the chosen cases go, and why.
func (s *Site) bulkForm(c echo.Context) error {
	ctx, ids := c.Request().Context(), chosen(c)
	if err := app.MayHandOver(actorOf(c)); err != nil {
		return err
	}
	var results []ui.BulkResult
	if _, err := what(c, &results); err != nil {
		return err
	}
	if len(ids) == 0 && results == nil {
		s.flash(c, "nothing_chosen")
		return c.Redirect(http.StatusSeeOther, "/")
	}
	form := ui.Form{Action: "/bulk", Submit: i18n.T(ctx, "bulk.submit"), Fields: bulkFields(c)}
	if err := s.retype(c, &form); err != nil {
		return err
	}
	for _, id := range ids {
		form.Fields = append(form.Fields, ui.Field{Name: "case", Kind: "hidden", Value: id})
	}
	ch, err := s.chrome(c, i18n.T(ctx, "bulk.title"), "work")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.BulkPage(ch, form, max(len(ids), len(results)), results))
}

func bulkFields(c echo.Context) []ui.Field {
	ctx := c.Request().Context()
	return []ui.Field{person(ctx, "to_id", true, choice.Workers, actorOf(c).ID), field(ctx, "reason", "textarea", true)}
}

// chosen are the cases that were ticked.
func chosen(c echo.Context) []string {
	form, err := c.FormParams()
	if err != nil {
		return nil
	}
	ids := slices.Compact(slices.Sorted(slices.Values(form["case"])))
	return ids[:min(len(ids), app.MostAtOnce)]
}

// bulk hands every chosen case over and says of each what came of it.
func (s *Site) bulk(c echo.Context) error {
	if looking(c, bulkFields(c)) {
		return s.look(c)
	}
	return s.once(c, func() (string, any, error) {
		if refused := missing(c, bulkFields(c)); refused != nil {
			return "", nil, refused
		}
		ctx, results := c.Request().Context(), []ui.BulkResult{}
		for _, h := range s.App.HandOver(ctx, actorOf(c), chosen(c), c.FormValue("to_id"), strings.TrimSpace(c.FormValue("reason")), rand.Text()) {
			results = append(results, came(ctx, h))
		}
		return "/bulk", results, nil
	})
}

// came is what came of handing a case over, in words.
func came(ctx context.Context, h app.Handed) ui.BulkResult {
	result := ui.BulkResult{Title: h.CaseID}
	if h.Case.ID != "" {
		result = ui.BulkResult{Title: h.Case.Title, Number: h.Case.Number, URL: ui.CaseURL(h.Case.Kind, h.CaseID)}
	}
	switch {
	case h.Away:
		result.Why = i18n.T(ctx, "bulk.unavailable")
	case h.Refused != nil && h.Case.ID == "": // not theirs to see: neither is its name
		result.Why = i18n.T(ctx, "bulk.gone")
	case h.Refused != nil:
		result.Why = sentence(ctx, h.Refused)
	}
	return result
}

// watch puts a case on the reader's list of watched ones, or takes it off.
func (s *Site) watch(c echo.Context) error {
	ctx, id, actor := c.Request().Context(), c.Param("id"), actorOf(c)
	if _, err := s.App.Store.History(ctx, actor, id, 0, 1); err != nil { // may the reader see it?
		return err
	}
	standing, err := s.App.Store.Standing(ctx, id)
	if err != nil {
		return err
	}
	if err := s.App.Store.Watch(ctx, actor.ID, id, c.FormValue("on") == "true", s.App.Now()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, ui.CaseURL(standing.Kind, id))
}

// saveFilter keeps the list's present selection under a name.
func (s *Site) saveFilter(c echo.Context) error {
	list := c.FormValue("list")
	kind, ok := kinds.At(list)
	if !ok {
		return echo.ErrNotFound
	}
	query := store.Selection(c.FormValue("query"))
	if err := s.App.Store.SaveFilter(c.Request().Context(), actorOf(c), list, strings.TrimSpace(c.FormValue("name")), query, c.FormValue("shared_with")); err != nil {
		var unknown *store.Unknown
		if errors.As(err, &unknown) { // in the words of the list's form
			err = unknown.Refusal(func(name string) (chinese, english string) {
				label := ui.ConditionName(c.Request().Context(), kind.Kind, name)
				return label, label
			})
		}
		if refused := refusalOf(err); refused != nil && refused.Code == process.NotAllowed { // nothing that their form offers
			return err
		}
		return s.refuse(c, err)
	}
	return s.done(c, "filter", "/"+list+"?"+query)
}

func (s *Site) dropFilter(c echo.Context) error {
	if err := s.App.Store.DropFilter(c.Request().Context(), actorOf(c).ID, c.Param("filter")); err != nil {
		return err
	}
	list := c.FormValue("list")
	if _, ok := kinds.At(list); !ok {
		list = ""
	}
	return c.Redirect(http.StatusSeeOther, "/"+list)
}

// saved are the selections of a list that the reader can choose, and the form that keeps the present one.
func (s *Site) saved(c echo.Context, kind process.Entry, l ui.Listed) (ui.Saved, error) {
	ctx := c.Request().Context()
	filters, err := s.App.Store.Filters(ctx, actorOf(c), kind.Path)
	if err != nil {
		return ui.Saved{}, err
	}
	v := ui.Saved{List: kind.Path, Query: l.Kept(), Filters: filters, Form: ui.Form{Action: "/filters", Submit: i18n.T(ctx, "filters.save"),
		Fields: []ui.Field{{Name: "name", Kind: "text", Label: i18n.T(ctx, "filters.name"), Required: true}}}}
	if with := store.SharedWith(actorOf(c)); len(with) > 1 {
		options := []ui.Option{}
		for _, one := range with {
			options = append(options, ui.Option{Value: one, Text: i18n.T(ctx, "filters.with."+one)})
		}
		v.Form.Fields = append(v.Form.Fields, ui.Field{Name: "shared_with", Kind: "select", Label: i18n.T(ctx, "filters.shared_with"), Options: options})
	}
	return v, s.retype(c, &v.Form)
}
