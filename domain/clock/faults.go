package clock

import "strings"

// What a fault of a calendar is about, as the fields of a form and of the API are called.
const (
	OfYear  = "year"
	OfPaper = "paper"
	OfDays  = "days" // the lines or the sheet they stand in
)

// Fault is one thing that a calendar cannot say, in words for a person.
type Fault struct{ Of, Says string }

// Faults are all that a calendar cannot say: whoever typed it mends all of it at once.
type Faults []Fault

// Error is what they say, one after another.
func (f Faults) Error() string {
	said := make([]string, 0, len(f))
	for _, one := range f {
		said = append(said, one.Says)
	}
	return strings.Join(said, "；")
}

// Note adds a fault.
func (f *Faults) Note(of, says string) { *f = append(*f, Fault{of, says}) }

// Err is nil where there are none.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}
