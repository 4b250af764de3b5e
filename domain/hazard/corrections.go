package hazard

import (
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// correctable is a fact of a hazard that can be put right once it is sealed or the hazard is closed.
type correctable struct {
	key  string
	name process.Text
	says string
	day  bool
	put  func(h *Hazard, says string) // nil: the fact is sealed and stays; the correction stands beside it
}

// correctables are the facts that can be put right: what the finding says, once a notice was served on it or the hazard was closed, and what stands in sealed rounds.
func (h Hazard) correctables() []correctable {
	var all []correctable
	if h.Done || len(h.Rounds) > 0 {
		all = append(all,
			correctable{key: "description", name: process.Text{Chinese: "隐患描述", English: "description"}, says: h.Description, put: func(h *Hazard, says string) {
				h.Description = says
				h.Rename(titleOf(says))
			}},
			correctable{key: "location", name: process.Text{Chinese: "部位", English: "place"}, says: h.Location, put: func(h *Hazard, says string) { h.Location = says }},
			correctable{key: "clause", name: process.Text{Chinese: "依据", English: "clause"}, says: h.Clause, put: func(h *Hazard, says string) { h.Clause = says }})
	}
	for _, r := range h.Rounds {
		if !r.Sealed() {
			continue
		}
		n := strconv.Itoa(r.Round)
		of := func(key, chinese, english, says string, day bool) {
			name := process.Text{Chinese: "第 " + n + " 轮" + chinese, English: english + " of round " + n}
			all = append(all, correctable{key: "round_" + n + "_" + key, name: name, says: h.corrected(name.Chinese, says), day: day})
		}
		of("measures", "整改情况", "measures", r.Measures, false)
		of("completed", "整改完成日期", "day of completion", r.CompletedOn.String(), true)
		of("opinion", "复查意见", "opinion of the re-inspection", r.Opinion, false)
	}
	return all
}

// offered is the fact with what it says now, as the choices of a form name it: a day as people write it, and what says nothing as such.
func (c correctable) offered() process.Text {
	says := process.Text{Chinese: process.Clip(c.says), English: process.Clip(c.says)}
	if day, err := clock.ParseDate(c.says); c.day && err == nil {
		says.Chinese = day.Chinese()
	}
	if c.says == "" {
		says = process.Text{Chinese: "（没有填写）", English: "(not given)"}
	}
	return process.Text{Chinese: c.name.Chinese + "：" + says.Chinese, English: c.name.English + ": " + says.English}
}

// corrected is what a sealed fact says: as it was put right last, or as it stands.
func (h Hazard) corrected(what, says string) string {
	for _, c := range h.Corrections {
		if c.What == what {
			says = c.Becomes
		}
	}
	return says
}

// RoundSays are the corrections of what the round says, in their order: a page shows them beside what stands there.
func (h Hazard) RoundSays(round int) []process.Correction {
	var all []process.Correction
	for _, c := range h.Corrections {
		if strings.HasPrefix(c.What, "第 "+strconv.Itoa(round)+" 轮") {
			all = append(all, c)
		}
	}
	return all
}

// AskCorrection asks that a fact be put right that is sealed, or of a hazard that is closed. Nothing changes until somebody else has agreed.
type AskCorrection struct {
	What    string             `json:"what" ask:"choose,required" minLength:"1" maxLength:"60" doc:"Which fact: description, location, clause, or of a sealed round round_1_measures, round_1_completed, round_1_opinion." example:"location"`
	To      string             `json:"to" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What it is to say; a day as 2024-12-03." example:"2# 车间东侧"`
	Reason  string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why it has to be put right." example:"登记时写错了车间。"`
	Decider string             `json:"decider_id" ask:"person,required,from=leaders,not=me" minLength:"1" doc:"The leader who decides, who is somebody else."`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers that show it."`
}

// AskCorrectionName is the name of AskCorrection.
const AskCorrectionName process.Name = "hazard.ask_correction"

// About says who may, and who reads of it.
func (AskCorrection) About() process.About {
	return process.About{Name: AskCorrectionName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Mentions returns who decides.
func (c AskCorrection) Mentions() []string { return []string{c.Decider} }

// Brings returns the papers.
func (c AskCorrection) Brings() []process.Evidence { return c.Files }

// Fits says that it fits where something is sealed, also once the hazard is closed.
func (AskCorrection) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(len(h.correctables()) > 0)
}

// Ask offers what can be put right, with what it says now.
func (AskCorrection) Ask(f process.Question, h Hazard, _ Env) (process.Question, bool) {
	if f.Path == "what" {
		for _, c := range h.correctables() {
			f.Choices = append(f.Choices, process.Choice{Value: c.key, Text: c.offered()})
		}
	}
	return f, true
}

// Decide refuses a fact that is not sealed, one that would say the same, and a day that is none.
func (c AskCorrection) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	x, to, err := before.right(c.What, c.To, call)
	faults.Note(err)
	return before.sought(process.Sought{Sort: "correct", What: x.name.Chinese, Was: x.says, Becomes: to, Reason: reason, Decider: c.Decider, Does: CorrectName},
		Correct{What: c.What, Was: x.says, Becomes: to}, faults, c.Files, before.Round, call, env)
}

// right is the fact that is meant, and what it is to say.
func (h Hazard) right(what, to string, call process.Call) (correctable, string, error) {
	for _, x := range h.correctables() {
		if x.key != what {
			continue
		}
		limit := process.TextLimit
		if what == "location" || what == "clause" {
			limit = process.TitleLimit
		}
		text, err := process.Required("to", to, limit)
		if err != nil {
			return x, text, err
		}
		if x.day {
			day, err := clock.ParseDate(text)
			if err != nil || day.After(call.Today()) {
				return x, text, process.RefuseField("to", "请填写今天以前的日期，例如 2024-12-03。", "Give a day that is not after today, as in 2024-12-03.")
			}
			text = day.String()
		}
		if text == x.says {
			return x, text, process.Refuse(process.NothingChanged, "和现在记录的一样，不需要更正。", "It says so already.").At("to")
		}
		return x, text, nil
	}
	return correctable{}, to, process.RefuseField("what", "请选择要更正哪一项。", "Choose what is to be put right.")
}

// Correct is the machinery's command: a leader has agreed that a fact be put right. What stood there stays beside it.
type Correct struct {
	process.Agreed
	What    string `json:"what" maxLength:"60" doc:"Which fact."`
	Was     string `json:"was,omitempty" maxLength:"4000" doc:"What it said when that was asked for."`
	Becomes string `json:"becomes" maxLength:"4000" doc:"What it is to say."`
}

// CorrectName is the name of Correct.
const CorrectName process.Name = "hazard.correct"

// About says that nobody issues it: it only follows from another deed.
func (Correct) About() process.About {
	return process.About{Name: CorrectName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says what is put right.
func (c Correct) Carries(process.Rules) process.Text {
	return process.Text{Chinese: c.Request + " 更正为：" + c.Becomes, English: c.Request + ": it is to say " + c.Becomes}
}

// Decide refuses a fact that says something else than when it was asked for: whoever agreed read another one.
func (c Correct) Decide(before Hazard, call process.Call, _ Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	x, to, err := h.right(c.What, c.Becomes, call)
	if err != nil {
		return none, err
	}
	if x.says != c.Was {
		return none, process.Refuse(process.WrongState, "申请以后这一项又改过，请重新申请。", "It has been changed since that was asked for; ask again.")
	}
	tells := h.tellSupervisor
	if x.put != nil {
		x.put(&h, to)
		if len(h.Rounds) > 0 { // the enterprise holds a notice that says otherwise
			tells = h.tellBoth
		}
	}
	h.Corrections = append(h.Corrections, process.Correction{Seq: len(h.Corrections) + 1, What: x.name.Chinese, Was: x.says, Becomes: to, Why: c.Why, AskedBy: c.AskedBy, AgreedBy: c.AgreedBy, Request: c.Request, On: call.Day()})
	return process.Decision[Hazard]{After: h, Reason: c.Request + " " + c.Why, Notices: tells(process.NoticeCorrected)}, nil
}
