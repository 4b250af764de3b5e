package casework

import "github.com/parkway-zone/parkway/domain/process"

// AttachVerb is what Attach does.
const AttachVerb process.Verb = "attach"

// Attach puts evidence on record.
type Attach struct {
	Attachments []process.Evidence `json:"attachments" ask:"files,required,many" minItems:"1" doc:"The received files."`
	Note        string             `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"What the files show."`
	Audience    process.Audience   `json:"audience,omitempty" enum:"inside,shared" doc:"Who reads it beside the zone's offices; nobody when left out."`
}

// About says who may bring files.
func (Attach) About(of process.Leading) process.About {
	every, own := of.By(process.Of(leader), process.Of(liaison, dept, firm))
	return process.About{Name: of.Kind.Does(AttachVerb), Any: every, Own: own, DatedBack: true, AddsOnly: true, Readers: process.Chosen}
}

// ReadBy returns who reads it, as its writer chose.
func (c Attach) ReadBy() process.Audience { return c.Audience }

// Brings returns the evidence.
func (c Attach) Brings() []process.Evidence { return c.Attachments }

// Fits says that it fits every case: late papers of a closed one too.
func (Attach) Fits(process.Subject, process.Actor, process.Env) process.Fit { return process.Fits }

// Act refuses when no file comes with it.
func (c Attach) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	var faults process.Faults
	if len(c.Attachments) == 0 {
		faults.Note(process.RefuseField("attachments", "请选择要上传的文件。", "Choose the files to attach."))
	}
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	filed := on.Filed()
	added, err := process.PutOnRecord(*filed, c.Attachments, env.Uploads, call, process.Place{})
	*filed = added
	faults.Note(err)
	return process.Deed{Reason: note}, faults.Err()
}
