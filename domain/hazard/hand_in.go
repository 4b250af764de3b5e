package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// HandInName is the name of HandIn.
const HandInName process.Name = "hazard.hand_in"

// HandIn reports the rectification done, with pictures of the result.
type HandIn struct {
	Attachments []process.Evidence `json:"attachments" ask:"files,required,many" doc:"Pictures or papers that show the result."`
	Measures    string             `json:"measures" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was done." example:"已更换全部过期灭火器。"`
	CompletedOn clock.Date         `json:"completed_on,omitzero" ask:"day" doc:"When the work was done; the day of the deed when left out."`
	process.Proof
}

// About says who may, and who reads of it.
func (HandIn) About() process.About {
	return process.About{Name: HandInName, Any: process.Of(process.SafetySupervisor), Own: process.Of(process.Enterprise, process.LiaisonOfficer), Duty: process.Rectifies, DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c HandIn) Brings() []process.Evidence { return c.Attachments }

// Decide refuses a hand-in without words or without evidence. An import may lack the evidence: old papers have no pictures.
func (c HandIn) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	measures := faults.Text(process.Required("measures", c.Measures, process.TextLimit))
	if len(c.Attachments) == 0 && call.Actor.Type != process.Import {
		faults.Note(process.RefuseField("attachments", "请上传整改后的照片或材料。", "Attach pictures or papers that show the result."))
	}
	by := rectification.Signatory{ID: call.Actor.ID, Name: call.Actor.Name}
	faults.Note(env.Definition.HandIn(h.turner(env), measures, c.CompletedOn, by, call))
	if round := h.Current(); round != nil {
		round.HandedInFor = h.FirmOf(call.Actor)
	}
	why, err := c.Again(h.ID, c.Attachments, env.Uploads, call)
	faults.Note(err)
	evidence := slices.Clone(c.Attachments)
	for i := range evidence {
		if evidence[i].Phase == process.AnyPhase {
			evidence[i].Phase = process.After
		}
	}
	h.Attachments, err = process.PutOnRecord(h.Attachments, evidence, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.rearm(call, env)
	return process.Decision[Hazard]{After: h, Reason: why, Notices: append(h.ended(env), h.tellBound(process.NoticeHandedIn)...)}, nil
}
