package project

import (
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Lead is what a project has from the time when it had to be won, and how it is bound up with others.
type Lead struct {
	NextContactOn clock.Date   `json:"next_contact_on" doc:"The day that was agreed for the next contact; none: none was."`
	ContactToldOn clock.Date   `json:"contact_told_on,omitzero" doc:"The agreed day of which its manager was reminded; none: no day had to be said yet."`
	Contacts      []Contact    `json:"contacts"`
	Pool          *Pool        `json:"pool" doc:"Since when it lies in the pool of leads, and why; null where somebody has it."`
	Introducers   []Introducer `json:"introducers"`
	Step          string       `json:"step" doc:"The step within its stage; empty: none was noted." example:"intent"`
	StepsTaken    []StepTaken  `json:"steps_taken"`
	MergedInto    *Other       `json:"merged_into" doc:"The project that it goes on within; null where it was not merged."`
	Merged        []Other      `json:"merged" doc:"The projects that were merged into this one."`
}

// Contact is one time that the other side was spoken to (跟进).
type Contact struct {
	Seq    int        `json:"seq"`
	On     clock.Date `json:"on"`
	Way    string     `json:"way" example:"visit"`
	With   string     `json:"with" doc:"Who was spoken to."`
	Said   string     `json:"said"`
	NextOn clock.Date `json:"next_on"`
	ByID   string     `json:"by_id"`
	ByName string     `json:"by_name"`
}

// ElementName is its number.
func (c Contact) ElementName(int) string { return strconv.Itoa(c.Seq) }

// Sealed reports that a contact stays as it was recorded.
func (c Contact) Sealed() bool { return true }

// Pool is since when a lead lies in the pool.
type Pool struct {
	Since  clock.Date `json:"since"`
	Reason string     `json:"reason"`
	ByName string     `json:"by_name" doc:"Who gave it back; empty: nobody had spoken to the other side in time."`
	From   string     `json:"from" doc:"Who had it."`
}

// Introducer is a unit that brought the project (引荐单位), and its share of that.
type Introducer struct {
	Unit  string `json:"unit" example:"县投资促进中心"`
	Share int    `json:"share" doc:"In per cent." example:"60"`
}

// ElementName is the unit.
func (i Introducer) ElementName(int) string { return i.Unit }

// StepTaken is a step within a stage, and its day.
type StepTaken struct {
	Seq  int        `json:"seq"`
	Step string     `json:"step" example:"visited"`
	On   clock.Date `json:"on"`
}

// ElementName is its number.
func (s StepTaken) ElementName(int) string { return strconv.Itoa(s.Seq) }

// Other is another project, as it was called when the two were merged.
type Other struct {
	ID     string     `json:"id"`
	Number string     `json:"number" example:"XM-2024-0001"`
	Title  string     `json:"title"`
	On     clock.Date `json:"on"`
}

// ElementName is the project's number.
func (o Other) ElementName(int) string { return o.Number }

func (l Lead) clone() Lead {
	l.Contacts, l.Introducers, l.StepsTaken, l.Merged = slices.Clone(l.Contacts), slices.Clone(l.Introducers), slices.Clone(l.StepsTaken), slices.Clone(l.Merged)
	return l
}

// shown is the lead with empty lists where it has none.
func (l Lead) shown() Lead {
	l.Contacts, l.Introducers, l.StepsTaken, l.Merged = orEmpty(l.Contacts), orEmpty(l.Introducers), orEmpty(l.StepsTaken), orEmpty(l.Merged)
	return l
}

// won reports whether the gate of signing has been passed, ever, or the project stands behind it. A day of signing alone does not say so: it is known of
// projects that were signed elsewhere and have yet to pass the gate.
func (p Project) won(env Env) bool {
	stages := env.Definition.Stages
	signing := slices.IndexFunc(stages, func(s lifecycle.Stage) bool { return s.OnPass == "signed_on" })
	if signing < 0 {
		return env.Definition.Committed(p.stage())
	}
	return slices.Index(env.Definition.StageOrder(), p.Stage) > signing || slices.ContainsFunc(p.Passages, func(x lifecycle.Passage) bool {
		return x.Stage == stages[signing].ID && x.Outcome == lifecycle.Passed
	})
}

// open refuses what needs a project that has not ended; one that stands still is open.
func (p Project) open() error {
	if p.Done {
		return process.Refuse(process.Closed, "项目已经结束。", "The project is closed.").After(process.MovedDone)
	}
	return nil
}
