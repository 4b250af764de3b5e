package process

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/ladder"
)

// Event is one recorded deed. Events are append-only and chained by hash within their case.
type Event struct {
	CaseID     string          `json:"case_id"`
	Version    int64           `json:"version"` // the case's version after the deed
	Key        string          `json:"key"`
	Command    Name            `json:"command"`
	Actor      Actor           `json:"actor"`
	OccurredAt time.Time       `json:"occurred_at"` // in the world
	RecordedAt time.Time       `json:"recorded_at"` // in Parkway
	Reason     string          `json:"reason"`
	Input      json.RawMessage `json:"input"`              // the command as it was given
	Changes    []Change        `json:"changes"`            // every fact that changed, old → new
	Outcome    Standing        `json:"outcome"`            // where the case stood afterwards
	Audience   Audience        `json:"audience,omitempty"` // "" of events recorded before they had one
	Form       int             `json:"form,omitempty"`     // WholeForm, or 0 of events recorded before changes held every fact
	Told       []Told          `json:"told,omitempty"`     // whom its notices went to
	Restated   Facts           `json:"restated,omitempty"` // the whole case before the deed, where the events before do not say it
	PrevHash   string          `json:"prev_hash"`
	Hash       string          `json:"hash"`
}

// Audience is who may read an event.
type Audience string

// The audiences of an event.
const (
	Inside Audience = "inside" // the zone's own offices and the departments a case was handed to
	Shared Audience = "shared" // also the other party: the enterprise
)

// Outside is the event as the other party may read it: whom it told of its own people, and nothing that it restates.
func (e Event) Outside() Event {
	e.Restated = nil
	e.Told = slices.DeleteFunc(slices.Clone(e.Told), func(t Told) bool { return t.As != HeldByEnterprise })
	return e
}

// WholeForm is the form of events whose changes hold every fact that changed: from them alone a case can be rebuilt.
const WholeForm = 1

// Told is one person a notice of the event went to.
type Told struct {
	Kind     string       `json:"kind"` // of notice
	As       HolderKind   `json:"as"`   // what they were reached as: a person, their unit, their function
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Level    ladder.Level `json:"level,omitempty"`
	Rung     string       `json:"rung,omitempty"`
	Act      ladder.Act   `json:"act,omitempty"`
	OnBehalf string       `json:"on_behalf,omitempty"` // of whom they are told as deputy, by name, when they are told as nothing else
	Parts    []Part       `json:"parts,omitempty"`     // every function they are told in
}

// Part is a function in which somebody is told, their own or that of somebody they stand in for.
type Part struct {
	As     Function `json:"as"`     // "": named, in no function
	Behalf string   `json:"behalf"` // whom they stand in for, by name; "": nobody
}
