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
	MaxDeadlineChanges int          `json:"max_deadline_changes" yaml:"max_deadline_changes"` // over the whole case, anew after a look-back
	Inspectors         int          `json:"inspectors" yaml:"inspectors"`                     // people needed on a notice and on a re-inspection
	Major              *Major       `json:"major,omitempty" yaml:"major"`                     // what is asked of major variants beside the rest; none: nothing

	// Separate are the parts that nobody has had who takes the part, beside what is kept apart everywhere; under the variant, or "" for all of them.
	Separate map[string]map[process.Duty][]process.Duty `json:"separate,omitempty" yaml:"separate"`

	Ladders map[string]ladder.Ladder `json:"ladders,omitempty" yaml:"ladders"` // by the name of the clock: notify, plan, rectify, reinspect, clear
}

// Major is what is asked of a major variant: it has deadlines of its own, is under rectification only once its plan is complete, and tells of its progress.
type Major struct {
	Plan     clock.Limit `json:"plan" yaml:"plan"`           // from the notice to the treatment plan with its five points
	Clear    clock.Limit `json:"clear" yaml:"clear"`         // of a listed one, from the re-inspection to the clearance by the body that listed it
	Weekly   int         `json:"weekly" yaml:"weekly"`       // its progress is told each so many calendar days
	Listed   int         `json:"listed" yaml:"listed"`       // that of a listed one beside, each so many months
	AskAhead clock.Limit `json:"ask_ahead" yaml:"ask_ahead"` // more time for a listed one is asked for so long before the end
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
	if m := d.Major; m != nil {
		if m.Weekly < 1 || m.Listed < 1 || m.AskAhead.Amount < 1 || m.AskAhead.Unit != clock.WorkingDay {
			return fmt.Errorf("definition %s v%d: of major ones it needs how often progress is told, and how many working days ahead more time is asked for", d.Kind, d.Version)
		}
		for _, limit := range []clock.Limit{m.Plan, m.Clear} {
			if err := limit.Valid(); err != nil {
				return fmt.Errorf("definition %s v%d: %w", d.Kind, d.Version, err)
			}
		}
		if d.Ladders[Planning].Rungs == nil || d.Ladders[Clearance].Rungs == nil {
			return fmt.Errorf("definition %s v%d: the plan and the clearance of major ones need ladders", d.Kind, d.Version)
		}
	}
	for name, l := range d.Ladders {
		if !slices.Contains([]string{Notifying, Planning, Rectify, Reinspection, Clearance}, name) {
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
	Planning     = "plan"      // from the notice to the treatment plan
	Rectify      = "rectify"   // until the day on the notice
	Reinspection = "reinspect" // from the hand-in to the verdict
	Clearance    = "clear"     // from the verdict to the clearance
)

// MajorVariant is the variant whose notices are due by NoticeWithinMajor.
const MajorVariant = "major"

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the clock with the name.
func (d Definition) LadderOf(clock string) ladder.Ladder { return d.Ladders[clock] }

// Covers refuses a case that waits for what only later versions know: a plan, a clearance.
func (d Definition) Covers(c process.Case) error {
	if d.Major == nil && (c.State == Planned || c.State == Clearing) {
		return process.RefuseField("version", "这个版本没有「编报治理方案」和「待摘牌」，不能迁到它。", "That version knows neither a plan to be filed nor a clearance to be waited for.")
	}
	return nil
}

// Apart are the parts that are kept apart beside those that always are.
func (d Definition) Apart(p process.Duty, variant string) []process.Duty {
	return slices.Concat(d.Separate[""][p], d.Separate[variant][p])
}

// StageName is empty: a loop has no stages.
func (d Definition) StageName(string) process.Text { return process.Text{} }
