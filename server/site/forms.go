package site

import (
	"context"
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/httpapi"
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
	fields  []ui.Field

	questions []process.Question // what the command's type asks; beside them a form has the day of the deed and who reads it
}

// ask draws the form, with what was typed when it comes back.
func (s *Site) ask(c echo.Context, t task, status int, refusal *process.Refusal) error {
	ctx := c.Request().Context()
	f := ui.Form{Title: i18n.Command(ctx, t.name), Lead: i18n.Lead(ctx, t.name), Action: t.action, Back: t.back, Submit: i18n.Command(ctx, t.name),
		Key: c.FormValue("_key"), Version: c.FormValue("_version"), Fields: t.fields}
	if f.Key == "" {
		f.Key, f.Version = rand.Text(), strconv.FormatInt(t.version, 10)
	}
	for i := range f.Fields {
		if f.Fields[i].Kind == "files" {
			f.Files = true
		}
		if c.Request().Method == http.MethodPost && f.Fields[i].Kind != "hidden" {
			f.Fields[i].Value = c.FormValue(f.Fields[i].Name)
		}
	}
	if err := s.prepare(c, f.Fields, refusal); err != nil {
		return err
	}
	if refusal != nil {
		s.explain(ctx, &f, t, refusal)
	}
	crumbs := []ui.Link{}
	if t.title != "" {
		crumbs = append(crumbs, ui.Link{Text: t.title, URL: t.back})
	}
	ch, err := s.chrome(c, f.Title, menuOf(t.name.KindOf()), crumbs...)
	if err != nil {
		return err
	}
	return render(c, status, ui.FormPage(ch, f))
}

// explain puts a refusal where a person looks for it: at the field, or above the form with what is missing or who was first.
func (s *Site) explain(ctx context.Context, f *ui.Form, t task, r *process.Refusal) {
	trouble := ui.Trouble{Title: sentence(ctx, r)}
	for _, fault := range r.Fields {
		words := i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})
		if !mark(f.Fields, fault.Name, words) && words != trouble.Title {
			trouble.Lines = append(trouble.Lines, words)
		}
	}
	if r.Since != nil {
		e := r.Since.Event
		trouble.Lines = append(trouble.Lines, i18n.T(ctx, "conflict.first", "Name", ui.Who(ctx, e.Actor.Name), "At", i18n.Date(ctx, clock.DateOf(e.RecordedAt), s.today().Year())+" "+i18n.Clock(e.RecordedAt), "Deed", i18n.Deed(ctx, e.Command)), i18n.T(ctx, "conflict.kept"))
		f.Version = strconv.FormatInt(r.Since.Version, 10)
		f.Key = rand.Text()
	}
	if t.caseID != "" {
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
			fields[i].Wrong = words
			return true
		}
	}
	return false
}

// carryOut does what the form asks and goes to the case, or shows the form again with what was typed.
func (s *Site) carryOut(c echo.Context, t task) error {
	if looking(c, t.fields) {
		return s.ask(c, t, http.StatusOK, nil)
	}
	outcome, err := s.attempt(c, t)
	if refusal := refusalOf(err); refusal != nil {
		return s.ask(c, t, httpapi.Status(refusal.Code), refusal)
	}
	if err != nil {
		return err
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, ui.CaseURL(outcome.Standing.Kind, outcome.Standing.CaseID))
}

func (s *Site) attempt(c echo.Context, t task) (process.Outcome, error) {
	input, err := s.inputOf(c, t.questions)
	if err != nil {
		return process.Outcome{}, err
	}
	choose(c, t.name, input)
	occurred, err := s.occurred(c)
	if err != nil {
		return process.Outcome{}, err
	}
	added, err := s.addNewOne(c, t.fields, input)
	if err != nil {
		return process.Outcome{}, err
	}
	text, err := raw(input)
	if err != nil {
		return process.Outcome{}, err
	}
	request := app.Request{CaseID: t.caseID, Command: t.name, Input: text, Key: c.FormValue("_key"), Actor: actorOf(c), OccurredAt: occurred}
	if version, err := strconv.ParseInt(c.FormValue("_version"), 10, 64); err == nil && version > 0 && versionMatters(t.name) {
		request.IfVersion = &version
	}
	outcome, err := s.App.Do(c.Request().Context(), request)
	if refusalOf(err) != nil && added != "" { // nothing half-made stays; the form still has what was typed
		if err := s.App.Store.DropEnterprise(c.Request().Context(), added); err != nil {
			return process.Outcome{}, err
		}
	}
	return outcome, err
}

// choose says in the input who reads the deed, where its writer may choose.
func choose(c echo.Context, name process.Name, input map[string]any) {
	if readers := c.FormValue("audience"); readers != "" && access.Chooses(actorOf(c), name) {
		put(input, "audience", readers)
	}
}

// field makes a field whose label stands in the catalogue.
func field(ctx context.Context, name, kind string, required bool, options ...ui.Option) ui.Field {
	f := ui.Field{Name: name, Label: i18n.T(ctx, "field."+name), Kind: kind, Required: required, Options: options}
	if kind == "files" {
		f.Hint = i18n.T(ctx, "hint.file")
	}
	return f
}

// day makes the field for the day of the deed, today unless it is said otherwise.
func (s *Site) day(ctx context.Context) ui.Field {
	f := field(ctx, "occurred_on", "date", false)
	f.Value, f.Hint = s.today().String(), i18n.T(ctx, "hint.occurred")
	return f
}
