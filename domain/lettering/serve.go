package lettering

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// ServeVerb is what Serve does.
const ServeVerb process.Verb = "serve_letter"

// Serve notes on whom, when and how a letter was served, and who signed for it.
type Serve struct {
	Number   string     `json:"letter_number" ask:"choose,required" minLength:"1" maxLength:"80" doc:"The letter's number." example:"泗开安监整改〔2024〕1号"`
	ToID     string     `json:"to_id,omitempty" ask:"choose,sometimes" maxLength:"36" doc:"Of a letter that is addressed to several enterprises: on which of them, by its id; left out where only one has yet to receive it."`
	How      string     `json:"how" ask:"pick,required,words=served,is=in_person" enum:"in_person,left_there,by_post,electronic,published" doc:"The way it was served." example:"in_person"`
	On       clock.Date `json:"on" ask:"day,required" doc:"The day it was served." example:"2024-11-20"`
	SignedBy string     `json:"signed_by,omitempty" ask:"line,or=note" maxLength:"60" doc:"Who signed for it; left out where nobody did, and the note says why." example:"张三"`
	SignedOn clock.Date `json:"signed_on,omitzero" ask:"day" doc:"The day it was signed for; that of its service when left out."`
	Note     string     `json:"note,omitempty" ask:"long,or=signed_by" maxLength:"400" doc:"What else there is to say of it: a refusal to sign, the number of a parcel, a witness."`
}

// About says that whoever runs the case may, and leaders. The enterprise reads it as its letter does.
func (Serve) About(of process.Leading) process.About {
	every, own := of.By(process.Of(process.Leader), nil)
	return process.About{Name: of.Kind.Does(ServeVerb), Any: every, Own: own, AddsOnly: true, Readers: process.Everyone}
}

// Fits says that it fits where a letter has yet to be served.
func (Serve) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	if len(numbers(on, unserved)) > 0 {
		return process.Beside
	}
	return process.Not
}

// Ask offers the letters that have yet to be served, by their numbers.
func (Serve) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	switch f.Path {
	case "letter_number":
		f = offered(f, on, unserved)
	case "to_id":
		f = each(f, on)
		return f, len(f.Choices) > 0
	case "on":
		f.Value = env.Today.String()
	}
	return f, true
}

// Act refuses a letter that is void or served already, a day before it was issued or after today, and nobody's signature without a word why.
func (c Serve) Act(on process.Subject, call process.Call, _ process.Env) (process.Deed, error) {
	var faults process.Faults
	one, err := find(on, c.Number)
	if faults.Note(err); one.Served != nil {
		faults.Note(process.Refuse(process.WrongState, "这份文书已经登记送达。", "It is on record already that this letter was served.").At("letter_number"))
	}
	to, err := c.receiver(one)
	faults.Note(err)
	signed := faults.Text(process.Optional("signed_by", c.SignedBy, 60))
	note := faults.Text(process.Optional("note", c.Note, 400))
	switch {
	case c.On.IsZero():
		faults.Note(process.RefuseField("on", "请填写送达日期。", "Give the day it was served."))
	case c.On.Before(one.IssuedOn), c.On.After(call.Today()):
		faults.Note(process.Refuse(process.ImpossibleDate, "送达日期应在文书日期 "+one.IssuedOn.Chinese()+" 和今天之间。", "A letter is served between its day, "+one.IssuedOn.String()+", and today.").At("on"))
	}
	if c.SignedOn.IsZero() && signed != "" {
		c.SignedOn = c.On
	}
	if !c.SignedOn.IsZero() && (c.SignedOn.Before(c.On) || c.SignedOn.After(call.Today())) {
		faults.Note(process.Refuse(process.ImpossibleDate, "签收日期应在送达日期和今天之间。", "It is signed for between its service and today.").At("signed_on"))
	}
	if signed == "" && note == "" && (c.How == letter.InPerson || c.How == letter.LeftThere) {
		faults.Note(process.RefuseField("note", "没有人签收的，要写明情况（例如拒绝签字、见证人）。", "Where nobody signed, say why: a refusal, and who was witness."))
	}
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	served := letter.Service{On: c.On, How: c.How, By: call.Actor.Name, SignedBy: signed, SignedOn: c.SignedOn, Note: note}
	if len(one.AlsoTo) > 0 {
		to.Service = served
		one.Receipts = append(slices.Clone(one.Receipts), to)
	}
	if len(one.Unserved()) == 0 || len(one.AlsoTo) == 0 {
		one.Served = &served
	}
	return process.Deed{Reason: note, Audience: audience(*one)}, nil
}

// receiver is on which of several enterprises the letter was served: the one that was named, or the only one that has yet to receive it.
func (c Serve) receiver(one *letter.Letter) (letter.Receipt, error) {
	if one.Number == "" || one.Served != nil {
		return letter.Receipt{}, nil
	}
	left := one.Unserved()
	i := slices.IndexFunc(left, func(r letter.Receipt) bool { return r.ToID == c.ToID })
	switch {
	case i >= 0:
		return left[i], nil
	case c.ToID != "" && slices.ContainsFunc(one.Receipts, func(r letter.Receipt) bool { return r.ToID == c.ToID }):
		return letter.Receipt{}, process.Refuse(process.WrongState, "已经登记送达这家企业。", "It is on record already that it was served on this enterprise.").At("to_id")
	case c.ToID != "":
		return letter.Receipt{}, process.RefuseField("to_id", "这份文书没有发给这家企业。", "The letter is not addressed to this enterprise.")
	case len(left) > 1:
		return letter.Receipt{}, process.RefuseField("to_id", "这份文书发给几家企业，请选择送达哪一家。", "The letter is addressed to several enterprises; say on which it was served.")
	}
	return left[0], nil
}

// each offers the enterprises that have yet to receive a letter which is addressed to several.
func each(f process.Question, on process.Subject) process.Question {
	for _, one := range numbers(on, func(l letter.Letter) bool { return unserved(l) && len(l.AlsoTo) > 0 }) {
		for _, a := range one.Unserved() {
			if !slices.ContainsFunc(f.Choices, func(c process.Choice) bool { return c.Value == a.ToID }) {
				f.Choices = append(f.Choices, process.Choice{Value: a.ToID, Text: process.Text{Chinese: a.ToName, English: a.ToName}})
			}
		}
	}
	return f
}

// audience is who reads what is done with a letter: whoever reads the letter.
func audience(one letter.Letter) process.Audience {
	if one.Outside {
		return ""
	}
	return process.Inside
}

// find returns the valid letter with the number on a copy of the case's letters; with a refusal comes an empty one.
func find(on process.Subject, number string) (*letter.Letter, error) {
	l, ok := on.(process.Lettered)
	if !ok {
		return &letter.Letter{}, process.RefuseField("letter_number", "没有这份文书。", "There is no such letter.")
	}
	all := slices.Clone(*l.Letters())
	i := slices.IndexFunc(all, func(one letter.Letter) bool { return one.Number == number })
	switch {
	case i < 0:
		return &letter.Letter{}, process.RefuseField("letter_number", "这件事没有这个文号的文书。", "The case has no letter of this number.")
	case !all[i].Valid():
		return &letter.Letter{}, process.Refuse(process.WrongState, "这份文书已经作废。", "The letter is void already.").At("letter_number")
	}
	*l.Letters() = all
	return &all[i], nil
}

func unserved(one letter.Letter) bool { return one.Valid() && one.Served == nil }

func numbers(on process.Subject, which func(letter.Letter) bool) []letter.Letter {
	l, ok := on.(process.Lettered)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(*l.Letters()), func(one letter.Letter) bool { return !which(one) })
}

// offered are letters to choose from, by their numbers; the only one there is is chosen.
func offered(f process.Question, on process.Subject, which func(letter.Letter) bool) process.Question {
	for _, one := range numbers(on, which) {
		f.Choices = append(f.Choices, process.Choice{Value: one.Number, Text: process.Text{Chinese: one.Title + " " + one.Number, English: one.Title + " " + one.Number}})
	}
	if len(f.Choices) == 1 {
		f.Value = f.Choices[0].Value
	}
	return f
}
