package site

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// listed is how many a search inside a form lists.
const listed = 30

// person is a field for somebody of a circle, apart from those barred.
func person(ctx context.Context, name string, required bool, circle choice.Circle, barred ...string) ui.Field {
	f := field(ctx, name, "person", required)
	f.Circle, f.Barred = circle, barred
	return f
}

// looking reports whether the form was sent to search in it, or to choose what a search offered, instead of being carried out: by its button, or
// because something was typed and nothing chosen.
func looking(c echo.Context, fields []ui.Field) bool {
	if name, value, ok := strings.Cut(c.FormValue("_use"), "="); ok {
		for _, f := range fields {
			if f.Chosen() && f.Name == name {
				c.Request().Form.Set(name, value)
				c.Request().PostForm.Set(name, value)
			}
		}
		return true
	}
	if c.FormValue("_find") != "" {
		return true
	}
	for _, f := range fields {
		if unchosen(c, f) {
			return true
		}
	}
	return false
}

// unchosen reports whether something was typed into the field and nothing chosen.
func unchosen(c echo.Context, f ui.Field) bool {
	return f.Chosen() && c.FormValue(f.Name) == "" && strings.TrimSpace(c.FormValue(f.Name+"_words")) != ""
}

// offer fills in what a field lets its reader choose from: what is chosen, and what was found for the words.
func (s *Site) offer(c echo.Context, f *ui.Field, refusal *process.Refusal) error {
	ctx, words := c.Request().Context(), strings.TrimSpace(c.FormValue(f.Name+"_words"))
	f.Choose = &ui.Choose{From: source(*f), Words: words}
	if f.Hint == "" {
		f.Hint = i18n.T(ctx, "find.hint_"+f.Kind)
	}
	if f.Adds {
		f.Choose.New = s.newEnterpriseFields(c, f, refusal)
	}
	var err error
	chosen := []string{f.Value}
	if f.Many {
		chosen = strings.Split(f.Value, ",")
		for _, id := range chosen {
			one := *f
			one.Value = id
			shown, err := s.shown(c, one)
			if err != nil {
				return err
			}
			if shown != nil && id != "" {
				f.Choose.Several = append(f.Choose.Several, *shown)
			}
		}
	} else if f.Value != "" && f.Value != ui.NewOne {
		if f.Choose.Chosen, err = s.shown(c, *f); err != nil {
			return err
		}
		if f.Choose.Chosen == nil {
			f.Value = ""
		} else {
			f.Choose.Words = f.Choose.Chosen.Text
		}
	}
	if f.Choose.Searched = c.FormValue("_find") == f.Name || unchosen(c, *f); !f.Choose.Searched {
		if f.Value == "" || f.Many {
			f.Choose.Found, err = s.together(c, *f, "")
			f.Choose.Found = without(f.Choose.Found, chosen)
		}
		return err
	}
	if unchosen(c, *f) && c.FormValue("_find") == "" {
		f.Wrong = i18n.T(ctx, "find.choose_first")
	}
	found, err := s.found(c, *f, words, listed+1)
	if refused := refusalOf(err); refused != nil {
		f.Wrong = sentence(ctx, refused)
		return nil
	}
	f.Choose.Found, f.Choose.More, f.Choose.Words = without(found[:min(len(found), listed)], chosen), len(found) > listed, words
	return err
}

// without leaves out those that are shown as chosen.
func without(found []ui.Choice, chosen []string) []ui.Choice {
	return slices.DeleteFunc(slices.Clone(found), func(one ui.Choice) bool { return slices.Contains(chosen, one.Value) })
}

// source is the address of a field's suggestions.
func source(f ui.Field) string {
	query := url.Values{"not": f.Barred}
	switch f.Kind {
	case "enterprise":
		if f.Beside == "" {
			return "/find/enterprises"
		}
		return "/find/enterprises?" + url.Values{"beside": {f.Beside}}.Encode()
	case "person":
		query.Set("of", string(f.Circle))
		return "/find/people?" + query.Encode()
	}
	for _, o := range f.Options {
		query.Set("enterprise", o.Value)
	}
	return "/find/parties?" + query.Encode()
}

// found are the choices of a field that answer the words, the closest first.
func (s *Site) found(c echo.Context, f ui.Field, words string, size int) ([]ui.Choice, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	switch f.Kind {
	case "enterprise":
		first, err := s.together(c, f, words)
		if err != nil {
			return nil, err
		}
		rows, err := s.App.Store.FindEnterprises(ctx, actor, words, size)
		rest := each(rows, func(e store.FoundEnterprise) ui.Choice { return enterpriseChoice(ctx, e) })
		ahead := []string{}
		for _, one := range first {
			ahead = append(ahead, one.Value)
		}
		return append(first, without(rest, ahead)...), err
	case "person":
		rows, err := s.App.Store.FindPeople(ctx, actor, f.Circle, words, f.Barred, size)
		return each(rows, func(p store.FoundPerson) ui.Choice { return personChoice(ctx, "", p) }), err
	}
	return s.foundParties(c, f, words, size)
}

// together are those that share a site with the enterprise that a field stands beside: they are offered before anything is typed (厂中厂).
func (s *Site) together(c echo.Context, f ui.Field, words string) ([]ui.Choice, error) {
	id, ok := value.ID(f.Beside)
	if !ok || words != "" || actorOf(c).Has(process.Enterprise) {
		return []ui.Choice{}, nil // and not nil: the page reads the list as JSON
	}
	rows, err := s.App.Store.Together(c.Request().Context(), id, s.today())
	found := make([]ui.Choice, 0, len(rows))
	for _, t := range rows {
		found = append(found, ui.Choice{Value: t.ID, Text: t.Name, Detail: i18n.Pick(c.Request().Context(), t.Standing())})
	}
	return found, err
}

func each[R any](rows []R, show func(R) ui.Choice) []ui.Choice {
	shown := make([]ui.Choice, 0, len(rows))
	for _, r := range rows {
		shown = append(shown, show(r))
	}
	return shown
}

// enterpriseChoice is an enterprise with what tells it from others of a similar name.
func enterpriseChoice(ctx context.Context, e store.FoundEnterprise) ui.Choice {
	details := []string{}
	if e.Name != e.ShortName {
		details = append(details, e.Name)
	}
	if e.Alias != "" {
		details = append(details, i18n.T(ctx, "find.alias", "Name", e.Alias))
	}
	if e.CreditCode != "" {
		details = append(details, e.CreditCode)
	}
	return ui.Choice{Value: e.ID, Text: e.ShortName, Detail: strings.Join(details, " · ")}
}

// personChoice is somebody with their unit and roles.
func personChoice(ctx context.Context, prefix string, p store.FoundPerson) ui.Choice {
	details := []string{}
	if p.Unit != "" {
		details = append(details, p.Unit)
	}
	for _, role := range p.Roles {
		details = append(details, i18n.T(ctx, "role."+role))
	}
	return ui.Choice{Value: prefix + p.ID, Text: p.Name, Detail: strings.Join(details, " · ")}
}

// newEnterpriseFields are what has to be known of an enterprise that is added here, with what was typed and what is wrong with it.
func (s *Site) newEnterpriseFields(c echo.Context, f *ui.Field, refusal *process.Refusal) *ui.NewEnterprise {
	ctx := c.Request().Context()
	n := &ui.NewEnterprise{Adding: f.Value == ui.NewOne, Fields: []ui.Field{field(ctx, "new_name", "text", true), field(ctx, "new_short_name", "text", false),
		field(ctx, "new_credit_code", "text", false), field(ctx, "new_sector", "select", false, ui.Keyed(ctx, "sector.", project.Sectors()...)...)}}
	for i := range n.Fields {
		one := &n.Fields[i]
		one.Required = false // the field is there also when no enterprise is added
		one.Value = c.FormValue(one.Name)
		if one.Name == "new_name" && !n.Adding { // until it is added, it is what is being looked for
			one.Value = strings.TrimSpace(c.FormValue(f.Name + "_words"))
		}
		if refusal != nil && n.Adding {
			for _, fault := range refusal.Fields {
				if "new_"+fault.Name == one.Name && c.Get(addingFailed) != nil {
					one.Wrong = i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})
				}
			}
		}
	}
	if known, ok := c.Get(knownEnterprise).(string); ok {
		if e, err := s.App.Store.Enterprise(ctx, actorOf(c), known); err == nil {
			n.Known = &ui.Choice{Value: f.Name + "=" + e.ID, Text: e.ShortName}
		}
	}
	return n
}
