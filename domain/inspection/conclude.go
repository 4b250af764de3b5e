package inspection

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
)

// Conclude ends the visit: the record has its hours, the head of the unit on site, and who signed it, or that the head refused to (art. 68).
type Conclude struct {
	From        string             `json:"came_at" ask:"line,required" minLength:"1" maxLength:"10" doc:"When the inspectors came." example:"09:30"`
	Until       string             `json:"left_at" ask:"line,required" minLength:"1" maxLength:"10" doc:"When they left." example:"10:45"`
	Head        string             `json:"head" ask:"line,required" minLength:"1" maxLength:"60" doc:"The head of the unit on site." example:"刘启明"`
	HeadPost    string             `json:"head_post,omitempty" ask:"line" maxLength:"60" doc:"Their post." example:"安全负责人"`
	HeadPhone   string             `json:"head_phone,omitempty" ask:"line" maxLength:"20" doc:"Their telephone."`
	Signature   string             `json:"signature" ask:"pick,required,words=signature,is=signed" enum:"signed,refused" doc:"Whether they signed the record." example:"signed"`
	Refusal     string             `json:"refusal,omitempty" ask:"long,sometimes" maxLength:"4000" doc:"What they said; compulsory of a refusal." example:"认为问题不属实，拒绝签字。"`
	Content     string             `json:"content,omitempty" ask:"long,sometimes" maxLength:"4000" doc:"What was looked at; compulsory without a checklist." example:"检查消防设施、用电和危化品仓库。"`
	Handling    string             `json:"handling,omitempty" ask:"long" maxLength:"4000" doc:"What was ordered." example:"责令限期整改。"`
	CardsShown  bool               `json:"cards_shown,omitempty" ask:"yes,is=true" doc:"The inspectors showed their cards."`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The signed record, or pictures."`
}

// ConcludeName is the name of Conclude.
const ConcludeName process.Name = "inspection.conclude"

// About says who may, and who reads of it: the record was laid before the enterprise.
func (Conclude) About() process.About {
	return process.About{Name: ConcludeName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c Conclude) Brings() []process.Evidence { return c.Attachments }

// Fits says that it is the next step once every item has its result.
func (Conclude) Fits(i Inspection, actor process.Actor, env Env) process.Fit {
	switch {
	case !i.under():
		return process.Not
	case len(i.Left()) > 0:
		return process.Blocked
	case i.Own(actor) && !env.Today.Before(i.On):
		return process.Leads
	}
	return process.Beside
}

// Ask asks what was looked at only where no checklist says it.
func (Conclude) Ask(f process.Question, i Inspection, _ Env) (process.Question, bool) {
	if f.Path == "content" {
		f.Required = len(i.Items) == 0
		return f, f.Required
	}
	return f, true
}

var hourOf = regexp.MustCompile(`^([01]?[0-9]|2[0-3]):([0-5][0-9])$`) //nolint:gochecknoglobals // it never changes

// hour reads an hour as people type it on a phone: 9:30, 09：30, ９:30.
func hour(field, text string) (string, error) {
	plain := strings.ReplaceAll(typed.Plain(strings.TrimSpace(text)), "：", ":")
	if !hourOf.MatchString(plain) {
		return "", process.RefuseField(field, "时间请写成 09:30 这样。", "Write the hour like 09:30.")
	}
	if len(plain) == 4 {
		plain = "0" + plain
	}
	return plain, nil
}

// Decide refuses items without a result, hours that cannot be, a refusal to sign without its words, and a visit that nobody can say anything of.
func (c Conclude) Decide(before Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if err := i.in(Planned, Visiting); err != nil {
		return none, err
	}
	if left := i.Left(); len(left) > 0 {
		refusal := process.Refuse(process.WrongState, fmt.Sprintf("检查表还有 %d 项没有结果，先逐项检查。", len(left)), fmt.Sprintf("%d items of the checklist have no result yet; check them first.", len(left)))
		for _, x := range left[:min(len(left), 10)] {
			refusal = refusal.With(process.Field{Name: x.Number, Chinese: x.Text, English: x.Text})
		}
		return none, refusal
	}
	var faults process.Faults
	faults.Note(process.NotBefore(call, i.HeldOn, "结束日期早于检查日期", "It cannot end before it began,"))
	i.From, i.Until = faults.Text(hour("came_at", c.From)), faults.Text(hour("left_at", c.Until))
	if i.From != "" && i.Until != "" && i.Until < i.From {
		faults.Note(process.RefuseField("left_at", "结束时间不能早于开始时间。", "It cannot end before it began."))
	}
	faults.Note(i.past(call))
	i.Head = faults.Text(process.Required("head", c.Head, 60))
	i.HeadPost = faults.Text(process.Optional("head_post", c.HeadPost, 60))
	i.HeadPhone = faults.Text(process.Optional("head_phone", c.HeadPhone, 20))
	i.Handling = faults.Text(process.Optional("handling", c.Handling, process.TextLimit))
	i.Content = faults.Text(process.Optional("content", c.Content, process.TextLimit))
	i.Refusal = faults.Text(process.Optional("refusal", c.Refusal, process.TextLimit))
	switch {
	case c.Signature == Refused && i.Refusal == "":
		faults.Note(process.RefuseField("refusal", "拒绝签字的要记录情况。", "Write down how the head refused to sign."))
	case c.Signature == Signed && i.Refusal != "":
		faults.Note(process.RefuseField("refusal", "已经签字的不填拒签情况。", "Who signed did not refuse to."))
	case c.Signature != Signed && c.Signature != Refused:
		faults.Note(process.RefuseField("signature", "请选择已签字还是拒绝签字。", "Choose whether it was signed or refused."))
	}
	if len(i.Items) == 0 && i.Content == "" {
		faults.Note(process.RefuseField("content", "没有检查表的要写明检查内容。", "Say what was looked at where there is no checklist."))
	}
	attached, err := process.PutOnRecord(before.Attachments, c.Attachments, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	i.Attachments, i.CardsShown, i.Signature = attached, c.CardsShown, c.Signature
	i.come(call, env)
	i.Judge(call, env.Calendar)
	i.State = Inspected
	var notices []process.Notice
	if i.Signature == Refused { // reported to whoever is in charge (art. 68)
		notices = i.People().TellLeader(process.NoticeUnsigned)
	}
	i.Close(call.OccurredAt)
	reason := i.Handling
	if i.Refusal != "" {
		reason = strings.TrimSpace(i.Refusal + " " + reason)
	}
	return process.Decision[Inspection]{After: i, Reason: reason, Notices: notices}, nil
}

// past refuses hours that have not come: the record would say what nobody can know yet.
func (i Inspection) past(call process.Call) error {
	day := i.HeldOn
	if day.IsZero() {
		day = call.Day()
	}
	now := call.RecordedAt.In(clock.Zone())
	if day.Before(call.Today()) || call.Actor.Type != process.Person {
		return nil
	}
	var faults process.Faults
	for _, one := range []struct{ field, at string }{{"came_at", i.From}, {"left_at", i.Until}} {
		if one.at > now.Format("15:04") {
			faults.Note(process.Refuse(process.ImpossibleDate, "现在是 "+now.Format("15:04")+"，检查时间不能晚于现在；请填实际的时间，或者结束检查后再记录。",
				"It is "+now.Format("15:04")+" now: the hours cannot lie ahead. Give those that they were, or record it once the visit is over.").At(one.field))
		}
	}
	return faults.Err()
}

// FindNobody ends a visit at which nobody was met: what was found instead proposes what is known of the enterprise, and nobody is reminded any more.
type FindNobody struct {
	Outcome     string             `json:"outcome" ask:"choose,required" minLength:"1" maxLength:"60" doc:"What was found instead, by its id in the definition." example:"locked"`
	Note        string             `json:"note" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What was seen." example:"大门上锁，厂区内无人，邻厂称已停产两个月。"`
	Attachments []process.Evidence `json:"attachments" ask:"files,required,many" doc:"A picture of it."`
}

// FindNobodyName is the name of FindNobody.
const FindNobodyName process.Name = "inspection.find_nobody"

// About says who may, and who reads of it.
func (FindNobody) About() process.About {
	return process.About{Name: FindNobodyName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Offices, Duty: process.Asks}
}

// Brings returns the evidence.
func (c FindNobody) Brings() []process.Evidence { return c.Attachments }

// Fits says that nothing was looked at yet.
func (FindNobody) Fits(i Inspection, _ process.Actor, env Env) process.Fit {
	if i.State != Planned || env.Today.Before(i.On) {
		return process.Not
	}
	return process.Beside
}

// Ask offers the outcomes.
func (FindNobody) Ask(f process.Question, _ Inspection, env Env) (process.Question, bool) {
	if f.Path == "outcome" {
		for _, o := range env.Definition.Outcomes {
			f.Choices = append(f.Choices, process.Choice{Value: o.ID, Text: o.Name})
		}
	}
	return f, true
}

// Decide refuses a visit at which something was looked at, an unknown outcome, and one without a picture. An import may lack it.
func (c FindNobody) Decide(before Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if err := i.in(Planned); err != nil {
		return none, err
	}
	var faults process.Faults
	outcome, known := env.Definition.Outcome(c.Outcome)
	if !known {
		faults.Note(process.RefuseField("outcome", "请选择现场情况。", "Choose what was found."))
	}
	i.Excuse = faults.Text(process.Required("note", c.Note, process.TextLimit))
	if len(c.Attachments) == 0 && call.Actor.Type != process.Import {
		faults.Note(process.RefuseField("attachments", "请上传现场照片。", "Attach a picture of it."))
	}
	attached, err := process.PutOnRecord(before.Attachments, c.Attachments, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	i.Attachments, i.Outcome, i.Proposes, i.HeldOn = attached, outcome.ID, outcome.Proposes, call.Day()
	if v := env.Found.Visited; v != nil {
		i.TargetID, i.TargetName = v.ID, v.Name
	}
	i.Judge(call, env.Calendar)
	i.State = Missed
	notices := process.TellTeam(&i, process.NoticeClosed)
	if i.ProposesStatus() {
		notices = append(notices, i.People().TellLeader(process.NoticeProposed)...)
	}
	i.Close(call.OccurredAt)
	return process.Decision[Inspection]{After: i, Reason: i.Excuse, Notices: notices}, nil
}

// Cancel calls an inspection off to which nobody has come.
type Cancel struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"与县应急局联合检查合并。"`
}

// CancelName is the name of Cancel.
const CancelName process.Name = "inspection.cancel"

// About says who may, and who reads of it.
func (Cancel) About() process.About {
	return process.About{Name: CancelName, Any: process.Of(process.SafetySupervisor, process.Leader), DatedBack: true, Readers: process.Offices}
}

// Fits says that nobody has come yet.
func (Cancel) Fits(i Inspection, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(i.State == Planned)
}

// Decide closes it without a visit.
func (c Cancel) Decide(before Inspection, call process.Call, _ Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if err := i.in(Planned); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	i.Supersede(call)
	i.State, i.Excuse = Cancelled, reason
	i.Close(call.OccurredAt)
	return process.Decision[Inspection]{After: i, Reason: reason}, nil
}
