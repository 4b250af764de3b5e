package hazard

import (
	"slices"
	"strconv"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// Gravity is what a major hazard has beside its rounds: who listed it, what stands still, how its treatment goes on, who has accepted it. A general one has none
// of it, but what is dangerous can be stopped whatever its level (安全生产法 art. 65).
type Gravity struct {
	OwnLevel    string     `json:"own_level"`     // what the office itself calls the level
	PlanFiledOn clock.Date `json:"plan_filed_on"` // since when its five points are settled (五落实)
	Listing     *Listing   `json:"listing,omitempty"`
	Stops       []Stop     `json:"stops,omitempty"`
	Rhythms     []Rhythm   `json:"rhythms,omitempty"`
	Progress    []Told     `json:"told_progress,omitempty"`
	Acceptance  []Step     `json:"acceptance,omitempty"`
}

// Listing is the word of the competent body that it oversees the treatment itself (挂牌督办). Only that body clears it (摘牌).
type Listing struct {
	Round     int        `json:"round,omitempty"` // under way when it was listed
	UnitID    string     `json:"unit_id"`         // of a body that works with Parkway; "": one outside, by name
	Body      string     `json:"body"`
	Document  string     `json:"document" paper:"number"` // of the body's decision
	Notice    string     `json:"notice" paper:"number"`   // 挂牌督办通知书, with which the zone passed it on to the enterprise
	On        clock.Date `json:"on"`
	ClearedOn clock.Date `json:"cleared_on"`
	ClearedBy string     `json:"cleared_by"`               // who signed the clearance
	Clearance string     `json:"clearance" paper:"number"` // 摘牌通知
}

// Scope is how much stands still.
type Scope string

// The scopes.
const (
	Partial Scope = "partial" // some equipment, a workshop
	Full    Scope = "full"    // the whole enterprise
)

// Stop is an order to stop work or use (停产停业、停止使用), and its lifting, which a review precedes.
type Stop struct {
	Stop      int                       `json:"stop"`
	Scope     Scope                     `json:"scope"`
	What      string                    `json:"what"` // stands still; of a partial one
	Body      string                    `json:"body"` // that ordered it
	Document  string                    `json:"document" paper:"number"`
	On        clock.Date                `json:"on"`
	LiftedOn  clock.Date                `json:"lifted_on"`
	Review    string                    `json:"review"` // what the review before it was lifted found
	Reviewers []rectification.Signatory `json:"reviewers"`
}

// ElementName is the stop's number.
func (s Stop) ElementName(int) string { return strconv.Itoa(s.Stop) }

// Sealed reports whether it was lifted.
func (s Stop) Sealed() bool { return !s.LiftedOn.IsZero() }

// Rhythm is how often the progress of a treatment is told, and when it was not.
type Rhythm struct {
	Rhythm  string     `json:"rhythm"` // weekly, listed
	DueOn   clock.Date `json:"due_on"`
	AskedOn clock.Date `json:"asked_on"` // for which day its reminder went out
	Missed  []Missed   `json:"missed"`
}

// ElementName is the rhythm's name.
func (r Rhythm) ElementName(int) string { return r.Rhythm }

// Missed is a day on which progress was due and nobody told any.
type Missed struct {
	On clock.Date `json:"on"`
}

// ElementName is the day.
func (m Missed) ElementName(int) string { return m.On.String() }

// Sealed is always true: what was missed stays missed.
func (Missed) Sealed() bool { return true }

// The rhythms.
const (
	Weekly  = "weekly" // of every major hazard under rectification
	ByMonth = "listed" // of a listed one, beside
)

// Told is progress as it was told.
type Told struct {
	Told   int        `json:"told"`
	Rhythm string     `json:"rhythm"`
	On     clock.Date `json:"on"`
	Done   string     `json:"done"`
	Spent  string     `json:"spent"` // money, as the enterprise writes it: planned is not spent
	ByID   string     `json:"by_id"`
	ByName string     `json:"by_name"`
}

// ElementName is its number.
func (t Told) ElementName(int) string { return strconv.Itoa(t.Told) }

// Sealed is always true.
func (Told) Sealed() bool { return true }

// Step is one of the first two steps of the acceptance of a listed hazard: the enterprise's own, then experts'. The third is the re-inspection.
type Step struct {
	Step    int        `json:"step"`
	Round   int        `json:"round"`
	Sort    string     `json:"sort"` // own, expert
	Verdict string     `json:"verdict"`
	Opinion string     `json:"opinion"`
	People  string     `json:"people"` // by name: experts need no account
	On      clock.Date `json:"on"`
}

// ElementName is its number.
func (s Step) ElementName(int) string { return strconv.Itoa(s.Step) }

// Sealed is always true: another verdict is another step.
func (Step) Sealed() bool { return true }

// The steps.
const (
	OwnStep    = "own"
	ExpertStep = "expert"
)

// clone returns one that shares nothing a command may change.
func (g Gravity) clone() Gravity {
	if g.Listing != nil {
		l := *g.Listing
		g.Listing = &l
	}
	g.Stops, g.Progress, g.Acceptance = slices.Clone(g.Stops), slices.Clone(g.Progress), slices.Clone(g.Acceptance)
	g.Rhythms = slices.Clone(g.Rhythms)
	for i := range g.Rhythms {
		g.Rhythms[i].Missed = slices.Clone(g.Rhythms[i].Missed)
	}
	return g
}

// listed reports whether a competent body oversees it and has not cleared it.
func (h Hazard) listed() bool { return h.Listing != nil && h.Listing.ClearedOn.IsZero() }

// Stopped is the order to stop that is in force, or nil.
func (h Hazard) Stopped() *Stop {
	if n := len(h.Stops); n > 0 && h.Stops[n-1].LiftedOn.IsZero() {
		return &h.Stops[n-1]
	}
	return nil
}

// keepsOpen refuses that the zone closes what it may not: a listed hazard, which only its body clears, and one under an order to stop that was not reviewed.
func (h Hazard) keepsOpen() error {
	switch {
	case h.listed():
		return process.Refuse(process.WrongState, "这起隐患由"+h.Listing.Body+"挂牌督办，只能由它摘牌后销号。", h.Listing.Body+" has listed this hazard and alone can clear it; the zone cannot close it.")
	case h.Stopped() != nil:
		return process.Refuse(process.WrongState, "停产停业还没有解除，请先审查并解除，再销号。", "An order to stop is in force: review and lift it first.")
	}
	return nil
}

// accepted refuses the third step of a listed hazard's acceptance before the two that precede it have passed in the round.
func (h Hazard) accepted() error {
	if !h.listed() {
		return nil
	}
	for _, s := range []struct{ sort, chinese, english string }{{OwnStep, "企业自行验收", "the enterprise's own acceptance"}, {ExpertStep, "专家验收", "the experts' acceptance"}} {
		if h.step(s.sort) != rectification.Pass {
			return process.RefuseField("result", "挂牌督办的隐患分三步验收，「"+s.chinese+"」还没有通过。", "A listed hazard is accepted in three steps, and "+s.english+" has not passed.")
		}
	}
	return nil
}

// step is the last verdict of the step in the round under way.
func (h Hazard) step(sort string) string {
	verdict := ""
	for _, s := range h.Acceptance {
		if s.Sort == sort && s.Round == h.Round {
			verdict = s.Verdict
		}
	}
	return verdict
}

// underTreatment reports whether progress is told: from the notice to the hand-in.
func (h Hazard) underTreatment() bool {
	return !h.Done && h.Level == Major && (h.State == rectification.Planned || h.State == rectification.Rectifying)
}

// beat begins the rhythms that the definition asks of the hazard, and counts those from the day that rest: while it is re-inspected nobody tells of progress.
func (h *Hazard) beat(d rectification.Definition, from clock.Date) {
	if d.Major == nil || h.Level != Major || !h.underTreatment() {
		return
	}
	wanted := []Rhythm{{Rhythm: Weekly, DueOn: from.AddDays(d.Major.Weekly), Missed: []Missed{}}}
	if h.listed() {
		wanted = append(wanted, Rhythm{Rhythm: ByMonth, DueOn: from.AddMonths(d.Major.Listed), Missed: []Missed{}})
	}
	for _, w := range wanted {
		i := slices.IndexFunc(h.Rhythms, func(r Rhythm) bool { return r.Rhythm == w.Rhythm })
		switch {
		case i < 0:
			h.Rhythms = append(h.Rhythms, w)
		case h.Rhythms[i].DueOn.Before(from):
			h.Rhythms[i].DueOn = w.DueOn
		}
	}
}

// Took are the people who found the hazard, beside whoever recorded it.
func (h *Hazard) Took(p process.Duty) []string {
	ids := []string{}
	if p == process.Finds {
		for _, s := range h.Inspectors {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Wakes is when the next progress is asked for, or is found to be missing.
func (h *Hazard) Wakes() (at time.Time, name string) {
	if !h.underTreatment() {
		return at, ""
	}
	for _, r := range h.Rhythms {
		day, what := r.DueOn, "ask"
		if r.AskedOn == r.DueOn {
			day, what = r.DueOn.AddDays(1), "missed"
		}
		if when := day.Start().Add(process.Morning); name == "" || when.Before(at) {
			at, name = when, process.OwnWake+"progress/"+r.Rhythm+"/"+r.DueOn.String()+"/"+what
		}
	}
	return at, name
}

// Wake asks the enterprise for its progress on the day it is due; a day later it writes down that none was told, and tells the supervisor and the head of the section too.
func (h *Hazard) Wake(call process.Call, env process.Env) process.Deed {
	deed := process.Deed{}
	d, _ := env.Rules.(rectification.Definition) // the kind's rules are always of this type
	h.Gravity = h.Gravity.clone()
	for i := range h.Rhythms {
		r := &h.Rhythms[i]
		name := map[string]string{Weekly: "每周治理进展", ByMonth: "挂牌督办治理进展"}[r.Rhythm]
		switch {
		case r.AskedOn != r.DueOn && !r.DueOn.Start().Add(process.Morning).After(call.RecordedAt):
			r.AskedOn = r.DueOn
			deed.Reason = name + "今天（" + r.DueOn.Chinese() + "）应报"
			deed.Notices = append(deed.Notices, process.Notice{Kind: process.NoticeProgress, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID, As: []process.Function{process.AsContact}})
		case r.AskedOn == r.DueOn && !r.DueOn.AddDays(1).Start().Add(process.Morning).After(call.RecordedAt):
			r.Missed = append(r.Missed, Missed{On: r.DueOn})
			deed.Reason = name + "（" + r.DueOn.Chinese() + "应报）没有报"
			deed.Notices = append(deed.Notices,
				process.Notice{Kind: process.NoticeMissed, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID, As: []process.Function{process.AsContact}},
				process.Notice{Kind: process.NoticeMissed, ToKind: process.HeldByPerson, ToID: h.SupervisorID, As: []process.Function{process.AsManager}},
				process.Notice{Kind: process.NoticeMissed, ToKind: process.ToHead, ToID: h.SupervisorID})
			r.DueOn = following(*r, d)
		}
	}
	return deed
}

// previous is the day before the one that is due.
func previous(r Rhythm, env Env) clock.Date {
	if r.Rhythm == ByMonth {
		return r.DueOn.AddMonths(-env.Definition.Major.Listed)
	}
	return r.DueOn.AddDays(-env.Definition.Major.Weekly)
}

// following is the day after the one that was due.
func following(r Rhythm, d rectification.Definition) clock.Date {
	switch {
	case d.Major == nil: // moved to a version that asks for none
		return r.DueOn.AddMonths(12)
	case r.Rhythm == ByMonth:
		return r.DueOn.AddMonths(d.Major.Listed)
	}
	return r.DueOn.AddDays(d.Major.Weekly)
}

// Adopted begins the rhythms that the version asks for to which the hazard was moved.
func (h *Hazard) Adopted(call process.Call, rules process.Rules) {
	if d, ok := rules.(rectification.Definition); ok {
		h.Gravity = h.Gravity.clone()
		h.beat(d, call.Today())
	}
}

// Petition refuses to ask for more time for a listed hazard later than the definition says (15 个工作日前).
func (h *Hazard) Petition(call process.Call, env process.Env) error {
	d, _ := env.Rules.(rectification.Definition) // the kind's rules are always of this type
	if !h.listed() || d.Major == nil || h.DueOn.IsZero() {
		return nil
	}
	last := env.Calendar.AddWorkdays(h.DueOn, -d.Major.AskAhead.Amount)
	if call.Day().After(last) {
		n := strconv.Itoa(d.Major.AskAhead.Amount)
		return process.Refuse(process.ImpossibleDate, "挂牌督办的隐患要在到期前 "+n+" 个工作日申请延期，最晚是 "+last.Chinese()+"。",
			"More time for a listed hazard is asked for "+n+" working days before the end: at the latest on "+last.String()+".").At("until")
	}
	return nil
}

// rearm lets the hazard wake for what comes first: its ladder, or progress that is due.
func (h *Hazard) rearm(call process.Call, env Env) {
	process.Follow(h, call, process.Env{Rules: env.Definition, Calendar: env.Calendar})
}
