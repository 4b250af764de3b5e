package tracking

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// ReferVerb is what Refer does.
const ReferVerb process.Verb = "refer"

// Refer passes to another department what is its duty 移送 (安全生产法 art. 69): in time, with a record, and it must handle it.
type Refer struct {
	UnitID     string     `json:"unit_id,omitempty" ask:"choose,or=body" maxLength:"36" doc:"The department, where it works with Parkway."`
	Body       string     `json:"body,omitempty" ask:"line,or=unit_id" maxLength:"100" doc:"Otherwise the body, by name." example:"县市场监管局"`
	Reason     string     `json:"reason" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"Why it is its duty." example:"属于特种设备，由贵局监管。"`
	FeedbackOn clock.Date `json:"feedback_on,omitzero" ask:"day" doc:"Until when the result is wanted; as usual when left out." example:"2024-12-20"`

	Again
}

// About says who may.
func (Refer) About(of process.Leading) process.About { return about(of, ReferVerb, process.FactOnly) }

// TellsBodies is true.
func (Refer) TellsBodies() {}

// Mentions returns the department.
func (c Refer) Mentions() []string { return []string{c.UnitID} }

// Fits says that it lies at hand once the ladder says so.
func (Refer) Fits(on process.Subject, _ process.Actor, env process.Env) process.Fit {
	return urgent(ReferVerb, on, env)
}

// Ask offers the departments, and begins with why.
func (Refer) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	switch f.Path {
	case "reason":
		f.Value = late(on.Header())
	case "all_the_same":
		return f, again(referral, on, env)
	}
	return track.OfferBodies(f, env.Found.Departments), true
}

// Act refuses a receiver that is nobody, and a day that is past.
func (c Refer) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	return c.toBody(track.Sent{Sort: referral, Tells: c.Reason, FeedbackOn: c.FeedbackOn}, "reason", c.UnitID, c.Body, on, call, env)
}
