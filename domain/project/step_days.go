package project

import (
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// again refuses to say of a state that is on record that it came to be so on another day. A word or a picture may be added today, and what goes on can be said of any later day.
func (c RecordProgress) again(where string, step works.Step, was works.Progress, call process.Call) error {
	on, day := was.On(was.State), call.Day()
	adds := day == call.Today() && (c.Note != "" || len(c.Attachments) > 0)
	if on.IsZero() || day == on || day.After(on) && (was.State != works.Done || adds) {
		return nil
	}
	return process.Refuse(process.ImpossibleDate, where+"已登记 "+on.String()+" "+states[was.State].Chinese+"，与 "+day.String()+" 不符；日期登记错了的，请用「更正步骤日期」。",
		"“"+step.Name.English+"” is on record as "+states[was.State].English+" on "+on.String()+", not "+day.String()+": correct its days if that is wrong.").At("occurred_on")
}

// disordered is the refusal of a step that reached a state before one that comes first.
func disordered(where string, step works.Step, now works.Progress, first, then works.State) *process.Refusal {
	a, b := now.On(first).String(), now.On(then).String()
	return process.Refuse(process.ImpossibleDate, where+a+" 才"+states[first].Chinese+"，不能在 "+b+" "+states[then].Chinese+"。", "“"+step.Name.English+"” was "+states[first].English+" on "+a+" and cannot be "+states[then].English+" on "+b+".")
}

// tooEarly refuses a day before 1990, as that of a deed is.
func tooEarly(field string, day clock.Date) error {
	if day.IsZero() || !day.Before(clock.NewDate(1990, time.January, 1)) {
		return nil
	}
	return process.Refuse(process.ImpossibleDate, "日期早于 1990 年，请核对。", "The day lies before 1990.").At(field)
}

// states are what a step came to be on a day.
var states = map[works.State]process.Text{works.Preparing: {Chinese: "开始准备", English: "prepared"}, works.Running: {Chinese: "开始", English: "begun"}, works.Done: {Chinese: "完成", English: "done"}} //nolint:gochecknoglobals // a constant

// backwards reports whether a step would be less far than it is.
func backwards(was, is works.State) bool {
	order := works.States()
	return was != "" && slices.Index(order, string(is)) < slices.Index(order, string(was))
}
