package store

import (
	"bytes"
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

// requestHash tells whether a repeated key carries the same command of the same actor with the same input. Files count by their content: a form
// that is sent twice brings the same pictures under other ids. named gives the SHA-256 of an upload, or "" where its id is all that is known.
func requestHash(order process.Order, named func(upload string) string) ([]byte, error) {
	input := order.Input
	if named != nil {
		var tree any
		decoder := json.NewDecoder(bytes.NewReader(input))
		decoder.UseNumber()
		if err := decoder.Decode(&tree); err != nil {
			return nil, process.Refuse(process.InvalidInput, "提交的内容不是有效的 JSON。", "The input is not valid JSON.")
		}
		byContent(tree, named)
		text, err := json.Marshal(tree)
		if err != nil {
			return nil, fmt.Errorf("write the input of %s: %w", order.Command, err)
		}
		input = text
	}
	canonical, err := jcs.Transform(input)
	if err != nil {
		return nil, process.Refuse(process.InvalidInput, "提交的内容不是有效的 JSON。", "The input is not valid JSON.")
	}
	digest := sha256.Sum256([]byte(string(order.Command) + "\n" + order.Call.Actor.ID + "\n" + string(canonical)))
	return digest[:], nil
}

// byContent puts the content in the place of the id wherever the input names an upload.
func byContent(tree any, named func(upload string) string) {
	switch t := tree.(type) {
	case map[string]any:
		for key, value := range t {
			if id, ok := value.(string); ok && key == "upload_id" {
				if sha := named(id); sha != "" {
					t[key] = "sha256:" + sha
				}
				continue
			}
			byContent(value, named)
		}
	case []any:
		for _, value := range t {
			byContent(value, named)
		}
	}
}

func hexOf(digest []byte) string { return hex.EncodeToString(digest) }
