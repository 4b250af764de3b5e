package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Draft is a form that was sent and not carried out: everything that was typed and chosen, and why it was not. It belongs to one person.
type Draft struct {
	Typed   url.Values
	Files   map[string][]KeptFile // by field
	Refusal *process.Refusal      // nil: it was sent to look something up in it
	Marks   map[string]string     // what else the form shows
}

// KeptFile is a file that arrived with a form. Its bytes lie in the blob store under their SHA-256.
type KeptFile struct {
	UploadID string `json:"upload_id"`
	SHA256   string `json:"sha256"`
	Name     string `json:"name"`
}

// How long a draft is kept, and how many of one person's.
const (
	DraftLife  = 7 * 24 * time.Hour
	draftsKept = 20
)

// PutDraft keeps a form under its id, for as long as DraftLife from now. The owner's oldest drafts give way.
func (s *Store) PutDraft(ctx context.Context, id, owner, path string, d Draft, now time.Time) error {
	var row sqlc.PutDraftParams
	for column, value := range map[*json.RawMessage]any{&row.Typed: d.Typed, &row.Files: d.Files, &row.Refusal: d.Refusal, &row.Marks: d.Marks} {
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("write the draft: %w", err)
		}
		*column = text
	}
	row.ID, row.Owner, row.Path, row.CreatedAt, row.ExpiresAt = id, owner, path, now, now.Add(DraftLife)
	if err := s.queries.PutDraft(ctx, row); err != nil {
		return fmt.Errorf("keep the draft of %s: %w", path, err)
	}
	if err := s.queries.DropOldDrafts(ctx, now, owner, draftsKept); err != nil {
		return fmt.Errorf("drop old drafts: %w", err)
	}
	return nil
}

// Draft returns the owner's form at the path, or nil when there is none under the id (any more).
func (s *Store) Draft(ctx context.Context, id, owner, path string, now time.Time) (*Draft, error) {
	if len(onlyUUIDs([]string{id})) == 0 {
		return nil, nil
	}
	row, err := s.queries.Draft(ctx, sqlc.DraftParams{ID: id, Owner: owner, Path: path, Now: now})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the draft of %s: %w", path, err)
	}
	d := &Draft{}
	for target, text := range map[any]json.RawMessage{&d.Typed: row.Typed, &d.Files: row.Files, &d.Refusal: row.Refusal, &d.Marks: row.Marks} {
		if err := json.Unmarshal(text, target); err != nil {
			return nil, fmt.Errorf("understand the draft of %s: %w", path, err)
		}
	}
	return d, nil
}

// DropDraft forgets a form that was carried out.
func (s *Store) DropDraft(ctx context.Context, id, owner string) error {
	if len(onlyUUIDs([]string{id})) == 0 {
		return nil
	}
	if err := s.queries.DropDraft(ctx, id, owner); err != nil {
		return fmt.Errorf("drop the draft: %w", err)
	}
	return nil
}
