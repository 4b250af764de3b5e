package outside

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// AudienceOf returns who reads an event. One that was recorded before events had an audience has that of its command, where a choice was never
// made the safe one.
func AudienceOf(e process.Event) process.Audience {
	if e.Audience != "" {
		return e.Audience
	}
	holds := e.Outcome.Holder != nil && e.Outcome.Holder.Kind == process.HeldByEnterprise
	event, _ := access.Audience(e.Command, e.Actor, "", holds)
	return event
}

// SharesFiles reports whether the enterprise reads the words and files that came with an event.
func SharesFiles(e process.Event) bool {
	deed, _ := kinds.About(e.Command)
	return AudienceOf(e) == process.Shared && (deed.Readers != process.FactOnly || e.Actor.Has(process.Enterprise))
}

// Event returns the event as the enterprise may read it, and whether it may at all.
func (r Reader) Event(e process.Event) (process.Event, bool) {
	if AudienceOf(e) != process.Shared {
		return process.Event{}, false
	}
	by := r.sideOf(e.Actor)
	if deed, _ := kinds.About(e.Command); by == other && deed.Readers == process.Chosen {
		return process.Event{}, false // what another enterprise writes to the zone stays between the two
	}
	e = e.Outside()
	own := e.Actor.Has(process.Enterprise) && e.Actor.EnterpriseID == r.EnterpriseID
	words := SharesFiles(e)
	if !words {
		e.Reason = ""
	}
	if !own {
		e.Key, e.Input = "", json.RawMessage("{}")
	}
	e.Told = slices.DeleteFunc(e.Told, func(t process.Told) bool { _, other := r.Others[t.ID]; return other }) // of its own people only
	e.Actor = r.Actor(e.Actor)
	e.Changes = r.changes(e, words, by)
	e.Outcome = r.Standing(e.Outcome)
	return e, true
}

// side is on whose side somebody is, for an enterprise that reads what they did.
type side int

const (
	zone  side = iota // of the zone's offices, or the machinery
	self              // of the enterprise itself
	other             // of another enterprise that the case is addressed to
)

func (r Reader) sideOf(a process.Actor) side {
	switch {
	case !a.Has(process.Enterprise):
		return zone
	case a.EnterpriseID == r.EnterpriseID || r.own(a.ID):
		return self
	}
	return other
}

// Events returns those of the events that the enterprise may read.
func (r Reader) Events(events []process.Event) []process.Event {
	read := make([]process.Event, 0, len(events))
	for _, e := range events {
		if shown, ok := r.Event(e); ok {
			read = append(read, shown)
		}
	}
	return read
}

// Standing is where a case stands as the enterprise reads it.
func (r Reader) Standing(s process.Standing) process.Standing {
	s.Holder = r.Holder(s.Holder, HolderFunction(s.Kind))
	return s
}

// Outcome is what the enterprise is told of its own command.
func (r Reader) Outcome(o process.Outcome) process.Outcome {
	o.Event, _ = r.Event(o.Event)
	o.Standing = r.Standing(o.Standing)
	return o
}

// Conflict is who was first as the enterprise reads it: of what stays inside only that something happened.
func (r Reader) Conflict(c process.Conflict) process.Conflict {
	event, ok := r.Event(c.Event)
	if !ok {
		event = process.Event{CaseID: c.Event.CaseID, Version: c.Event.Version, Command: c.Event.Command, RecordedAt: c.Event.RecordedAt,
			OccurredAt: c.Event.OccurredAt, Actor: r.Actor(c.Event.Actor), Changes: []process.Change{}, Input: json.RawMessage("{}")}
	}
	return process.Conflict{Version: c.Version, Event: event}
}

// changes keeps the facts that the enterprise reads of its case anyway; what is not listed stays inside.
func (r Reader) changes(e process.Event, words bool, by side) []process.Change {
	kept := []process.Change{}
	for _, c := range e.Changes {
		path := plain(c.Path)
		switch {
		case path == "holder.name":
			c.Old, c.New = json.RawMessage("null"), json.RawMessage("null")
			if h := r.Holder(e.Outcome.Holder, HolderFunction(e.Outcome.Kind)); h != nil {
				c.New = quoted(h.Name)
			}
		case path == "rounds[].handed_in_by.name":
			c.Old = json.RawMessage("null")
			switch by {
			case zone:
				c.New = quoted(Zone().Chinese)
			case other: // e.Actor is by now what the enterprise reads of them
				c.New = quoted(e.Actor.Name)
			case self:
			}
		case strings.HasPrefix(path, "attachments[]."):
			if !words || !fileFact(path) {
				continue
			}
			c.Old = json.RawMessage("null") // in old events two files can share a path, and the other one may be inside
		case !readable(path):
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// plain is a path with the names of its elements left out: "rounds[].verdict".
func plain(path string) string {
	var text strings.Builder
	for _, step := range process.Steps(path) {
		switch {
		case step.Element:
			text.WriteString("[]")
		case text.Len() > 0:
			text.WriteString("." + step.Name)
		default:
			text.WriteString(step.Name)
		}
	}
	return text.String()
}

func quoted(text string) json.RawMessage {
	word, err := json.Marshal(text)
	if err != nil { // a string always has a JSON form
		return json.RawMessage("null")
	}
	return word
}

func fileFact(path string) bool {
	switch strings.TrimPrefix(path, "attachments[].") {
	case "number", "revision", "name", "media_type", "size", "sha256", "caption", "phase", "requirement", "round", "evidence_on", "at", "audience":
		return true
	}
	return false
}

func readable(path string) bool {
	switch path {
	case "number", "title", "kind", "state", "stage", "round", "done", "enterprise_id", "enterprise_name", "due_on", "due_at", "target_on", "provisional",
		"overdue_since", "suspended_since", "opened_at", "closed_at", "holder.kind", "holder.since", "sector", "site_mode", "investment", "is_key",
		"national_code", "land_area_mu", "stage_since", "signed_on", "construction_started_on", "completed_on", "production_on",
		"planned_completion_on", "planned_production_on", "full_capacity_on", "above_scale_on", "level", "clause", "category", "location",
		"description", "found_on", "result", "closed_on", "deadline_changes", "suspension.since", "suspension.category", "suspension.expected_until",
		"rounds[].round", "rounds[].notice_number", "rounds[].requirement", "rounds[].issued_on", "rounds[].due_on", "rounds[].handed_in_at",
		"rounds[].handed_in_received_at", "rounds[].completed_on", "rounds[].measures", "rounds[].inspected_on", "rounds[].inspected_received_at",
		"rounds[].handed_in_for", "also[].name", "rounds[].inspectors[].name", "rounds[].verdict", "rounds[].opinion":
		return true
	}
	if fact, ok := strings.CutPrefix(path, "clocks[]."); ok {
		switch fact {
		case "seq", "name", "round", "amount", "unit", "basis", "rule", "started_on", "fixed_on", "due_on", "target_on", "stopped_on", "verdict", "late_by", "received_at":
			return true
		}
	}
	if fact, ok := strings.CutPrefix(path, "letters[]."); ok { // the event is shared only where the letter is addressed to the enterprise
		switch fact {
		case "seq", "sort", "title", "number", "round", "to_name", "outside", "issued_on", "sha256", "size", "served.on", "served.how", "served.signed_by", "served.signed_on", "void.on", "void.reason":
			return true
		}
	}
	return strings.HasPrefix(path, "plan.") || path == "short_name" || built(path)
}

// built reports whether the path is a fact of the buildings or of the site that an enterprise reads: not the words with which it was recorded, and not which
// pictures there are.
func built(path string) bool {
	return strings.HasPrefix(path, "buildings[].") && !strings.HasPrefix(path, "buildings[].photos") && path != "buildings[].steps[].note" ||
		strings.HasPrefix(path, "site_steps[].") && path != "site_steps[].note"
}
