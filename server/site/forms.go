package site

import (
	"context"
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// task is one command on one case as a form: who, what, where from and where to.
type task struct {
	name    process.Name
	caseID  string // "" for a case to be opened
	title   string // of the case
	version int64
	back    string
	action  string
	alike   string // where the form asks while it is being typed
	fields  []ui.Field

	of        *process.Case      // nil of a case to be opened
	questions []process.Question // what the command's type asks; beside them a form has the day of the deed and who reads it
	rules     process.Rules      // of the case
	offered   ui.Actions         // what else the reader may do with the case; of a form that was refused
}

// wanted reports whether a form has a field from the beginning, or was refused for want of it: why something is meant all the same is asked of nobody before it is doubted.
func wanted(c echo.Context, t task, f ui.Field, refusal *process.Refusal) bool {
	asked := slices.ContainsFunc(t.questions, func(q process.Question) bool { return q.Again && q.Path == f.Name })
	return !asked || c.FormValue(f.Name) != "" || refusal != nil && slices.ContainsFunc(refusal.Fields, func(at process.Field) bool { return at.Name == f.Name })
}

// ask draws the form, with what was typed when it comes back.
func (s *Site) ask(c echo.Context, t task) error {
	ctx, d := c.Request().Context(), draftOf(c)
	f := ui.Form{Title: i18n.Command(ctx, t.name), Beside: s.beside(c, t), Action: t.action, Back: t.back, Submit: i18n.Command(ctx, t.name),
		Key: rand.Text(), Version: strconv.FormatInt(t.version, 10), Fields: t.fields, Alike: t.alike}
	if sort, ok := letters.Sort(c.FormValue("letter")); ok && t.name.Verb() == lettering.IssueVerb {
		f.Title = i18n.T(ctx, "letters.issue", "Name", i18n.Pick(ctx, process.Text(sort.Name)))
	}
	for i := range f.Fields {
		f.Files = f.Files || f.Fields[i].Kind == "files"
	}
	var refusal *process.Refusal
	if d != nil {
		f.Draft, refusal = c.QueryParam(draftParam), d.Refusal
		again(c, &f, t, refusal)
	}
	f.Fields = slices.DeleteFunc(f.Fields, func(one ui.Field) bool { return !wanted(c, t, one, refusal) })
	if t.name == inspection.ArrangeName {
		f.AlikeWords, f.AlikeAt = "visits_found", "/inspections/"
		var err error
		if f.Beside.Title, f.Beside.Lines, err = s.visitsBeside(c, f.Fields); err != nil {
			return err
		}
	}
	if err := s.prepare(c, f.Fields, refusal); err != nil {
		return err
	}
	if d != nil {
		if err := s.explainAll(c, &f, t, d); err != nil {
			return err
		}
	}
	crumbs := []ui.Link{}
	if t.title != "" {
		crumbs = append(crumbs, ui.Link{Text: t.title, URL: t.back})
	}
	ch, err := s.chrome(c, f.Title, menuOf(t.name.KindOf()), crumbs...)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.FormPage(ch, f))
}

// explainAll says why the form was not carried out, and what has happened to the case since it was first drawn.
func (s *Site) explainAll(c echo.Context, f *ui.Form, t task, d *store.Draft) error {
	ctx := c.Request().Context()
	if d.Refusal == nil {
		if d.Marks[signedOut] != "" {
			f.Problem = &ui.Trouble{Title: i18n.T(ctx, "draft.resumed")}
		}
		return nil
	}
	s.explain(ctx, f, t, d.Refusal)
	if !late(d.Refusal) || t.caseID == "" {
		return nil
	}
	seen, err := strconv.ParseInt(c.FormValue("_version"), 10, 64)
	if err != nil {
		return nil //nolint:nilerr // the form did not say what it showed
	}
	changes, err := s.since(c, t, seen)
	f.Problem.Changes = changes
	return err
}

// carryOut does what the form asks and goes to the case, or keeps the form and shows it again with what was typed.
func (s *Site) carryOut(c echo.Context, t task) error {
	if looking(c, t.fields) {
		return s.look(c)
	}
	outcome, err := s.attempt(c, t)
	if err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", ui.CaseURL(outcome.Standing.Kind, outcome.Standing.CaseID))
}

func (s *Site) attempt(c echo.Context, t task) (process.Outcome, error) {
	input, err := s.inputOf(c, t.questions)
	occurred, wrong := s.occurred(c)
	if wrong == nil && occurred.After(s.App.Now()) { // the door refuses it too, when everything else is right
		wrong = process.RefuseField("occurred_on", "发生时间不能晚于现在。", "It cannot have happened after now.")
	}
	if r := refusalOf(wrong); r != nil && (err == nil || refusalOf(err) != nil) {
		err = joined(refusalOf(err), r, "occurred_on")
	}
	if refused := refusalOf(err); refused != nil {
		return process.Outcome{}, s.allFaults(c, t, input, occurred, refused)
	}
	if err != nil {
		return process.Outcome{}, err
	}
	choose(c, t.name, input)
	added, err := s.addNewOne(c, t.fields, input)
	if err != nil {
		return process.Outcome{}, err
	}
	text, err := raw(input)
	if err != nil {
		return process.Outcome{}, err
	}
	request := app.Request{CaseID: t.caseID, Command: t.name, Input: text, Key: c.FormValue("_key"), Actor: actorOf(c), OccurredAt: occurred}
	if version, err := strconv.ParseInt(c.FormValue("_version"), 10, 64); err == nil && version > 0 {
		request.IfVersion = &version
	}
	outcome, err := s.App.Do(c.Request().Context(), request)
	if err == nil && c.Get(newOne) != nil {
		if err := s.App.Store.Filed(c.Request().Context(), actorOf(c), c.Get(newOne).(string), s.App.Now()); err != nil {
			return outcome, err
		}
	}
	err = atInputs(input, err)
	if refusalOf(err) != nil && added != "" { // nothing half-made stays; the form still has what was typed
		if err := s.App.Store.DropEnterprise(c.Request().Context(), added); err != nil {
			return process.Outcome{}, err
		}
	}
	return outcome, err
}

// allFaults adds to what was left empty or cannot be read what the command's type, its rules, and a new enterprise, say of the rest.
func (s *Site) allFaults(c echo.Context, t task, input map[string]any, occurred time.Time, refused *process.Refusal) error {
	text, err := raw(input)
	if err != nil {
		return err
	}
	if occurred.After(s.App.Now()) {
		occurred = time.Time{} // told already
	}
	if more := s.App.Faults(c.Request().Context(), app.Request{CaseID: t.caseID, Command: t.name, Input: text, Key: c.FormValue("_key"), Actor: actorOf(c), OccurredAt: occurred}); more != nil {
		more.Fields = slices.DeleteFunc(slices.Clone(more.Fields), func(f process.Field) bool { return c.FormValue(f.Name) == ui.NewOne }) // which is not on file yet
		refused = refused.Alongside(refusalOf(atInputs(input, more)))
	}
	if slices.ContainsFunc(t.fields, func(f ui.Field) bool { return f.Adds && c.FormValue(f.Name) == ui.NewOne }) {
		if _, err := newOneOf(c).Checked(); refusalOf(err) != nil {
			c.Set(addingFailed, "true")
			refused = refused.Alongside(err)
		}
	}
	return refused
}

// choose says in the input who reads the deed, where its writer may choose.
func choose(c echo.Context, name process.Name, input map[string]any) {
	if readers := c.FormValue("audience"); readers != "" && access.Chooses(actorOf(c), name) {
		put(input, "audience", readers)
	}
}

// field makes a field whose label stands in the catalogue.
func field(ctx context.Context, name, kind string, required bool, options ...ui.Option) ui.Field {
	return ui.Field{Name: name, Label: i18n.T(ctx, "field."+name), Kind: kind, Required: required, Options: options, Secret: secret(name)}
}

// day makes the field for the day of the deed, today unless it is said otherwise.
func (s *Site) day(ctx context.Context) ui.Field {
	f := field(ctx, "occurred_on", "date", false)
	f.Value, f.Hint = s.today().String(), i18n.T(ctx, "hint.occurred")
	return f
}
