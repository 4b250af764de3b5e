package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Counting is in what a case's running clock counts, with the calendar it was reckoned by.
type Counting struct {
	Unit     clock.Unit
	Calendar clock.Calendar
}

// Counting returns in what the running clocks of the cases count, by the case's id; one without a running clock is left out. Whoever asks sees the
// cases already. Calendars are read once: a version never changes.
func (s *Store) Counting(ctx context.Context, ids []string) (map[string]Counting, error) {
	rows, err := s.queries.Counting(ctx, onlyUUIDs(ids))
	if err != nil {
		return nil, fmt.Errorf("read in what %d clocks count: %w", len(ids), err)
	}
	all := make(map[string]Counting, len(rows))
	for _, r := range rows {
		counting := Counting{Unit: clock.Unit(r.Unit)}
		if counting.Unit == clock.WorkingDay {
			if counting.Calendar, err = s.CalendarVersion(ctx, r.Calendar); err != nil {
				return nil, err
			}
		}
		all[r.CaseID] = counting
	}
	return all, nil
}
