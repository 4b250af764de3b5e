package permit

import "github.com/parkway-zone/parkway/domain/process"

// PreExamine notes that the department has looked the papers through before their time (拿地即开工, 预审).
type PreExamine struct {
	Note  string             `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"What it said." example:"材料基本齐全，成交当日可出证。"`
	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers."`
}

// PreExamineName is the name of PreExamine.
const PreExamineName process.Name = "permit.pre_examine"

// About says who may, and who reads of it.
func (PreExamine) About() process.About {
	return process.About{Name: PreExamineName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department, process.LiaisonOfficer), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c PreExamine) Brings() []process.Evidence { return c.Files }

// Fits says that it comes before the application.
func (PreExamine) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!p.Done && p.State == Needed)
}

// Decide refuses a permit that was applied for.
func (c PreExamine) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Needed); err != nil {
		return none, err
	}
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{}); err != nil {
		return none, err
	}
	p.State, p.PreExaminedOn = PreExamined, call.Day()
	return process.Decision[Permit]{After: p, Reason: note}, nil
}
