package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Slots is what the gates of the project ask of its permits: those that cannot be waived, and those that stand in the seal of a gate that was passed. Stages that
// the project's way to its site leaves out ask for nothing.
func (p *Project) Slots(rules process.Rules) process.Slots {
	d, _ := rules.(lifecycle.Definition) // the kind's rules are always of this type
	s := process.Slots{Variant: string(p.SiteMode), Firm: d.FirmPermits(string(p.SiteMode))}
	for _, at := range p.Passages {
		if at.Seal == nil {
			continue
		}
		for _, i := range at.Seal.Items {
			if i.Kind == lifecycle.Permit && !slices.Contains(s.Sealed, i.Permit) {
				s.Sealed = append(s.Sealed, i.Permit)
			}
		}
	}
	return s
}
