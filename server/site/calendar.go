package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// calendar shows a year; what was typed stays when it was refused.
func (s *Site) calendar(c echo.Context) error {
	ctx, v := c.Request().Context(), ui.CalendarView{Year: s.today().Year()}
	for _, asked := range []string{c.QueryParam("year"), c.FormValue("year")} {
		if year, err := strconv.Atoi(asked); err == nil && year >= 2000 && year <= 2100 {
			v.Year = year
		}
	}
	ch, err := s.chrome(c, i18n.T(ctx, "calendar.title"), "calendar")
	if err != nil {
		return err
	}
	if v.Calendar, err = s.App.Store.Calendar(ctx); err != nil {
		return err
	}
	if v.History, err = s.App.Store.CalendarHistory(ctx); err != nil {
		return err
	}
	for i := range v.History {
		v.History[i].ByName = noName(c, v.History[i].ByName)
	}
	if v.Edits = ch.Actor.Has(process.Administrator); v.Edits {
		if v.Form, err = s.calendarForm(c, v); err != nil {
			return err
		}
	}
	return render(c, http.StatusOK, ui.CalendarPage(ch, v))
}

// calendarForm asks for a year as lines or as a file.
func (s *Site) calendarForm(c echo.Context, v ui.CalendarView) (ui.Form, error) {
	ctx, y := c.Request().Context(), v.Calendar.List(v.Year)
	with := func(name, words, kind, value, hint string, required bool) ui.Field {
		f := ui.Field{Name: name, Label: i18n.T(ctx, "field."+words), Kind: kind, Value: value, Required: required}
		if hint != "" {
			f.Hint = i18n.T(ctx, hint)
		}
		return f
	}
	f := ui.Form{Action: "/calendar/preview", Submit: i18n.T(ctx, "calendar.preview"), Files: true, Fields: []ui.Field{
		with("year", "year", "number", strconv.Itoa(v.Year), "", true), with("paper", "paper", "text", y.Paper, "", false), with("lines", "lines", "textarea", y.Lines(), "hint.lines", false),
		with(sheetField, "calendar_file", "files", "", "hint.calendar_file", false), with("hours", "hours", "text", ui.Hours(v.Calendar), "", false)}}
	for i := range f.Fields {
		switch f.Fields[i].Name {
		case "lines":
			f.Fields[i].Lines = 24
		case sheetField:
			f.Fields[i].Takes = ui.FileLimits{Each: ui.CalendarBytes, All: ui.CalendarBytes, Most: 1, Endings: []string{".json", ".xlsx"}, Kinds: "limit.kinds_calendar"}
		}
	}
	return f, s.retype(c, &f)
}

// previewCalendar reads a typed, imported or former calendar and leads to what it would move. Nothing is changed.
func (s *Site) previewCalendar(c echo.Context) error {
	p, err := s.proposal(c)
	if err != nil {
		return s.refuse(c, wrongCalendar(err))
	}
	form := c.Request().PostForm // as it was understood: a file is the lines that it holds
	form.Set("year", strconv.Itoa(p.Year))
	form.Set("paper", p.Paper)
	form.Set("lines", p.Lines)
	form.Del("_draft")
	return s.keep(c, c.Request().URL.Path, nil)
}

// showProposal shows what was read, and what it would move.
func (s *Site) showProposal(c echo.Context) error {
	if draftOf(c) == nil {
		return c.Redirect(http.StatusSeeOther, "/calendar")
	}
	p, err := s.proposal(c)
	if err != nil { // nothing that a page of ours sends
		return c.Redirect(http.StatusSeeOther, "/calendar")
	}
	ctx := c.Request().Context()
	cal, err := s.proposed(ctx, p)
	if err != nil {
		return err
	}
	now, err := s.App.Store.Calendar(ctx)
	if err != nil {
		return err
	}
	p.Form = ui.Form{Action: "/calendar/apply", Submit: i18n.T(ctx, "proposal.apply"), Back: "/calendar?year=" + strconv.Itoa(p.Year), Fields: []ui.Field{field(ctx, "reason", "textarea", true)}}
	if err := s.retype(c, &p.Form); err != nil {
		return err
	}
	if p.Base = c.FormValue("base"); p.Base == "" || p.Form.Problem != nil {
		p.Base = now.Version
	}
	p.Added = differences(ctx, now, cal)
	if p.Moves, err = s.App.Store.PreviewCalendar(ctx, cal, clock.DateOf(s.App.Now())); err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "proposal.title"), "calendar", ui.Link{Text: i18n.T(ctx, "calendar.title"), URL: "/calendar"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ProposalPage(ch, p))
}

// applyCalendar puts what was previewed into force.
func (s *Site) applyCalendar(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := s.proposal(c)
	if err != nil {
		return s.refuse(c, wrongCalendar(err))
	}
	cal, err := s.proposed(ctx, p)
	if err != nil {
		return s.refuse(c, wrongCalendar(err))
	}
	if _, err = s.App.ChangeCalendar(ctx, actorOf(c), cal, c.FormValue("base"), c.FormValue("reason"), p.Restore); err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "calendar", "/calendar?year="+strconv.Itoa(p.Year))
}

// wrongCalendar refuses what somebody typed or imported and cannot be, at the field that it was typed into.
func wrongCalendar(err error) error {
	bad, several := &badCalendar{}, clock.Faults{}
	if !errors.As(err, &bad) {
		return err
	}
	var refused process.Faults
	if errors.As(bad.error, &several) {
		for _, fault := range several {
			at := fault.Of
			if at == clock.OfDays {
				at = bad.field
			}
			refused.Note(process.RefuseField(at, fault.Says, fault.Says))
		}
	} else {
		refused.Note(process.RefuseField(bad.field, bad.Error(), bad.Error()))
	}
	if bad.hours != nil {
		refused.Note(process.RefuseField("hours", bad.hours.Error(), bad.hours.Error()))
	}
	return refused.Err()
}

// badCalendar is what somebody typed or imported and cannot be.
type badCalendar struct {
	error
	field string
	hours error // what is wrong with the office hours beside
}

// proposal reads the form: a year as lines or as a file, or the number of a version to take back.
func (s *Site) proposal(c echo.Context) (ui.Proposal, error) {
	p := ui.Proposal{Paper: strings.TrimSpace(c.FormValue("paper")), Lines: c.FormValue("lines"), Hours: c.FormValue("hours"), Year: s.today().Year()}
	if seq, err := strconv.Atoi(c.FormValue("restore")); err == nil && seq > 1 {
		p.Restore, p.Year = seq, s.today().Year()
		return p, nil
	}
	year, err := strconv.Atoi(strings.TrimSpace(c.FormValue("year")))
	if err != nil {
		return p, &badCalendar{fmt.Errorf("年份「%s」应是四位数字", c.FormValue("year")), "year", nil}
	}
	p.Year = year
	from := sheetField
	y, err := imported(c, year, p.Paper)
	if y == nil && err == nil {
		from = "lines"
		var typed clock.Year
		typed, err = clock.ParseLines(year, p.Paper, p.Lines)
		y = &typed
	}
	var hours error
	if p.Hours != "" {
		_, hours = clock.ParseHours(p.Hours)
	}
	switch {
	case err != nil:
		return p, &badCalendar{err, from, hours}
	case hours != nil:
		return p, &badCalendar{hours, "hours", nil}
	}
	p.Year, p.Paper, p.Lines = y.Year, y.Paper, y.Lines()
	return p, nil
}

// imported reads the file of the form, if there is one: the JSON of holiday-cn, or a sheet with the columns 日期, 休/班, 名称.
func imported(c echo.Context, year int, paper string) (*clock.Year, error) {
	header, err := c.FormFile(sheetField)
	if err != nil || header.Filename == "" {
		return nil, nil //nolint:nilerr // no file was chosen
	}
	if header.Size == 0 {
		return nil, fmt.Errorf("「%s」是空文件", header.Filename)
	}
	file, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("打不开文件 %s", header.Filename)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, ui.CalendarBytes))
	if err != nil {
		return nil, fmt.Errorf("文件 %s 没有传完整", header.Filename)
	}
	var y clock.Year
	if strings.HasSuffix(strings.ToLower(header.Filename), ".xlsx") {
		y, err = sheet(content, year, paper)
	} else {
		y, err = clock.ParseHolidays(content)
	}
	var several clock.Faults
	if err != nil && !errors.As(err, &several) {
		err = fmt.Errorf("「%s」：%w", header.Filename, err)
	}
	return &y, err
}

// proposed is the calendar that the proposal means.
func (s *Site) proposed(ctx context.Context, p ui.Proposal) (clock.Calendar, error) {
	if p.Restore > 1 {
		return s.App.Store.CalendarBefore(ctx, p.Restore)
	}
	cal, err := s.App.Store.Calendar(ctx)
	if err != nil {
		return cal, err
	}
	y, err := clock.ParseLines(p.Year, p.Paper, p.Lines)
	if err != nil {
		return cal, &badCalendar{err, "lines", nil}
	}
	cal = cal.With(y)
	if p.Hours != "" {
		if cal.Hours, err = clock.ParseHours(p.Hours); err != nil {
			return cal, &badCalendar{err, "hours", nil}
		}
	}
	return cal, nil
}

// differences lists the days that change, in words, in order.
func differences(ctx context.Context, before, after clock.Calendar) []string {
	lines := []string{}
	years := map[int]bool{}
	for _, papers := range []map[int]string{before.Years, after.Years} {
		for y := range papers {
			years[y-1], years[y] = true, true // a paper rules days of the December before it
		}
	}
	for y := 1999; y <= 2100; y++ {
		if !years[y] {
			continue
		}
		for day := clock.NewDate(y, 1, 1); day.Year() == y; day = day.AddDays(1) {
			was, wasName := before.Kind(day)
			is, name := after.Kind(day)
			if was != is || wasName != name {
				lines = append(lines, fmt.Sprintf("%s  %s → %s", i18n.FullDate(ctx, day), strings.TrimSpace(i18n.T(ctx, "daykind."+string(was))+" "+wasName),
					strings.TrimSpace(i18n.T(ctx, "daykind."+string(is))+" "+name)))
			}
		}
	}
	return lines
}

func (s *Site) definitions(c echo.Context) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "definitions.title"), "definitions")
	if err != nil {
		return err
	}
	rows, err := s.App.Store.DefinitionVersions(ctx)
	if err != nil {
		return err
	}
	form := ui.Form{Action: "/definitions", Fields: []ui.Field{field(ctx, "reason", "text", true)}}
	if err := s.retype(c, &form); err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.DefinitionsPage(ch, rows, form, c.FormValue("kind")))
}

func (s *Site) adoptDefinition(c echo.Context) error {
	ctx := c.Request().Context()
	version, err := strconv.Atoi(c.FormValue("version"))
	kind := process.Kind(c.FormValue("kind"))
	if _, known := kinds.Of(kind); err != nil || !known {
		return echo.ErrNotFound
	}
	err = s.App.AdoptDefinition(ctx, actorOf(c), kind, version, c.FormValue("reason"), false)
	if err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "batch", "/operations")
}

// warn is the banner about next year's missing list, for those who can do something about it.
func warn(ctx context.Context, ch *ui.Chrome, cal clock.Calendar) {
	if w := cal.Missing(ch.Today); w != nil && (ch.Actor.Has(process.Administrator) || (w.Urgent && ch.Actor.Has(process.Leader))) {
		ch.Warning = &ui.Warning{Text: i18n.T(ctx, "calendar.missing", "Year", w.Year), Urgent: w.Urgent, URL: "/calendar?year=" + strconv.Itoa(w.Year)}
	}
}
