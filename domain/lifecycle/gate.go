package lifecycle

import (
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Answer is what somebody said about one requirement of the present gate.
type Answer struct {
	Requirement string     `json:"requirement"`
	Answer      string     `json:"answer"`
	Note        string     `json:"note"`
	Until       clock.Date `json:"until"` // a waiver's last day
	ByID        string     `json:"by_id"`
	ByName      string     `json:"by_name"`
	At          time.Time  `json:"at"`
	Attachments []int      `json:"attachments"`
}

// The answers.
const (
	Yes           = "yes"
	No            = "no"
	NotApplicable = "not_applicable"
	WaivedUntil   = "waived"
)

// Status is how far a requirement is.
type Status string

// The statuses of a requirement.
const (
	Missing Status = "missing"
	Met     Status = "met"
	Waived  Status = "waived"
)

// Item is one requirement of a gate with its status: a line on the page, and a line of the seal.
type Item struct {
	Requirement
	Status Status       `json:"status"`
	Given  *Answer      `json:"given,omitempty"`
	Says   process.Text `json:"says,omitzero"`    // how far a permit or the buildings are, where that is missing
	Papers []Paper      `json:"papers,omitempty"` // of a seal: the answer's attachments as they stood; seals from before hold their numbers only
}

// Paper is one revision of an attachment, by its fingerprint.
type Paper struct {
	Number   int    `json:"number"`
	Revision int    `json:"revision"`
	Name     string `json:"name"`
	SHA256   string `json:"sha256"`
}

// withPapers returns the items with the attachments of their answers, in the revision that stands.
func withPapers(items []Item, attachments []process.Attachment) []Item {
	items = slices.Clone(items)
	for i, item := range items {
		if item.Given == nil {
			continue
		}
		for _, number := range item.Given.Attachments {
			if a, ok := standing(attachments, number); ok {
				items[i].Papers = append(items[i].Papers, Paper{Number: a.Number, Revision: a.Revision, Name: a.Name, SHA256: a.SHA256})
			}
		}
	}
	return items
}

// standing is the latest revision of an attachment.
func standing(attachments []process.Attachment, number int) (process.Attachment, bool) {
	var found process.Attachment
	for _, a := range attachments {
		if a.Number == number && a.Revision > found.Revision {
			found = a
		}
	}
	return found, found.Revision > 0
}

// View is what a gate can see of the case.
type View struct {
	Day              clock.Date
	Fact             func(name string) bool // whether the fact is filled in
	OpenMajorHazards int
	Seen
}

// Seen is what a gate asks of elsewhere: whether it is so, and how far it is if it is not. What cannot be seen is not there.
type Seen struct {
	Permit func(id string, defers bool, on clock.Date) (held bool, says process.Text)
	Works  func(Requirement) (built bool, says process.Text)
}

// of is how far what a requirement asks for is.
func (s Seen) of(r Requirement, on clock.Date) (met bool, says process.Text) {
	switch {
	case r.Kind == Permit && s.Permit != nil:
		return s.Permit(r.Permit, r.Defers, on)
	case r.Kind == Built && s.Works != nil:
		return s.Works(r)
	}
	return false, process.Text{}
}

// Gate returns every requirement of the stage's gate with its status.
func (j Journey) Gate(stage Stage, view View) []Item {
	items := make([]Item, 0, len(stage.Gate))
	for _, r := range stage.Gate {
		item := Item{Requirement: r, Status: Missing}
		if i := slices.IndexFunc(j.Answers, func(a Answer) bool { return a.Requirement == r.ID }); i >= 0 {
			given := j.Answers[i]
			item.Given = &given
		}
		item.Status = status(r, item.Given, view)
		if item.Status == Missing {
			_, item.Says = view.of(r, view.Day)
		}
		items = append(items, item)
	}
	return items
}

func status(r Requirement, given *Answer, view View) Status {
	if given != nil && given.Answer == WaivedUntil && !given.Until.Before(view.Day) {
		return Waived
	}
	met := false
	switch r.Kind {
	case Check:
		met = given != nil && (given.Answer == Yes || given.Answer == NotApplicable)
	case Document:
		met = given != nil && (given.Answer == NotApplicable || given.Answer == Yes && len(given.Attachments) > 0)
	case Fact:
		met = view.Fact(r.Fact)
	case NoMajorHazard:
		met = view.OpenMajorHazards == 0
	case Permit, Built:
		met, _ = view.of(r, view.Day)
	}
	if met {
		return Met
	}
	return Missing
}

// Answer records what somebody says about a requirement of the present gate, replacing what was said before.
func (j *Journey) Answer(stage Stage, answer Answer) error {
	requirement, err := stage.Requirement(answer.Requirement)
	if err != nil {
		return err
	}
	if requirement.Kind == Permit {
		return process.RefuseField("requirement", "这一项由手续办理情况核对，请在「手续」页登记。", "This requirement is checked by the project's permits; record it there.")
	}
	if requirement.Kind == Built {
		return process.RefuseField("requirement", "这一项由厂房进度核对，请用「登记形象进度」登记。", "This requirement is checked by the buildings' progress; record it there.")
	}
	if requirement.Kind == Fact || requirement.Kind == NoMajorHazard {
		return process.RefuseField("requirement", "这一项由系统核对，不能手工填写。", "This requirement is checked by the system and cannot be answered by hand.")
	}
	if requirement.Kind == Document && answer.Answer == Yes && len(answer.Attachments) == 0 {
		return process.RefuseField("attachments", "这一项要附上材料。", "This requirement needs its document attached.")
	}
	j.put(answer)
	return nil
}

// Waive lets the gate be passed without a requirement until a day (容缺): with a reason, by name.
func (j *Journey) Waive(stage Stage, answer Answer, today clock.Date) error {
	var faults process.Faults
	requirement, err := stage.Requirement(answer.Requirement)
	if faults.Note(err); err == nil && !requirement.Waivable {
		faults.Note(process.RefuseField("requirement", "这一项不能容缺。", "This requirement cannot be waived."))
	}
	switch {
	case answer.Until.IsZero():
		faults.Note(process.RefuseField("until", "请填写容缺到哪一天。", "Say until which day it is waived."))
	case answer.Until.Before(today):
		faults.Note(process.Refuse(process.ImpossibleDate, "容缺期限不能早于今天。", "A waiver cannot end before today.").At("until"))
	}
	if err := faults.Err(); err != nil {
		return err
	}
	answer.Answer = WaivedUntil
	j.put(answer)
	return nil
}

func (j *Journey) put(answer Answer) {
	if answer.Attachments == nil {
		answer.Attachments = []int{}
	}
	if i := slices.IndexFunc(j.Answers, func(a Answer) bool { return a.Requirement == answer.Requirement }); i >= 0 {
		j.Answers[i] = answer
		return
	}
	j.Answers = append(j.Answers, answer)
}

// refuseIncomplete explains what a gate still lacks and who owes it.
func refuseIncomplete(stage Stage, items []Item) error {
	refusal := process.Refuse(process.GateIncomplete, "还不能离开「"+stage.Name.Chinese+"」阶段，关口还有要求没有满足。",
		"The gate of “"+stage.Name.English+"” is not complete yet.")
	for _, i := range items {
		if i.Status == Missing {
			says := process.Text{}
			if i.Says.Chinese != "" {
				says = process.Text{Chinese: "，" + i.Says.Chinese, English: ", " + i.Says.English}
			}
			refusal = refusal.With(process.Field{Name: i.ID, Chinese: i.Name.Chinese + "（" + i.OwedBy.Chinese + says.Chinese + "）", English: i.Name.English + " (" + i.OwedBy.English + says.English + ")"})
		}
	}
	if len(refusal.Fields) == 0 {
		return nil
	}
	return refusal
}
