package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Received is a file whose bytes lie in the blob store under their SHA-256.
type Received struct {
	Name      string
	MediaType string
	Size      int64
	SHA256    []byte
}

// AddUpload notes a received file and returns its id. It is on record only once a command brings it.
func (s *Store) AddUpload(ctx context.Context, actor process.Actor, r Received) (string, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return "", err
	}
	id := uuid.NewString()
	if err := s.queries.AddUpload(ctx, sqlc.AddUploadParams{ID: id, ParkID: park.ID, Name: r.Name, MediaType: r.MediaType, Size: r.Size, Sha256: r.SHA256, UploadedBy: actor.ID}); err != nil {
		return "", fmt.Errorf("note the received file %s: %w", r.Name, err)
	}
	return id, nil
}

// Attachment is a file on record.
type Attachment = sqlc.AttachmentRow

// Original is Attachment for the file as it was received. It refuses who may see a picture and not have it as its device wrote it.
func (s *Store) Original(ctx context.Context, actor process.Actor, caseID string, number, revision int) (Attachment, error) {
	row, err := s.Attachment(ctx, actor, caseID, number, revision)
	if err != nil {
		return row, err
	}
	return row, access.Original(actor, process.Attachment{MediaType: row.MediaType, ByID: row.ByID})
}

// Pictures returns the files on record of a case that the actor reads, oldest first, and what is known of the pictures among them, by SHA-256.
func (s *Store) Pictures(ctx context.Context, actor process.Actor, caseID string) (Case, map[string]Preview, error) {
	c, err := s.Case(ctx, actor, caseID)
	if err != nil {
		return c, nil, err
	}
	known, err := s.Previews(ctx, actor, *c.Subject.Filed())
	return c, known, err
}

// Attachment returns one revision of one attachment of a case the actor may see.
func (s *Store) Attachment(ctx context.Context, actor process.Actor, caseID string, number, revision int) (Attachment, error) {
	if _, err := s.head(ctx, actor, caseID); err != nil {
		return Attachment{}, err
	}
	row, err := s.queries.Attachment(ctx, caseID, int32(number), int32(revision))
	if errors.Is(err, pgx.ErrNoRows) {
		return row, notFound()
	}
	if err != nil {
		return row, fmt.Errorf("read attachment %d.%d of case %s: %w", number, revision, caseID, err)
	}
	r, err := s.fileReader(ctx, actor, caseID)
	if err != nil {
		return row, err
	}
	if r != nil && !r.Reads(process.Attachment{Number: number, Revision: revision, ByID: row.ByID, Audience: process.Audience(row.Audience), Phase: process.Phase(row.Phase), Round: int(row.Round)}) {
		return Attachment{}, notFound()
	}
	return row, nil
}
