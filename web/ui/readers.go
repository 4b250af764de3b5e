package ui

import (
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
)

// readersTag says to the zone's own people who reads what somebody chose the readers of: a wrong choice can be seen. "" where nobody chose, and for
// the enterprise, who sees only what it may read.
func readersTag(reader process.Actor, e process.Event) string {
	if deed, _ := kinds.About(e.Command); deed.Readers != process.Chosen || reader.Has(process.Enterprise) {
		return ""
	}
	if outside.AudienceOf(e) == process.Shared {
		return "readers.shared"
	}
	return "readers.inside"
}
