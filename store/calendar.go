package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Calendar returns the working calendar in force.
func (s *Store) Calendar(ctx context.Context) (clock.Calendar, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return clock.Calendar{}, err
	}
	return s.currentCalendar(ctx, s.queries, park.ID)
}

// CalendarVersion returns a version of the calendar by its name, for instance the one a verdict was given by.
func (s *Store) CalendarVersion(ctx context.Context, version string) (clock.Calendar, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return clock.Calendar{}, err
	}
	key := "calendar named/" + park.ID + "/" + version
	if known, ok := s.definitions.Load(key); ok {
		return known.(clock.Calendar), nil
	}
	seq, err := s.queries.CalendarSeq(ctx, park.ID, version)
	if errors.Is(err, pgx.ErrNoRows) {
		return s.shipped, nil
	}
	if err != nil {
		return clock.Calendar{}, fmt.Errorf("find calendar %s: %w", version, err)
	}
	cal, err := s.calendarAt(ctx, s.queries, park.ID, seq)
	if err == nil {
		s.definitions.Store(key, cal)
	}
	return cal, err
}

func (s *Store) currentCalendar(ctx context.Context, q *sqlc.Queries, parkID string) (clock.Calendar, error) {
	seq, err := q.CurrentCalendar(ctx, parkID)
	if err != nil {
		return clock.Calendar{}, fmt.Errorf("find the calendar in force: %w", err)
	}
	return s.calendarAt(ctx, q, parkID, seq)
}

// calendarAt reads a version once: versions never change. Before the first one there is the shipped calendar.
func (s *Store) calendarAt(ctx context.Context, q *sqlc.Queries, parkID string, seq int32) (clock.Calendar, error) {
	if seq == 0 {
		return s.shipped, nil
	}
	key := "calendar/" + parkID + "/" + strconv.Itoa(int(seq))
	if known, ok := s.definitions.Load(key); ok {
		return known.(clock.Calendar), nil
	}
	row, err := q.Calendar(ctx, parkID, seq)
	if err != nil {
		return clock.Calendar{}, fmt.Errorf("read calendar %d: %w", seq, err)
	}
	cal := clock.Calendar{Version: row.Version, Special: map[clock.Date]clock.Special{}, Beneath: map[clock.Date]clock.Special{}}
	if err := errors.Join(json.Unmarshal(row.Years, &cal.Years), json.Unmarshal(row.Hours, &cal.Hours)); err != nil {
		return cal, fmt.Errorf("understand calendar %d: %w", seq, err)
	}
	days, err := q.CalendarDays(ctx, parkID, seq)
	if err != nil {
		return cal, fmt.Errorf("read the days of calendar %d: %w", seq, err)
	}
	for _, d := range days {
		cal.Lay(d.Day, clock.Special{Kind: clock.DayKind(d.Kind), Name: d.Name, List: int(d.List)})
	}
	s.definitions.Store(key, cal)
	return cal, nil
}

func (l lookup) calendar(ctx context.Context, c process.Case) (clock.Calendar, error) {
	if l.known != nil {
		return l.store.calendarAt(ctx, l.q, c.ParkID, l.known.calendar)
	}
	return l.store.currentCalendar(ctx, l.q, c.ParkID)
}

// CalendarEntry is a version of the calendar as its history shows it.
type CalendarEntry = sqlc.CalendarHistoryRow

// CalendarHistory returns the versions, newest first.
func (s *Store) CalendarHistory(ctx context.Context) ([]CalendarEntry, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.CalendarHistory(ctx, park.ID)
}

// Change is the paper work of a new version of the calendar.
type Change struct {
	Reason string
	By     process.Actor
	At     time.Time
	Undoes int // the version that is taken back; 0: none
	Base   string
}

// PublishCalendar puts a calendar into force as the next version and returns its number. It refuses with StaleVersion when another version
// than change.Base is in force by now. The first version needs no base.
func (s *Store) PublishCalendar(ctx context.Context, cal clock.Calendar, change Change) (int, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return 0, err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return 0, fmt.Errorf("publish a calendar: %w", err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back
	q := s.queries.WithTx(tx)
	if err := q.LockPark(ctx, park.ID); err != nil {
		return 0, fmt.Errorf("publish a calendar: %w", err)
	}
	seq, err := q.CurrentCalendar(ctx, park.ID)
	if err != nil {
		return 0, fmt.Errorf("find the calendar in force: %w", err)
	}
	if seq > 0 {
		current, err := s.calendarAt(ctx, q, park.ID, seq)
		if err != nil {
			return 0, err
		}
		if current.Version != change.Base {
			return 0, process.Refuse(process.StaleVersion, "日历刚刚被别人改过，请重新预览。", "Somebody has changed the calendar meanwhile; preview again.")
		}
		cal.Version = fmt.Sprintf("v%d", seq+1)
	}
	if err := writeCalendar(ctx, q, park.ID, seq+1, cal, change); err != nil {
		return 0, err
	}
	if err := tx.Commit(ctx); err != nil {
		return 0, fmt.Errorf("publish a calendar: %w", err)
	}
	return int(seq + 1), nil
}

func writeCalendar(ctx context.Context, q *sqlc.Queries, parkID string, seq int32, cal clock.Calendar, change Change) error {
	years, err := json.Marshal(cal.Years)
	if err != nil {
		return err
	}
	if cal.Hours == nil {
		cal.Hours = []clock.Span{}
	}
	hours, err := json.Marshal(cal.Hours)
	if err != nil {
		return err
	}
	days := []map[string]any{}
	for _, said := range []map[clock.Date]clock.Special{cal.Special, cal.Beneath} {
		for day, special := range said {
			days = append(days, map[string]any{"day": day, "list": special.RuledBy(day), "kind": special.Kind, "name": special.Name})
		}
	}
	list, err := json.Marshal(days)
	if err != nil {
		return err
	}
	var undoes *int32
	if n := int32(change.Undoes); n > 0 {
		undoes = &n
	}
	if err := q.AddCalendar(ctx, sqlc.AddCalendarParams{ParkID: parkID, Seq: seq, Version: cal.Version, Years: years, Hours: hours, Reason: change.Reason,
		ByID: change.By.ID, ByName: change.By.Name, CreatedAt: change.At, Undoes: undoes}); err != nil {
		return fmt.Errorf("write calendar %s: %w", cal.Version, err)
	}
	if err := q.AddCalendarDays(ctx, parkID, seq, list); err != nil {
		return fmt.Errorf("write the days of calendar %s: %w", cal.Version, err)
	}
	return nil
}

// SettleCalendar notes that every open case has been reckoned by a version, and how many moved.
func (s *Store) SettleCalendar(ctx context.Context, seq, moved int, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return s.queries.SettleCalendar(ctx, sqlc.SettleCalendarParams{ParkID: park.ID, Seq: int32(seq), Moved: int32(moved), SettledAt: &at})
}

// ShipCalendar puts the calendar that Parkway ships into force when the zone has none yet. It can be repeated.
func (s *Store) ShipCalendar(ctx context.Context, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	seq, err := s.queries.CurrentCalendar(ctx, park.ID)
	if err != nil || seq > 0 {
		return err
	}
	_, err = s.PublishCalendar(ctx, s.shipped, Change{Reason: "随软件提供：国务院办公厅历年节假日安排", By: process.Actor{Name: "园程"}, At: at})
	return err
}

// CalendarBefore returns the calendar as it was before a version: what undoing the version restores.
func (s *Store) CalendarBefore(ctx context.Context, seq int) (clock.Calendar, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return clock.Calendar{}, err
	}
	current, err := s.queries.CurrentCalendar(ctx, park.ID)
	if err != nil {
		return clock.Calendar{}, fmt.Errorf("find the calendar in force: %w", err)
	}
	if seq < 2 || int32(seq) != current {
		return clock.Calendar{}, process.Refuse(process.StaleVersion, "只能撤销最近一次日历调整，请刷新页面。", "Only the latest change of the calendar can be undone; reload the page.")
	}
	return s.calendarAt(ctx, s.queries, park.ID, int32(seq)-1)
}

// Unsettled is a calendar in force by which open cases have not been reckoned yet.
type Unsettled = sqlc.UnsettledCalendarRow

// unreachedFor is how long a calendar's batch that could not reach every case rests before it is tried again.
const unreachedFor = 30 * time.Minute

// UnsettledCalendar returns the calendar in force when it was published before the instant and its batch has not ended, else nil.
func (s *Store) UnsettledCalendar(ctx context.Context, before time.Time) (*Unsettled, error) {
	park, err := s.Park(ctx)
	if errors.Is(err, ErrNoPark) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lately := before.Add(-unreachedFor)
	row, err := s.queries.UnsettledCalendar(ctx, park.ID, before, &lately)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for a calendar that is not settled: %w", err)
	}
	return &row, nil
}
