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

func (s *Site) calendar(c echo.Context) error {
	year := s.today().Year()
	if asked, err := strconv.Atoi(c.QueryParam("year")); err == nil && asked >= 2000 && asked <= 2100 {
		year = asked
	}
	return s.showCalendar(c, http.StatusOK, ui.CalendarView{Year: year})
}

// showCalendar shows a year; what was typed stays when v brings trouble.
func (s *Site) showCalendar(c echo.Context, status int, v ui.CalendarView) error {
	ctx := c.Request().Context()
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
	v.Edits = ch.Actor.Has(process.Administrator)
	if v.Trouble == "" {
		y := v.Calendar.List(v.Year)
		v.Lines, v.Paper = y.Lines(), y.Paper
	}
	return render(c, status, ui.CalendarPage(ch, v))
}

// previewCalendar shows what a typed, imported or former calendar would move. Nothing is changed.
func (s *Site) previewCalendar(c echo.Context) error {
	p, err := s.proposal(c)
	var bad *badCalendar
	if errors.As(err, &bad) {
		return s.showCalendar(c, http.StatusUnprocessableEntity, ui.CalendarView{Year: p.Year, Paper: p.Paper, Lines: p.Lines, Trouble: bad.Error()})
	}
	if err != nil {
		return err
	}
	return s.showProposal(c, http.StatusOK, p)
}

// applyCalendar puts what was previewed into force.
func (s *Site) applyCalendar(c echo.Context) error {
	p, err := s.proposal(c)
	var bad *badCalendar
	if errors.As(err, &bad) {
		return s.showCalendar(c, http.StatusUnprocessableEntity, ui.CalendarView{Year: p.Year, Paper: p.Paper, Lines: p.Lines, Trouble: bad.Error()})
	}
	if err != nil {
		return err
	}
	cal, err := s.proposed(c.Request().Context(), p)
	if err != nil {
		return err
	}
	_, err = s.App.ChangeCalendar(c.Request().Context(), actorOf(c), cal, c.FormValue("base"), c.FormValue("reason"), p.Restore)
	if refusal := refusalOf(err); refusal != nil {
		p.Trouble, p.Reason = sentence(c.Request().Context(), refusal), c.FormValue("reason")
		return s.showProposal(c, http.StatusConflict, p)
	}
	if err != nil {
		return err
	}
	s.flash(c, "calendar")
	return c.Redirect(http.StatusSeeOther, "/calendar?year="+strconv.Itoa(p.Year))
}

// badCalendar is what somebody typed or imported and cannot be.
type badCalendar struct{ error }

// proposal reads the form: a year as lines or as a file, or the number of a version to take back.
func (s *Site) proposal(c echo.Context) (ui.Proposal, error) {
	p := ui.Proposal{Paper: strings.TrimSpace(c.FormValue("paper")), Lines: c.FormValue("lines"), Hours: c.FormValue("hours"), Year: s.today().Year()}
	if seq, err := strconv.Atoi(c.FormValue("restore")); err == nil && seq > 1 {
		p.Restore, p.Year = seq, s.today().Year()
		return p, nil
	}
	year, err := strconv.Atoi(strings.TrimSpace(c.FormValue("year")))
	if err != nil {
		return p, &badCalendar{fmt.Errorf("年份「%s」应是四位数字", c.FormValue("year"))}
	}
	p.Year = year
	y, err := imported(c, year, p.Paper)
	if y == nil && err == nil {
		var typed clock.Year
		typed, err = clock.ParseLines(year, p.Paper, p.Lines)
		y = &typed
	}
	if err != nil {
		return p, &badCalendar{err}
	}
	p.Year, p.Paper, p.Lines = y.Year, y.Paper, y.Lines()
	if _, err := clock.ParseHours(p.Hours); p.Hours != "" && err != nil {
		return p, &badCalendar{err}
	}
	return p, nil
}

// imported reads the file of the form, if there is one: the JSON of holiday-cn, or a sheet with the columns 日期, 休/班, 名称.
func imported(c echo.Context, year int, paper string) (*clock.Year, error) {
	header, err := c.FormFile("file")
	if err != nil || header.Size == 0 {
		return nil, nil //nolint:nilerr // no file was chosen
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
		return cal, &badCalendar{err}
	}
	cal = cal.With(y)
	if p.Hours != "" {
		if cal.Hours, err = clock.ParseHours(p.Hours); err != nil {
			return cal, &badCalendar{err}
		}
	}
	return cal, nil
}

func (s *Site) showProposal(c echo.Context, status int, p ui.Proposal) error {
	ctx := c.Request().Context()
	cal, err := s.proposed(ctx, p)
	if err != nil {
		return err
	}
	now, err := s.App.Store.Calendar(ctx)
	if err != nil {
		return err
	}
	if p.Base = c.FormValue("base"); p.Base == "" || status != http.StatusOK {
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
	return render(c, status, ui.ProposalPage(ch, p))
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

func (s *Site) definitions(c echo.Context) error { return s.showDefinitions(c, http.StatusOK, "") }

func (s *Site) showDefinitions(c echo.Context, status int, trouble string) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "definitions.title"), "definitions")
	if err != nil {
		return err
	}
	rows, err := s.App.Store.DefinitionVersions(ctx)
	if err != nil {
		return err
	}
	return render(c, status, ui.DefinitionsPage(ch, rows, trouble))
}

func (s *Site) adoptDefinition(c echo.Context) error {
	ctx := c.Request().Context()
	version, err := strconv.Atoi(c.FormValue("version"))
	kind := process.Kind(c.FormValue("kind"))
	if _, known := kinds.Of(kind); err != nil || !known {
		return echo.ErrNotFound
	}
	err = s.App.AdoptDefinition(ctx, actorOf(c), kind, version, c.FormValue("reason"))
	if refusal := refusalOf(err); refusal != nil {
		return s.showDefinitions(c, http.StatusUnprocessableEntity, sentence(ctx, refusal))
	}
	if err != nil {
		return err
	}
	s.flash(c, "batch")
	return c.Redirect(http.StatusSeeOther, "/operations")
}

// warn is the banner about next year's missing list, for those who can do something about it.
func warn(ctx context.Context, ch *ui.Chrome, cal clock.Calendar) {
	if w := cal.Missing(ch.Today); w != nil && (ch.Actor.Has(process.Administrator) || (w.Urgent && ch.Actor.Has(process.Leader))) {
		ch.Warning = &ui.Warning{Text: i18n.T(ctx, "calendar.missing", "Year", w.Year), Urgent: w.Urgent, URL: "/calendar?year=" + strconv.Itoa(w.Year)}
	}
}
