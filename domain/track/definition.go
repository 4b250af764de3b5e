package track

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Definition is one published version: the sorts of tracks, what each waits for, and who hears of its deadlines.
type Definition struct {
	Kind    process.Kind  `json:"kind" yaml:"kind"`
	Version int           `json:"version" yaml:"version"`
	Name    process.Text  `json:"name" yaml:"name"`
	Sorts   []Sort        `json:"sorts" yaml:"sorts"`
	Ladder  ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Sort is one sort of track.
type Sort struct {
	ID     string       `json:"id" yaml:"id"`
	Name   process.Text `json:"name" yaml:"name"`
	Inward bool         `json:"inward,omitempty" yaml:"inward"` // it comes to the zone, which answers
	Steps  []Step       `json:"steps" yaml:"steps"`
}

// Step is what a track waits for, and how long: a reply, that somebody comes, the result.
type Step struct {
	ID    string      `json:"id" yaml:"id"`
	Limit clock.Limit `json:"limit" yaml:"limit"`
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || len(d.Sorts) == 0 {
		return fmt.Errorf("definition %s: needs a version and sorts", d.Kind)
	}
	for _, s := range d.Sorts {
		if s.ID == "" || s.Name.Chinese == "" || s.Name.English == "" || len(s.Steps) == 0 {
			return fmt.Errorf("definition %s v%d: %q needs an id, its names and steps", d.Kind, d.Version, s.ID)
		}
		for _, step := range s.Steps {
			if !slices.Contains([]string{Reply, Attend, Feedback}, step.ID) {
				return fmt.Errorf("definition %s v%d, %s: no step is called %q", d.Kind, d.Version, s.ID, step.ID)
			}
			if err := step.Limit.Valid(); err != nil {
				return fmt.Errorf("definition %s v%d, %s: %w", d.Kind, d.Version, s.ID, err)
			}
		}
	}
	return d.Ladder.Valid()
}

// Sort finds a sort by its id.
func (d Definition) Sort(id string) (Sort, bool) {
	return process.Find(d.Sorts, id, func(s Sort) string { return s.ID })
}

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of every step.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers refuses a sort, or a step of it, that the version does not know.
func (d Definition) Covers(c process.Case) error {
	sort, known := d.Sort(c.Stage)
	if !known || !c.Done && !slices.ContainsFunc(sort.Steps, func(s Step) bool { return s.ID == c.State }) {
		return process.RefuseField("version", "这个版本里没有这种往来，或者没有它现在的这一步。", "That version knows no such track, or not the step it stands at.")
	}
	return nil
}

// StageName names a sort.
func (d Definition) StageName(id string) process.Text {
	s, _ := d.Sort(id)
	return s.Name
}

// StageOrder lists the sorts in their order.
func (d Definition) StageOrder() []string {
	return process.InOrder(d.Sorts, func(s Sort) string { return s.ID })
}

// Owed is how many answers one party owes, or is owed by the zone, and how many of them are late.
type Owed struct {
	Party        string
	Inward       bool // it sent them: the zone owes the answers
	Reply        int
	ReplyLate    int
	Feedback     int
	FeedbackLate int
}
