package process

import (
	"slices"
	"strings"

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

// Begin puts a clock on; rule is the definition's version under which it runs.
func (p *Plain) Begin(k clock.Clock, rule string) {
	k.Seq, k.Rule = len(p.Clocks)+1, rule
	p.Clocks = append(p.Clocks, k)
}

// Judge stops the clock that runs: what it was for was done on the day of the deed.
func (p *Plain) Judge(call Call, calendar clock.Calendar) {
	if k := Running(p.Clocks); k != nil {
		*k = k.StopReceived(call.OccurredAt, call.Received(), calendar)
	}
}

// Supersede ends the clock that runs without a verdict.
func (p *Plain) Supersede(call Call) {
	if k := Running(p.Clocks); k != nil {
		*k = k.Replace(call.Day())
	}
}

// NotBefore refuses a deed dated before the day on which something else happened; the words say what.
func NotBefore(call Call, day clock.Date, chinese, english string) error {
	if !day.IsZero() && call.Day().Before(day) {
		return Refuse(ImpossibleDate, chinese+" "+day.Chinese()+"。", english+" "+day.String()+".").At("occurred_on")
	}
	return nil
}

// Joined joins what is said one after the other, leaving out what says nothing.
func Joined(parts ...string) string {
	said := make([]string, 0, len(parts))
	for _, one := range parts {
		if one = strings.TrimSpace(one); one != "" {
			said = append(said, one)
		}
	}
	return strings.Join(said, "；")
}

// Clip keeps a title that is made of others within what a title may be.
func Clip(title string) string {
	runes := []rune(title)
	if len(runes) <= TitleLimit {
		return title
	}
	return string(runes[:TitleLimit-1]) + "…"
}
