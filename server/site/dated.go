package site

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/web/ui"
)

// dated reads a question of days: those beside which another day stands than the form began with, and no day where it was emptied. It refuses what is no day, naming
// what it stands beside, and a form in which nothing was changed.
func dated(c echo.Context, q process.Question) ([]map[string]any, error) {
	changed := []map[string]any{}
	var faults process.Faults
	for _, one := range q.Choices {
		name := ui.DayName(q.Path, one.Value)
		text, was := strings.TrimSpace(c.FormValue(name)), strings.TrimSpace(c.FormValue(name+wasSuffix))
		if text == was {
			continue
		}
		target := map[string]any{"subject": one.Value, "on": nil}
		if text != "" {
			day, err := typed.Day(q.Path, text)
			var refusal *process.Refusal
			if errors.As(err, &refusal) {
				faults.Note(process.RefuseField(q.Path, one.Text.Chinese+"："+refusal.Chinese, one.Text.English+": "+refusal.English))
				continue
			}
			if day.String() == was {
				continue
			}
			target["on"] = day.String()
		}
		changed = append(changed, target)
	}
	if len(changed) == 0 {
		faults.Note(process.RefuseField(q.Path, "请填写或改动至少一个日期。", "Give or change at least one day."))
	}
	return changed, faults.Err()
}

// redated puts the days that were typed back beside what they were typed beside.
func redated(c echo.Context, f *ui.Field) {
	for value, d := range f.Days {
		name := ui.DayName(f.Name, value)
		if form := c.Request().Form; form.Has(name) {
			d.Day, d.Was = c.FormValue(name), c.FormValue(name+wasSuffix)
			f.Days[value] = d
		}
	}
}
