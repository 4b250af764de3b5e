// Package schedule is the plan of a project: by which day each stage, permit and building step is to be done, every version of it kept, and how what happened
// stands against it (docs/decisions/0055).
package schedule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Subject is what a target is of: stage:construction, permit:filing, step:2#:doors, or step::levelling for the whole site.
type Subject string

// The sorts of subject.
const (
	Stage  = "stage"
	Permit = "permit"
	Step   = "step"
)

// Sort is the sort of the subject.
func (s Subject) Sort() string { sort, _, _ := strings.Cut(string(s), ":"); return sort }

// ID is the id of the stage, permit or step within its definition.
func (s Subject) ID() string { return string(s[strings.LastIndexByte(string(s), ':')+1:]) }

// Building is the code of the building whose step it is, "" of the site, of a stage or of a permit.
func (s Subject) Building() string {
	if s.Sort() != Step {
		return ""
	}
	rest := strings.TrimPrefix(string(s), Step+":")
	return rest[:max(strings.LastIndexByte(rest, ':'), 0)]
}

// Target is the day by which something is to be done.
type Target struct {
	Subject Subject    `json:"subject" minLength:"1" maxLength:"120" doc:"What it is of: stage:<stage>, permit:<permit>, step:<building>:<step>, step::<step> for the site." example:"stage:construction"`
	On      clock.Date `json:"on" doc:"By which day it is to be done; null takes the target away." example:"2025-06-30"`
}

// ElementName is the subject.
func (t Target) ElementName(int) string { return string(t.Subject) }

// Baseline is a version of the plan. It is kept for ever.
type Baseline struct {
	Seq     int        `json:"seq"`
	On      clock.Date `json:"on"`
	ByName  string     `json:"by_name"`
	Reason  string     `json:"reason"` // why it was changed; the first needs none
	Targets []Target   `json:"targets"`
}

// ElementName is its number.
func (b Baseline) ElementName(int) string { return strconv.Itoa(b.Seq) }

// Sealed is always true: a plan is replaced by the next one and never changed.
func (Baseline) Sealed() bool { return true }

// Of is the target of a subject; no day where it has none.
func (b Baseline) Of(s Subject) clock.Date {
	if i := slices.IndexFunc(b.Targets, func(t Target) bool { return t.Subject == s }); i >= 0 {
		return b.Targets[i].On
	}
	return clock.Date{}
}

// With are the targets with others laid over them; one without a day goes.
func With(was, given []Target) []Target {
	all := slices.Clone(was)
	for _, t := range given {
		all = slices.DeleteFunc(all, func(o Target) bool { return o.Subject == t.Subject })
		if !t.On.IsZero() {
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b Target) int { return strings.Compare(string(a.Subject), string(b.Subject)) })
	return all
}

// Standing are the targets of what there still is.
func Standing(targets []Target, lines []Line) []Target {
	return slices.DeleteFunc(slices.Clone(targets), func(t Target) bool {
		return !slices.ContainsFunc(lines, func(l Line) bool { return l.Subject == t.Subject })
	})
}

// Line is something that is planned or has happened, with both.
type Line struct {
	Subject  Subject      `json:"subject"`
	Name     process.Text `json:"name"`
	Started  clock.Date   `json:"started_on"`
	Finished clock.Date   `json:"finished_on"`
	Spared   bool         `json:"spared" doc:"It is not needed, or was left out."`
	Past     bool         `json:"past" doc:"A stage that was passed before the project came to Parkway, on a day that is not on record."`
	Target   clock.Date   `json:"target_on"`
	From     clock.Date   `json:"planned_from" doc:"Of a stage: the target of the one before it."`
	Days     int          `json:"days" doc:"By how many calendar days it is later than its target, or was; negative: earlier, or as many are left. 0 without a target."`
	Workdays int          `json:"workdays" doc:"The same in working days."`
	State    State        `json:"state" enum:"unplanned,open,late,kept,missed,spared,past"`
}

// State is how a line stands against its target.
type State string

// The states of a line.
const (
	Unplanned State = "unplanned"
	Open      State = "open"   // its day has not come
	Late      State = "late"   // it is not done and its day has passed
	Kept      State = "kept"   // done by its day
	Missed    State = "missed" // done after its day
	Spared    State = "spared"
	Past      State = "past" // passed before the project came, nobody knows when
)

// Against reckons how lines stand against a baseline on a day.
func Against(lines []Line, b Baseline, today clock.Date, cal clock.Calendar) []Line {
	all := slices.Clone(lines)
	var before clock.Date
	for i := range all {
		l := &all[i]
		l.Target = b.Of(l.Subject)
		if l.Subject.Sort() == Stage {
			l.From = before
			if !l.Target.IsZero() {
				before = l.Target
			}
		}
		is := today
		if !l.Finished.IsZero() {
			is = l.Finished
		}
		switch {
		case l.Spared:
			l.State = Spared
			continue
		case l.Past:
			l.State = Past
			continue
		case l.Target.IsZero():
			l.State = Unplanned
			continue
		}
		l.Days, l.Workdays = l.Target.DaysUntil(is), between(cal, l.Target, is)
		switch late := is.After(l.Target); {
		case l.Finished.IsZero() && late:
			l.State = Late
		case l.Finished.IsZero():
			l.State = Open
		case late:
			l.State = Missed
		default:
			l.State = Kept
		}
	}
	return all
}

// between counts the working days from one day to another, negative backwards; the first is not counted.
func between(cal clock.Calendar, from, to clock.Date) int {
	if to.Before(from) {
		return -cal.WorkdaysBetween(to, from)
	}
	return cal.WorkdaysBetween(from, to)
}

// First is what is late first: the open target whose day has passed longest, else the one that comes next; false where nothing is open.
func First(lines []Line) (Line, bool) {
	var first Line
	found := false
	for _, l := range lines {
		if (l.State == Late || l.State == Open) && (!found || l.Target.Before(first.Target)) {
			first, found = l, true
		}
	}
	return first, found
}

// Count counts the lines in a state.
func Count(lines []Line, s State) int {
	n := 0
	for _, l := range lines {
		if l.State == s {
			n++
		}
	}
	return n
}
