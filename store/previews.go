package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// The states of a preview.
const (
	PreviewWaiting = "waiting"
	PreviewMade    = "made"
	PreviewNone    = "none" // and its reason says why: large, damaged or gone
)

// Claim is what a picture says of itself.
type Claim struct {
	TakenAt             string   // the time on the wall where it was taken, YYYY-MM-DD HH:MM; "" unsaid
	Latitude, Longitude *float64 // degrees of WGS 84; nil unsaid
}

// Preview is what is known of a picture.
type Preview struct {
	State, Reason string
	Width, Height int // of the picture as it was received, upright; 0 until the preview is made
	Claim
	Original bool // whether who asks may have the picture as it was received
	Used     []process.Used
}

// TakeWaitingPreview returns the SHA-256 of a picture that waits for its preview and how often that was tried, this time included, and keeps it from others
// until then; "" when none waits.
func (s *Store) TakeWaitingPreview(ctx context.Context, now, until time.Time) (string, int, error) {
	row, err := s.queries.TakeWaitingPreview(ctx, until, now)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", 0, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("take a picture that waits for its preview: %w", err)
	}
	return row.Sha256, int(row.Tries), nil
}

// KeepPreview notes that the previews of a picture are in the blob store.
func (s *Store) KeepPreview(ctx context.Context, sha string, width, height int, c Claim) error {
	err := s.queries.KeepPreview(ctx, sqlc.KeepPreviewParams{Sha256: sha, Width: int32(width), Height: int32(height), TakenAt: c.TakenAt, Latitude: c.Latitude, Longitude: c.Longitude})
	if err != nil {
		return fmt.Errorf("note the preview of %s: %w", sha, err)
	}
	return nil
}

// NoPreview notes that a picture has no preview, and why.
func (s *Store) NoPreview(ctx context.Context, sha, reason string) error {
	if err := s.queries.NoPreview(ctx, reason, sha); err != nil {
		return fmt.Errorf("note that %s has no preview: %w", sha, err)
	}
	return nil
}

// Previews returns what is known of the pictures among the files, by SHA-256, as the actor may know it: where a picture says it was taken is told to who
// may have it as it was received. The files are those the actor reads.
func (s *Store) Previews(ctx context.Context, actor process.Actor, files []process.Attachment) (map[string]Preview, error) {
	sums, mine := []string{}, map[string]bool{}
	for _, a := range files {
		if sums = append(sums, a.SHA256); a.IsPicture() {
			mine[a.SHA256] = mine[a.SHA256] || access.MayTake(actor, a)
		}
	}
	found := map[string]Preview{}
	if len(sums) == 0 {
		return found, nil
	}
	rows, err := s.queries.Previews(ctx, sums)
	if err != nil {
		return nil, fmt.Errorf("read what is known of pictures: %w", err)
	}
	for _, r := range rows {
		p := Preview{State: r.State, Reason: r.Reason, Width: int(r.Width), Height: int(r.Height), Original: mine[r.Sha256],
			Claim: Claim{TakenAt: r.TakenAt, Latitude: r.Latitude, Longitude: r.Longitude}}
		if !p.Original {
			p.Latitude, p.Longitude = nil, nil
		}
		found[r.Sha256] = p
	}
	used, err := s.used(ctx, actor, files, sums)
	for sum, places := range used {
		p := found[sum]
		p.Used = places
		found[sum] = p
	}
	return found, err
}

// used are the places where the content of files is on record, by SHA-256, where that is more than one: of all cases for whoever sees all, for everybody else among the
// files that they read anyway.
func (s *Store) used(ctx context.Context, actor process.Actor, files []process.Attachment, sums []string) (map[string][]process.Used, error) {
	used := map[string][]process.Used{}
	if viewers(actor) != nil {
		for _, a := range files {
			if a.Revision == 1 {
				used[a.SHA256] = append(used[a.SHA256], process.Used{Round: a.Round, Attachment: a.Number})
			}
		}
	} else {
		rows, err := s.queries.FilesOfContent(ctx, sums)
		if err != nil {
			return nil, fmt.Errorf("look where files are on record: %w", err)
		}
		for _, r := range rows {
			used[r.Sha256] = append(used[r.Sha256], process.Used{CaseID: r.CaseID, Case: r.CaseNumber, Round: int(r.Round), Attachment: int(r.Number)})
		}
	}
	maps.DeleteFunc(used, func(_ string, places []process.Used) bool { return len(places) < 2 })
	return used, nil
}

// PreviewState returns the state of the preview of the content with the SHA-256; "" where it is no picture.
func (s *Store) PreviewState(ctx context.Context, sha string) (string, error) {
	rows, err := s.queries.Previews(ctx, []string{sha})
	if err != nil {
		return "", fmt.Errorf("read the preview of %s: %w", sha, err)
	}
	if len(rows) == 0 {
		return "", nil
	}
	return rows[0].State, nil
}

// RemakePreview has the previews of a picture made again, whose bytes are gone.
func (s *Store) RemakePreview(ctx context.Context, sha string, now time.Time) error {
	if err := s.queries.RemakePreview(ctx, now, sha); err != nil {
		return fmt.Errorf("have the preview of %s made again: %w", sha, err)
	}
	return nil
}
