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
	Measures    string             `json:"measures"`
	CompletedOn clock.Date         `json:"completed_on,omitzero"`
	Attachments []process.Evidence `json:"attachments"`
}

// Name returns "hazard.hand_in".
func (HandIn) Name() process.Name { return HandInName }

// Brings returns the evidence.
func (c HandIn) Brings() []process.Evidence { return c.Attachments }

// Decide refuses a hand-in without words or without evidence. An import may lack the evidence: old papers have no pictures.
func (c HandIn) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	measures, err := process.Required("measures", c.Measures, process.TextLimit)
	if err != nil {
		return none, err
	}
	if len(c.Attachments) == 0 && call.Actor.Type != process.Import {
		return none, process.RefuseField("attachments", "请上传整改后的照片或材料。", "Attach pictures or papers that show the result.")
	}
	by := rectification.Signatory{ID: call.Actor.ID, Name: call.Actor.Name}
	if err := env.Definition.HandIn(h.turner(env), measures, c.CompletedOn, by, call); err != nil {
		return none, err
	}
	evidence := slices.Clone(c.Attachments)
	for i := range evidence {
		if evidence[i].Phase == process.AnyPhase {
			evidence[i].Phase = process.After
		}
	}
	h.Attachments, err = process.PutOnRecord(h.Attachments, evidence, env.Uploads, call, process.Place{Round: h.Round})
	return process.Decision[Hazard]{After: h, Notices: h.ended(env)}, err
}
