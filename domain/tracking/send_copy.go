package tracking

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// SendCopyVerb is what SendCopy does.
const SendCopyVerb process.Verb = "send_copy"

// SendCopy tells another body of the case 抄告: it says within ten working days whether it takes it, and later what came of it. A department opens what it was sent.
type SendCopy struct {
	UnitID     string     `json:"unit_id,omitempty" ask:"choose,or=body" maxLength:"36" doc:"The department, where it works with Parkway."`
	Body       string     `json:"body,omitempty" ask:"line,or=unit_id" maxLength:"100" doc:"Otherwise the body, by name." example:"县消防救援大队"`
	CopiedTo   string     `json:"copied_to,omitempty" ask:"line" maxLength:"200" doc:"Who receives a copy." example:"县安委办"`
	Tells      string     `json:"tells" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What it is told." example:"隐患涉及消防设施，请依法处理。"`
	FeedbackOn clock.Date `json:"feedback_on,omitzero" ask:"day" doc:"Until when the result is wanted; as usual when left out." example:"2024-12-20"`

	Again
}

// About says who may.
func (SendCopy) About(of process.Leading) process.About {
	return about(of, SendCopyVerb, process.Offices)
}

// TellsBodies is true.
func (SendCopy) TellsBodies() {}

// Mentions returns the department.
func (c SendCopy) Mentions() []string { return []string{c.UnitID} }

// Fits says that it fits what is open.
func (SendCopy) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	return process.FitsWhen(!on.Header().Done)
}

// Ask offers the departments.
func (SendCopy) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	if f.Path == "all_the_same" {
		return f, again(copyOut, on, env)
	}
	return track.OfferBodies(f, env.Found.Departments), true
}

// Act refuses a receiver that is nobody, and a day that is past.
func (c SendCopy) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	return c.toBody(track.Sent{Sort: copyOut, CopiedTo: c.CopiedTo, Tells: c.Tells, FeedbackOn: c.FeedbackOn}, "tells", c.UnitID, c.Body, on, call, env)
}

// toBody sends something to another body.
func (a Again) toBody(s track.Sent, tells, unitID, body string, on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	var faults process.Faults
	faults.Note(process.UnderWay(on.Header()))
	var err error
	s.Tells = faults.Text(process.Required(tells, s.Tells, process.TextLimit))
	s.CopiedTo = faults.Text(process.Optional("copied_to", s.CopiedTo, 200))
	s.Other, err = to(unitID, body, on.Header(), env)
	faults.Note(err)
	faults.Note(ahead("feedback_on", s.FeedbackOn, call))
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	return a.send(s, on.Header(), call), nil
}

// ahead refuses a day that is past.
func ahead(field string, day clock.Date, call process.Call) error {
	if !day.IsZero() && day.Before(call.Today()) {
		return process.Refuse(process.ImpossibleDate, "日期不能早于今天。", "The day is past.").At(field)
	}
	return nil
}
