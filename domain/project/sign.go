package project

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Agreement is the investment agreement (投资协议) as it was signed: its number, its day and the paper. The project was signed on that day, whenever somebody typed it.
type Agreement struct {
	Number string     `json:"number" paper:"number" doc:"Its number." example:"泗涂招〔2024〕31号"`
	On     clock.Date `json:"on" doc:"The day on the paper." example:"2024-10-18"`
	Papers []int      `json:"papers" doc:"The numbers of its files among the attachments; empty of one that was loaded from before."`
	ByName string     `json:"by_name"`
	At     time.Time  `json:"at"`
}

// SignName is the name of Sign.
const SignName process.Name = "project.sign"

// Sign puts the investment agreement on file. One that is on file already is corrected by it, with the reason.
type Sign struct {
	Number              string             `json:"number" ask:"line,required" minLength:"1" maxLength:"100" doc:"The agreement's number." example:"泗涂招〔2024〕31号"`
	SignedOn            clock.Date         `json:"signed_on" ask:"day,required" doc:"The day on the paper: the project was signed on it." example:"2024-10-18"`
	Investment          *Yuan              `json:"investment,omitempty" ask:"wan" doc:"The investment that was agreed, in yuan; what stands when left out." example:"260000000.00"`
	PlannedCompletionOn *clock.Date        `json:"planned_completion_on,omitempty" ask:"day" doc:"The day completion was agreed for."`
	PlannedProductionOn *clock.Date        `json:"planned_production_on,omitempty" ask:"day" doc:"The day production was agreed for."`
	Reason              string             `json:"reason,omitempty" ask:"long" maxLength:"4000" doc:"Where an agreement is on file already: why it is corrected." example:"日期录错。"`
	AllTheSame          string             `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where another project has an agreement of the number, or the investment is a hundred times what is on record or less than a hundredth of it: why it is so all the same. Without it that is refused." example:"一份协议约定两个项目"`
	Files               []process.Evidence `json:"attachments,omitempty" ask:"files,many,required" doc:"The agreement as it was signed."`
}

// About says who may, and who reads of it.
func (Sign) About() process.About {
	return process.About{Name: SignName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Brings returns the paper.
func (c Sign) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step where the gate asks for it, and can be corrected as long as the project is open.
func (Sign) Fits(p Project, actor process.Actor, env Env) process.Fit {
	stage, ok := p.present(env)
	asked := ok && slices.ContainsFunc(stage.Gate, func(r lifecycle.Requirement) bool { return r.Kind == lifecycle.Agreement })
	switch {
	case p.Done || p.InPool():
		return process.Not
	case p.first(env, actor) == SignName:
		return process.Leads
	case asked || p.Agreement != nil:
		return process.Beside
	}
	return process.Fits
}

// Ask begins with what is known, and asks for the reason only where one is on file.
func (Sign) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	switch f.Path {
	case "reason":
		f.Required = p.Agreement != nil
		return f, p.Agreement != nil
	case "attachments":
		f.Required = p.Agreement == nil || len(p.Agreement.Papers) == 0 // one that was loaded from before has its paper in the archive
		return f, true
	case "number":
		if p.Agreement != nil {
			f.Value = p.Agreement.Number
		}
		return f, true
	case "signed_on":
		if f.Value = ""; !p.SignedOn.IsZero() {
			f.Value = p.SignedOn.String()
		}
		return f, true
	}
	f.Path = "facts." + f.Path
	f, asked := Edit{}.Ask(f, p, env)
	f.Path = f.Path[len("facts."):]
	return f, asked
}

// Decide refuses an agreement without its number, its day or its paper, one that is signed tomorrow, and a correction that corrects nothing or says not why.
func (c Sign) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.open(); err != nil {
		return none, err
	}
	if p.InPool() {
		return none, process.InPool()
	}
	var faults process.Faults
	number := faults.Text(process.Required("number", c.Number, 100))
	reason := faults.Text(process.Optional("reason", c.Reason, process.TextLimit))
	if c.SignedOn.IsZero() {
		faults.Note(process.RefuseField("signed_on", "请填写协议上的签订日期。", "Give the day on the paper."))
	}
	given := Given{Investment: c.Investment, SignedOn: &c.SignedOn, PlannedCompletionOn: c.PlannedCompletionOn, PlannedProductionOn: c.PlannedProductionOn}
	var err error
	p.Facts, err = given.on(p.Facts, call, env)
	if faults.Note(err); err == nil {
		faults.Note(cmp.Or(p.agrees(before, env), p.farFrom(before, c.AllTheSame, call)))
	}
	if call.Actor.Type == process.Person && len(env.Numbered) > 0 && strings.TrimSpace(c.AllTheSame) == "" && (before.Agreement == nil || before.Agreement.Number != number) {
		faults.Note(process.OrSayWhy(process.PaperKnown(number, env.Numbered[0], "number")))
	}
	papers := []int{}
	if before.Agreement != nil {
		if papers = before.Agreement.Papers; reason == "" {
			faults.Note(process.RefuseField("reason", "已经登记过协议 "+before.Agreement.Number+"；更正的要写明原因。", "The agreement "+before.Agreement.Number+" is on file; say why it is corrected."))
		}
	}
	switch {
	case len(c.Files) > 0:
		p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{})
		faults.Note(err)
		papers = added(before.Attachments, p.Attachments)
	case len(papers) == 0 && call.Actor.Type != process.Import: // what is loaded from before has its paper in the archive, under its number
		faults.Note(process.RefuseField("attachments", "请附上签订的协议（扫描件或照片）。", "Attach the agreement as it was signed."))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	p.Agreement = &Agreement{Number: number, On: c.SignedOn, Papers: papers, ByName: call.Actor.Name, At: call.RecordedAt}
	if was := before.Agreement; was != nil && was.Number == number && was.On == c.SignedOn && len(c.Files) == 0 && reflect.DeepEqual(p.Facts, before.Facts) {
		return none, process.Refuse(process.NothingChanged, "内容没有变化。", "Nothing was changed.")
	}
	p.unplan(before, reason, call, env)
	env.Definition.Replan(p.traveller(env), func(fact string) clock.Date { return orZero(before.Facts.date(fact)) }, reason, call)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// agrees refuses facts that what is on file of the project contradicts: money of before it was signed, a total below what was invested without a reason.
func (p *Project) agrees(before Project, env Env) error {
	var faults process.Faults
	if p.Investment != before.Investment {
		faults.Note(p.covers())
	}
	if p.SignedOn != before.SignedOn || p.ConstructionStartedOn != before.ConstructionStartedOn {
		faults.Note(p.keepsMoney(before, env))
	}
	return faults.Err()
}

// farFrom asks an investment back that is a hundred times what is on record, or less than a hundredth of it, unless somebody has said why: yuan were typed for 万元, or
// the other way round, and nobody can say which.
func (p *Project) farFrom(before Project, why string, call process.Call) error {
	was, is := before.Investment, p.Investment
	if call.Actor.Type != process.Person || was <= 0 || is <= 0 || strings.TrimSpace(why) != "" || is/implausible <= was && was/implausible <= is {
		return nil
	}
	wan := func(y Yuan) string { return funds.Amount(y).Wan() }
	return process.OrSayWhy(process.RefuseField("investment", "总投资填的是 "+wan(is)+" 万元，已登记的是 "+wan(was)+" 万元，相差 100 倍以上：单位对吗？确实如此的，请在「仍要登记的原因」里写明。",
		"The investment given is "+wan(is)+" 万元, and "+wan(was)+" 万元 is on record, more than a hundred times apart: is the unit right? If it really is so, say why."))
}

// added are the numbers of the attachments that were not there before.
func added(before, after []process.Attachment) []int {
	numbers := []int{}
	for _, a := range after[len(before):] {
		if !slices.Contains(numbers, a.Number) {
			numbers = append(numbers, a.Number)
		}
	}
	return numbers
}

// signed is whether the agreement was signed by the day, and what it is.
func (p Project) signed(on clock.Date) lifecycle.Checked {
	a := p.Agreement
	if a == nil {
		return lifecycle.Checked{Says: process.Text{Chinese: "还没有登记协议", English: "no agreement is on file"}}
	}
	says := process.Text{Chinese: a.Number + "，" + a.On.Chinese() + " 签订", English: a.Number + ", signed on " + a.On.String()}
	if a.On.After(on) {
		return lifecycle.Checked{Says: process.Text{Chinese: says.Chinese + "，晚于 " + on.Chinese(), English: says.English + ", after " + on.String()}}
	}
	papers := slices.DeleteFunc(process.PapersOf(p.Attachments), func(x process.Paper) bool { return !slices.Contains(a.Papers, x.Number) })
	return lifecycle.Checked{Met: true, Says: says, Papers: papers}
}
