// Package tracking is what can be sent about a case, whatever its kind: a copy-notice 抄告, a referral 移送, a summons to an interview 约谈, a supervision order 督办. It
// comes to a kind by being registered with it; what is sent becomes a track, which waits for its answers (package track, docs/decisions/0082). One file per command.
package tracking

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// to is the body that something is sent to. A department that works with Parkway sees the case from then on.
func to(unitID, body string, on *process.Case, env process.Env) (track.Party, error) {
	party, err := track.Body(unitID, body, env.Found.Departments, process.Text{Chinese: "请选择或写明收文单位。", English: "Choose or name the body that it is sent to."})
	if party.ID != "" {
		on.ShowTo(party.ID)
	}
	return party, err
}

// Again says why something is sent that was sent before and waits for its answer. Without it that is asked back, with the number of the one that waits.
type Again struct {
	AllTheSame string `json:"all_the_same,omitempty" ask:"line,sometimes" maxLength:"200" doc:"Where the same was sent to the same receiver and is not done with: why it is sent all the same. Without it that is refused, and the refusal says which one waits." example:"前一份地址有误，重新寄送"`
}

// again asks for the reason only where something of the sort waits.
func again(sort string, on process.Subject, env process.Env) bool {
	return slices.ContainsFunc(env.Found.ChildrenOf[on.Header().ID], func(c process.Child) bool { return c.Kind == track.Kind && c.Slot == sort && !c.Done })
}

// send lets the track be opened.
func (a Again) send(s track.Sent, on *process.Case, call process.Call) process.Deed {
	s.AllTheSame = strings.TrimSpace(a.AllTheSame)
	s.Case, s.ByID, s.ByName = on.ID, call.Actor.ID, call.Actor.Name
	return process.Deed{Reason: s.Tells, Follow: []process.FollowUp{{Kind: track.Kind, Command: track.OpenName, Input: s}}}
}

// about is who may send something: whoever runs the case, and leaders.
func about(of process.Leading, verb process.Verb, readers process.Readers) process.About {
	every, own := of.By(process.Of(process.Leader), nil)
	return process.About{Name: of.Kind.Does(verb), Any: every, Own: own, AddsOnly: true, Readers: readers}
}

// proposed is what the ladder proposes that a person sends, by the act that it has come to. Nothing is sent by itself: a paper that goes out is somebody's word
// (docs/decisions/0089).
func proposed(act ladder.Act) (verb process.Verb, sort string) {
	switch act { //nolint:exhaustive // the others propose nothing that is sent
	case ladder.SupervisionOrder:
		return SuperviseVerb, order
	case ladder.Interview:
		return SummonVerb, interview
	case ladder.Refer:
		return ReferVerb, referral
	}
	return "", ""
}

// Proposes is what a person in the zone is to send once the ladder has come to the act, on cases of the kind: "" where nothing.
func Proposes(kind process.Entry, act ladder.Act) process.Verb {
	verb, _ := proposed(act)
	if _, known := kind.About(kind.Kind.Does(verb)); verb == "" || !known {
		return ""
	}
	return verb
}

// urgent says that it is what the ladder proposes now: until it was sent under the deadline that runs, it is what its reader is asked to do next.
func urgent(verb process.Verb, on process.Subject, env process.Env) process.Fit {
	c := on.Header()
	due, sort := proposed(c.Escalation)
	switch {
	case c.Done:
		return process.Not
	case due != verb:
		return process.Fits
	}
	k := process.Running(*on.Timed())
	for _, sent := range env.Found.ChildrenOf[c.ID] {
		if sent.Kind == track.Kind && sent.Slot == sort && sent.State != track.Withdrawn && k != nil && under(*k, sent.OpenedOn) {
			return process.Fits
		}
	}
	return process.Leads
}

// under reports whether what was sent on the day was sent under the deadline that runs. More time is given on the same clock: what was sent before, up to that day, was
// sent because of a lateness that is over.
func under(k clock.Clock, sent clock.Date) bool {
	if len(k.Extensions) > 0 && k.GivenOn.After(k.StartedOn) {
		return sent.After(k.GivenOn)
	}
	return !sent.Before(k.StartedOn)
}

// late says in a sentence why something is sent about a case whose deadline has passed; "" where it has not.
func late(c *process.Case) string {
	if c.OverdueSince == nil || c.DueOn.IsZero() {
		return ""
	}
	return "“" + c.Title + "”（" + c.Number + "）应于" + c.DueOn.Chinese() + "前完成，至今没有完成。"
}

// within is the day so many working days from now, with which a form begins.
func within(days int, env process.Env) string {
	if env.Today.IsZero() {
		return ""
	}
	return clock.Start("", clock.Limit{Amount: days, Unit: clock.WorkingDay}, env.Today.Start(), env.Calendar).DueOn.String()
}

// The sorts of what is sent, as the definition of tracks calls them.
const (
	order     = "supervision_order"
	interview = "interview"
	referral  = "referral"
	copyOut   = "copy_out"
)
