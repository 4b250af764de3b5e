// Package tracking is what can be sent about a case, whatever its kind: a copy-notice 抄告, a referral 移送, a summons to an interview 约谈, a supervision order 督办. It
// comes to a kind by being registered with it; what is sent becomes a track, which waits for its answers (package track, docs/decisions/0082). One file per command.
package tracking

import (
	"slices"

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

// send lets the track be opened.
func send(s track.Sent, on *process.Case, call process.Call) process.Deed {
	s.Case, s.ByID, s.ByName = on.ID, call.Actor.ID, call.Actor.Name
	return process.Deed{Reason: s.Tells, Follow: []process.FollowUp{{Kind: track.Kind, Command: track.OpenName, Input: s}}}
}

// about is who may send something: whoever runs the case, and leaders.
func about(of process.Leading, verb process.Verb, readers process.Readers) process.About {
	every, own := of.By(process.Of(process.Leader), nil)
	return process.About{Name: of.Kind.Does(verb), Any: every, Own: own, AddsOnly: true, Readers: readers}
}

// urgent says that it lies at hand once the ladder has come as far.
func urgent(on process.Subject, acts ...string) process.Fit {
	c := on.Header()
	switch {
	case c.Done:
		return process.Not
	case slices.Contains(acts, string(c.Escalation)):
		return process.Beside
	}
	return process.Fits
}
