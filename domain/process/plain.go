package process

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Plain is what a kind embeds that stands on no engine: a case with its clocks and papers.
type Plain struct {
	Case
	Clocks      []clock.Clock `json:"clocks"`
	Attachments []Attachment  `json:"attachments"`
}

// Header is what every case has.
func (p *Plain) Header() *Case { return &p.Case }

// Timed are the clocks.
func (p *Plain) Timed() *[]clock.Clock { return &p.Clocks }

// Filed is what is on record.
func (p *Plain) Filed() *[]Attachment { return &p.Attachments }

// Clone returns one that shares nothing a command may change.
func (p Plain) Clone() Plain {
	p.Clocks, p.Attachments, p.UnitIDs = slices.Clone(p.Clocks), slices.Clone(p.Attachments), slices.Clone(p.UnitIDs)
	return p
}

// HeldBy reports whether the actor, their unit, or the enterprise they speak for, has the case in hand.
func (c Case) HeldBy(a Actor) bool {
	h := c.Holder
	return h != nil && a.ID != "" && (h.ID == a.ID || h.Kind == HeldByUnit && h.ID == a.UnitID || h.Kind == HeldByEnterprise && h.ID == a.EnterpriseID)
}
