package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// TracksOwed counts the answers that are owed in tracks that the actor may see, by who owes them and which way the track goes: replies and results apart, and how many of each
// are late. Those with the most late ones come first.
func (s *Store) TracksOwed(ctx context.Context, actor process.Actor, now time.Time) ([]track.Owed, error) {
	park, ids, wide, err := s.scope(ctx, actor)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.TrackFigures(ctx, sqlc.TrackFiguresParams{Now: now, ParkID: park, Viewers: ids, Wide: wide})
	if err != nil {
		return nil, fmt.Errorf("count tracks: %w", err)
	}
	owed := []track.Owed{}
	for _, r := range rows {
		if r.State == track.Attend { // the zone itself is to hold it: whoever was called owes no answer yet
			continue
		}
		inward := r.Stage == track.CopyIn
		i := slices.IndexFunc(owed, func(o track.Owed) bool { return o.Party == r.Other && o.Inward == inward })
		if i < 0 {
			i = len(owed)
			owed = append(owed, track.Owed{Party: r.Other, Inward: inward})
		}
		o := &owed[i]
		switch r.State {
		case track.Reply:
			o.Reply, o.ReplyLate = o.Reply+int(r.Count), o.ReplyLate+int(r.Overdue)
		case track.Feedback:
			o.Feedback, o.FeedbackLate = o.Feedback+int(r.Count), o.FeedbackLate+int(r.Overdue)
		}
	}
	return owed, nil
}
