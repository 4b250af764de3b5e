package permit

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Holding is how a project stood with one permit on a day, for a gate: the day of the gate counts, not the day on which somebody types it.
type Holding struct {
	OnFile   bool         // something is said of it
	Held     bool         // every part of it was there, or is not needed
	Deferred bool         // what was not there was accepted with papers missing that were still promised (容缺受理)
	Says     process.Text // how the part of it stood that was furthest behind

	PromisedOn clock.Date // where it is deferred: the first day by which something is promised
}

// Held says how the project stood with the permit on the day.
func Held(children []process.Child, item string, on clock.Date) Holding {
	h := Holding{Says: process.Text{Chinese: "还没有登记", English: "not on file"}}
	worst := there
	for _, c := range children {
		if c.Kind != Kind || c.Slot != item || c.State == Dropped {
			continue
		}
		is, says := stood(c, on)
		if c.Part != "" {
			says = process.Text{Chinese: c.Part + says.Chinese, English: c.Part + " " + says.English}
		}
		if !h.OnFile || is > worst {
			h.Says, worst = says, is
		}
		if is == promised && (h.PromisedOn.IsZero() || c.PromisedOn.Before(h.PromisedOn)) {
			h.PromisedOn = c.PromisedOn
		}
		h.OnFile = true
	}
	h.Held, h.Deferred = h.OnFile && worst == there, h.OnFile && worst == promised
	if !h.Deferred {
		h.PromisedOn = clock.Date{}
	}
	return h
}

// How a permit stood on a day, the better first.
type standing int

const (
	there standing = iota
	promised
	absent
)

// stood is how one permit stood on the day. Where its days are not on record its state alone speaks.
func stood(c process.Child, on clock.Date) (standing, process.Text) {
	deferred := !c.PromisedOn.IsZero() && !on.Before(c.AcceptedOn) && !on.After(c.PromisedOn)
	lapsed := lapse(c)
	switch {
	case c.State == NotNeeded:
		return there, words[NotNeeded]
	case c.State != Issued && c.State != Expired && c.State != Deferred && c.State != Accepted:
		return absent, words[c.State]
	case deferred && (c.IssuedOn.IsZero() || on.Before(c.IssuedOn)):
		return promised, words[Deferred]
	case c.State == Deferred && on.Before(c.AcceptedOn):
		return absent, process.Text{Chinese: c.AcceptedOn.Chinese() + " 才容缺受理，晚于 " + on.Chinese(), English: "accepted with papers missing on " + c.AcceptedOn.String() + " only, after " + on.String()}
	case c.State == Deferred && c.PromisedOn.IsZero():
		return promised, words[Deferred]
	case c.State == Deferred:
		return absent, process.Text{Chinese: "容缺受理，承诺的材料到期没有补齐", English: "accepted with papers missing that were not there by the day promised"}
	case c.State == Accepted:
		return absent, words[Accepted]
	case on.Before(c.IssuedOn):
		return absent, process.Text{Chinese: c.IssuedOn.Chinese() + " 才取得，晚于 " + on.Chinese(), English: "issued on " + c.IssuedOn.String() + " only, after " + on.String()}
	case c.State == Expired && lapsed.IsZero():
		return absent, words[Expired]
	case !lapsed.IsZero() && on.After(lapsed):
		return absent, process.Text{Chinese: "已失效，有效期到 " + lapsed.Chinese(), English: "lapsed: its last day was " + lapsed.String()}
	}
	if c.IssuedOn.IsZero() {
		return there, words[Issued]
	}
	return there, process.Text{Chinese: c.IssuedOn.Chinese() + " 取得（" + c.Number + "）", English: "issued on " + c.IssuedOn.String() + " (" + c.Number + ")"}
}

// lapse is the last day of a permit that has one, or of one that was not used in time; no day of one whose last day nobody watches any longer.
func lapse(c process.Child) clock.Date {
	switch {
	case c.State == Expired:
		return c.DueOn
	case c.Done:
		return clock.Date{}
	}
	return c.ValidUntil
}
