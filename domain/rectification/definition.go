// Package rectification is the engine of loops: notice → rectify → hand in → re-inspect → closed, or another round. Each round keeps its own
// notice number, deadline, evidence and verdict. A kind of case (hazard) adds its facts.
package rectification

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Definition is one published version of a loop. It is data: see definitions/hazard.v1.yaml.
type Definition struct {
	Kind               process.Kind `json:"kind" yaml:"kind"`
	Version            int          `json:"version" yaml:"version"`
	Name               process.Text `json:"name" yaml:"name"`
	Reinspect          clock.Limit  `json:"reinspect" yaml:"reinspect"`                       // from hand-in to re-inspection
	NoticeWithin       *clock.Limit `json:"notify,omitempty" yaml:"notify"`                   // from the find to the notice; none: no deadline
	NoticeWithinMajor  *clock.Limit `json:"notify_major,omitempty" yaml:"notify_major"`       // of variants that are major
	LongestDays        int          `json:"longest_days" yaml:"longest_days"`                 // a notice may not give more calendar days
	MaxDeadlineChanges int          `json:"max_deadline_changes" yaml:"max_deadline_changes"` // over the whole case
	Inspectors         int          `json:"inspectors" yaml:"inspectors"`                     // people needed on a notice and on a re-inspection

	Ladders map[string]ladder.Ladder `json:"ladders,omitempty" yaml:"ladders"` // by the name of the clock: notify, rectify, reinspect
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || d.LongestDays < 1 || d.Inspectors < 1 {
		return fmt.Errorf("definition %s: needs a version, the longest deadline and the number of inspectors", d.Kind)
	}
	for _, limit := range []*clock.Limit{&d.Reinspect, d.NoticeWithin, d.NoticeWithinMajor} {
		if limit == nil {
			continue
		}
		if err := limit.Valid(); err != nil {
			return fmt.Errorf("definition %s v%d: %w", d.Kind, d.Version, err)
		}
	}
	for name, l := range d.Ladders {
		if !slices.Contains([]string{Notifying, Rectify, Reinspection}, name) {
			return fmt.Errorf("definition %s v%d: no clock is called %q", d.Kind, d.Version, name)
		}
		if err := l.Valid(); err != nil {
			return fmt.Errorf("definition %s v%d, clock %s: %w", d.Kind, d.Version, name, err)
		}
	}
	return nil
}

// The names of the clocks of a loop.
const (
	Notifying    = "notify"    // from the find to the notice
	Rectify      = "rectify"   // until the day on the notice
	Reinspection = "reinspect" // from the hand-in to the verdict
)

// MajorVariant is the variant whose notices are due by NoticeWithinMajor.
const MajorVariant = "major"

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the clock with the name.
func (d Definition) LadderOf(clock string) ladder.Ladder { return d.Ladders[clock] }

// Covers is always nil: every version has the same states.
func (d Definition) Covers(process.Case) error { return nil }

// StageName is empty: a loop has no stages.
func (d Definition) StageName(string) process.Text { return process.Text{} }
