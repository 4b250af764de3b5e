package hazard

import "github.com/parkway-zone/parkway/domain/process"

// AttachName is the name of Attach.
const AttachName process.Name = "hazard.attach"

// Attach puts evidence on record in the round under way.
type Attach struct {
	Attachments []process.Evidence `json:"attachments"`
	Note        string             `json:"note,omitempty"`
	Audience    process.Audience   `json:"audience,omitempty"` // who reads it beside the offices; nobody when left out
}

// Name returns "hazard.attach".
func (Attach) Name() process.Name { return AttachName }

// ReadBy returns who reads it, as its writer chose.
func (c Attach) ReadBy() process.Audience { return c.Audience }

// Brings returns the evidence.
func (c Attach) Brings() []process.Evidence { return c.Attachments }

// Decide refuses when no file comes with it.
func (c Attach) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	if len(c.Attachments) == 0 {
		return none, process.RefuseField("attachments", "请选择要上传的文件。", "Choose the files to attach.")
	}
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err != nil {
		return none, err
	}
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	return process.Decision[Hazard]{After: h, Reason: note}, err
}
