package hazard

import "github.com/parkway-zone/parkway/domain/process"

// RecalendarName is the name of Recalendar.
const RecalendarName process.Name = "hazard.recalendar"

// Recalendar reckons the running deadline by the zone's present calendar. It belongs to a batch: the change of the calendar, with its reason.
type Recalendar struct {
	Calendar string `json:"calendar"`
	Reason   string `json:"reason"`
}

// Name returns "hazard.recalendar".
func (Recalendar) Name() process.Name { return RecalendarName }

// Decide refuses with NothingChanged when nothing moves. Stopped clocks and their verdicts never move.
func (c Recalendar) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	h := before.clone()
	err := env.Definition.Recalendar(h.turner(env), call)
	return process.Decision[Hazard]{After: h, Reason: c.Reason}, err
}
