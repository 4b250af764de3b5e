package site

import (
	"context"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// again puts what was typed back into the form. Where somebody else was first, what its reader did not touch becomes what stands there now, what they
// changed stays as they typed it, and where both changed the same the field says so: sent again, it changes what this reader changed, and no more.
func again(c echo.Context, f *ui.Form, t task, refusal *process.Refusal) {
	tooLate := late(refusal)
	if !reused(refusal) {
		f.Key = c.FormValue("_key") // sent again, it is the same deed; a key that was used up makes way for another
	}
	if !tooLate {
		f.Version = c.FormValue("_version")
	}
	for i := range f.Fields {
		one := &f.Fields[i]
		if one.Kind == "hidden" {
			continue
		}
		if one.Kind == "dated" {
			redated(c, one)
			continue
		}
		now, entry := one.Value, c.FormValue(one.Name)
		if one.Kind == "checks" {
			entry = strings.Join(ticks(c, one.Name), "、")
		}
		if one.Many {
			entry = strings.Join(several(c, one.Name), ",")
		}
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
		case !tooLate:
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
	if r.Code == process.GateIncomplete {
		trouble.Missing = lacking(ctx, t, r)
		f.Problem = &trouble
		return
	}
	for _, fault := range r.Fields {
		words := i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})
		if fault.Name == "occurred_at" { // as the door calls it; a form asks for the day
			fault.Name = "occurred_on"
		}
		if at, marked := mark(f.Fields, fault.Name, words); marked {
			trouble.Faults = append(trouble.Faults, ui.Fault{Field: at.Name, Label: at.Label, Words: words})
		} else if words != trouble.Title {
			trouble.Lines = append(trouble.Lines, words)
		}
	}
	slices.SortStableFunc(trouble.Faults, func(a, b ui.Fault) int { return inputPlace(f.Fields, a.Field) - inputPlace(f.Fields, b.Field) })
	if len(trouble.Faults) > 0 && !late(r) {
		trouble.Title = i18n.T(ctx, "form.faults", "Count", len(trouble.Faults))
	}
	if r.Since != nil {
		e := r.Since.Event
		trouble.Lines = append(trouble.Lines, i18n.T(ctx, "conflict.first", "Name", ui.WhoDid(ctx, e.Actor), "At", i18n.Date(ctx, clock.DateOf(e.RecordedAt), s.today().Year())+" "+i18n.Clock(e.RecordedAt), "Deed", i18n.Deed(ctx, e.Command)), i18n.T(ctx, "conflict.kept"))
	}
	if t.caseID != "" && moved(r) {
		trouble.Action = &ui.Link{Text: i18n.T(ctx, "conflict.look"), URL: t.back}
	}
	f.Problem = &trouble
}

// lacking are the requirements of a gate that are not met, each with the way to where it is entered.
func lacking(ctx context.Context, t task, r *process.Refusal) []ui.Missing {
	all := make([]ui.Missing, 0, len(r.Fields))
	for _, fault := range r.Fields {
		one := ui.Missing{Words: i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})}
		if rules, ok := t.rules.(lifecycle.Definition); ok && t.of != nil {
			if stage, err := rules.Stage(lifecycle.StageID(t.of.Stage)); err == nil {
				if requirement, err := stage.Requirement(fault.Name); err == nil {
					one.Way = ui.EntryOf(ctx, *t.of, requirement, t.offered.Offers)
				}
			}
		}
		all = append(all, one)
	}
	return all
}

// moved reports whether a form was refused for where its case stands by now: then it helps to look.
func moved(r *process.Refusal) bool {
	return late(r) || slices.Contains([]process.Code{process.WrongState, process.StageMoved, process.Closed, process.Suspended, process.NotSuspended, process.NothingChanged,
		process.NotSkippable, process.TooSoon}, r.Code)
}

// mark writes the fault under its field, and returns the field: the one with the path, or whose path ends with it.
func mark(fields []ui.Field, name, words string) (ui.Field, bool) {
	if name == "file" && !slices.ContainsFunc(fields, func(f ui.Field) bool { return f.Name == name }) {
		name = "attachments"
	}
	for i := range fields {
		f := &fields[i]
		if option, is := strings.CutPrefix(name, ui.PartName(f.Name, "")); is && slices.ContainsFunc(f.Options, func(o ui.Option) bool { return o.Value == option }) {
			if f.At == nil {
				f.At = map[string]string{}
			}
			if f.At[option] != "" && f.At[option] != words {
				words = f.At[option] + " " + words
			}
			f.At[option] = words
			return f.Part(option), true
		}
		if f.Name == name || strings.HasSuffix(f.Name, "."+name) || f.Name == listOf(name) || strings.HasPrefix(name, ui.PartName(f.Name, "")) {
			if f.Wrong != "" && f.Wrong != words {
				words = f.Wrong + " " + words
			}
			f.Wrong = words
			return *f, true
		}
		if f.Choose != nil && f.Choose.New != nil && f.Choose.New.Adding {
			for _, one := range f.Choose.New.Fields { // marked where it was drawn
				if one.Name == "new_"+name && one.Wrong != "" {
					return one, true
				}
			}
		}
	}
	return ui.Field{}, false
}

// inputPlace is where an input stands in its form, so that faults are told from the top down. What stands within a field stands where the field does.
func inputPlace(fields []ui.Field, name string) int {
	at := 0
	for _, f := range fields {
		if f.Name == name {
			return at
		}
		for _, o := range f.Options {
			if at++; ui.PartName(f.Name, o.Value) == name {
				return at
			}
		}
		at++
		if f.Choose != nil && f.Choose.New != nil && slices.ContainsFunc(f.Choose.New.Fields, func(one ui.Field) bool { return one.Name == name }) {
			return at
		}
	}
	return at
}

// listOf is the field of a list that one of its elements belongs to: inspector_ids of inspector_ids[0].
func listOf(name string) string {
	list, _, _ := strings.Cut(name, "[")
	return list
}

// wrong says how much is wrong with the form that a page shows again, for the page's title; "" for nothing.
func wrong(c echo.Context) string {
	d := draftOf(c)
	if d == nil || d.Refusal == nil {
		return ""
	}
	names := map[string]bool{}
	for _, fault := range d.Refusal.Fields {
		names[fault.Name] = true
	}
	if len(names) == 0 || d.Refusal.Code == process.GateIncomplete { // it is not the form's fields that are at fault
		return i18n.T(c.Request().Context(), "form.not_done")
	}
	return i18n.T(c.Request().Context(), "form.wrong", "Count", len(names))
}
