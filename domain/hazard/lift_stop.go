package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// LiftStop lets work go on: only after what was rectified has been reviewed on the spot by two who had no part in it (复产复工审查).
type LiftStop struct {
	Review       string             `json:"review" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What the review found." example:"现场审查，隐患已消除，同意恢复生产。"`
	InspectorIDs []string           `json:"inspector_ids,omitempty" ask:"person,required,many,from=supervisors,not=me" doc:"The other reviewers; a review needs two."`
	Attachments  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The enterprise's application, pictures of the review."`
}

// LiftStopName is the name of LiftStop.
const LiftStopName process.Name = "hazard.lift_stop"

// About says who may, and who reads of it.
func (LiftStop) About() process.About {
	return process.About{Name: LiftStopName, Any: process.Of(process.SafetySupervisor), Duty: process.Accepts, DatedBack: true, Readers: process.Everyone}
}

// Mentions returns the reviewers.
func (c LiftStop) Mentions() []string { return c.InspectorIDs }

// Signs returns the reviewers.
func (c LiftStop) Signs() []string { return c.InspectorIDs }

// Brings returns the evidence.
func (c LiftStop) Brings() []process.Evidence { return c.Attachments }

// Fits says that an order can be lifted once there is something to review.
func (LiftStop) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	if h.Done || h.Stopped() == nil || !h.reviewable() {
		return process.Not
	}
	return process.Beside
}

// reviewable reports whether what was rectified lies before the reviewers; a listed hazard's once its re-inspection has passed.
func (h Hazard) reviewable() bool {
	return h.State == rectification.Clearing || h.State == rectification.Reported && !h.listed()
}

// Decide refuses to lift what was not rectified yet, and a review by fewer than two.
func (c LiftStop) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	stop := h.Stopped()
	switch {
	case stop == nil:
		return none, process.Refuse(process.WrongState, "现在没有停产停业的决定。", "No order to stop is in force.")
	case !h.reviewable():
		return none, process.Refuse(process.WrongState, "整改还没有提交审查，不能解除停产停业。", "Nothing has been rectified that could be reviewed; the order stays.").After(process.MovedState)
	}
	var faults process.Faults
	review := faults.Text(process.Required("review", c.Review, process.TextLimit))
	signed, err := inspectors(c.InspectorIDs, call, env, env.Definition.Inspectors)
	faults.Note(err)
	faults.Note(h.Current().Uninvolved(signed))
	faults.Note(process.NotBefore(call, stop.On, "解除日期早于决定日期", "It cannot have been lifted before it was ordered on"))
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	stop.LiftedOn, stop.Review, stop.Reviewers = call.Day(), review, signed
	return process.Decision[Hazard]{After: h, Reason: review, Notices: h.tellBoth(process.NoticeLifted)}, nil
}
