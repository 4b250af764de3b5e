package project

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// The verdicts of a recognition.
const (
	Counted    = "counted"
	NotCounted = "not_counted" // it happened, and does not count (通过不计分)
	SentBack   = "returned"    // the papers do not show it yet
)

// Recognised is what departments said of one achievement on its papers, later than the event (签约核定, 开工认定, 竣工认定). All are kept; the last one of an achievement stands.
type Recognised struct {
	Seq      int        `json:"seq"`
	What     string     `json:"what"`      // signed, started, completed
	ActualOn clock.Date `json:"actual_on"` // the day of the event as it stood then
	On       clock.Date `json:"on"`        // the recognised day; none of one that was returned
	Verdict  string     `json:"verdict"`
	By       string     `json:"by"`                   // the departments
	Paper    string     `json:"paper" paper:"number"` // number of their paper
	Note     string     `json:"note"`
	ByName   string     `json:"by_name"` // who recorded it
	Files    []int      `json:"files"`   // numbers of its papers
}

// ElementName is its number.
func (r Recognised) ElementName(int) string { return strconv.Itoa(r.Seq) }

// Sealed is always true: another verdict is another recognition.
func (Recognised) Sealed() bool { return true }

// Recognisable are the achievements that are recognised, with the fact of the day they actually happened, in their order.
func Recognisable() []string { return []string{"signed", "started", "completed"} }

// actual is the fact of the day on which an achievement happened.
func actual(what string) string {
	return map[string]string{"signed": "signed_on", "started": "construction_started_on", "completed": "completed_on"}[what]
}

// Recognition is what was said last of an achievement, and whether anything was.
func (p Project) Recognition(what string) (Recognised, bool) {
	for i := len(p.Recognised) - 1; i >= 0; i-- {
		if p.Recognised[i].What == what {
			return p.Recognised[i], true
		}
	}
	return Recognised{}, false
}

// Actual is the day on which an achievement happened; none: it has not.
func (p Project) Actual(what string) clock.Date { return orZero(p.Facts.date(actual(what))) }

// Recognise records what departments say of an achievement: counted, not counted, or returned.
type Recognise struct {
	What    string             `json:"what" ask:"pick,required,words=achieved" enum:"signed,started,completed" doc:"Which achievement: signed 签约核定, started 开工认定, completed 竣工认定." example:"started"`
	Verdict string             `json:"verdict" ask:"pick,required,words=recognition,is=counted" enum:"counted,not_counted,returned" doc:"What was said." example:"counted"`
	On      clock.Date         `json:"on,omitzero" ask:"day,when=verdict:counted|not_counted" doc:"The recognised day; compulsory unless it is returned, and not before the event." example:"2024-11-20"`
	By      string             `json:"by" ask:"line,required" minLength:"1" maxLength:"200" doc:"The departments that said so." example:"县发改委、县统计局"`
	Paper   string             `json:"paper,omitempty" ask:"line" maxLength:"100" doc:"Number of their paper." example:"泗发改〔2024〕86号"`
	Note    string             `json:"note,omitempty" ask:"long,when=verdict:not_counted|returned" maxLength:"4000" doc:"Why it does not count or was returned; compulsory then." example:"缺施工现场照片。"`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The paper."`
}

// RecogniseName is the name of Recognise.
const RecogniseName process.Name = "project.recognise"

// About says who may, and who reads of it.
func (Recognise) About() process.About {
	return process.About{Name: RecogniseName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Recognise) Brings() []process.Evidence { return c.Files }

// Fits says that there is something to recognise.
func (Recognise) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(slices.ContainsFunc(Recognisable(), func(what string) bool { return !p.Actual(what).IsZero() }))
}

// Ask offers what has happened.
func (Recognise) Ask(f process.Question, p Project, _ Env) (process.Question, bool) {
	if f.Path == "what" {
		f.Choices = slices.DeleteFunc(slices.Clone(f.Choices), func(c process.Choice) bool { return p.Actual(c.Value).IsZero() })
		if len(f.Choices) == 1 {
			f.Value = f.Choices[0].Value
		}
	}
	return f, true
}

// Decide refuses an achievement that has not happened, a recognised day before the event or after today, and words missing where the verdict needs them. It
// fits a project that has ended too: what it achieved is still counted.
func (c Recognise) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	var faults process.Faults
	happened := p.Actual(c.What)
	if happened.IsZero() {
		faults.Note(process.RefuseField("what", "这件事还没有发生，不能认定；请先登记实际日期。", "It has not happened yet; record its day first."))
	}
	r := Recognised{Seq: len(p.Recognised) + 1, What: c.What, ActualOn: happened, On: c.On, Verdict: c.Verdict, ByName: call.Actor.Name, Files: []int{}}
	r.By = faults.Text(process.Required("by", c.By, 200))
	r.Paper = faults.Text(process.Optional("paper", c.Paper, 100))
	r.Note = faults.Text(process.Optional("note", c.Note, process.TextLimit))
	switch {
	case !slices.Contains([]string{Counted, NotCounted, SentBack}, c.Verdict):
		faults.Note(process.RefuseField("verdict", "请选择：计入、不计入或退回。", "Choose counted, not counted or returned."))
	case c.Verdict == SentBack && !c.On.IsZero():
		faults.Note(process.RefuseField("on", "退回的没有认定日期。", "What is returned has no recognised day."))
	case c.Verdict != SentBack && c.On.IsZero():
		faults.Note(process.RefuseField("on", "请填写认定日期。", "Give the recognised day."))
	case c.On.After(call.Today()):
		faults.Note(process.Refuse(process.ImpossibleDate, "认定日期不能晚于今天。", "The recognised day cannot lie after today.").At("on"))
	case !c.On.IsZero() && c.On.Before(happened):
		faults.Note(process.Refuse(process.ImpossibleDate, "认定日期 "+c.On.Chinese()+" 早于实际日期 "+happened.Chinese()+"。",
			"The recognised day, "+c.On.String()+", lies before the event, "+happened.String()+".").At("on"))
	}
	if c.Verdict != Counted && r.Note == "" {
		faults.Note(process.RefuseField("note", "不计入或退回的要写明原因。", "Say why it does not count or is returned."))
	}
	attached, err := process.PutOnRecord(before.Attachments, c.Files, env.Uploads, call, process.Place{})
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	last, said := before.Recognition(c.What)
	last.Seq, last.ByName = r.Seq, r.ByName
	if said && len(c.Files) == 0 && len(last.Files) == 0 && reflect.DeepEqual(last, r) {
		return none, process.Unmoved()
	}
	for _, paper := range process.PapersOf(attached[len(before.Attachments):]) {
		r.Files = append(r.Files, paper.Number)
	}
	p.Attachments, p.Recognised = attached, append(p.Recognised, r)
	return process.Decision[Project]{After: p, Reason: r.Note}, nil
}
