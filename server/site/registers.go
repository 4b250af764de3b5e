package site

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

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
	in.GET("/start", s.guide, s.administrators)
	in.GET("/deeds", s.deeds, s.overseers)
	in.GET("/users", s.people, s.administrators)
	in.GET("/users/:user/:deed", s.askUser, s.administrators)
	in.POST("/users/:user/:deed", s.changeUser, s.administrators)
	in.GET("/enterprises/:id/merge", s.askMerge, s.administrators)
	in.POST("/enterprises/:id/merge", s.merge, s.administrators)
	in.GET("/registers/:register", s.register, s.keepers)
	in.GET("/registers/:register/new", s.newRecord, s.keepers)
	in.POST("/registers/:register", s.keepRecord, s.keepers)
	in.GET("/registers/:register/import", s.importForm, s.keepers)
	in.GET("/registers/:register/import/far", s.importFar, s.keepers)
	in.POST("/registers/:register/import", s.tryImport, s.keepers)
	in.POST("/registers/:register/import/apply", s.applyImport, s.keepers)
	in.GET("/registers/:register/sheet.xlsx", s.sheet, s.keepers)
	in.GET("/registers/:register/:id", s.record, s.keepers)
	in.POST("/registers/:register/:id", s.keepRecord, s.keepers)
}

// keepers lets administrators on, and who keeps the register that the address names beside them.
func (s *Site) keepers(next echo.HandlerFunc) echo.HandlerFunc {
	others := s.administrators(next)
	return func(c echo.Context) error {
		if r, ok := register.Of(register.Name(c.Param("register"))); ok && r.KeptBy(actorOf(c)) {
			return next(c)
		}
		return others(c)
	}
}

func (s *Site) clerk() *registers.Desk {
	return &registers.Desk{Store: s.App.Store, Words: s.Catalogue, Now: s.App.Now, Lend: auth.Lend}
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
		options, narrow, err := s.narrowing(ctx, q)
		if err != nil {
			return err
		}
		if narrow {
			v.Filters = append(v.Filters, ui.RegisterFilter{Path: q.Path, Label: registers.Label(ctx, r.Name, q.Path), Options: options, Value: c.QueryParam(q.Path)})
		}
	}
	v.Clashing = clashing(records)
	if r.Name == register.UnitsName {
		if v.Unmet, err = s.App.Store.UnmetDepartments(ctx); err != nil {
			return err
		}
	}
	fitting := slices.DeleteFunc(records, func(record store.Recorded) bool { return !fits(ctx, r, record, v) })
	v.Fitting = len(fitting)
	size := pageSize(c)
	if r.Scarce || c.QueryParam("print") == "all" {
		size = max(len(fitting), 1)
	}
	list, sorting := ordered(c, registers.Sortable(ctx, r, v.Titles), store.Selection(c.QueryString()), lister[store.Recorded](store.InHand(fitting, func(r store.Recorded) string { return r.ID })))
	for i := range sorting.Columns {
		sorting.Columns[i].Text = registers.Label(ctx, r.Name, sorting.Columns[i].Value)
	}
	rows, next, err := list(store.Cursor(c.QueryParam("after")), size)
	if err != nil {
		return err
	}
	if v.Sorting = sorting; next != "" {
		v.Next, v.All = with(c, "after", "after", string(next)), with(c, "after", "print", "all")
	}
	v.Rows = rows
	return render(c, http.StatusOK, ui.RegisterPage(ch, v))
}

// clashing are the accounts of people who hold roles that are kept apart, from before that was a rule.
func clashing(records []store.Recorded) []ui.Link {
	all := []ui.Link{}
	for _, record := range records {
		var person register.Person
		if json.Unmarshal(record.Doc, &person) == nil && register.Clashes(person.Roles) {
			all = append(all, ui.Link{Text: person.Name, URL: ui.RecordURL(register.PeopleName, record.ID)})
		}
	}
	return all
}

// narrowing returns the choices by which a list can be narrowed, where there are few enough to be listed.
func (s *Site) narrowing(ctx context.Context, q process.Question) ([]ui.Option, bool, error) {
	switch {
	case len(q.Choices) > 0:
		return choices(ctx, q), true, nil
	case q.Kind == register.UnitOf:
		q.From = "" // all of them: some may have been chosen before the county's departments alone were offered
		options, err := s.unitOptions(ctx, q, "")
		return options, true, err
	}
	return nil, false, nil
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

// unitOptions offers the sections and departments; where the county's departments alone are meant, them and what was chosen before that was so.
func (s *Site) unitOptions(ctx context.Context, q process.Question, chosen string) ([]ui.Option, error) {
	units, err := s.App.Store.Units(ctx)
	if err != nil {
		return nil, fmt.Errorf("look which bodies can be chosen: %w", err)
	}
	if q.From == register.Departments {
		units = slices.DeleteFunc(units, func(u store.Unit) bool { return u.Kind == "zone" && u.ID != chosen })
	}
	return bodies(units), nil
}

func (s *Site) newRecord(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil {
		return err
	}
	record, err := s.clerk().Meant(c.Request().Context(), r, c.Param("id"))
	if err != nil {
		return err
	}
	return s.showRecord(c, r, record)
}

func (s *Site) record(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil {
		return err
	}
	record, err := s.clerk().Meant(c.Request().Context(), r, c.Param("id"))
	if err != nil {
		return err
	}
	return s.showRecord(c, r, record)
}

// showRecord draws the form of a record with what was done to it, and the first password of an account just made.
func (s *Site) showRecord(c echo.Context, r register.Register, record store.Recorded) error {
	ctx := c.Request().Context()
	v := ui.RecordView{Register: r, Record: record, Titles: s.clerk().Titles(ctx),
		Form: ui.Form{Action: "/registers/" + string(r.Name), Back: ui.RegisterURL(r.Name), Submit: i18n.T(ctx, "save")}}
	var password registers.FirstPassword
	made, err := what(c, &password)
	if err != nil {
		return err
	}
	if made {
		v.Password = &password
	}
	if v.Became, err = s.became(c, r, record); err != nil {
		return err
	}
	title := i18n.T(ctx, "register.new_"+string(r.Name))
	if record.ID != "" {
		title = registers.Value(record.Doc, r.Title)
	}
	if c.Param("id") != "" {
		v.Form.Action = ui.RecordURL(r.Name, record.ID)
	}
	for _, q := range r.Questions() {
		f, err := s.recordField(c, r, q, record)
		if err != nil {
			return err
		}
		v.Form.Fields = append(v.Form.Fields, f)
	}
	v.Was = string(record.Doc)
	if sent(c) == v.Form.Action {
		err = s.retypeRecord(c, &v)
	} else {
		err = s.retype(c, &v.Form)
	}
	if err != nil {
		return err
	}
	if record.ID != "" {
		if v.Deeds, err = s.App.Store.RegisterDeeds(ctx, record.ID, "", perPage); err != nil {
			return err
		}
		if err := s.below(c, &v); err != nil {
			return err
		}
	}
	ch, err := s.chrome(c, title, menuOfRegister(r.Name), ui.Link{Text: i18n.T(ctx, "register."+string(r.Name)), URL: ui.RegisterURL(r.Name)})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.RecordPage(ch, v))
}

// below adds the records below a record.
func (s *Site) below(c echo.Context, v *ui.RecordView) error {
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
func (s *Site) recordField(c echo.Context, r register.Register, q process.Question, record store.Recorded) (ui.Field, error) {
	ctx := c.Request().Context()
	f := ui.Field{Name: q.Path, Kind: kindOf(q.Kind), Required: q.Required, Label: registers.Label(ctx, r.Name, q.Path), Hint: registers.Hint(ctx, r.Name, q.Path),
		Value: registers.Value(record.Doc, q.Path), Circle: choiceCircle(q)}
	limited(&f, q)
	switch {
	case q.Kind == register.Lines:
		const lines, letters = 12, 40_000
		f.Kind, f.Lines, f.Limit = "textarea", lines, letters
	case q.Many && len(q.Choices) > 0:
		f.Kind, f.Options = "checks", choices(ctx, q)
	case len(q.Choices) > 0:
		f.Options = choices(ctx, q)
	case q.Kind == register.UnitOf:
		var err error
		f.Kind = "select"
		if f.Options, err = s.unitOptions(ctx, q, f.Value); err != nil {
			return f, err
		}
	}
	if record.ID == "" && f.Value == "" {
		f.Value = c.QueryParam(q.Path)
	}
	return f, nil
}

// keepRecord writes a record, or shows the form again with what was typed.
func (s *Site) keepRecord(c echo.Context) error {
	r, err := registerOf(c)
	if err != nil {
		return err
	}
	record, err := s.clerk().Meant(c.Request().Context(), r, c.Param("id"))
	if err != nil {
		return err
	}
	fields := []ui.Field{}
	for _, q := range r.Questions() {
		f, err := s.recordField(c, r, q, record)
		if err != nil {
			return err
		}
		fields = append(fields, f)
	}
	if looking(c, fields) {
		return s.look(c)
	}
	from, cells := begun(c, record), cellsOf(c, r)
	for path, text := range cells {
		if record.ID != "" && text == strings.TrimSpace(registers.Value(from, path)) {
			delete(cells, path) // not touched: it stays as it is
		}
	}
	write := func() (registers.Kept, error) {
		return s.clerk().Change(c.Request().Context(), actorOf(c), r, record.ID, from, cells)
	}
	if record.ID == "" { // a second click makes no second record, and is told of no namesake
		return s.once(c, func() (string, any, error) {
			kept, err := write()
			if err != nil || r.Name == register.PeopleName { // whose first password the page shows
				return ui.RecordURL(r.Name, kept.ID), kept.Password, err
			}
			s.flash(c, "done")
			return ui.RegisterURL(r.Name) + "#" + url.PathEscape(kept.ID), nil, nil
		})
	}
	kept, err := write()
	if err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", ui.RegisterURL(r.Name)+"#"+url.PathEscape(kept.ID))
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
	list, sorting := ordered(c, store.SortDeeds(), nil, func(after store.Cursor, size int) ([]store.RegisterDeed, store.Cursor, error) {
		rows, err := s.App.Store.RegisterDeeds(ctx, "", string(after), size+1)
		if err != nil || len(rows) <= size {
			return rows, "", err
		}
		return rows[:size], store.Cursor(rows[size-1].Cursor()), nil
	})
	rows, pages, err := pageOf(c, "before", list, nil)
	if err != nil {
		return err
	}
	pages.Sheet = ""
	current := "registers"
	if !actorOf(c).Has(process.Administrator) {
		current = "deeds" // the auditor's own way to it: the registers are not theirs
	}
	ch, err := s.chrome(c, i18n.T(ctx, "deeds.title"), current)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.DeedsPage(ch, rows, pages, sorting))
}
