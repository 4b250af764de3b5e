package plantask

import "github.com/parkway-zone/parkway/domain/process"

// Finish closes the task as done, with what came of it.
type Finish struct {
	Result      string             `json:"result" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What came of it." example:"已通过竣工验收。"`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers that show it."`
}

// FinishName is the name of Finish.
const FinishName process.Name = "plan_task.finish"

// About says who may, and who reads of it.
func (Finish) About() process.About {
	return process.About{Name: FinishName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Department), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Finish) Brings() []process.Evidence { return c.Attachments }

// Decide refuses a closed task. The deadline gets its verdict.
func (c Finish) Decide(before Task, call process.Call, env Env) (process.Decision[Task], error) {
	none, t := process.Decision[Task]{}, before
	if err := process.UnderWay(&t.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	var err error
	result := faults.Text(process.Required("result", c.Result, process.TextLimit))
	t.Plain = t.Plain.Clone()
	t.Attachments, err = process.PutOnRecord(t.Attachments, c.Attachments, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	t.Judge(call, env.Calendar)
	t.State, t.Progress, t.DoneOn = Done, 100, call.Day()
	t.Close(call.OccurredAt)
	return process.Decision[Task]{After: t, Reason: result, Notices: process.TellTeam(&before, process.NoticeClosed)}, nil
}
