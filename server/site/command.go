package site

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) openForm(kind process.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		t, err := s.opening(c, kind)
		if err != nil {
			return err
		}
		return s.ask(c, t)
	}
}

func (s *Site) open(kind process.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		t, err := s.opening(c, kind)
		if err != nil {
			return err
		}
		return s.carryOut(c, t)
	}
}

// opening is the form that puts a case on file.
func (s *Site) opening(c echo.Context, kind process.Entry) (task, error) {
	if err := permit(c, kind.Opens, false); err != nil {
		return task{}, err
	}
	v, err := s.App.Store.Blank(c.Request().Context(), kind)
	if err != nil {
		return task{}, err
	}
	v.Env.Today = s.today()
	at := "/" + kind.Path
	return s.fill(c, v, task{name: kind.Opens, back: at, alike: s.view(kind).alike, action: kinds.Opening(kind)})
}

func (s *Site) form(kind process.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		t, err := s.doing(c, kind)
		if err != nil {
			return err
		}
		return s.ask(c, t)
	}
}

func (s *Site) command(kind process.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		t, err := s.doing(c, kind)
		if err != nil {
			return err
		}
		return s.carryOut(c, t)
	}
}

// doing is the form of a command on a case.
func (s *Site) doing(c echo.Context, kind process.Entry) (task, error) {
	v, err := s.caseOf(c, kind)
	if err != nil {
		return task{}, err
	}
	name, header := kind.Kind.Does(process.Verb(c.Param("command"))), v.Subject.Header()
	if name == kind.Opens {
		return task{}, echo.ErrNotFound
	}
	relation, err := s.relation(c, v)
	if err != nil {
		return task{}, err
	}
	if err := permit(c, name, relation); err != nil {
		return task{}, err
	}
	back := kinds.URL(kind.Kind, header.ID)
	return s.fill(c, v, task{name: name, caseID: header.ID, title: header.Title, version: header.Version, back: back, action: back + "/" + c.Param("command")})
}

// fill adds the fields of the command's form.
func (s *Site) fill(c echo.Context, v store.Case, t task) (task, error) {
	if t.caseID != "" {
		t.of = v.Subject.Header()
		if d := draftOf(c); d != nil && d.Refusal != nil {
			offered, err := s.offers(c, v)
			if err != nil {
				return t, err
			}
			t.offered.More = offered
		}
	}
	if desk := v.Env.Found.Desk; desk != nil {
		desk.Chosen = c.FormValue("letter")
	}
	t.questions, t.rules = v.Form(t.name, v.Subject, actorOf(c), v.Env), v.Env.Rules
	for _, q := range t.questions {
		if q.Kind == process.Emptied { // said by the fields beside it
			continue
		}
		f, err := s.fieldFor(c, v, t, q)
		if err != nil {
			return t, err
		}
		t.fields = append(t.fields, f)
	}
	t.fields = s.complete(c, t.name, t.of, t.fields)
	return t, nil
}

// kindOf is how a question is drawn.
func kindOf(k process.QuestionKind) string {
	switch k {
	case process.Long:
		return "textarea"
	case process.Day:
		return "date"
	case process.Count:
		return "number"
	case process.Number, process.RateOf:
		return "decimal"
	case process.MonthOf:
		return "month"
	case process.Dated:
		return "dated"
	case process.YesNo:
		return "checkbox"
	case process.Pick:
		return "radio"
	case process.Ticks:
		return "checks"
	case process.Files:
		return "files"
	case process.Seen:
		return "hidden"
	case process.Choose, process.CampaignOf:
		return "select"
	case process.Somebody:
		return "person"
	case process.Somewhere:
		return "party"
	case process.Company:
		return "enterprise"
	case process.Line, process.CaseOf, process.Money, process.Answers, process.Emptied:
	}
	return "text"
}

// fieldFor draws a question: its words, its choices, and what it begins with.
func (s *Site) fieldFor(c echo.Context, v store.Case, t task, q process.Question) (ui.Field, error) {
	ctx := c.Request().Context()
	f := ui.Field{Name: q.Path, Kind: kindOf(q.Kind), Required: q.Required, Sometimes: q.Sometimes, Value: q.Value, Of: q.Part, Abreast: q.Abreast, Under: i18n.Pick(ctx, q.Under)}
	limited(&f, q)
	f.Owed = owed(ctx, t, q)
	if q.Only.Path != "" {
		f.Only, f.OnlyAt, f.OnlyWords = q.Only.Path, q.Only.Values, i18n.T(ctx, "field.only", "Words", answered(ctx, t, q.Only))
	}
	if q.Kind != process.Seen {
		f.Label = i18n.Label(ctx, t.name, q.Path)
		if q.Text.Chinese != "" {
			f.Label = i18n.Pick(ctx, q.Text)
		}
		if q.Text.Chinese != "" && q.Unit != "" {
			f.Label += i18n.T(ctx, "field.in_unit", "Unit", q.Unit)
		}
	}
	var called string
	var err error
	switch q.Kind {
	case process.Choose, process.Pick, process.Ticks:
		f.Options, f.Other = choices(ctx, q), q.Other
	case process.Dated:
		f.Options, f.Days = choices(ctx, q), map[string]ui.Dated{}
		for _, one := range q.Choices {
			f.Days[one.Value] = ui.Dated{Day: one.Day, Was: one.Day, Group: i18n.Pick(ctx, one.Group), Now: s.inWords(ctx, one.Day)}
		}
	case process.Somebody:
		f.Circle = choice.Circle(q.From)
		if q.Not == "me" {
			f.Barred = []string{actorOf(c).ID}
			if f.Value == actorOf(c).ID {
				f.Value = "" // it would be refused
			}
		}
		if q.Value == "me" {
			f.Value = actorOf(c).ID
		}
	case process.Somewhere:
		f.Options, f.Barred = partyOf(*v.Subject.Header())
	case process.Company:
		f.Adds = t.caseID == "" && !q.Many
		if f.Many = q.Many; q.Many { // further ones beside the case's own
			f.BesideOf, f.Beside = "enterprise_id", cmp.Or(v.Subject.Header().EnterpriseID, c.FormValue("enterprise_id"))
		}
	case process.CampaignOf:
		f.Options, err = s.campaigns(c)
	case process.Files:
		f.Takes = s.taken()
	case process.Money:
		f.Value = typed.Wan(q.Value)
	case process.CaseOf:
		if named := c.QueryParam(q.Path); named != "" { // the page of the case that is meant led here
			var number string
			number, called, err = s.App.Store.Called(c.Request().Context(), actorOf(c), named)
			f.Value = cmp.Or(number, named)
		}
	case process.Seen:
		if before := c.FormValue(q.Path); before != "" {
			f.Value = before
		}
	case process.Line, process.Long, process.Day, process.Count, process.Number, process.YesNo, process.Answers, process.Emptied, process.MonthOf, process.RateOf:
	}
	if f.Hint = i18n.Pick(ctx, q.Hint); f.Hint != "" {
	} else if key := "hint." + string(t.name) + "." + q.Path; i18n.Has(ctx, key) {
		f.Hint = i18n.T(ctx, key)
	} else if q.From == string(choice.Supervisors) && q.Many {
		f.Hint = i18n.T(ctx, "inspector.hint")
	}
	if called != "" {
		f.Hint = called
	}
	if asked := s.chosen(c, q, f.Options); len(asked) > 0 {
		f.Value = strings.Join(asked, "、") // as a field of ticks holds them
	}
	switch t.name { //nolint:exhaustive // the other forms begin as their kind says
	case inspection.ArrangeName:
		s.arranging(c, &f)
	case meeting.ConveneName:
		if named := c.QueryParam("projects"); q.Path == "title" && named != "" { // the project's page led here
			var title string
			if _, title, err = s.App.Store.Called(ctx, actorOf(c), named); title != "" {
				project, _, _ := strings.Cut(title, " · ")
				f.Value = i18n.T(ctx, "review.meeting_of", "Project", project)
			}
		}
	}
	if err == nil && t.name == hazard.RecordName {
		err = s.foundIn(c, &f)
	}
	if was := entered(q, f.Value); q.Stays && t.caseID != "" {
		f.Was = &was
	}
	return f, err
}

// chosen is what the address of a form chooses of a question's options, in their order: one, or of ticks each that it names; a case is named by its number or its id.
func (s *Site) chosen(c echo.Context, q process.Question, options []ui.Option) []string {
	named := c.QueryParams()[q.Path]
	if len(options) == 0 || len(named) == 0 {
		return nil
	}
	if q.Kind != process.Ticks {
		named = named[:1]
	}
	wanted := slices.Clone(named)
	for _, one := range named {
		if _, is := value.ID(one); !is {
			continue
		}
		if number, _, err := s.App.Store.Called(c.Request().Context(), actorOf(c), one); err == nil && number != "" {
			wanted = append(wanted, number)
		}
	}
	all := []string{}
	for _, o := range options {
		if slices.Contains(wanted, o.Value) {
			all = append(all, o.Value)
		}
	}
	return all
}

// inWords is a day of a form as people read it, "" for none.
func (s *Site) inWords(ctx context.Context, text string) string {
	day, err := clock.ParseDate(text)
	if err != nil {
		return ""
	}
	return i18n.Date(ctx, day, s.today().Year())
}

// choices are a question's, in words.
func choices(ctx context.Context, q process.Question) []ui.Option {
	options := make([]ui.Option, 0, len(q.Choices))
	for _, choice := range q.Choices {
		text := i18n.Pick(ctx, choice.Text)
		if text == "" {
			text = i18n.T(ctx, q.Words+"."+choice.Value)
		}
		options = append(options, ui.Option{Value: choice.Value, Text: text, Says: i18n.Pick(ctx, choice.Says), Group: i18n.Pick(ctx, choice.Group)})
	}
	return options
}

// partyOf is what a case's own enterprise is to whoever may be given the case, and who has it already.
func partyOf(h process.Case) (own []ui.Option, barred []string) {
	if h.EnterpriseID != "" {
		own = []ui.Option{{Value: h.EnterpriseID}}
	}
	if h.Holder != nil {
		barred = []string{h.Holder.ID}
	}
	return own, barred
}

func (s *Site) campaigns(c echo.Context) ([]ui.Option, error) {
	rows, err := s.App.Store.Campaigns(c.Request().Context(), actorOf(c))
	if err != nil {
		return nil, err
	}
	options := make([]ui.Option, 0, len(rows))
	for _, r := range rows {
		options = append(options, ui.Option{Value: r.ID, Text: r.Name})
	}
	return options, nil
}
