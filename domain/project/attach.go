package project

import "github.com/parkway-zone/parkway/domain/process"

// AttachName is the name of Attach.
const AttachName process.Name = "project.attach"

// Attach puts evidence on record.
type Attach struct {
	Attachments []process.Evidence `json:"attachments"`
	Note        string             `json:"note,omitempty"`
	Audience    process.Audience   `json:"audience,omitempty"` // who reads it beside the offices; nobody when left out
}

// Name returns "project.attach".
func (Attach) Name() process.Name { return AttachName }

// ReadBy returns who reads it, as its writer chose.
func (c Attach) ReadBy() process.Audience { return c.Audience }

// Brings returns the evidence.
func (c Attach) Brings() []process.Evidence { return c.Attachments }

// Decide refuses when no file comes with it.
func (c Attach) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if len(c.Attachments) == 0 {
		return none, process.RefuseField("attachments", "请选择要上传的文件。", "Choose the files to attach.")
	}
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err != nil {
		return none, err
	}
	p.Attachments, err = process.PutOnRecord(p.Attachments, c.Attachments, env.Uploads, call, process.Place{})
	return process.Decision[Project]{After: p, Reason: note}, err
}
