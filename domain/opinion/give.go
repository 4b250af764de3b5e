package opinion

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Give is the department's opinion. Where the department does not work with Parkway, the project's manager records its letter.
type Give struct {
	Verdict string             `json:"verdict" ask:"pick,required,words=verdict" enum:"agreed,conditional,disagreed" doc:"What the department says." example:"agreed"`
	Says    string             `json:"says,omitempty" ask:"long,when=verdict:conditional|disagreed" maxLength:"4000" doc:"The conditions, or why it disagrees; compulsory then." example:"喷涂废气须配套收集处理设施。"`
	Answers map[string]string  `json:"answers,omitempty" ask:"answers" doc:"The answers to the definition's questions that the department is asked, each under the question's id: yes or no, a choice's id, a number in the question's unit, or words."`
	Paper   string             `json:"paper,omitempty" ask:"line" maxLength:"100" doc:"Number of the department's letter, where it wrote one." example:"泗环函〔2024〕86号"`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many,sometimes" doc:"The letter; compulsory where somebody else records it."`
}

// GiveName is the name of Give.
const GiveName process.Name = "opinion.give"

// About says who may, and who reads of it.
func (Give) About() process.About {
	return process.About{Name: GiveName, Any: process.Of(process.Leader), Own: process.Of(process.Department, process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Give) Brings() []process.Evidence { return c.Files }

// Fits says that it is the department's next step.
func (Give) Fits(o Opinion, actor process.Actor, _ Env) process.Fit {
	switch {
	case o.in(Asked) != nil:
		return process.Not
	case o.HeldBy(actor):
		return process.Leads
	}
	return process.Beside
}

// Spread asks what the department is asked.
func (Give) Spread(f process.Question, o Opinion, env Env) []process.Question {
	var all []process.Question
	for _, id := range o.desk(env).Asks {
		q, _ := env.Definition.Question(id) // Valid refused an unknown one
		asked := process.Question{Path: f.Path + "." + q.ID, Text: q.Name, Required: true, Unit: q.Unit, Kind: process.Long, Limit: process.TextLimit}
		switch q.As {
		case YesOrNo, Chosen:
			asked.Kind = process.Pick
			for _, c := range q.choices() {
				asked.Choices = append(asked.Choices, process.Choice{Value: c.ID, Text: c.Name})
			}
		case Numbers:
			asked.Kind = process.Number
		case Words:
		}
		all = append(all, asked)
	}
	return all
}

// Decide refuses a question without an answer, an answer that is none, words missing where the verdict needs them, and a day before the papers were handed in.
func (c Give) Decide(before Opinion, call process.Call, env Env) (process.Decision[Opinion], error) {
	none, o := process.Decision[Opinion]{}, before.clone()
	if err := o.in(Asked); err != nil {
		return none, err
	}
	var faults process.Faults
	faults.Note(process.NotBefore(call, o.Batches[len(o.Batches)-1].AskedOn, "意见日期早于征求日期", "The opinion cannot have been given before it was asked for,"))
	o.Says = faults.Text(process.Optional("says", c.Says, process.TextLimit))
	o.Paper = faults.Text(process.Optional("paper", c.Paper, 100))
	switch {
	case !slices.Contains([]string{Agreed, Conditional, Disagreed}, c.Verdict):
		faults.Note(process.RefuseField("verdict", "请选择：同意、有条件同意或不同意。", "Choose agreed, conditional or disagreed."))
	case o.Says == "" && c.Verdict == Conditional:
		faults.Note(process.RefuseField("says", "有条件同意的要写明条件。", "Say what the conditions are."))
	case o.Says == "" && c.Verdict == Disagreed:
		faults.Note(process.RefuseField("says", "不同意的要写明理由。", "Say why the department disagrees."))
	}
	answers, err := c.answers(o.desk(env), env)
	faults.Note(err)
	if call.Actor.Type == process.Person && !call.Actor.Has(process.Department) && len(c.Files) == 0 {
		faults.Note(process.RefuseField("attachments", "代部门登记的要附上部门的书面意见。", "Whoever records it for the department attaches its letter."))
	}
	attached, err := process.PutOnRecord(before.Attachments, c.Files, env.Uploads, call, process.Place{Round: o.Round})
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	o.Judge(call, env.Calendar)
	o.State, o.Answers, o.Attachments, o.GivenOn, o.ByName = c.Verdict, answers, attached, call.Day(), call.Actor.Name
	notices := process.TellTeam(&o, process.NoticeClosed)
	o.Close(call.OccurredAt)
	return process.Decision[Opinion]{After: o, Reason: o.Says, Notices: notices}, nil
}

// answers are what the department is asked, each answered in the form of its sort. All faults are told at once.
func (c Give) answers(desk Desk, env Env) ([]Answered, error) {
	var faults process.Faults
	all := []Answered{}
	for _, id := range desk.Asks {
		q, _ := env.Definition.Question(id) // Valid refused an unknown one
		text, given := c.Answers[id]
		if !given || text == "" {
			faults.Note(process.RefuseField("answers."+id, "「"+q.Name.Chinese+"」还没有回答。", "“"+q.Name.English+"” was not answered."))
			continue
		}
		value, err := q.read(text)
		faults.Note(err)
		all = append(all, Answered{Question: id, Value: value})
	}
	for id := range c.Answers {
		if !slices.Contains(desk.Asks, id) {
			faults.Note(process.RefuseField("answers", "「"+desk.Name.Chinese+"」没有这个问题，请核对。", "“"+desk.Name.English+"” is not asked that."))
			break
		}
	}
	return all, faults.Err()
}
