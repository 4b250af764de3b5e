// Package listing describes the list of a kind's cases once: its columns, and the conditions that narrow it. Order, page, workbook and API follow.
package listing

import "slices"

// As says how a column of a list is shown, sorted and given away.
type As string

// The ways of a column.
const (
	Title   As = "title"   // the case's name, which leads to it
	Text    As = "text"    // words of people
	Name    As = "name"    // somebody's name
	Word    As = "word"    // one of a few values, whose words stand in the catalogue; it sorts in their order
	Stage   As = "stage"   // a stage of the journey, by the name its definition gives it; it sorts in the journey's order
	State   As = "state"   // where the case stands; it sorts in the order of the states
	Holder  As = "holder"  // who has it
	Moment  As = "moment"  // a time
	Day     As = "day"     // a day
	Due     As = "due"     // the day it is due
	Money   As = "money"   // an amount in yuan
	Counted As = "counted" // a whole number
	Share   As = "share"   // a part of the whole in percent; 0 is said, and is not the same as nothing
)

// Words reports whether the column sorts as words do, and not as numbers.
func (a As) Words() bool { return slices.Contains([]As{Title, Text, Name, Holder}, a) }

// Column is one column of the list of a kind's cases. Page, order, workbook and API follow from it: its name is what the row calls it, what the address and
// the API sort by, and, with "change." before it, its words.
type Column struct {
	Name   string
	As     As
	Usual  bool     // it is shown to who has chosen none
	Values []string // of a word or a state, in their order
	Inside bool     // the offices' own: an enterprise neither reads it nor sorts, nor narrows the list by it
	Staffs bool     // the zone's own staff's: a department that was handed a case does not either
}

// By is how a condition narrows a list.
type By string

// The ways of a condition.
const (
	ByValue      By = "value"      // one of a few values, those of its column
	ByHolder     By = "holder"     // who has it
	ByUnit       By = "unit"       // a unit that has it, or whose people do
	ByManager    By = "manager"    // who answers for it
	ByEnterprise By = "enterprise" // whose case it is
	ByDays       By = "days"       // from one day to another: two parameters, its name with _from and _to
	ByShare      By = "share"      // from one percent to another: likewise
	ByCount      By = "count"      // from one number to another: likewise
	ByWords      By = "words"      // words that are contained
	ByGiven      By = "given"      // whether there is anything: Given, Blank
)

// Spans reports whether the condition has two ends, each a parameter of its own.
func (b By) Spans() bool { return b == ByDays || b == ByShare || b == ByCount }

// Condition is one condition of a list. Several hold at once; several values of one mean any of them.
type Condition struct {
	Name   string // of the address and the API
	Column string // whose values it takes
	By     By
	Beside bool // of a column that stands beside those that sort
}

// Also is what an address says of a list beside its conditions: which part of it is meant. It takes one of its values, or a year, or an id.
type Also struct {
	Name   string
	Values []string
	Year   bool // from FirstYear to LastYear
	ID     bool
	Inside bool // of what is the offices' own
}

// Everywhere is the part of a list that leaves out no state. Words are looked for in it, unless the address names another part.
const Everywhere = "all"

// The years by which lists are narrowed.
const (
	FirstYear = 1990
	LastYear  = 2100
)

// List is what the list of a kind's cases shows and is narrowed by. A selection that is saved may hold these names and no others.
type List struct {
	Columns    []Column
	Beside     []Column // what no card holds: chosen, shown and given away as the columns are, by the zone's own staff, and sorted by and narrowed by among what the rest leaves (docs/decisions/0093)
	Conditions []Condition
	Also       []Also
	Settled    []string // states of cases that are not closed although there is nothing left to do: a deadline still runs. They are a part of their own, not of what is open.
}

// Outside is the list as an enterprise has it: what it may not read is no condition either, else the list that is left would say it.
func (l List) Outside() List {
	l.Also, l.Beside = slices.DeleteFunc(slices.Clone(l.Also), func(a Also) bool { return a.Inside }), nil // what stands beside names the zone's people and what they wrote for each other
	return l.without(func(c Column) bool { return c.Inside })
}

// Guests is the list as a department has it that knows of cases because it was handed them.
func (l List) Guests() List {
	l.Beside = nil
	return l.without(func(c Column) bool { return c.Staffs })
}

func (l List) without(hidden func(Column) bool) List {
	gone := map[string]bool{}
	for _, c := range l.Columns {
		gone[c.Name] = hidden(c)
	}
	l.Columns = slices.DeleteFunc(slices.Clone(l.Columns), hidden)
	l.Conditions = slices.DeleteFunc(slices.Clone(l.Conditions), func(c Condition) bool { return gone[c.Column] })
	return l
}

// InHand are the values of the list's state for which somebody has something to do; none where every open case is such.
func (l List) InHand() []string {
	state, _ := l.Column("state")
	if len(l.Settled) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(state.Values), func(one string) bool { return slices.Contains(l.Settled, one) })
}

// Tracked is the part of a list that holds what is settled and still followed.
const Tracked = "tracked"

// Column returns the column with the name, and whether there is one.
func (l List) Column(name string) (Column, bool) {
	if i := slices.IndexFunc(l.Columns, func(c Column) bool { return c.Name == name }); i >= 0 {
		return l.Columns[i], true
	}
	return Column{}, false
}

// Every is every column that can be chosen: those that sort, and those beside them.
func (l List) Every() []Column { return slices.Concat(l.Columns, l.Beside) }

// Shown returns the column with the name, whether it sorts or stands beside those that do, and whether there is one.
func (l List) Shown(name string) (c Column, beside, known bool) {
	if c, known = l.Column(name); known {
		return c, false, true
	}
	if i := slices.IndexFunc(l.Beside, func(c Column) bool { return c.Name == name }); i >= 0 {
		return l.Beside[i], true, true
	}
	return Column{}, false, false
}

// Choosable names every column that can be chosen.
func (l List) Choosable() []string {
	names := []string{}
	for _, c := range l.Every() {
		names = append(names, c.Name)
	}
	return names
}

// Names names every column that sorts.
func (l List) Names() []string {
	names := make([]string, 0, len(l.Columns))
	for _, c := range l.Columns {
		names = append(names, c.Name)
	}
	return names
}

// Usual names the columns that are shown to who has chosen none.
func (l List) Usual() []string {
	names := []string{}
	for _, c := range l.Columns {
		if c.Usual {
			names = append(names, c.Name)
		}
	}
	return names
}

// Ended returns the names as they suit cases that have ended: nobody has those any more and nothing is due, but there is a day on which each was closed.
func (l List) Ended(names []string) []string {
	ended := []string{}
	for _, name := range names {
		c, _, known := l.Shown(name)
		if !known || c.As != Holder && c.As != Due && name != "holder_since" {
			ended = append(ended, name)
		}
	}
	if _, has := l.Column("closed_on"); has && len(ended) < len(names) && !slices.Contains(ended, "closed_on") {
		ended = append(ended, "closed_on")
	}
	return l.Known(ended)
}

// Known returns those of the names that are columns of the list, in the list's order, with the title, without which no row says what it is.
func (l List) Known(names []string) []string {
	known := []string{}
	for _, c := range l.Every() {
		if c.As == Title || slices.Contains(names, c.Name) {
			known = append(known, c.Name)
		}
	}
	return known
}

// Staged is that of a kind whose cases are of several sorts, each by its stage: the sort stands before the state and narrows the list.
func Staged(states ...string) List {
	list := Plainly(states...)
	at := slices.IndexFunc(list.Columns, func(c Column) bool { return c.Name == "state" })
	list.Columns = slices.Insert(list.Columns, at, Column{Name: "stage", As: Stage, Usual: true})
	list.Conditions = append([]Condition{{Name: "stage", Column: "stage", By: ByValue}}, list.Conditions...)
	return list
}

// Plainly is the listing of a kind that says nothing of its own: what every case has, in these states.
func Plainly(states ...string) List {
	return List{
		Columns: []Column{{Name: "number", As: Text}, {Name: "title", As: Title, Usual: true}, {Name: "enterprise_name", As: Text},
			{Name: "state", As: State, Usual: true, Values: states}, {Name: "holder_name", As: Holder, Usual: true}, {Name: "holder_since", As: Moment},
			{Name: "due_on", As: Due, Usual: true}, {Name: "manager_name", As: Name}, {Name: "closed_on", As: Day}},
		Conditions: []Condition{{Name: "state", Column: "state", By: ByValue}, {Name: "holder_id", By: ByHolder}, {Name: "unit_id", By: ByUnit}, {Name: "manager_id", By: ByManager},
			{Name: "enterprise_id", By: ByEnterprise}, {Name: "due_on", Column: "due_on", By: ByDays}},
		Also: []Also{{Name: "tab", Values: []string{"open", "closed", Everywhere}}},
	}
}
