package meeting

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Conclude puts the minutes on record. The result reaches every project on the agenda, with the meeting's day and the minutes' number.
type Conclude struct {
	Minutes string             `json:"minutes" ask:"line,required" minLength:"1" maxLength:"100" doc:"Number of the minutes." example:"泗县联审纪要〔2024〕11号"`
	Files   []process.Evidence `json:"attachments" ask:"files,many,required" doc:"The minutes."`
}

// ConcludeName is the name of Conclude.
const ConcludeName process.Name = "meeting.conclude"

// About says who may, and who reads of it.
func (Conclude) About() process.About {
	return process.About{Name: ConcludeName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Brings returns the minutes.
func (c Conclude) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step once every project has its result.
func (Conclude) Fits(m Meeting, actor process.Actor, env Env) process.Fit {
	switch {
	case m.Done || len(m.Agenda) == 0 || env.Today.Before(m.On):
		return process.Not
	case m.left() > 0:
		return process.Blocked
	case m.HeldBy(actor):
		return process.Leads
	}
	return process.Beside
}

// left is how many projects wait for their result.
func (m Meeting) left() int {
	n := 0
	for _, i := range m.Agenda {
		if i.undecided() {
			n++
		}
	}
	return n
}

// Decided is what the minutes say of one project, as it is carried to it.
type Decided struct {
	Meeting    string           `json:"meeting" minLength:"1" maxLength:"60" doc:"The meeting's number in Parkway."`
	MeetingID  string           `json:"meeting_id" minLength:"1" maxLength:"60" doc:"Its id."`
	Title      string           `json:"title" maxLength:"200" doc:"Its name."`
	On         clock.Date       `json:"on" doc:"Its day."`
	Minutes    string           `json:"minutes" maxLength:"100" doc:"Number of the minutes."`
	Papers     []process.Paper  `json:"papers,omitempty" doc:"The minutes, by their fingerprints."`
	Result     string           `json:"result" enum:"passed,conditional,deferred,refused" doc:"What was decided."`
	Says       string           `json:"says,omitempty" maxLength:"4000" doc:"Why."`
	Conditions []ConditionGiven `json:"conditions,omitempty" maxItems:"50" doc:"What has to be met."`
}

// Decide refuses minutes without a number or a file, a meeting without an agenda, and one with a project that has no result yet.
func (c Conclude) Decide(before Meeting, call process.Call, env Env) (process.Decision[Meeting], error) {
	none, m := process.Decision[Meeting]{}, before.clone()
	if err := process.UnderWay(&m.Case); err != nil {
		return none, err
	}
	if len(m.Agenda) == 0 {
		return none, process.Refuse(process.WrongState, "议程上还没有项目，先列入项目；不开了的，请取消会议。", "No project is on the agenda: put one on it, or call the meeting off.")
	}
	if m.left() > 0 {
		refusal := process.Refuse(process.WrongState, "议程上还有项目没有结果，先逐个登记结果。", "Some projects on the agenda have no result yet; record them first.")
		for _, i := range m.Agenda {
			if i.undecided() {
				refusal = refusal.With(process.Field{Name: i.Number, Chinese: i.Number + " " + i.Title, English: i.Number + " " + i.Title})
			}
		}
		return none, refusal
	}
	var faults process.Faults
	faults.Note(m.held(call))
	m.Minutes = faults.Text(process.Required("minutes", c.Minutes, 100))
	if len(c.Files) == 0 && call.Actor.Type == process.Person {
		faults.Note(process.RefuseField("attachments", "请附上会议纪要。", "Attach the minutes."))
	}
	attached, err := process.PutOnRecord(before.Attachments, c.Files, env.Uploads, call, process.Place{})
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	m.Attachments = attached
	m.Judge(call, env.Calendar)
	m.State = Concluded
	m.Close(call.OccurredAt)
	sort, _ := env.Definition.Sort(m.Stage) // Convene refused an unknown one
	papers := process.PapersOf(attached[len(before.Attachments):])
	var follow []process.FollowUp
	for _, i := range m.Agenda {
		decided := Decided{Meeting: m.Number, MeetingID: m.ID, Title: m.Title, On: m.On, Minutes: m.Minutes, Papers: papers, Result: i.Result, Says: i.Says}
		for _, x := range i.Conditions {
			decided.Conditions = append(decided.Conditions, ConditionGiven{Condition: x.Text, Stage: x.Stage, OwedBy: x.OwedBy})
		}
		follow = append(follow, process.FollowUp{Kind: i.Kind, CaseID: i.CaseID, Command: sort.Command, Input: decided})
	}
	return process.Decision[Meeting]{After: m, Reason: m.Minutes, Follow: follow}, nil
}

// Cancel calls the meeting off.
type Cancel struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"改为与下次会议合并召开。"`
}

// CancelName is the name of Cancel.
const CancelName process.Name = "meeting.cancel"

// About says who may, and who reads of it.
func (Cancel) About() process.About {
	return process.About{Name: CancelName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Decide closes the meeting; nothing follows from it.
func (c Cancel) Decide(before Meeting, call process.Call, _ Env) (process.Decision[Meeting], error) {
	none, m := process.Decision[Meeting]{}, before.clone()
	if err := process.UnderWay(&m.Case); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	m.Supersede(call)
	m.State, m.Excuse = Cancelled, reason
	m.Close(call.OccurredAt)
	return process.Decision[Meeting]{After: m, Reason: reason}, nil
}
