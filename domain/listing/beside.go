package listing

import (
	"slices"
	"strconv"
	"strings"
)

// Said is what a row says beside the columns that its list sorts by: by column; days as 2026-11-23, "" for nothing.
type Said struct {
	ID   string
	Says map[string]string
}

// The values of a condition by what is there.
const (
	Given = "yes"
	Blank = "no"
)

// GivenOf is the condition that asks whether a column beside says anything.
func GivenOf(column string) string { return column + "_given" }

// Narrowing are all conditions of the list: its own, and those that every column beside has by what it is. So nothing more has to be said of such a column.
func (l List) Narrowing() []Condition {
	all := slices.Clone(l.Conditions)
	for _, c := range l.Beside {
		all = append(all, Condition{Name: c.Name, Column: c.Name, By: c.narrowedBy(), Beside: true}, Condition{Name: GivenOf(c.Name), Column: c.Name, By: ByGiven, Beside: true})
	}
	return all
}

// narrowedBy is how a column beside narrows.
func (c Column) narrowedBy() By {
	switch c.As {
	case Day:
		return ByDays
	case Counted:
		return ByCount
	case Word:
		return ByValue
	default:
		return ByWords
	}
}

// Sought is what one condition asks of a column beside.
type Sought struct {
	Column   string
	By       By
	Any      []string // of words and values: one of them has to fit
	From, To string   // of days and counts; "" leaves that side open
}

// Fits reports whether what a row says is let through. alike is the form in which words are compared.
func (s Sought) Fits(said string, alike func(string) string) bool {
	switch s.By {
	case ByGiven:
		return slices.Contains(s.Any, Given) && said != "" || slices.Contains(s.Any, Blank) && said == ""
	case ByDays:
		return said != "" && (s.From == "" || said >= s.From) && (s.To == "" || said <= s.To)
	case ByCount: // what is not there was counted as none
		n, _ := strconv.Atoi(said)
		from, _ := strconv.Atoi(s.From)
		to, err := strconv.Atoi(s.To)
		return n >= from && (err != nil || n <= to)
	case ByWords:
		said = alike(said)
		return slices.ContainsFunc(s.Any, func(words string) bool {
			for word := range strings.FieldsSeq(words) { // every one of them, in whatever order
				if !strings.Contains(said, alike(word)) {
					return false
				}
			}
			return true
		})
	default:
		return slices.Contains(s.Any, said)
	}
}

// Narrowed are those of the rows that every one of the conditions lets through, in the order they had.
func Narrowed(rows []Said, by []Sought, alike func(string) string) []Said {
	left := make([]Said, 0, len(rows))
	for _, r := range rows {
		if !slices.ContainsFunc(by, func(s Sought) bool { return !s.Fits(r.Says[s.Column], alike) }) {
			left = append(left, r)
		}
	}
	return left
}
