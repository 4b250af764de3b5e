package plantask

import "github.com/parkway-zone/parkway/domain/process"

// Report says how far the task has come.
type Report struct {
	Progress int    `json:"progress" ask:"count,required" minimum:"0" maximum:"99" doc:"Per cent; what is finished is finished by done." example:"60"`
	Note     string `json:"note" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was done, what stands in the way." example:"主体完工，消防验收排队中。"`
}

// ReportName is the name of Report.
const ReportName process.Name = "plan_task.report"

// About says who may, and who reads of it.
func (Report) About() process.About {
	return process.About{Name: ReportName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Department), DatedBack: true, Readers: process.Offices}
}

// Fits says that whoever has an open task in hand reports on it.
func (Report) Fits(t Task, actor process.Actor, _ Env) process.Fit {
	switch {
	case t.Done:
		return process.Not
	case t.HeldBy(actor):
		return process.Leads
	}
	return process.Beside
}

// Decide refuses a closed task and a progress that cannot be.
func (c Report) Decide(t Task, _ process.Call, _ Env) (process.Decision[Task], error) {
	if err := process.UnderWay(&t.Case); err != nil {
		return process.Decision[Task]{}, err
	}
	var faults process.Faults
	if c.Progress < 0 || c.Progress > 99 {
		faults.Note(process.RefuseField("progress", "进度请填写 0 到 99，完成请点“办结”。", "Progress lies between 0 and 99; what is finished is finished by done."))
	}
	note := faults.Text(process.Required("note", c.Note, process.TextLimit))
	t.Progress = c.Progress
	return process.Decision[Task]{After: t, Reason: note}, faults.Err()
}
