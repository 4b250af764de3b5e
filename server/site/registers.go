package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// routeRegisters mounts the registers' pages, the same for each, and what only people, enterprises and channels have.
func (s *Site) routeRegisters(in *echo.Group) {
	in.GET("/start", s.guide, administrators)
	in.GET("/deeds", s.deeds, administrators)
	in.GET("/users", s.people, administrators)
	in.GET("/users/:user/:deed", s.askUser, administrators)
	in.POST("/users/:user/:deed", s.changeUser, administrators)
	in.GET("/enterprises/:id/merge", s.askMerge, administrators)
	in.POST("/enterprises/:id/merge", s.merge, administrators)
	in.GET("/registers/:register", s.register, administrators)
	in.GET("/registers/:register/new", s.newRecord, administrators)
	in.POST("/registers/:register", s.keepRecord, administrators)
	in.GET("/registers/:register/import", s.importForm, administrators)
	in.POST("/registers/:register/import", s.tryImport, administrators)
	in.POST("/registers/:register/import/apply", s.applyImport, administrators)
	in.GET("/registers/:register/sheet.xlsx", s.sheet, administrators)
	in.GET("/registers/:register/:id", s.record, administrators)
	in.POST("/registers/:register/:id", s.keepRecord, administrators)
}

func (s *Site) clerk() *registers.Desk {
	return &registers.Desk{Store: s.App.Store, Words: s.Catalogue, Now: s.App.Now, Lend: auth.Lend, Follow: s.App.Follow}
}

// registerOf is the register that the address names.
func registerOf(c echo.Context) (register.Register, error) {
	r, ok := register.Of(register.Name(c.Param("register")))
	if !ok {
		return r, echo.ErrNotFound
	}
	return r, nil
}

// people is the register of people, at the address where accounts have always been.
func (s *Site) people(c echo.Context) error {
	r, _ := register.Of(register.PeopleName)
	return s.listRecords(c, r)
}

func (s *Site) register(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil {
		return err
	}
	if r.Single {
		records, err := s.App.Store.Records(c.Request().Context(), r.Name)
		if err != nil || len(records) == 0 {
			return err
		}
		return c.Redirect(http.StatusSeeOther, ui.RecordURL(r.Name, records[0].ID))
	}
	return s.listRecords(c, r)
}

// listRecords lists the records that fit what is asked for: words, and a choice for each field that is chosen from few.
func (s *Site) listRecords(c echo.Context, r register.Register) error {
	ctx, desk := c.Request().Context(), s.clerk()
	records, err := s.App.Store.Records(ctx, r.Name)
	if err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "register."+string(r.Name)), menuOfRegister(r.Name))
	if err != nil {
		return err
	}
	v := ui.RegisterView{Register: r, Words: strings.TrimSpace(c.QueryParam("q")), Total: len(records), Titles: desk.Titles(ctx)}
	for _, q := range r.Questions() {
		if options, narrow := s.narrowing(ctx, r, q, v.Titles); narrow {
			v.Filters = append(v.Filters, ui.RegisterFilter{Path: q.Path, Label: registers.Label(ctx, r.Name, q.Path), Options: options, Value: c.QueryParam(q.Path)})
		}
	}
	fitting := slices.DeleteFunc(records, func(record store.Recorded) bool { return !fits(ctx, r, record, v) })
	v.Fitting = len(fitting)
	if after := c.QueryParam("after"); after != "" {
		if at := slices.IndexFunc(fitting, func(record store.Recorded) bool { return record.ID == after }); at >= 0 {
			fitting = fitting[at+1:]
		}
	}
	if len(fitting) > perPage && !r.Scarce {
		next := c.QueryParams()
		next.Set("after", fitting[perPage-1].ID)
		v.Next, fitting = c.Request().URL.Path+"?"+next.Encode(), fitting[:perPage]
	}
	v.Rows = fitting
	return render(c, http.StatusOK, ui.RegisterPage(ch, v))
}

// narrowing returns the choices by which a list can be narrowed, where there are few enough to be listed.
func (s *Site) narrowing(ctx context.Context, r register.Register, q process.Question, titles func(register.Name) map[string]string) ([]ui.Option, bool) {
	switch {
	case len(q.Choices) > 0:
		return choices(ctx, q), true
	case q.Kind == register.UnitOf:
		return s.unitOptions(ctx), true
	}
	return nil, false
}

// fits reports whether a record answers what is asked for.
func fits(ctx context.Context, r register.Register, record store.Recorded, v ui.RegisterView) bool {
	for _, f := range v.Filters {
		if f.Value != "" && !slices.Contains(strings.Split(registers.Value(record.Doc, f.Path), "、"), f.Value) {
			return false
		}
	}
	if v.Words == "" {
		return true
	}
	return slices.ContainsFunc(r.Questions(), func(q process.Question) bool {
		shown := registers.Shown(ctx, q, registers.Value(record.Doc, q.Path), v.Titles)
		return strings.Contains(strings.ToLower(shown), strings.ToLower(v.Words))
	})
}

// unitOptions offers the sections and departments.
func (s *Site) unitOptions(ctx context.Context) []ui.Option {
	units, err := s.App.Store.Units(ctx)
	if err != nil {
		return nil
	}
	return bodies(units)
}

// departmentOptions offers the county's departments, and what was chosen before they alone were offered.
func (s *Site) departmentOptions(ctx context.Context, chosen string) []ui.Option {
	units, err := s.App.Store.Units(ctx)
	if err != nil {
		return nil
	}
	return bodies(slices.DeleteFunc(units, func(u store.Unit) bool { return u.Kind == "zone" && u.ID != chosen }))
}

func menuOfRegister(name register.Name) string {
	if name == register.PeopleName {
		return "users"
	}
	return "registers"
}

func (s *Site) newRecord(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil || r.Single {
		return orNotFound(err)
	}
	return s.showRecord(c, http.StatusOK, r, store.Recorded{}, nil, nil)
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return echo.ErrNotFound
}

func (s *Site) record(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil {
		return err
	}
	record, err := s.App.Store.Record(c.Request().Context(), r.Name, c.Param("id"))
	if err != nil {
		return err
	}
	return s.showRecord(c, http.StatusOK, r, record, nil, nil)
}

// showRecord draws the form of a record with what was done to it; password is that of an account just made.
func (s *Site) showRecord(c echo.Context, status int, r register.Register, record store.Recorded, refusal *process.Refusal, password *registers.FirstPassword) error {
	ctx := c.Request().Context()
	v := ui.RecordView{Register: r, Record: record, Password: password, Titles: s.clerk().Titles(ctx),
		Form: ui.Form{Action: "/registers/" + string(r.Name), Back: ui.RegisterURL(r.Name), Submit: i18n.T(ctx, "save")}}
	title := i18n.T(ctx, "register.new_"+string(r.Name))
	if record.ID != "" {
		v.Form.Action, title = ui.RecordURL(r.Name, record.ID), registers.Value(record.Doc, r.Title)
	}
	for _, q := range r.Questions() {
		v.Form.Fields = append(v.Form.Fields, s.recordField(c, r, q, record))
	}
	v.Was, v.Form.Key = string(record.Doc), uuid.NewString()
	if c.Request().Method == http.MethodPost && password == nil {
		v.Was = retyped(c, v.Form.Fields, record, refusal)
	}
	refusal = s.conflict(ctx, c, r, record, v.Titles, refusal)
	if err := s.prepare(c, v.Form.Fields, refusal); err != nil {
		return err
	}
	if refusal != nil {
		s.explain(ctx, &v.Form, task{}, refusal)
	}
	var err error
	if record.ID != "" {
		if v.Deeds, err = s.App.Store.RegisterDeeds(ctx, record.ID, "", perPage); err != nil {
			return err
		}
		if err := s.beside(c, &v); err != nil {
			return err
		}
	}
	ch, err := s.chrome(c, title, menuOfRegister(r.Name), ui.Link{Text: i18n.T(ctx, "register."+string(r.Name)), URL: ui.RegisterURL(r.Name)})
	if err != nil {
		return err
	}
	return render(c, status, ui.RecordPage(ch, v))
}

// beside adds what stands beside a record: the records below it.
func (s *Site) beside(c echo.Context, v *ui.RecordView) error {
	for _, below := range register.All() {
		q, ok := below.Question(below.Within)
		if !ok || register.Refers(q) != v.Register.Name {
			continue
		}
		records, err := s.App.Store.Records(c.Request().Context(), below.Name)
		if err != nil {
			return err
		}
		v.Below, v.BelowRows = &below, slices.DeleteFunc(records, func(r store.Recorded) bool { return registers.Value(r.Doc, below.Within) != v.Record.ID })
	}
	return nil
}

// recordField draws one field of a record.
func (s *Site) recordField(c echo.Context, r register.Register, q process.Question, record store.Recorded) ui.Field {
	ctx := c.Request().Context()
	f := ui.Field{Name: q.Path, Kind: kindOf(q.Kind), Required: q.Required, Label: registers.Label(ctx, r.Name, q.Path), Hint: registers.Hint(ctx, r.Name, q.Path),
		Value: registers.Value(record.Doc, q.Path), Circle: choiceCircle(q)}
	switch {
	case q.Many && len(q.Choices) > 0:
		f.Kind, f.Options = "checks", choices(ctx, q)
	case len(q.Choices) > 0:
		f.Options = choices(ctx, q)
	case q.Kind == register.UnitOf:
		f.Kind, f.Options = "select", s.unitOptions(ctx)
		if q.From == register.Departments {
			f.Options = s.departmentOptions(ctx, f.Value)
		}
	}
	if record.ID == "" && f.Value == "" {
		f.Value = c.QueryParam(q.Path)
	}
	return f
}

// keepRecord writes a record, or shows the form again with what was typed.
func (s *Site) keepRecord(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil {
		return err
	}
	ctx, record := c.Request().Context(), store.Recorded{}
	if id := c.Param("id"); id != "" {
		if record, err = s.App.Store.Record(ctx, r.Name, id); err != nil {
			return err
		}
	}
	fields := []ui.Field{}
	for _, q := range r.Questions() {
		fields = append(fields, s.recordField(c, r, q, record))
	}
	if looking(c, fields) {
		return s.showRecord(c, http.StatusOK, r, record, nil, nil)
	}
	from, cells := begun(c, record), cellsOf(c, r)
	for path, text := range cells {
		if record.ID != "" && text == strings.TrimSpace(registers.Value(from, path)) {
			delete(cells, path) // not touched: it stays as it is
		}
	}
	answer, err := s.answered.once(c, func() (any, bool, error) {
		doc, err := s.clerk().Fill(ctx, r, from, cells)
		if err != nil {
			return nil, false, err
		}
		kept, err := s.clerk().Keep(ctx, actorOf(c), r, store.Keeping{ID: record.ID, Record: doc, From: from})
		return kept, true, err
	})
	kept, _ := answer.(registers.Kept)
	if refusal := refusalOf(err); refusal != nil {
		if late(refusal) { // shown with what it is by now
			if record, err = s.App.Store.Record(ctx, r.Name, record.ID); err != nil {
				return err
			}
			return s.showRecord(c, http.StatusConflict, r, record, refusal, nil)
		}
		return s.showRecord(c, http.StatusUnprocessableEntity, r, record, refusal, nil)
	}
	if err != nil {
		return err
	}
	if kept.Password != nil {
		fresh, err := s.App.Store.Record(ctx, r.Name, kept.ID)
		if err != nil {
			return err
		}
		return s.showRecord(c, http.StatusOK, r, fresh, nil, kept.Password)
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, ui.RegisterURL(r.Name)+"#"+url.PathEscape(kept.ID))
}

// cellsOf returns what was typed into a record's form.
func cellsOf(c echo.Context, r register.Register) map[string]string {
	cells := map[string]string{}
	form, err := c.FormParams()
	if err != nil {
		return cells
	}
	for _, q := range r.Questions() {
		cells[q.Path] = strings.TrimSpace(strings.Join(form[q.Path], "、"))
	}
	return cells
}

// deeds lists what administrators did.
func (s *Site) deeds(c echo.Context) error {
	ctx := c.Request().Context()
	rows, err := s.App.Store.RegisterDeeds(ctx, "", c.QueryParam("before"), perPage)
	if refusalOf(err) != nil {
		return echo.ErrBadRequest
	}
	if err != nil {
		return err
	}
	next := ""
	if len(rows) == perPage {
		next = "/deeds?before=" + queryEscape(rows[perPage-1].Cursor())
	}
	ch, err := s.chrome(c, i18n.T(ctx, "deeds.title"), "registers")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.DeedsPage(ch, rows, next, s.clerk().Titles(ctx)))
}
