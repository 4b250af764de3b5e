package opinion

import "github.com/parkway-zone/parkway/domain/process"

// Return sends the papers back because they are incomplete: the department's days stop, and the manager hands in a new batch.
type Return struct {
	Lacks string             `json:"lacks" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What is missing." example:"缺工艺流程和用能测算。"`
	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers that say so."`
}

// ReturnName is the name of Return.
const ReturnName process.Name = "opinion.return"

// About says who may, and who reads of it.
func (Return) About() process.About {
	return process.About{Name: ReturnName, Own: process.Of(process.Department, process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Return) Brings() []process.Evidence { return c.Files }

// Fits says that what was asked for can be returned.
func (Return) Fits(o Opinion, _ process.Actor, _ Env) process.Fit {
	if o.in(Asked) != nil {
		return process.Not
	}
	return process.Beside
}

// Decide refuses a day before the papers were handed in. The batch is sealed.
func (c Return) Decide(before Opinion, call process.Call, env Env) (process.Decision[Opinion], error) {
	none, o := process.Decision[Opinion]{}, before.clone()
	if err := o.in(Asked); err != nil {
		return none, err
	}
	var faults process.Faults
	batch := &o.Batches[len(o.Batches)-1]
	faults.Note(process.NotBefore(call, batch.AskedOn, "退回日期早于征求日期", "The papers cannot have been returned before they were handed in,"))
	lacks := faults.Text(process.Required("lacks", c.Lacks, process.TextLimit))
	attached, err := process.PutOnRecord(before.Attachments, c.Files, env.Uploads, call, process.Place{Round: o.Round})
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	o.Attachments = attached
	o.Judge(call, env.Calendar)
	batch.ReturnedOn, batch.Lacks = call.Day(), lacks
	o.State = Returned
	lacks = o.back(call, env, lacks)
	process.Follow(&o, call, env.Env)
	return process.Decision[Opinion]{After: o, Reason: lacks}, nil
}

// Resubmit hands the completed papers in: a new batch with the full days, beside the one that was returned.
type Resubmit struct {
	Note  string             `json:"note" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What was completed." example:"已补工艺流程和用能测算。"`
	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The papers."`
}

// ResubmitName is the name of Resubmit.
const ResubmitName process.Name = "opinion.resubmit"

// About says who may, and who reads of it.
func (Resubmit) About() process.About {
	return process.About{Name: ResubmitName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Resubmit) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step once the papers came back.
func (Resubmit) Fits(o Opinion, _ process.Actor, _ Env) process.Fit {
	if o.in(Returned) != nil {
		return process.Not
	}
	return process.Leads
}

// Decide refuses what was not returned, and a day before it was.
func (c Resubmit) Decide(before Opinion, call process.Call, env Env) (process.Decision[Opinion], error) {
	none, o := process.Decision[Opinion]{}, before.clone()
	if err := o.in(Returned); err != nil {
		return none, err
	}
	var faults process.Faults
	faults.Note(process.NotBefore(call, o.Batches[len(o.Batches)-1].ReturnedOn, "重新送审日期早于退回日期", "The papers cannot have been handed in again before they were returned,"))
	note := faults.Text(process.Required("note", c.Note, process.TextLimit))
	attached, err := process.PutOnRecord(before.Attachments, c.Files, env.Uploads, call, process.Place{Round: o.Round + 1})
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	o.Attachments = attached
	o.hand(call, env)
	o.batch(note, call, env)
	return process.Decision[Opinion]{After: o, Reason: note}, nil
}

// Drop takes the question back: the opinion is not needed any more.
type Drop struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"项目不涉及该部门职责。"`
}

// DropName is the name of Drop.
const DropName process.Name = "opinion.withdraw"

// About says who may, and who reads of it.
func (Drop) About() process.About {
	return process.About{Name: DropName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Decide closes the opinion without a verdict; the department's days are not judged.
func (c Drop) Decide(before Opinion, call process.Call, _ Env) (process.Decision[Opinion], error) {
	none, o := process.Decision[Opinion]{}, before.clone()
	if err := process.UnderWay(&o.Case); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	o.Supersede(call)
	o.State, o.Excuse = Dropped, reason
	notices := process.TellTeam(&o, process.NoticeClosed)
	o.Close(call.OccurredAt)
	return process.Decision[Opinion]{After: o, Reason: reason, Notices: notices}, nil
}
