package process

import (
	"encoding/json"
	"time"
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
