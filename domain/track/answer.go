package track

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Answering is the reply of whoever received it: taken on, or not theirs. Of a body that does not work with Parkway whoever sent it records its letter.
type Answering struct {
	Result string             `json:"result" ask:"pick,required,words=taking" enum:"taken,refused" doc:"taken: it is handled; refused: it is not the receiver's." example:"taken"`
	Says   string             `json:"says,omitempty" ask:"long,when=result:refused" maxLength:"4000" doc:"A word to it; compulsory where it is not taken." example:"已受理，由消防监督科办理。"`
	Person string             `json:"person,omitempty" ask:"line" maxLength:"100" doc:"Who handles it there." example:"王某"`
	Paper  string             `json:"paper,omitempty" ask:"line" maxLength:"80" doc:"Number of the letter." example:"泗消函〔2024〕31号"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many,sometimes" doc:"The letter; compulsory where somebody else records it."`
}

// AnsweringName is the name of Answering.
const AnsweringName process.Name = "track.reply"

// About says who may, and who reads of it.
func (Answering) About() process.About {
	return process.About{Name: AnsweringName, Any: process.Of(process.SafetySupervisor, process.Leader), Own: process.Of(process.Department, process.Enterprise, process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.Offices}
}

// Brings returns the letter.
func (c Answering) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step of whoever has it in hand.
func (Answering) Fits(t Track, actor process.Actor, env Env) process.Fit {
	return t.next(Reply, actor, env)
}

func (t *Track) next(step string, actor process.Actor, env Env) process.Fit {
	switch {
	case t.in(step) != nil || t.speaks(process.Call{Actor: actor}, env) != nil:
		return process.Not
	case t.HeldBy(actor):
		return process.Leads
	}
	return process.Fits
}

// Decide refuses an answer in another's name, and a refusal without a reason.
func (c Answering) Decide(before Track, call process.Call, env Env) (process.Decision[Track], error) {
	none, t := process.Decision[Track]{}, before.clone()
	if err := t.in(Reply); err != nil {
		return none, err
	}
	if err := t.speaks(call, env); err != nil {
		return none, err
	}
	var faults process.Faults
	a := Answer{Result: c.Result}
	read := process.Optional
	if c.Result == Refused {
		read = process.Required
	}
	a.Says = faults.Text(read("says", c.Says, process.TextLimit))
	a.Person = faults.Text(process.Optional("person", c.Person, 100))
	a.Paper = faults.Text(process.Optional("paper", c.Paper, 80))
	if c.Result != Taken && c.Result != Refused {
		faults.Note(process.RefuseField("result", "请选择受理或不受理。", "Choose whether it is taken."))
	}
	faults.Note(t.papers(c.Files, call, env))
	if err := faults.Err(); err != nil {
		return none, err
	}
	t.answered(a, call)
	if c.Result == Refused {
		t.Judge(call, env.Calendar)
		t.State = Declined
		t.Close(call.OccurredAt)
	} else {
		t.awaits(Reply, call, env)
	}
	return process.Decision[Track]{After: t, Reason: a.Says, Notices: append(process.TellTeam(&before, process.NoticeReplied), before.tellSender(process.NoticeReplied, env)...)}, nil
}

// tellSender tells a department what the zone answered to what it had sent.
func (t Track) tellSender(kind string, env Env) []process.Notice {
	if sort, _ := env.Definition.Sort(t.Stage); sort.Inward {
		return t.TellOther(kind)
	}
	return nil
}

// papers puts the letter on record: where somebody records what the other side has written, it is compulsory, else whoever demanded an answer could keep its limit
// themselves. It refuses a day before it was sent.
func (t *Track) papers(files []process.Evidence, call process.Call, env Env) error {
	var faults process.Faults
	faults.Note(process.NotBefore(call, t.SentOn, "日期早于发出的日期", "It cannot have happened before it was sent,"))
	sort, _ := env.Definition.Sort(t.Stage)
	if !sort.Inward && len(files) == 0 && call.Actor.Type == process.Person && !t.theirs(call.Actor) && !t.succeeds(call.Actor) {
		faults.Note(process.RefuseField("attachments", "请上传对方的书面答复。", "Attach the letter of the body that answers."))
	}
	var err error
	t.Attachments, err = process.PutOnRecord(t.Attachments, files, env.Uploads, call, process.Place{})
	faults.Note(err)
	return faults.Err()
}

// Report is the result: what came of it. An interim one leaves it where it is, with its deadline.
type Report struct {
	Result string             `json:"result" ask:"pick,required,words=reporting,is=result" enum:"interim,result" doc:"interim: a word on the way; result: it is done with." example:"result"`
	Says   string             `json:"says" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What came of it." example:"已责令恢复疏散通道，复查合格。"`
	Paper  string             `json:"paper,omitempty" ask:"line" maxLength:"80" doc:"Number of the letter." example:"泗消函〔2024〕45号"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many,sometimes" doc:"The letter; compulsory where somebody else records it."`
}

// ReportName is the name of Report.
const ReportName process.Name = "track.report"

// About says who may, and who reads of it.
func (Report) About() process.About {
	return process.About{Name: ReportName, Any: process.Of(process.SafetySupervisor, process.Leader), Own: process.Of(process.Department, process.Enterprise, process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.Offices}
}

// Brings returns the letter.
func (c Report) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step of whoever has it in hand.
func (Report) Fits(t Track, actor process.Actor, env Env) process.Fit {
	return t.next(Feedback, actor, env)
}

// Decide refuses a result in another's name.
func (c Report) Decide(before Track, call process.Call, env Env) (process.Decision[Track], error) {
	none, t := process.Decision[Track]{}, before.clone()
	if err := t.in(Feedback); err != nil {
		return none, err
	}
	if err := t.speaks(call, env); err != nil {
		return none, err
	}
	var faults process.Faults
	a := Answer{Result: c.Result}
	a.Says = faults.Text(process.Required("says", c.Says, process.TextLimit))
	a.Paper = faults.Text(process.Optional("paper", c.Paper, 80))
	if c.Result != Interim && c.Result != Result {
		faults.Note(process.RefuseField("result", "请选择阶段情况或办理结果。", "Choose whether it is the result."))
	}
	faults.Note(t.papers(c.Files, call, env))
	if err := faults.Err(); err != nil {
		return none, err
	}
	t.answered(a, call)
	if c.Result == Result {
		t.awaits(Feedback, call, env)
	}
	return process.Decision[Track]{After: t, Reason: a.Says, Notices: append(process.TellTeam(&before, process.NoticeReplied), before.tellSender(process.NoticeReplied, env)...)}, nil
}

// Meet records an interview: held with whoever was called, or that they did not come. Who was called may not send a substitute.
type Meet struct {
	Result string             `json:"result" ask:"pick,required,words=meeting_held,is=held" enum:"held,absent" doc:"held: whoever was called came; absent: nobody came, or somebody else." example:"held"`
	Person string             `json:"person,omitempty" ask:"line,when=result:held" maxLength:"100" doc:"Who came, by name and function." example:"厂长 张三"`
	Says   string             `json:"says" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was said: how things stand, why it is late, what is done; or who came instead." example:"单位说明了进展和未完成的原因。"`
	Wants  string             `json:"wants,omitempty" ask:"long,lines=6,when=result:held" maxLength:"4000" doc:"What was required; compulsory where it was held." example:"11 月 20 日前完成整改。"`
	Vowed  string             `json:"vowed,omitempty" ask:"long" maxLength:"4000" doc:"What was promised." example:"按期完成。"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The signed record."`

	AllTheSame string `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where it was held before its day, or whoever came is called otherwise than in the summons: why it is so. Without it that is refused." example:"企业要求提前到今天"`
}

// MeetName is the name of Meet.
const MeetName process.Name = "track.meet"

// About says who may, and who reads of it.
func (Meet) About() process.About {
	return process.About{Name: MeetName, Any: process.Of(process.SafetySupervisor, process.Leader), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the record.
func (c Meet) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step of whoever called.
func (Meet) Fits(t Track, actor process.Actor, _ Env) process.Fit {
	switch {
	case t.in(Attend) != nil:
		return process.Not
	case t.HeldBy(actor):
		return process.Leads
	}
	return process.Fits
}

// Decide refuses an interview that was held without who was called, or without a requirement. One that they did not come to is on record, told to the leaders, and its deadline runs on.
func (c Meet) Decide(before Track, call process.Call, env Env) (process.Decision[Track], error) {
	none, t := process.Decision[Track]{}, before.clone()
	if err := t.in(Attend); err != nil {
		return none, err
	}
	var faults process.Faults
	a, read := Answer{Result: c.Result}, process.Optional
	if c.Result == Held {
		read = process.Required
	}
	a.Person = faults.Text(read("person", c.Person, 100))
	a.Wants = faults.Text(read("wants", c.Wants, process.TextLimit))
	a.Says = faults.Text(process.Required("says", c.Says, process.TextLimit))
	a.Vowed = faults.Text(process.Optional("vowed", c.Vowed, process.TextLimit))
	if c.Result != Held && c.Result != Absent {
		faults.Note(process.RefuseField("result", "请选择已约谈或未到场。", "Choose whether it was held."))
	}
	faults.Note(c.asked(before.Called, call))
	faults.Note(process.NotBefore(call, t.SentOn, "约谈日期早于通知的日期", "It cannot have been held before the notice of"))
	var err error
	t.Attachments, err = process.PutOnRecord(t.Attachments, c.Files, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	t.answered(a, call)
	if c.Result == Absent {
		notices := append(process.TellTeam(&before, process.NoticeAbsent), process.Notice{Kind: process.NoticeAbsent, ToKind: process.ToRole, ToID: string(process.Leader)})
		return process.Decision[Track]{After: t, Reason: a.Says, Notices: notices}, nil
	}
	t.FeedbackOn = clock.Date{}
	t.awaits(Attend, call, env)
	return process.Decision[Track]{After: t, Reason: a.Says, Notices: t.TellOther(process.NoticeReportDue)}, nil
}

// Withdraw takes a track back that should not have been sent.
type Withdraw struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"发错单位，另行抄告。"`
}

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "track.withdraw"

// About says who may, and who reads of it.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Any: process.Of(process.Leader), Own: process.Of(process.SafetySupervisor), Readers: process.FactOnly}
}

// Fits says that only what is under way can be taken back, by whoever sent it: what came in is answered.
func (Withdraw) Fits(t Track, _ process.Actor, env Env) process.Fit {
	sort, _ := env.Definition.Sort(t.Stage)
	return process.FitsWhen(!t.Done && !sort.Inward)
}

// Decide refuses what came in, and what is closed.
func (c Withdraw) Decide(before Track, call process.Call, env Env) (process.Decision[Track], error) {
	none, t := process.Decision[Track]{}, before.clone()
	if err := process.UnderWay(&t.Case); err != nil {
		return none, err
	}
	if sort, _ := env.Definition.Sort(t.Stage); sort.Inward {
		return none, process.Refuse(process.WrongState, "来文要答复，不能撤回。", "What came in is answered, and not taken back.")
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	t.Supersede(call)
	t.State, t.Excuse = Withdrawn, reason
	t.Close(call.OccurredAt)
	return process.Decision[Track]{After: t, Reason: reason, Notices: t.TellOther(process.NoticeClosed)}, nil
}
