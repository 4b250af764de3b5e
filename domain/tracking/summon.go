package tracking

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// SummonVerb is what Summon does.
const SummonVerb process.Verb = "summon"

// Summon calls the enterprise's head to an interview 约谈, held within a week. Whoever is called may not send a substitute; a written report follows within five working days.
type Summon struct {
	Reason string     `json:"reason" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"Why." example:"隐患逾期未整改。"`
	Who    string     `json:"who" ask:"line,required" minLength:"1" maxLength:"100" doc:"Who is called." example:"主要负责人 张三"`
	By     string     `json:"called_by" ask:"line,required" minLength:"1" maxLength:"100" doc:"Who calls." example:"安监科"`
	On     clock.Date `json:"on" ask:"day,required" doc:"On which day." example:"2024-12-06"`
	At     string     `json:"at,omitempty" ask:"line" maxLength:"40" doc:"At which hour." example:"上午9时"`
	Where  string     `json:"where" ask:"line,required" minLength:"1" maxLength:"100" doc:"Where." example:"管委会二楼会议室"`
	Bring  string     `json:"bring,omitempty" ask:"line" maxLength:"200" doc:"What to bring." example:"整改方案"`
}

// About says who may.
func (Summon) About(of process.Leading) process.About { return about(of, SummonVerb, process.FactOnly) }

// Fits says that it lies at hand once the ladder says so.
func (Summon) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	if on.Header().EnterpriseID == "" {
		return process.Not
	}
	return urgent(on, "interview")
}

// Act refuses a case without an enterprise, and a day that is past or more than a month away.
func (c Summon) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	h := on.Header()
	var faults process.Faults
	faults.Note(process.UnderWay(h))
	if h.EnterpriseID == "" {
		faults.Note(process.Refuse(process.WrongState, "这件事没有对应的企业。", "The case is about no enterprise."))
	}
	s := track.Sent{Sort: "interview", Other: track.Party{Kind: string(process.HeldByEnterprise), ID: h.EnterpriseID, Name: h.EnterpriseName}}
	s.Tells = faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	s.Called = track.Called{On: c.On, Who: faults.Text(process.Required("who", c.Who, 100)), By: faults.Text(process.Required("called_by", c.By, 100)), Where: faults.Text(process.Required("where", c.Where, 100)),
		At: faults.Text(process.Optional("at", c.At, 40)), Bring: faults.Text(process.Optional("bring", c.Bring, 200))}
	switch {
	case c.On.IsZero():
		faults.Note(process.RefuseField("on", "请填写约谈日期。", "Give the day."))
	case c.On.After(call.Today().AddDays(31)):
		faults.Note(process.Refuse(process.ImpossibleDate, "约谈应在一周内进行，请核对日期。", "An interview is held within a week; check the day.").At("on"))
	}
	faults.Note(ahead("on", c.On, call))
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	return send(s, h, call), nil
}
