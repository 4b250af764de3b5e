package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gowebpki/jcs"

	"github.com/parkway-zone/parkway/domain/process"
)

// link is what an event's hash is taken over: everything in the row but the hash itself and the workflow run. Times have microseconds, in UTC.
type link struct {
	CaseID     string          `json:"case_id"`
	Version    int64           `json:"version"`
	Key        string          `json:"key"`
	Command    process.Name    `json:"command"`
	Actor      json.RawMessage `json:"actor"`
	OccurredAt string          `json:"occurred_at"`
	RecordedAt string          `json:"recorded_at"`
	Reason     string          `json:"reason"`
	Input      json.RawMessage `json:"input"`
	Changes    json.RawMessage `json:"changes"`
	Outcome    json.RawMessage `json:"outcome"`
	Audience   string          `json:"audience,omitempty"` // left out where it is empty: events from before audiences keep their hash
	Form       int16           `json:"form,omitempty"`     // as are these
	Told       json.RawMessage `json:"told,omitempty"`     // absent where it told nobody
	Restated   json.RawMessage `json:"restated,omitempty"` // absent where the events before say everything
	PrevHash   string          `json:"prev_hash"`
}

const canonicalTime = "2006-01-02T15:04:05.000000Z"

func canonicalInstant(at time.Time) string { return at.UTC().Format(canonicalTime) }

// sum returns SHA-256 over the canonical JSON (RFC 8785) of the link. Anybody can repeat it from the row; docs/architecture.md says how.
func (l link) sum() ([]byte, error) {
	canonical, err := l.canonical()
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(canonical)
	return digest[:], nil
}

func (l link) canonical() ([]byte, error) {
	text, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("write event %d of case %s: %w", l.Version, l.CaseID, err)
	}
	canonical, err := jcs.Transform(text)
	if err != nil {
		return nil, fmt.Errorf("canonicalise event %d of case %s: %w", l.Version, l.CaseID, err)
	}
	return canonical, nil
}

// Links returns of each event of a case, in order, the canonical JSON that its hash is taken over: for whoever reckons the chain by other means.
func (s *Store) Links(ctx context.Context, caseID string) ([][]byte, error) {
	rows, err := s.queries.Chain(ctx, caseID, 0, 1000)
	if err != nil {
		return nil, fmt.Errorf("read the chain of case %s: %w", caseID, err)
	}
	links := make([][]byte, 0, len(rows))
	for _, row := range rows {
		text, err := linkOf(row).canonical()
		if err != nil {
			return nil, err
		}
		links = append(links, text)
	}
	return links, nil
}

// firstPrevHash is what the first event of every case is chained to.
func firstPrevHash() []byte { return make([]byte, sha256.Size) }

// requestHash tells whether a repeated key carries the same command of the same actor with the same input.
func requestHash(order process.Order) ([]byte, error) {
	canonical, err := jcs.Transform(order.Input)
	if err != nil {
		return nil, process.Refuse(process.InvalidInput, "提交的内容不是有效的 JSON。", "The input is not valid JSON.")
	}
	digest := sha256.Sum256([]byte(string(order.Command) + "\n" + order.Call.Actor.ID + "\n" + string(canonical)))
	return digest[:], nil
}

func hexOf(digest []byte) string { return hex.EncodeToString(digest) }
