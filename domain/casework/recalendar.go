package casework

import "github.com/parkway-zone/parkway/domain/process"

// RecalendarVerb is what Recalendar does.
const RecalendarVerb process.Verb = "recalendar"

// Recalendar reckons the running deadline by the zone's present calendar. It belongs to a batch: the change of the calendar, with its reason.
type Recalendar struct {
	Calendar string `json:"calendar" doc:"The calendar's version."`
	Reason   string `json:"reason" doc:"Why the calendar changed."`
}

// About says that it comes with a change of the calendar.
func (Recalendar) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(RecalendarVerb), Any: process.Of(admin), Readers: process.Addressed, By: process.ByBatch}
}

// Act refuses with NothingChanged when neither the date, nor its mark, nor the next reminder moves. Stopped clocks and their verdicts never move.
func (c Recalendar) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	k := process.Running(*on.Timed())
	if k == nil || on.Header().Done {
		return process.Deed{}, process.Unmoved()
	}
	climb := process.ClimbOf(on, env)
	climb.Clock = k.Recount(env.Calendar, call.Today())
	if !on.Header().Moves(climb, *k) {
		return process.Deed{}, process.Unmoved()
	}
	*k = climb.Clock
	process.Follow(on, call, env)
	return process.Deed{Reason: c.Reason}, nil
}
