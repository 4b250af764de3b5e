package rectification

import (
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// follow carries the running clock to the case.
func (d Definition) follow(t Turner, call process.Call) {
	climb := ladder.Climb{Calendar: t.Calendar, Variant: t.Variant, CaseID: t.Case.ID}
	if c := t.Loop.Running(); c != nil {
		climb.Clock, climb.Ladder = *c, d.Ladders[c.Name]
	}
	t.Case.Follow(climb, call.RecordedAt)
}
