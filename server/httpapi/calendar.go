package httpapi

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	yearAsked struct {
		Year int `query:"year" minimum:"2000" maximum:"2100" doc:"the present one when left out"`
	}
	// Calendar is a year of the working calendar in force.
	Calendar struct {
		Version string        `json:"version" doc:"base of a change"`
		Year    int           `json:"year"`
		Paper   string        `json:"paper" doc:"the official paper; empty: not published yet, the days are provisional"`
		Days    []CalendarDay `json:"days"`
		Hours   []string      `json:"hours" example:"08:30–12:00,14:00–17:30"`
	}
	// CalendarDay is a day that departs from Monday to Friday.
	CalendarDay struct {
		Date clock.Date `json:"date" example:"2026-10-01"`
		Kind string     `json:"kind" enum:"holiday,make_up" example:"holiday"`
		Name string     `json:"name" minLength:"1" maxLength:"60" example:"国庆节"`
		List int        `json:"list,omitempty" minimum:"2000" maximum:"2101" doc:"The year whose paper rules the day, where New Year's holiday reaches back into December: the year after. A proposal may leave it out, or repeat what stands in another list and stays there."`
	}
	// CalendarVersions is the calendar's history, newest first.
	CalendarVersions struct {
		Items []CalendarVersion `json:"items"`
	}
	// CalendarVersion is a calendar that was put into force.
	CalendarVersion struct {
		Seq       int        `json:"seq" doc:"undoes of a change that takes it back"`
		Version   string     `json:"version"`
		Reason    string     `json:"reason"`
		By        string     `json:"by"`
		At        time.Time  `json:"at"`
		Undoes    int        `json:"undoes,omitempty" doc:"the version it took back"`
		Moved     int        `json:"moved" doc:"how many cases it moved"`
		SettledAt *time.Time `json:"settled_at" doc:"when every open case had been reckoned by it; null: not yet"`
	}
	// CalendarProposal is a year as the State Council publishes it, or the number of the latest version, to be taken back.
	CalendarProposal struct {
		Year   int           `json:"year,omitempty" minimum:"2000" maximum:"2100" example:"2027"`
		Paper  string        `json:"paper,omitempty" maxLength:"400" doc:"The official paper." example:"国办发明电〔2026〕7号"`
		Days   []CalendarDay `json:"days,omitempty" maxItems:"400" doc:"All days that the year's paper takes out of Monday to Friday, those in the December before it too."`
		Hours  string        `json:"hours,omitempty" maxLength:"200" doc:"Of the office day; as they are when left out." example:"08:30-12:00，14:00-17:30"`
		Undoes int           `json:"undoes,omitempty" minimum:"2" doc:"Instead of all others: the version to take back, which is the latest one."`
	}
	proposed struct{ Body CalendarProposal }
	// CalendarPreview is what a proposal would move. Nothing is changed by asking.
	CalendarPreview struct {
		Base  string       `json:"base" doc:"the version in force: base of the change"`
		Moves []store.Move `json:"moves"`
	}
	changed struct {
		Body struct {
			CalendarProposal
			Base   string `json:"base" maxLength:"100" doc:"Of the preview: refused with stale_version when another calendar is in force by now, so that a repetition changes nothing." example:"v2"`
			Reason string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why." example:"国务院办公厅公布 2027 年放假安排"`
		}
	}
	// CalendarChanged is the number of the version now in force. Open cases are reckoned by it in the background.
	CalendarChanged struct {
		Seq int `json:"seq"`
	}
)

// calendar declares the working calendar.
func (a *API) calendar(f *face) {
	on(f, operation{id: "getCalendar", path: "/calendar", tag: "zone", summary: "A year of the working calendar"}, a.getCalendar)
	on(f, operation{id: "listCalendarVersions", path: "/calendar/versions", tag: "zone", summary: "The calendar's versions, newest first"}, a.versions)
	on(f, operation{id: "previewCalendar", method: http.MethodPost, path: "/calendar/preview", tag: "administration", whose: administrators,
		summary: "What another calendar would move. Nothing is changed"}, a.previewCalendar)
	on(f, operation{id: "changeCalendar", method: http.MethodPost, path: "/calendar", tag: "administration", whose: administrators,
		summary: "Put a calendar into force, or take the latest change back", detail: "Every open case is reckoned by it in the background, as one batch with its reason."}, a.changeCalendar)
}

func (a *API) getCalendar(ctx context.Context, in *yearAsked) (Calendar, error) {
	cal, err := a.App.Store.Calendar(ctx)
	if err != nil {
		return Calendar{}, err
	}
	if in.Year == 0 {
		in.Year = clock.DateOf(a.now()).Year()
	}
	y := cal.Year(in.Year)
	answer := Calendar{Version: cal.Version, Year: in.Year, Paper: y.Paper, Days: []CalendarDay{}, Hours: []string{}}
	for _, day := range slices.SortedFunc(maps.Keys(y.Days), func(a, b clock.Date) int { return b.DaysUntil(a) }) {
		special := y.Days[day]
		answer.Days = append(answer.Days, CalendarDay{Date: day, Kind: string(special.Kind), Name: special.Name, List: special.RuledBy(day)})
	}
	hours := cal.Hours
	if len(hours) == 0 {
		hours = clock.OfficeHours()
	}
	for _, span := range hours {
		answer.Hours = append(answer.Hours, span.String())
	}
	return answer, nil
}

// versions names nobody to readers outside the zone.
func (a *API) versions(ctx context.Context, _ *struct{}) (CalendarVersions, error) {
	rows, err := a.App.Store.CalendarHistory(ctx)
	list := CalendarVersions{Items: []CalendarVersion{}}
	for _, r := range rows {
		v := CalendarVersion{Seq: int(r.Seq), Version: r.Version, Reason: r.Reason, By: r.ByName, At: r.CreatedAt, Undoes: int(r.Undoes), Moved: int(r.Moved), SettledAt: r.SettledAt}
		if actor(ctx).Has(process.Enterprise) {
			v.By = ""
		}
		list.Items = append(list.Items, v)
	}
	return list, err
}

// meant is the calendar that a proposal means.
func (a *API) meant(ctx context.Context, p CalendarProposal) (clock.Calendar, error) {
	if p.Undoes > 0 {
		return a.App.Store.CalendarBefore(ctx, p.Undoes)
	}
	cal, err := a.App.Store.Calendar(ctx)
	if err != nil {
		return cal, err
	}
	y := clock.Year{Year: p.Year, Paper: strings.TrimSpace(p.Paper), Days: map[clock.Date]clock.Special{}}
	var faults process.Faults
	for _, d := range p.Days {
		if _, twice := y.Days[d.Date]; twice {
			faults.Note(process.RefuseField("days", fmt.Sprintf("%s 写了两次。", d.Date), fmt.Sprintf("%s is there twice.", d.Date)))
		}
		special := clock.Special{Kind: clock.DayKind(d.Kind), Name: strings.TrimSpace(d.Name), List: d.List}
		if d.List == 0 || d.List == p.Year {
			y.Days[d.Date] = special
		} else if cal.Special[d.Date] != special { // else it stays where it is
			faults.Note(process.RefuseField("days", fmt.Sprintf("%s 由 %d 年的安排规定，请在那一年的安排里改。", d.Date, d.List),
				fmt.Sprintf("%s is ruled by the list of %d; change it there.", d.Date, d.List)))
		}
	}
	var several clock.Faults
	if errors.As(y.Valid(), &several) {
		for _, fault := range several {
			faults.Note(process.RefuseField(fault.Of, fault.Says, "The year cannot be what was published: "+fault.Says))
		}
	}
	cal = cal.With(y)
	if p.Hours != "" {
		if cal.Hours, err = clock.ParseHours(p.Hours); err != nil {
			faults.Note(process.RefuseField("hours", err.Error(), "Write the office hours like 08:30-12:00, 14:00-17:30."))
		}
	}
	return cal, faults.Err()
}

func (a *API) previewCalendar(ctx context.Context, in *proposed) (CalendarPreview, error) {
	cal, err := a.meant(ctx, in.Body)
	if err != nil {
		return CalendarPreview{}, err
	}
	now, err := a.App.Store.Calendar(ctx)
	if err != nil {
		return CalendarPreview{}, err
	}
	moves, err := a.App.Store.PreviewCalendar(ctx, cal, clock.DateOf(a.now()))
	for i := range moves {
		moves[i].Told = append([]string{}, moves[i].Told...) // nobody is a list too
	}
	return CalendarPreview{Base: now.Version, Moves: append([]store.Move{}, moves...)}, err
}

func (a *API) changeCalendar(ctx context.Context, in *changed) (CalendarChanged, error) {
	cal, err := a.meant(ctx, in.Body.CalendarProposal)
	if err != nil {
		return CalendarChanged{}, err
	}
	seq, err := a.App.ChangeCalendar(ctx, actor(ctx), cal, in.Body.Base, in.Body.Reason, in.Body.Undoes)
	return CalendarChanged{Seq: seq}, err
}
