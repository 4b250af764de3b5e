package tracking

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// SummonVerb is what Summon does.
const SummonVerb process.Verb = "summon"

// Summon calls the enterprise's head to an interview 约谈, held within a week. Whoever is called may not send a substitute; a written report follows within five working days.
type Summon struct {
	FirmIDs []string `json:"firm_ids,omitempty" ask:"ticks,sometimes" maxItems:"10" maxLength:"36" doc:"Of a case that is addressed to several enterprises: which are called, by their ids; each has an interview of its own. All of them when left out."`

	Reason string     `json:"reason" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"Why." example:"隐患逾期未整改。"`
	Who    string     `json:"who" ask:"line,required" minLength:"1" maxLength:"100" doc:"Who is called." example:"主要负责人 张三"`
	By     string     `json:"called_by" ask:"line,required" minLength:"1" maxLength:"100" doc:"Who calls." example:"安监科"`
	On     clock.Date `json:"on" ask:"day,required" doc:"On which day." example:"2024-12-06"`
	At     string     `json:"at,omitempty" ask:"line" maxLength:"40" doc:"At which hour." example:"上午9时"`
	Where  string     `json:"where" ask:"line,required" minLength:"1" maxLength:"100" doc:"Where." example:"管委会二楼会议室"`
	Bring  string     `json:"bring,omitempty" ask:"line" maxLength:"200" doc:"What to bring." example:"整改方案"`

	Again
}

// About says who may.
func (Summon) About(of process.Leading) process.About { return about(of, SummonVerb, process.FactOnly) }

// Fits says that it lies at hand once the ladder says so.
func (Summon) Fits(on process.Subject, _ process.Actor, env process.Env) process.Fit {
	if on.Header().EnterpriseID == "" {
		return process.Not
	}
	return urgent(SummonVerb, on, env)
}

// Ask begins with what the ladder knows: why, whom the practice calls, and a day within the week.
func (Summon) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	h := on.Header()
	why := late(h)
	switch f.Path {
	case "all_the_same":
		return f, again(interview, on, env)
	case "firm_ids":
		for _, a := range h.Addressees() {
			f.Choices = append(f.Choices, process.Choice{Value: a.ID, Text: process.Text{Chinese: a.Name, English: a.Name}})
		}
		f.Value = strings.Join(h.Firms(), "、")
		return f, len(h.Also) > 0
	case "reason":
		f.Value = why
	case "who":
		if why != "" {
			f.Value = "主要负责人"
		}
	case "on":
		f.Value = within(3, env)
		if week := env.Today.AddDays(7).String(); !env.Today.IsZero() && f.Value > week { // over a long holiday
			f.Value = week
		}
	}
	return f, true
}

// GoesBy says that an interview has to be held within the time that its own rules leave for it.
func (Summon) GoesBy() process.Kind { return track.Kind }

// Act refuses a case without an enterprise, and a day that is past or beyond the time within which an interview is held: the clock would be late before the day comes.
func (c Summon) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	h := on.Header()
	var faults process.Faults
	faults.Note(process.UnderWay(h))
	if h.EnterpriseID == "" {
		faults.Note(process.Refuse(process.WrongState, "这件事没有对应的企业。", "The case is about no enterprise."))
	}
	s, called := track.Sent{Sort: interview}, c.called(h, &faults)
	s.Tells = faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	s.Called = track.Called{On: c.On, Who: faults.Text(process.Required("who", c.Who, 100)), By: faults.Text(process.Required("called_by", c.By, 100)), Where: faults.Text(process.Required("where", c.Where, 100)),
		At: faults.Text(process.Optional("at", c.At, 40)), Bring: faults.Text(process.Optional("bring", c.Bring, 200))}
	day := latest(call, env)
	switch {
	case c.On.IsZero():
		faults.Note(process.RefuseField("on", "请填写约谈日期。", "Give the day."))
	case !day.IsZero() && c.On.After(day):
		faults.Note(process.Refuse(process.ImpossibleDate, "约谈最迟应在 "+day.Chinese()+"进行，请核对日期。", "The interview has to be held by "+day.String()+"; check the day.").At("on"))
	}
	faults.Note(ahead("on", c.On, call))
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	deed := process.Deed{}
	for _, firm := range called {
		s.Other = track.Party{Kind: string(process.HeldByEnterprise), ID: firm.ID, Name: firm.Name}
		one := c.send(s, h, call)
		deed.Reason, deed.Follow = one.Reason, append(deed.Follow, one.Follow...)
	}
	return deed, nil
}

// called are the enterprises that are called: those that were chosen among those to whom the case is addressed, all of them where none was.
func (c Summon) called(h *process.Case, faults *process.Faults) []process.Addressee {
	all := h.Addressees()
	for i, id := range c.FirmIDs {
		if !h.Addresses(id) {
			faults.Note(process.RefuseField(process.ElementAt("firm_ids", i), "这件事没有下达给这家企业，不能为此约谈它。", "The case is not addressed to this enterprise, which cannot be called about it."))
		}
	}
	return slices.DeleteFunc(all, func(a process.Addressee) bool {
		return len(c.FirmIDs) > 0 && !slices.Contains(c.FirmIDs, a.ID)
	})
}

// latest is the last day on which an interview that is decided on now can be held; none where its rules do not say.
func latest(call process.Call, env process.Env) clock.Date {
	rules, _ := env.Found.Rules.(track.Definition)
	sort, _ := rules.Sort(interview)
	step, known := process.Find(sort.Steps, track.Attend, func(s track.Step) string { return s.ID })
	if !known {
		return clock.Date{}
	}
	return clock.Start(step.ID, step.Limit, call.OccurredAt, env.Calendar).DueOn
}
