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
	Until       clock.Date `json:"until"`       // a waiver's last day
	AskedByID   string     `json:"asked_by_id"` // of a waiver: who asked for it
	AskedByName string     `json:"asked_by_name"`
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
	WaiverAsked   = "waiver_asked" // somebody asks for a waiver; somebody else decides
	WaiverRefused = "waiver_refused"
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
	Says   process.Text `json:"says,omitzero"`    // what the case found out by itself: how a permit stands, what departments said, what a meeting decided
	Papers []Paper      `json:"papers,omitempty"` // of a seal: the answer's attachments as they stood; seals from before hold their numbers only
	Proofs []Proof      `json:"proofs,omitempty"` // of a seal: the cases that met it, as they stood

	Promised   bool       `json:"promised,omitempty" doc:"It is met by a promise alone (容缺受理)."`
	PromisedOn clock.Date `json:"promised_on,omitzero" doc:"Of one that is met by a promise alone (容缺受理): the day by which what it lacks is promised."`
}

// Paper is one revision of an attachment, by its fingerprint.
type Paper = process.Paper

// Proof is a case that met a requirement: a permit, a department's opinion, the meeting that decided.
type Proof struct {
	CaseID string       `json:"case_id"`
	Kind   process.Kind `json:"kind"`
	Number string       `json:"number"`
	Title  string       `json:"title"`
	State  string       `json:"state"`
	Says   string       `json:"says"` // a number of its own: of a meeting its minutes'
	Papers []Paper      `json:"papers"`
}

// Checked is what a case finds out about a requirement that nobody answers by hand.
type Checked struct {
	Met    bool
	Waives bool         // where it is not met: a waiver is enough
	Says   process.Text // how far it is, or what stands in the way
	Proofs []Proof
	Papers []Paper // of the case itself

	Promised   bool       // it is met by a promise alone
	PromisedOn clock.Date // and until when, where that is known
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
	Check            func(Requirement, clock.Date) Checked // what the case finds out by itself as of a day
}

// check asks the case about a requirement; a view that sees nothing finds nothing.
func (v View) check(r Requirement) Checked {
	if v.Check == nil {
		return Checked{}
	}
	return v.Check(r, v.Day)
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
		var found Checked
		if r.Kind.checked() {
			found = view.check(r)
		}
		item.Status = status(r, item.Given, found, view)
		if r.Kind.checked() {
			item.Proofs, item.Papers = found.Proofs, found.Papers
			if item.Status == Missing || item.Given == nil {
				item.Says = found.Says
			}
			if item.Status == Met {
				item.Promised, item.PromisedOn = found.Promised, found.PromisedOn
			}
			item.Waivable = item.Status == Missing && r.Waivable && found.Waives
		}
		items = append(items, item)
	}
	return items
}

// status of a requirement; found is what the case found out of it by itself.
func status(r Requirement, given *Answer, found Checked, view View) Status {
	if given != nil && given.Answer == WaivedUntil && !given.Until.Before(view.Day) && (!r.Kind.checked() || found.Waives) {
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
	case Condition:
		met = given != nil && given.Answer == Yes && len(given.Attachments) > 0
	case Contact: // on record, or by a report of it
		met = found.Met || given != nil && given.Answer == Yes && len(given.Attachments) > 0
	case Permit, Built, Opinions, Review, NoHazard, Agreement:
		met = found.Met
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
	if requirement.Kind == Agreement {
		return process.RefuseField("requirement", "这一项由登记的协议核对，请用「登记协议」填写编号、签订日期并附上协议。", "This requirement is checked by the agreement on file: record it with its number, its day and its paper.")
	}
	if requirement.Kind == Contact && answer.Answer == Yes && len(answer.Attachments) == 0 {
		return process.RefuseField("attachments", "这一项由跟进记录核对，请用「登记跟进」登记上门、来访或会谈；另有考察报告的，在这里附上。", "This requirement is checked by the contacts on record: record the visit or the meeting there, or attach the report of it here.")
	}
	if requirement.Kind == Fact || requirement.Kind.checked() && requirement.Kind != Contact || requirement.Kind == NoMajorHazard {
		return process.RefuseField("requirement", "这一项由系统核对，不能手工填写。", "This requirement is checked by the system and cannot be answered by hand.")
	}
	if requirement.Kind == Condition && answer.Answer == NotApplicable {
		return process.RefuseField("answer", "联审提出的条件要么落实，要么由领导容缺，不能写「不适用」。", "A condition of the review is met, or waived by a leader; it cannot be said not to apply.")
	}
	if (requirement.Kind == Document || requirement.Kind == Condition) && answer.Answer == Yes && len(answer.Attachments) == 0 {
		return process.RefuseField("attachments", "这一项要附上材料。", "This requirement needs its document attached.")
	}
	if i := j.answered(answer.Requirement); i >= 0 { // who asked for a waiver cannot grant it, whatever is answered between
		answer.AskedByID, answer.AskedByName = j.Answers[i].AskedByID, j.Answers[i].AskedByName
	}
	j.put(answer)
	return nil
}

// AskWaiver notes that somebody asks for a requirement to be waived until a day: somebody else decides.
func (j *Journey) AskWaiver(stage Stage, asked Answer, view View) error {
	if err := j.waivable(stage, asked, view); err != nil {
		return err
	}
	for _, item := range j.Gate(stage, view) {
		if item.ID == asked.Requirement && item.Status != Missing { // to ask would undo what stands
			return process.Refuse(process.NothingChanged, "这一项现在不缺，不用申请容缺。", "This requirement is met or waived as it stands; there is nothing to ask for.").At("requirement")
		}
	}
	asked.Answer, asked.AskedByID, asked.AskedByName = WaiverAsked, asked.ByID, asked.ByName
	asked.Attachments = j.papersOf(asked.Requirement)
	j.put(asked)
	return nil
}

// Waive lets the gate be passed without a requirement until a day (容缺): with a reason, by name. Asking and waiving are two persons: whoever asked, or where
// nobody did whoever manages the case, is refused with SamePerson.
func (j *Journey) Waive(stage Stage, answer Answer, manager process.Party, view View) error {
	asker, asked := manager, process.Party{}
	if i := j.answered(answer.Requirement); i >= 0 && j.Answers[i].AskedByID != "" {
		asked = process.Party{ID: j.Answers[i].AskedByID, Name: j.Answers[i].AskedByName}
		asker = asked
	}
	if asker.ID != "" && asker.ID == answer.ByID {
		return process.Refuse(process.SamePerson, "申请容缺的人不能自己批准容缺，请由其他领导批准。", "Whoever asks for a waiver cannot grant it; another leader has to.").At("requirement")
	}
	if err := j.waivable(stage, answer, view); err != nil {
		return err
	}
	answer.Answer, answer.AskedByID, answer.AskedByName = WaivedUntil, asked.ID, asked.Name
	answer.Attachments = j.papersOf(answer.Requirement)
	j.put(answer)
	return nil
}

// Deny notes that a waiver that was asked for is not granted, or was taken back: who asked stays on record.
func (j *Journey) Deny(answer Answer) {
	if answer.Answer == "" {
		answer.Answer = WaiverRefused
	}
	if i := j.answered(answer.Requirement); i >= 0 {
		answer.AskedByID, answer.AskedByName = j.Answers[i].AskedByID, j.Answers[i].AskedByName
	}
	answer.Attachments = j.papersOf(answer.Requirement)
	j.put(answer)
}

// OnPromise reports whether it is met by a promise alone: with its day, or, as permits from before have it, without. It is amber, and never green.
func (i Item) OnPromise() bool { return i.Promised || !i.PromisedOn.IsZero() }

// WaiverAsked reports whether a waiver is asked for that nobody has decided.
func (i Item) WaiverAsked() bool {
	return i.Status == Missing && i.Given != nil && i.Given.Answer == WaiverAsked
}

// waivable refuses a requirement that cannot be waived, or not now, and a day before today.
func (j *Journey) waivable(stage Stage, answer Answer, view View) error {
	var faults process.Faults
	requirement, err := stage.Requirement(answer.Requirement)
	faults.Note(err)
	if err == nil && !requirement.Waivable {
		faults.Note(process.RefuseField("requirement", "这一项不能容缺。", "This requirement cannot be waived."))
	} else if err == nil && requirement.Kind == NoHazard {
		if found := view.check(requirement); !found.Waives {
			faults.Note(process.RefuseField("requirement", "这一项现在不能容缺："+found.Says.Chinese+"。", "This requirement cannot be waived now: "+found.Says.English+"."))
		}
	}
	switch {
	case answer.Until.IsZero():
		faults.Note(process.RefuseField("until", "请填写容缺到哪一天。", "Say until which day it is waived."))
	case answer.Until.Before(view.Day):
		faults.Note(process.Refuse(process.ImpossibleDate, "容缺期限不能早于今天。", "A waiver cannot end before today.").At("until"))
	}
	return faults.Err()
}

func (j *Journey) answered(requirement string) int {
	return slices.IndexFunc(j.Answers, func(a Answer) bool { return a.Requirement == requirement })
}

// papersOf are the papers that were brought for a requirement so far.
func (j *Journey) papersOf(requirement string) []int {
	if i := j.answered(requirement); i >= 0 {
		return j.Answers[i].Attachments
	}
	return []int{}
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
