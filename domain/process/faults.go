package process

import (
	"errors"
	"slices"
	"strings"
)

// Faults collects what a rule finds wrong in fields that do not depend on each other, so that a person mends all of it at once. The zero Faults is ready.
// What stands alone (Alone) is told by itself, however much else was found: the deed does not fit at all.
type Faults struct {
	fields checked
	alone  error
}

// Note keeps what is wrong; nil is nothing.
func (f *Faults) Note(err error) {
	var refusal *Refusal
	switch {
	case err == nil || f.alone != nil:
	case !errors.As(err, &refusal) || refusal.Alone():
		f.alone = err
	default:
		f.fields.note(err)
	}
}

// Text notes what is wrong with a text and returns it.
func (f *Faults) Text(text string, err error) string {
	f.Note(err)
	return text
}

// Party notes that a party is not there, or may not be named, and returns it.
func (f *Faults) Party(party Party, err error) Party {
	f.Note(err)
	return party
}

// Err is the refusal of everything that was found; nil where nothing was.
func (f *Faults) Err() error {
	switch {
	case f.alone != nil:
		return f.alone
	case f.fields.refusal != nil:
		return f.fields.refusal
	}
	return nil
}

// Alone reports whether a refusal is about the case and not about what was typed: mending a field would not help, so no fault of a field is told beside it.
func (r *Refusal) Alone() bool {
	return len(r.Fields) == 0 || slices.Contains([]Code{StageMoved, GateIncomplete, StaleVersion, NotAllowed, NotFound}, r.Code)
}

// SameField reports whether two names are of one field: a type names it by its path in the input (facts.sector), a rule by its own name (sector).
func SameField(a, b string) bool {
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// Alongside returns the refusal with the faults of other fields that another one names. What stands alone is not added.
func (r *Refusal) Alongside(more error) *Refusal {
	var other *Refusal
	if !errors.As(more, &other) || other.Alone() {
		return r
	}
	for _, fault := range other.Fields {
		if !slices.ContainsFunc(r.Fields, func(f Field) bool { return SameField(f.Name, fault.Name) }) {
			r = r.With(fault)
		}
	}
	return r
}
