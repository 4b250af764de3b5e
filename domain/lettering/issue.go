// Package lettering is what can be done with the official letters 文书 of a case, whatever its kind: issue one, note how it was served, declare it void. It comes to a
// kind that is process.Lettered by being registered with it. One file per command.
package lettering

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// IssueVerb is what Issue does.
const IssueVerb process.Verb = "issue_letter"

// Issue issues a letter about the case: it draws its number, writes it from the template in force and what the case says, and keeps the file for ever.
type Issue struct {
	Letter string            `json:"letter" ask:"choose,required" minLength:"1" maxLength:"40" doc:"The sort of letter; those in use are listed by letters.settings." example:"rectification_opinion"`
	Round  int               `json:"round,omitempty" minimum:"0" maximum:"1000" doc:"Of a case in rounds: about which; left out, the first one that calls for such a letter, else the last."`
	To     string            `json:"to,omitempty" ask:"line" maxLength:"100" doc:"Whom it is addressed to, where that is not the case's enterprise." example:"县消防救援大队"`
	Said   map[string]string `json:"said,omitempty" ask:"answers" doc:"What its writer says, each under the field's name; what is left out is as the case says it. Days are written 2024-12-03."`
	Copies string            `json:"copies,omitempty" ask:"line" maxLength:"200" doc:"Who receives a copy, one after the other with 、 between; as usual for the sort when left out." example:"被检查单位、本委存档"`
}

// About says that whoever runs the case may, and leaders.
func (Issue) About(of process.Leading) process.About {
	every, own := of.By(process.Of(process.Leader), nil)
	return process.About{Name: of.Kind.Does(IssueVerb), Any: every, Own: own, DatedBack: true, AddsOnly: true, Readers: process.Everyone}
}

// Issues says which number it needs.
func (c Issue) Issues(on process.Lettered, desk *process.Desk) process.LetterNeed {
	sort, known := desk.Sort(c.Letter)
	if !known {
		return process.LetterNeed{}
	}
	need := process.LetterNeed{Sort: sort.ID}
	if call, _ := c.answers(on, sort); call != nil {
		need.Number = call.NumberFor(*on.Letters())
	}
	return need
}

// answers is the call that the letter answers, nil for none, and the round that it is about: the one in force before one that is over.
func (c Issue) answers(on process.Lettered, sort letter.Sort) (*letter.Call, int) {
	calls := slices.DeleteFunc(slices.Clone(on.Calls()), func(k letter.Call) bool { return !sort.Answers(k) || c.Round != 0 && k.Of != c.Round })
	if open := letter.Unanswered(calls, *on.Letters()); len(open) > 0 {
		at := max(0, slices.IndexFunc(open, func(k letter.Call) bool { return k.Of == on.Header().Round }))
		return &open[at], open[at].Of
	}
	if c.Round != 0 {
		return nil, c.Round
	}
	return nil, on.Header().Round
}

// freshDays is for how long after the deed that ended a case its letter is what is left to do: a paper of long ago was written by hand, or nobody wants it.
const freshDays = 30

// Fits says that it is what is left to do where a deed calls for a letter that was not issued: a case that was closed counts only where it had letters before, or where
// the deed that lately ended it calls for one. It is not offered where no sort could be issued.
func (Issue) Fits(on process.Subject, _ process.Actor, env process.Env) process.Fit {
	l, ok := on.(process.Lettered)
	desk := env.Found.Desk
	if !ok || desk == nil || len(desk.Sorts) == 0 {
		return process.Not
	}
	issued := *l.Letters()
	open := letter.Unanswered(l.Calls(), issued)
	called, fresh, any := false, false, slices.ContainsFunc(desk.Sorts, func(s letter.Sort) bool { return s.Deed == "" })
	for _, k := range open {
		if answered := slices.ContainsFunc(desk.Sorts, func(s letter.Sort) bool { return s.Answers(k) }); answered {
			any = true
			called = called || k.Of == on.Header().Round
			fresh = fresh || k.Ends && k.On.DaysUntil(env.Today) <= freshDays
		}
	}
	switch {
	case !any:
		return process.Not
	case called && (!on.Header().Done || len(issued) > 0 || fresh):
		return process.Urges
	case called:
		return process.Beside
	}
	return process.Fits
}

// Ask asks for the addressee only where it is not the enterprise, and offers who usually receives a copy. Which sort it is was chosen before.
func (Issue) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	desk := env.Found.Desk
	if desk == nil {
		return f, f.Path == "letter"
	}
	sort, chosen := desk.Sort(desk.Chosen)
	switch f.Path {
	case "letter":
		for _, s := range desk.Sorts {
			f.Choices = append(f.Choices, process.Choice{Value: s.ID, Text: process.Text(s.Name)})
		}
		if chosen {
			f.Kind, f.Value = process.Seen, sort.ID
		}
	case "to":
		f.Required = true
		if l, ok := on.(process.Lettered); ok {
			f.Value = process.SaysOf(l, 0, env.Found).Texts[counterpart]
		}
		return f, chosen && sort.To != letter.ToEnterprise
	case "copies":
		f.Value = strings.Join(sort.Copies, "、")
		return f, chosen
	}
	return f, true
}

// Spread asks what the sort of letter asks, beginning with what the case says.
func (c Issue) Spread(f process.Question, on process.Subject, env process.Env) []process.Question {
	l, ok := on.(process.Lettered)
	desk := env.Found.Desk
	if !ok || desk == nil {
		return nil
	}
	sort, chosen := desk.Sort(desk.Chosen)
	if !chosen {
		return nil
	}
	_, round := c.answers(l, sort)
	says := process.SaysOf(l, round, env.Found).Texts
	all := []process.Question{}
	for _, a := range sort.Asks {
		q := process.Question{Path: f.Path + "." + a.Name, Text: process.Text{Chinese: a.Name, English: a.English}, Required: a.Required, Kind: process.Line, Limit: process.TitleLimit, Value: a.Begins(says)}
		switch a.As {
		case letter.Long:
			q.Kind, q.Limit, q.Lines = process.Long, process.TextLimit, 4
		case letter.Day:
			q.Kind, q.Limit = process.Day, 0
		}
		all = append(all, q)
	}
	return all
}

// Act refuses a sort that is not in use, a letter that was issued already, what its writer has to say and did not, and a day before the deed it is about.
func (c Issue) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	l, ok := on.(process.Lettered)
	desk := env.Found.Desk
	sort, known := desk.Sort(c.Letter)
	if !ok || !known {
		return process.Deed{}, process.RefuseField("letter", "没有启用这种文书。", "There is no such sort of letter, or it is not in use.")
	}
	answers, round := c.answers(l, sort)
	if err := inOrder(l, sort, answers, round, call); err != nil {
		return process.Deed{}, err
	}
	if desk.Taken {
		return process.Deed{}, process.RefuseField("letter", "文号 "+desk.Number+" 已经在另一份文书上，请先更正原来的文号。", "The number "+desk.Number+" stands on another letter.")
	}
	var faults process.Faults
	one := letter.Letter{Seq: len(*l.Letters()) + 1, Sort: sort.ID, Title: sort.Name.Chinese, Number: desk.Number, Deed: sort.Deed, Of: round, IssuedOn: call.Day(),
		ByID: call.Actor.ID, ByName: call.Actor.Name, At: call.RecordedAt, Template: sort.Version}
	values := process.SaysOf(l, round, env.Found)
	if c.To == "" {
		c.To = values.Texts[counterpart]
	}
	c.address(&one, sort, on.Header(), desk, &faults)
	one.Copies = c.copies(sort, &faults)
	values = values.With(written(one, on.Header(), desk))
	said := c.said(sort, values.Texts, &faults)
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	*l.Letters() = append(slices.Clone(*l.Letters()), one)
	l.Numbered(one)
	deed := process.Deed{Print: &process.Printing{Seq: one.Seq, Values: values.With(said)}}
	if !one.Outside {
		deed.Audience = process.Inside
	}
	return deed, nil
}

// counterpart is the field of a case that says to whom its letters go, where that is not its enterprise.
const counterpart = "对方单位"

// inOrder refuses a letter that nothing on the case calls for yet, one that is there, and one dated before what it is about.
func inOrder(l process.Lettered, sort letter.Sort, answers *letter.Call, round int, call process.Call) error {
	issued := slices.ContainsFunc(*l.Letters(), letter.Call{Deed: sort.Deed, Of: round}.Answers)
	switch {
	case sort.Deed == "":
		return nil
	case answers == nil && issued:
		return process.Refuse(process.WrongState, "这一步的文书已经出具。需要重新出具的，请先作废原来的。", "The letter was issued already; to issue it anew, declare the other void first.").At("letter")
	case answers == nil:
		return process.Refuse(process.WrongState, "现在还不能出具这种文书：对应的步骤还没有办理。", "This letter cannot be issued yet: the step it is about has not been taken.").At("letter")
	}
	return process.NotBefore(call, answers.On, "文书日期早于对应步骤的日期", "The letter cannot be dated before what it is about,")
}

// address says whom the letter is addressed to.
func (c Issue) address(one *letter.Letter, sort letter.Sort, of *process.Case, desk *process.Desk, faults *process.Faults) {
	if sort.To != letter.ToEnterprise {
		one.ToName = faults.Text(process.Required("to", c.To, 100))
		return
	}
	if of.EnterpriseID == "" {
		faults.Note(process.RefuseField("letter", "这件事没有对应的企业，不能出具送企业的文书。", "The case is about no enterprise to which the letter could be addressed."))
		return
	}
	one.ToID, one.ToName, one.Outside = of.EnterpriseID, desk.Says["单位全称"], true
	for _, a := range of.Also {
		one.AlsoTo = append(one.AlsoTo, a.ID)
	}
	if one.ToName == "" {
		one.ToName = of.FirmNames()
	}
}

// copiesMost is how many copies a letter may have.
const copiesMost = 10

func (c Issue) copies(sort letter.Sort, faults *process.Faults) []letter.Copy {
	text := faults.Text(process.Optional("copies", c.Copies, 200))
	names := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) })
	if len(names) == 0 {
		names = sort.Copies
	}
	if len(names) > copiesMost {
		faults.Note(process.RefuseField("copies", "一份文书最多 10 份。", "A letter has at most ten copies."))
	}
	copies := make([]letter.Copy, 0, len(names))
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			copies = append(copies, letter.Copy{For: name})
		}
	}
	return copies
}

// said is what the writer says, checked.
func (c Issue) said(sort letter.Sort, says map[string]string, faults *process.Faults) map[string]string {
	said := map[string]string{}
	for _, a := range sort.Asks {
		at, limit := "said."+a.Name, process.TitleLimit
		text, given := c.Said[a.Name]
		if !given {
			text = a.Begins(says)
		}
		if a.As == letter.Long {
			limit = process.TextLimit
		}
		check := process.Optional
		if a.Required {
			check = process.Required
		}
		text = faults.Text(check(at, text, limit))
		if a.As == letter.Day && text != "" {
			day, err := clock.ParseDate(text)
			if err != nil || !day.Plausible() {
				faults.Note(process.RefuseField(at, "请填写日期，例如 2024-12-03。", "Give a day, as in 2024-12-03."))
			}
			text = day.Chinese()
		}
		said[a.Name] = text
	}
	for name := range c.Said {
		if !slices.ContainsFunc(sort.Asks, func(a letter.Ask) bool { return a.Name == name }) {
			faults.Note(process.RefuseField("said."+name, "这种文书没有这一项。", "This sort of letter has no such field."))
		}
	}
	return said
}

// written are the fields of every letter.
func written(one letter.Letter, of *process.Case, desk *process.Desk) map[string]string {
	names := make([]string, 0, len(one.Copies))
	for _, c := range one.Copies {
		names = append(names, c.For+"一份")
	}
	says := map[string]string{"文号": one.Number, "文书名称": one.Title, "签发日期": one.IssuedOn.Chinese(), "经办人": one.ByName, "受文单位": one.ToName, "事项": of.Title, "编号": of.Number,
		"份数": numeral(len(one.Copies)) + "份", "抄送": strings.Join(names, "，")}
	if name := firmName(desk, of); name != "" { // else what the case says of whom it is about
		says["单位全称"] = name
	}
	return says
}

func firmName(desk *process.Desk, of *process.Case) string {
	if name := desk.Says["单位全称"]; name != "" {
		return name
	}
	return of.EnterpriseName
}

// numeral is a small number as papers write it.
func numeral(n int) string {
	all := []string{"零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"}
	if n < 0 || n >= len(all) {
		return ""
	}
	return all[n]
}
