// Package rectification is the engine of loops: notice → rectify → hand in → re-inspect → closed, or another round. Each round keeps its own
// notice number, deadline, evidence and verdict. A kind of case (hazard) adds its facts.
package rectification

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Definition is one published version of a loop. It is data: see definitions/hazard.v1.yaml.
type Definition struct {
	Kind               process.Kind `json:"kind" yaml:"kind"`
	Version            int          `json:"version" yaml:"version"`
	Name               process.Text `json:"name" yaml:"name"`
	Reinspect          clock.Limit  `json:"reinspect" yaml:"reinspect"`                       // from hand-in to re-inspection
	LongestDays        int          `json:"longest_days" yaml:"longest_days"`                 // a notice may not give more calendar days
	MaxDeadlineChanges int          `json:"max_deadline_changes" yaml:"max_deadline_changes"` // over the whole case
	Inspectors         int          `json:"inspectors" yaml:"inspectors"`                     // people needed on a notice and on a re-inspection
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || d.LongestDays < 1 || d.Inspectors < 1 {
		return fmt.Errorf("definition %s: needs a version, the longest deadline and the number of inspectors", d.Kind)
	}
	return d.Reinspect.Valid()
}
