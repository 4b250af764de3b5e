package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// FixOnSpotName is the name of FixOnSpot.
const FixOnSpotName process.Name = "hazard.fix_on_spot"

// FixOnSpot closes a general hazard that was removed before the inspectors left (当场整改).
type FixOnSpot struct {
	Attachments []process.Evidence `json:"attachments" ask:"files,required,many" doc:"Pictures of the result."`
	Note        string             `json:"note" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was done." example:"已当场清理消防通道。"`
	process.Proof
}

// About says who may, and who reads of it.
func (FixOnSpot) About() process.About {
	return process.About{Name: FixOnSpotName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c FixOnSpot) Brings() []process.Evidence { return c.Attachments }

// Decide refuses major hazards, hazards with a notice, and a fix without evidence.
func (c FixOnSpot) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	note := faults.Text(process.Required("note", c.Note, process.TextLimit))
	if h.Level == Major {
		faults.Note(process.Refuse(process.WrongState, "重大隐患不能当场销号，请下达整改通知。", "A major hazard cannot be closed on the spot; issue a notice."))
	}
	if len(c.Attachments) == 0 && call.Actor.Type != process.Import {
		faults.Note(process.RefuseField("attachments", "请上传整改后的照片。", "Attach a picture of the result."))
	}
	faults.Note(h.keepsOpen())
	faults.Note(env.Definition.End(h.turner(env), call, rectification.Found))
	h.closedWith(FixedOnSpot, call.Day())
	why, err := c.Again(h.ID, c.Attachments, env.Uploads, call)
	faults.Note(err)
	evidence := append([]process.Evidence{}, c.Attachments...)
	for i := range evidence {
		if evidence[i].Phase == process.AnyPhase {
			evidence[i].Phase = process.After
		}
	}
	h.Attachments, err = process.PutOnRecord(h.Attachments, evidence, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	return process.Decision[Hazard]{After: h, Reason: process.Joined(note, why)}, nil
}
