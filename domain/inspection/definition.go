package inspection

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Definition is one published version: what sorts of inspections there are, what a visit that found nobody may have come to, how soon an enterprise may be
// visited again without a reason, and who hears of a day that has come.
type Definition struct {
	Kind       process.Kind  `json:"kind" yaml:"kind"`
	Version    int           `json:"version" yaml:"version"`
	Name       process.Text  `json:"name" yaml:"name"`
	Inspectors int           `json:"inspectors" yaml:"inspectors"` // who sign
	Cards      bool          `json:"cards" yaml:"cards"`           // each has a card with a number
	GapDays    int           `json:"gap_days" yaml:"gap_days"`     // within which another visit needs a reason; 0: never
	Sorts      []Named       `json:"sorts" yaml:"sorts"`
	Outcomes   []Outcome     `json:"outcomes" yaml:"outcomes"`
	Ladder     ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Named is one of a few, by its id.
type Named struct {
	ID   string       `json:"id" yaml:"id"`
	Name process.Text `json:"name" yaml:"name"`
}

// Outcome is what a visit that found nobody came to, and which status of the enterprise it proposes; "": none.
type Outcome struct {
	ID       string       `json:"id" yaml:"id"`
	Name     process.Text `json:"name" yaml:"name"`
	Proposes string       `json:"proposes" yaml:"proposes"`
}

// Sort returns the sort of inspection with the id.
func (d Definition) Sort(id string) (Named, bool) {
	return process.Find(d.Sorts, id, func(s Named) string { return s.ID })
}

// Outcome returns the outcome with the id.
func (d Definition) Outcome(id string) (Outcome, bool) {
	return process.Find(d.Outcomes, id, func(o Outcome) string { return o.ID })
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || d.Inspectors < 1 || d.GapDays < 0 || len(d.Sorts) == 0 || len(d.Outcomes) == 0 {
		return fmt.Errorf("definition %s: needs a version, how many inspect, sorts and outcomes", d.Kind)
	}
	seen := map[string]bool{}
	known := func(id string, name process.Text) error {
		if id == "" || seen[id] || name.Chinese == "" || name.English == "" {
			return fmt.Errorf("definition %s v%d: %q needs an id of its own and its names", d.Kind, d.Version, id)
		}
		seen[id] = true
		return nil
	}
	for _, s := range d.Sorts {
		if err := known(s.ID, s.Name); err != nil {
			return err
		}
	}
	for _, o := range d.Outcomes {
		if err := known(o.ID, o.Name); err != nil {
			return err
		}
		if !process.KnownStatus(o.Proposes) {
			return fmt.Errorf("definition %s v%d: the outcome %s proposes %q, which no enterprise has", d.Kind, d.Version, o.ID, o.Proposes)
		}
	}
	return d.Ladder.Valid()
}

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the day of the visit.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers refuses a sort that the definition does not have.
func (d Definition) Covers(c process.Case) error {
	if _, ok := d.Sort(c.Stage); !ok {
		return process.RefuseField("version", "这个版本里没有这类检查。", "This version has no such sort of inspection.")
	}
	return nil
}

// StageName names a sort of inspection.
func (d Definition) StageName(id string) process.Text {
	s, _ := d.Sort(id) // the zero one has no name
	return s.Name
}

// OutcomeName names what a visit that found nobody came to.
func (d Definition) OutcomeName(id string) process.Text {
	o, _ := d.Outcome(id) // the zero one has no name
	return o.Name
}
