package permit

import (
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/process"
)

// UrgeIt urges the body in whose own system the permit lies: by letter, by telephone, or on the spot. Where the department works with Parkway it is
// nudged instead.
type UrgeIt struct {
	Way  string `json:"way" ask:"pick,required,words=urge_way,is=call" enum:"letter,call,visit" doc:"How." example:"call"`
	To   string `json:"to,omitempty" ask:"line" maxLength:"100" doc:"Who was spoken to, or the letter's number." example:"市生态环境局审批科 王科长"`
	Text string `json:"text" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What was asked." example:"请在本周内反馈环评技术审查意见。"`
}

// UrgeName is the name of UrgeIt.
const UrgeName process.Name = "permit.urge"

// About says who may, and who reads of it.
func (UrgeIt) About() process.About {
	return process.About{Name: UrgeName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.Offices}
}

// Fits says that only what lies with a department is urged.
func (UrgeIt) Fits(p Permit, actor process.Actor, _ Env) process.Fit {
	switch {
	case p.in(Applied, Accepted, Deferred) != nil:
		return process.Not
	case p.outside() && p.runBy(actor), p.HeldBy(actor) && !actor.Has(process.Department):
		return process.Urges
	}
	return process.Beside
}

// Decide refuses a permit that lies with nobody, and a day before the application.
func (c UrgeIt) Decide(before Permit, call process.Call, _ Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Applied, Accepted, Deferred); err != nil {
		return none, err
	}
	if err := lately(call, p.AppliedOn, "催办日期早于申报日期", "It cannot have been urged before it was applied for,"); err != nil {
		return none, err
	}
	to, err := process.Optional("to", c.To, 100)
	if err != nil {
		return none, err
	}
	text, err := process.Required("text", c.Text, process.TextLimit)
	if err != nil {
		return none, err
	}
	p.Urges = append(p.Urges, Urge{Seq: len(p.Urges) + 1, On: call.Day(), Way: c.Way, To: to, Text: text, ByName: call.Actor.Name})
	return process.Decision[Permit]{After: p, Reason: text}, nil
}

// AnswerUrge notes what the body that was urged has answered, and whether that is a good reason.
type AnswerUrge struct {
	Urge      string             `json:"urge" ask:"choose,required" minLength:"1" maxLength:"9" doc:"Which urging, by its number." example:"1"`
	Answer    string             `json:"answer" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What it answered." example:"专家评审排在下周三，评审后 3 日内出具意见。"`
	Justified string             `json:"justified" ask:"pick,required,words=justified" enum:"yes,no" doc:"Whether it is held up for a good reason." example:"yes"`
	Files     []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The letter."`
}

// AnswerUrgeName is the name of AnswerUrge.
const AnswerUrgeName process.Name = "permit.answer_urge"

// About says who may, and who reads of it.
func (AnswerUrge) About() process.About {
	return process.About{Name: AnswerUrgeName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer, process.Department), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c AnswerUrge) Brings() []process.Evidence { return c.Files }

// Fits says that an urging waits for its answer.
func (AnswerUrge) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	if p.Done || !slices.ContainsFunc(p.Urges, Urge.open) {
		return process.Not
	}
	return process.Beside
}

// Ask offers the urgings without an answer.
func (AnswerUrge) Ask(f process.Question, p Permit, _ Env) (process.Question, bool) {
	if f.Path == "urge" {
		for _, u := range p.Urges {
			if u.open() {
				day := u.On.String()
				f.Choices = append(f.Choices, process.Choice{Value: strconv.Itoa(u.Seq), Text: process.Text{Chinese: day + " " + u.To, English: day + " " + u.To}})
			}
		}
		if len(f.Choices) > 0 {
			f.Value = f.Choices[len(f.Choices)-1].Value
		}
	}
	return f, true
}

func (u Urge) open() bool { return u.AnsweredOn.IsZero() }

// Decide refuses an urging that is not there or was answered, and an answer before it.
func (c AnswerUrge) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if p.Done {
		return none, process.UnderWay(&p.Case)
	}
	i := slices.IndexFunc(p.Urges, func(u Urge) bool { return strconv.Itoa(u.Seq) == c.Urge })
	if i < 0 || !p.Urges[i].open() {
		return none, process.RefuseField("urge", "没有这次催办，或者已经登记过答复。", "There is no such urging, or its answer is on record.")
	}
	u := &p.Urges[i]
	if err := lately(call, u.On, "答复日期早于催办日期", "It cannot have been answered before it was urged,"); err != nil {
		return none, err
	}
	var err error
	if u.Answer, err = process.Required("answer", c.Answer, process.TextLimit); err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	u.AnsweredOn, u.Justified = call.Day(), c.Justified
	return process.Decision[Permit]{After: p, Reason: u.Answer}, nil
}
