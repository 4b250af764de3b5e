package site

import (
	"context"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// again puts what was typed back into the form. Where somebody else was first, what its reader did not touch becomes what stands there now, what they
// changed stays as they typed it, and where both changed the same the field says so: sent again, it changes what this reader changed, and no more.
func again(c echo.Context, f *ui.Form, t task, refusal *process.Refusal) {
	moved := late(refusal)
	if !reused(refusal) {
		f.Key = c.FormValue("_key") // sent again, it is the same deed; a key that was used up makes way for another
	}
	if !moved {
		f.Version = c.FormValue("_version")
	}
	for i := range f.Fields {
		one := &f.Fields[i]
		if one.Kind == "hidden" {
			continue
		}
		now, entry := one.Value, c.FormValue(one.Name)
		at := slices.IndexFunc(t.questions, func(q process.Question) bool { return q.Path == one.Name })
		if at < 0 || !t.questions[at].Stays {
			one.Value = entry
			continue
		}
		q := t.questions[at]
		was, shown := began(c, q)
		switch {
		case !shown:
			one.Value = entry
		case !moved:
			one.Value, one.Was = entry, &was
		case same(q, entered(q, entry), was): // not touched
		default:
			one.Value = entry
			if !same(q, was, entered(q, now)) && !same(q, entered(q, entry), entered(q, now)) {
				one.Wrong = i18n.T(c.Request().Context(), "conflict.field", "Was", show(c.Request().Context(), *one, was), "Now", show(c.Request().Context(), *one, now))
			}
		}
	}
}

// show is a field's value as its reader knows it.
func show(ctx context.Context, f ui.Field, value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Text
		}
	}
	switch {
	case f.Kind == "checkbox" && value == "true":
		return i18n.T(ctx, "fact.yes")
	case f.Kind == "checkbox":
		return i18n.T(ctx, "fact.no")
	case value == "":
		return i18n.T(ctx, "conflict.nothing")
	}
	return value
}

// late reports whether the form was refused because the case moved since it was drawn.
func late(r *process.Refusal) bool {
	return r != nil && (r.Since != nil || r.Code == process.StaleVersion || r.Code == process.KeyReused)
}

// reused reports whether the form was carried out before, with other contents.
func reused(r *process.Refusal) bool { return r != nil && r.Code == process.KeyReused }

// since is what changed on the case after the version, old → new by field.
func (s *Site) since(c echo.Context, t task, seen int64) ([]ui.Change, error) {
	events, err := s.App.Store.History(c.Request().Context(), actorOf(c), t.caseID, 0, 50)
	if err != nil {
		return nil, err
	}
	events = slices.DeleteFunc(events, func(e process.Event) bool { return e.Version <= seen })
	slices.Reverse(events)
	return ui.ChangesOf(c.Request().Context(), events, t.rules), nil
}

// explain puts a refusal where a person looks for it: at the field, or above the form with what is missing or who was first.
func (s *Site) explain(ctx context.Context, f *ui.Form, t task, r *process.Refusal) {
	trouble := ui.Trouble{Title: sentence(ctx, r)}
	if reused(r) {
		trouble.Title = i18n.T(ctx, "conflict.again")
		if t.caseID == "" {
			trouble.Title = i18n.T(ctx, "conflict.opened")
		}
	}
	marked := 0
	for _, fault := range r.Fields {
		words := i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})
		if mark(f.Fields, fault.Name, words) {
			marked++
		} else if words != trouble.Title {
			trouble.Lines = append(trouble.Lines, words)
		}
	}
	if marked > 1 {
		trouble.Title = i18n.T(ctx, "form.faults", "Count", marked)
	}
	if r.Since != nil {
		e := r.Since.Event
		trouble.Lines = append(trouble.Lines, i18n.T(ctx, "conflict.first", "Name", ui.Who(ctx, e.Actor.Name), "At", i18n.Date(ctx, clock.DateOf(e.RecordedAt), s.today().Year())+" "+i18n.Clock(e.RecordedAt), "Deed", i18n.Deed(ctx, e.Command)), i18n.T(ctx, "conflict.kept"))
	}
	if t.caseID != "" && len(r.Fields) == 0 {
		trouble.Action = &ui.Link{Text: i18n.T(ctx, "conflict.look"), URL: t.back}
	}
	f.Problem = &trouble
}

// mark writes the fault under its field: the one with the path, or whose path ends with it.
func mark(fields []ui.Field, name, words string) bool {
	if name == "file" {
		name = "attachments"
	}
	for i := range fields {
		if n := fields[i].Name; n == name || strings.HasSuffix(n, "."+name) {
			if fields[i].Wrong != "" && fields[i].Wrong != words {
				words = fields[i].Wrong + " " + words
			}
			fields[i].Wrong = words
			return true
		}
	}
	return false
}
