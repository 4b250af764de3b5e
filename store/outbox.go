package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// planAtOnce is how many notices one round of planning takes.
const planAtOnce = 5000

// How long a message waits for more before it goes: until nothing new came for a while and nothing is being fired any more, but no longer than
// the cap. This is what turns ten thousand reminders in a minute into one digest for each person.
const (
	settle  = 10 * time.Second
	capRed  = 10 * time.Minute
	capCalm = 30 * time.Minute
)

// PlanMessages groups the notices that no message has taken yet by person. It returns how many it took.
func (s *Store) PlanMessages(ctx context.Context, now time.Time) (int, error) {
	cal, err := s.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return 0, fmt.Errorf("plan messages: %w", err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back
	q := s.queries.WithTx(tx)
	rows, err := q.UnplannedNotices(ctx, planAtOnce)
	if err != nil {
		return 0, fmt.Errorf("read unplanned notices: %w", err)
	}
	people, order := map[string]*pile{}, []string{}
	for _, r := range rows {
		p := people[r.UserID]
		if p == nil {
			p = &pile{}
			people[r.UserID], order = p, append(order, r.UserID)
		}
		p.add(r, cal)
	}
	slices.Sort(order) // everybody locks in one order
	for _, user := range order {
		p := people[user]
		p.message.UserID = user
		id, err := q.OpenMessage(ctx, p.message)
		if err != nil {
			return 0, fmt.Errorf("plan a message: %w", err)
		}
		if err := q.PlanNotices(ctx, &id, &now, p.ids); err != nil {
			return 0, fmt.Errorf("plan notices: %w", err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		return 0, fmt.Errorf("plan messages: %w", err)
	}
	return len(rows), nil
}

// pile is what one person is to be told.
type pile struct {
	message sqlc.OpenMessageParams
	ids     []int64
}

func (p *pile) add(r sqlc.UnplannedNoticesRow, cal clock.Calendar) {
	habits := notify.Habits{Digest: int(r.DigestMinute), QuietFrom: int(r.QuietFrom), QuietTo: int(r.QuietTo)}
	at := habits.NotBefore(ladder.Level(r.Level), r.CreatedAt, cal)
	m := &p.message
	if len(p.ids) == 0 {
		m.Level, m.NotBefore, m.NewestAt, m.FirstAt = r.Level, at, r.CreatedAt, r.CreatedAt
	}
	if at.Before(m.NotBefore) {
		m.NotBefore = at
	}
	if r.CreatedAt.After(m.NewestAt) {
		m.NewestAt = r.CreatedAt
	}
	if r.CreatedAt.Before(m.FirstAt) {
		m.FirstAt = r.CreatedAt
	}
	levels := []string{string(ladder.Info), string(ladder.Normal), string(ladder.Red)}
	if slices.Index(levels, r.Level) > slices.Index(levels, m.Level) {
		m.Level = r.Level
	}
	p.ids = append(p.ids, r.ID)
}

// DueMessages returns the messages that may go now, and when the next one may.
func (s *Store) DueMessages(ctx context.Context, now time.Time, size int) ([]int64, time.Time, error) {
	backlog, err := s.queries.Backlog(ctx, now.Add(-2*time.Second), vain)
	if err != nil {
		return nil, now, fmt.Errorf("look for a backlog: %w", err)
	}
	ids, err := s.queries.DueMessages(ctx, sqlc.DueMessagesParams{Now: now, Settled: now.Add(-settle), Backlog: backlog, RedCap: now.Add(-capRed), Cap: now.Add(-capCalm), Size: int32(size)})
	if err != nil {
		return nil, now, fmt.Errorf("list messages: %w", err)
	}
	next, err := s.queries.NextMessage(ctx)
	if errors.Is(err, pgx.ErrNoRows) {
		return ids, now.Add(time.Hour), nil
	}
	if err != nil {
		return nil, now, fmt.Errorf("find the next message: %w", err)
	}
	return ids, next, nil
}

// Delivery is one try to bring one message to one person, begun and on record.
type Delivery struct {
	Message notify.Message
	Channel notify.Channel
	attempt int32
	tries   int32
}

// firstTry, longestTry and mostTries are the rhythm of trying again over one channel.
const (
	firstTry   = 30 * time.Second
	longestTry = 30 * time.Minute
	mostTries  = 5
)

// A message whose channels are all out of use looks again after lookAgain, and after longestRest stays in the program only: by then it is old news.
const (
	lookAgain   = 30 * time.Minute
	longestRest = 3 * 24 * time.Hour
)

// Composer writes a message from what it is about: the most pressing notices, and the count of all.
type Composer func(language string, rows []NoticeLine, count NoticeCount) (title string, lines []notify.Line, closer string)

// BeginDelivery takes a message whose time has come and puts a try on record. It returns nil when there is nothing to send: somebody else has
// it, its channel has no room this minute, or the person is reached in the program only. machine is the time of the machine, which the
// vendors' limits follow; now is the zone's.
func (s *Store) BeginDelivery(ctx context.Context, id int64, safe *notify.Safe, compose Composer, now, machine time.Time) (*Delivery, error) {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin delivery of message %d: %w", id, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back
	d, err := beginDelivery(ctx, s.queries.WithTx(tx), id, safe, compose, now, machine)
	if err != nil {
		return nil, fmt.Errorf("begin delivery of message %d: %w", id, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, fmt.Errorf("begin delivery of message %d: %w", id, err)
	}
	return d, nil
}

func beginDelivery(ctx context.Context, q *sqlc.Queries, id int64, safe *notify.Safe, compose Composer, now, machine time.Time) (*Delivery, error) {
	m, err := q.TakeMessage(ctx, id, now)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	route, err := q.NextRoute(ctx, m.UserID, m.GivenUp)
	unrouted := errors.Is(err, pgx.ErrNoRows)
	if err != nil && !unrouted {
		return nil, err
	}
	if unrouted || route.Disabled {
		return nil, rest(ctx, q, m, unrouted, now)
	}
	room, err := q.TakeToken(ctx, machine, route.ID)
	if err != nil {
		return nil, err
	}
	if room == 0 {
		wait := time.Minute - machine.Sub(route.WindowAt)
		if route.BlockedUntil != nil && route.BlockedUntil.After(machine) {
			wait = route.BlockedUntil.Sub(machine)
		}
		return nil, q.DelayMessage(ctx, ptr(now.Add(jitter(max(wait, time.Second)))), id)
	}
	before, err := q.TriesOver(ctx, id, route.ID)
	if err != nil {
		return nil, err
	}
	if before.Unanswered >= mostTries { // each time the sending process died or could not say what came of it
		return nil, q.GiveUpRoute(ctx, route.ID, &now, id)
	}
	d := &Delivery{attempt: m.Attempts + 1, tries: before.Tries}
	if d.Message, err = message(ctx, q, m, compose, now); err != nil {
		return nil, err
	}
	d.Channel = notify.Channel{ID: route.ID, Kind: notify.Kind(route.Kind), Name: route.Name}
	if err := json.Unmarshal(route.Settings, &d.Channel.Settings); err != nil {
		return nil, err
	}
	// Secrets that cannot be opened are a failure of the channel, on record like any other: an empty address is refused when it is sent.
	d.Channel.Secrets, _ = safe.Open(route.ID, route.Secrets)
	if err := q.BeginDelivery(ctx, sqlc.BeginDeliveryParams{MessageID: id, ChannelID: route.ID, Attempt: d.attempt, SentAt: now}); err != nil {
		return nil, err
	}
	// Should this process die before the answer comes, the message is tried again after the lease.
	return d, q.LeaseMessage(ctx, d.attempt, ptr(now.Add(2*time.Minute)), id)
}

// rest is what becomes of a message that no channel in use can take. It is dead only when every channel of the person has failed it: one that an
// administrator took out of use kills none, the message waits for it.
func rest(ctx context.Context, q *sqlc.Queries, m sqlc.TakeMessageRow, unrouted bool, now time.Time) error {
	switch {
	case !unrouted && (m.RestingSince == nil || now.Before(m.RestingSince.Add(longestRest))):
		return q.RestMessage(ctx, ptr(now.Add(jitter(lookAgain))), now, m.ID)
	case len(m.GivenUp) > 0:
		return q.EndMessage(ctx, "dead", &now, m.ID)
	}
	return q.EndMessage(ctx, "in_app", &now, m.ID)
}

// sealed is what a message says, as it is kept from its first try on.
type sealed struct {
	Title  string        `json:"title"`
	Lines  []notify.Line `json:"lines"`
	Closer string        `json:"closer"`
	At     time.Time     `json:"at"`
}

// message returns what is sent: composed and sealed at the first try, and the same at each later one, whatever has become of the cases since. Nothing is
// added to it any more.
func message(ctx context.Context, q *sqlc.Queries, m sqlc.TakeMessageRow, compose Composer, now time.Time) (notify.Message, error) {
	result := notify.Message{ID: m.ID, To: notify.Recipient{Name: m.Name, Email: m.Email, Mobile: m.Mobile}, At: now}
	var kept sealed
	if len(m.Body) > 0 && json.Unmarshal(m.Body, &kept) == nil && !kept.At.IsZero() { // bodies sealed before they held all that is sent are composed again
		result.Title, result.Lines, result.Closer, result.At = kept.Title, kept.Lines, kept.Closer, kept.At
		return result, nil
	}
	rows, err := q.MessageNotices(ctx, &m.ID, 100)
	if err != nil {
		return result, err
	}
	count, err := q.CountMessageNotices(ctx, &m.ID)
	if err != nil {
		return result, err
	}
	result.Title, result.Lines, result.Closer = compose(m.Language, rows, count)
	result.At = now.UTC().Truncate(time.Second)
	body, err := json.Marshal(sealed{result.Title, result.Lines, result.Closer, result.At})
	if err != nil {
		return result, err
	}
	return result, q.SealMessage(ctx, &now, body, m.ID)
}

// EndDelivery puts the outcome of a try on record. A failure is tried again later over the same channel, then over the person's next one, and
// ends as a dead letter when none is left.
func (s *Store) EndDelivery(ctx context.Context, d *Delivery, failure error, now, machine time.Time) error {
	id := d.Message.ID
	end := sqlc.EndDeliveryParams{MessageID: id, Attempt: d.attempt, Status: "delivered", EndedAt: &now}
	if failure == nil {
		if err := s.queries.EndDelivery(ctx, end); err != nil {
			return fmt.Errorf("end delivery of message %d: %w", id, err)
		}
		return s.queries.EndMessage(ctx, "delivered", &now, id)
	}
	end.Status, end.Reason = "failed", storable(failure.Error())
	if err := s.queries.EndDelivery(ctx, end); err != nil {
		return fmt.Errorf("end delivery of message %d: %w", id, err)
	}
	why := &notify.Failure{Reason: failure.Error()}
	errors.As(failure, &why)
	if why.After > 0 {
		if err := s.queries.BlockChannel(ctx, ptr(machine.Add(why.After)), d.Channel.ID); err != nil {
			return fmt.Errorf("block channel %s: %w", d.Channel.ID, err)
		}
	}
	if why.Permanent || d.tries+1 >= mostTries {
		return s.queries.GiveUpRoute(ctx, d.Channel.ID, &now, id)
	}
	return s.queries.DelayMessage(ctx, ptr(now.Add(waitFor(d.tries, why))), id)
}

// storable is text that the database takes, whoever wrote it: an outcome that could not be put on record would be tried for ever.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")
}

// waitFor is how long until the next try: doubling, with jitter, and never sooner than the vendor asked.
func waitFor(tries int32, why *notify.Failure) time.Duration {
	return max(jitter(min(firstTry<<min(tries, 10), longestTry)), why.After)
}

// jitter spreads moments by a fifth either way, so that what failed together is not tried again together.
func jitter(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64())) //nolint:gosec // no secret depends on it
}

func ptr[T any](v T) *T { return &v }
