package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// The rows of channels and messages.
type (
	// ChannelRow is a channel with its secrets locked.
	ChannelRow = sqlc.ChannelsRow
	// MessageRow is what one person was told at one time, and how it fared.
	MessageRow = sqlc.MessagesRow
	// NoticeCount is how many notices a message is about in all, and how many of them are red.
	NoticeCount = sqlc.CountMessageNoticesRow
	// NoticeLine is one notice of a message as the composer gets it.
	NoticeLine = sqlc.MessageNoticesRow
	// Absence is a time somebody is away, with the deputy.
	Absence = sqlc.AbsencesRow
	// Deputy is somebody who may stand in.
	Deputy = sqlc.DeputiesRow
	// Habits are how and when a person wants to be told.
	Habits = sqlc.HabitsRow
)

// Channels returns the zone's channels by name.
func (s *Store) Channels(ctx context.Context) ([]ChannelRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.Channels(ctx, park.ID)
}

// SaveChannel adds a channel or changes it. Secrets that are left empty stay as they were.
func (s *Store) SaveChannel(ctx context.Context, c notify.Channel, safe *notify.Safe) (string, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return "", err
	}
	if c.ID == "" {
		c.ID = uuid.NewString()
	} else if row, err := s.queries.Channel(ctx, park.ID, c.ID); err == nil {
		c.Kind = notify.Kind(row.Kind)
		if kept, err := safe.Open(row.ID, row.Secrets); err == nil {
			c.Secrets = merged(kept, c.Secrets)
		}
	}
	if err := works(c); err != nil {
		return "", err
	}
	settings, err := json.Marshal(c.Settings)
	if err != nil {
		return "", err
	}
	locked, err := safe.Lock(c.ID, c.Secrets)
	if err != nil {
		return "", fmt.Errorf("lock the secrets of channel %s: %w", c.Name, err)
	}
	err = s.queries.SaveChannel(ctx, sqlc.SaveChannelParams{ID: c.ID, ParkID: park.ID, Kind: string(c.Kind), Name: c.Name, Settings: settings, Secrets: locked,
		PerMinute: int32(c.Kind.PerMinute())})
	if raced(err) {
		return "", process.RefuseField("name", "已经有同名的渠道。", "There is a channel of this name already.")
	}
	return c.ID, err
}

// works refuses a channel that cannot work, naming every setting that is missing or wrong.
func works(c notify.Channel) error {
	faults := c.Faults()
	if len(faults) == 0 {
		return nil
	}
	refusal := process.Refuse(process.InvalidInput, faults[0].Words, faults[0].Words)
	for _, f := range faults {
		refusal = refusal.With(process.Field{Name: f.Setting, Chinese: f.Words, English: f.Words})
	}
	return refusal
}

// ChangeChannel is SaveChannel of one that is there, on record with who did it. Its secrets have to be given anew when the program's secret key
// was lost; whoever uses the channel goes on using it.
func (s *Store) ChangeChannel(ctx context.Context, by process.Actor, c notify.Channel, safe *notify.Safe, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	if len(onlyUUIDs([]string{c.ID})) == 0 {
		return noRecord()
	}
	row, err := s.queries.Channel(ctx, park.ID, c.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return noRecord()
	}
	if err != nil {
		return fmt.Errorf("read channel %s: %w", c.ID, err)
	}
	_, lost := safe.Open(row.ID, row.Secrets)
	if lost != nil && c.Secrets == (notify.Secrets{}) && (notify.Kind(row.Kind) != notify.Mail || c.Settings.User != "") {
		field := "url"
		if notify.Kind(row.Kind) == notify.Mail {
			field = "password"
		}
		return process.RefuseField(field, "原来的密钥读不出来，请重新填写。", "Its secrets cannot be read any more: give them anew.")
	}
	if _, err := s.SaveChannel(ctx, c, safe); err != nil {
		return err
	}
	changes := []Changed{}
	if row.Name != c.Name {
		changes = append(changes, Changed{Field: "name", Old: row.Name, New: c.Name})
	}
	if c.Secrets != (notify.Secrets{}) {
		changes = append(changes, Changed{Field: "secrets", New: "••••"})
	}
	settings, err := json.Marshal(c.Settings)
	if err != nil {
		return err
	}
	var before notify.Settings
	if json.Unmarshal(row.Settings, &before) != nil || before != c.Settings {
		changes = append(changes, Changed{Field: "settings", Old: string(row.Settings), New: string(settings)})
	}
	return s.Note(ctx, by, "channels", c.ID, c.Name, "changed", "", changes, at)
}

func merged(kept, given notify.Secrets) notify.Secrets {
	if given.URL == "" {
		given.URL = kept.URL
	}
	if given.Sign == "" {
		given.Sign = kept.Sign
	}
	if given.Password == "" {
		given.Password = kept.Password
	}
	return given
}

// Channel returns a channel with its secrets, to be sent over.
func (s *Store) Channel(ctx context.Context, id string, safe *notify.Safe) (notify.Channel, error) {
	park, err := s.Park(ctx)
	if err != nil || len(onlyUUIDs([]string{id})) == 0 {
		return notify.Channel{}, notFound()
	}
	row, err := s.queries.Channel(ctx, park.ID, id)
	if err != nil {
		return notify.Channel{}, notFound()
	}
	c := notify.Channel{ID: row.ID, Kind: notify.Kind(row.Kind), Name: row.Name}
	if err := json.Unmarshal(row.Settings, &c.Settings); err != nil {
		return c, err
	}
	c.Secrets, err = safe.Open(row.ID, row.Secrets)
	return c, err
}

// DisableChannel takes a channel out of use, or back into it when at is nil.
func (s *Store) DisableChannel(ctx context.Context, id string, at *time.Time) error {
	park, err := s.Park(ctx)
	if err = errors.Join(err, isID(id)); err != nil {
		return err
	}
	n, err := s.queries.SetChannelDisabled(ctx, at, park.ID, id)
	if err := oneRow(n, err, "disable the channel"); err != nil || at != nil {
		return err
	}
	return s.queries.WakeResting(ctx, nil, &id)
}

// Messages returns a page of messages, newest first; status narrows it to one state.
func (s *Store) Messages(ctx context.Context, status string, before int64, size int) ([]MessageRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	return s.queries.Messages(ctx, sqlc.MessagesParams{Before: before, Status: given(status), ParkID: park.ID, Size: int32(size)})
}

// DeadMessages returns how many messages reached nobody.
func (s *Store) DeadMessages(ctx context.Context) (int, error) {
	n, err := s.queries.CountDead(ctx)
	return int(n), err
}

// Resend tries a dead message again, from the person's first channel on.
func (s *Store) Resend(ctx context.Context, id int64, now time.Time) error {
	n, err := s.queries.ResendMessage(ctx, &now, id)
	return oneRow(n, err, "resend the message")
}

// Routes returns the person's channels, the first one first.
func (s *Store) Routes(ctx context.Context, userID string) ([]string, error) {
	return s.queries.Routes(ctx, userID)
}

// Habits returns how and when a person wants to be told.
func (s *Store) Habits(ctx context.Context, userID string) (Habits, error) {
	return s.queries.Habits(ctx, userID)
}

// CheckHabits refuses a mailbox and a mobile number that cannot be, naming both.
func CheckHabits(h Habits) error {
	mailbox, mobile := regexp.MustCompile(`^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$`), regexp.MustCompile(`^\+?[0-9 -]{6,20}$`)
	var wrong *process.Refusal
	if h.Email != "" && !mailbox.MatchString(h.Email) {
		wrong = process.RefuseField("email", "邮箱应写成 name@example.org 的样子。", "Write the mailbox like name@example.org.")
	}
	if h.Mobile == "" || mobile.MatchString(h.Mobile) {
		if wrong == nil {
			return nil
		}
		return wrong
	}
	number := process.RefuseField("mobile", "手机号只能有数字。", "A mobile number has digits only.")
	if wrong == nil {
		return number
	}
	return wrong.With(number.Fields...)
}

// SetHabits changes how and when a person wants to be told, and over which channels in which order.
func (s *Store) SetHabits(ctx context.Context, userID string, h Habits, channels []string) error {
	if err := CheckHabits(h); err != nil {
		return err
	}
	there, err := s.Channels(ctx)
	if err != nil {
		return fmt.Errorf("look for the channels: %w", err)
	}
	for _, id := range channels {
		if !slices.ContainsFunc(there, func(c ChannelRow) bool { return c.ID == id }) {
			return process.RefuseField("channels", "没有这个渠道，请重新选择。", "There is no such channel; choose again.")
		}
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("change the habits of %s: %w", userID, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back
	q := s.queries.WithTx(tx)
	if err := q.SetHabits(ctx, sqlc.SetHabitsParams{ID: userID, Email: h.Email, Mobile: h.Mobile, DigestMinute: h.DigestMinute, QuietFrom: h.QuietFrom, QuietTo: h.QuietTo}); err != nil {
		return fmt.Errorf("change the habits of %s: %w", userID, err)
	}
	if err := q.ClearRoutes(ctx, userID); err != nil {
		return fmt.Errorf("change the channels of %s: %w", userID, err)
	}
	for i, id := range onlyUUIDs(channels) {
		if err := q.AddRoute(ctx, userID, id, int32(i)+1); err != nil {
			return fmt.Errorf("change the channels of %s: %w", userID, err)
		}
	}
	if err := q.WakeResting(ctx, &userID, nil); err != nil {
		return fmt.Errorf("wake the messages of %s: %w", userID, err)
	}
	return tx.Commit(ctx)
}

// Absences returns the person's absences that are not over.
func (s *Store) Absences(ctx context.Context, userID string, today clock.Date) ([]Absence, error) {
	return s.queries.Absences(ctx, userID, today)
}

// absentAtMost is for how many months an absence is put on record at once: a longer one is a slip, or the end of somebody's service.
const absentAtMost = 12

// AddAbsence says that a person is away and who stands in.
func (s *Store) AddAbsence(ctx context.Context, userID, deputyID, reason string, from, to, today clock.Date) error {
	var wrong *process.Refusal
	note := func(r *process.Refusal) {
		if wrong == nil {
			wrong = r
			return
		}
		wrong = wrong.With(r.Fields...)
	}
	if from.IsZero() {
		note(process.RefuseEmpty("from_on", process.Day))
	}
	switch {
	case to.IsZero():
		note(process.RefuseEmpty("to_on", process.Day))
	case to.Before(from):
		note(process.RefuseField("to_on", "止日不能早于起日。", "The last day is not before the first."))
	case to.Before(today):
		note(process.RefuseField("to_on", "这段时间已经过去。", "That time is past."))
	}
	if deputyID == "" || deputyID == userID || len(onlyUUIDs([]string{deputyID})) == 0 {
		note(process.RefuseField("deputy_id", "请选择代理人。", "Choose who stands in."))
	}
	if wrong != nil {
		return wrong
	}
	reason, err := process.Optional("reason", reason, process.TitleLimit)
	if err != nil {
		return err
	}
	if !from.Plausible() || !to.Plausible() {
		return process.Refuse(process.ImpossibleDate, "日期应在 1900 年到 2199 年之间，请核对。", "A day lies between 1900 and 2199.").At("to_on")
	}
	if to.After(from.AddMonths(absentAtMost)) {
		return process.RefuseField("to_on", "一次最多登记一年，请核对日期。", "At most a year at once; check the days.")
	}
	way, err := s.queries.AbsenceInTheWay(ctx, sqlc.AbsenceInTheWayParams{UserID: userID, DeputyID: deputyID, FromOn: from, ToOn: to})
	switch {
	case err != nil:
		return fmt.Errorf("look what stands in the way of the absence of %s: %w", userID, err)
	case way.Same:
		return process.RefuseField("deputy_id", "这段时间里已经登记由这个人代理；要改日期，请先取消原来的。", "They stand in on these days already; end that first to change the days.")
	case way.Circle:
		return process.RefuseField("deputy_id", "代理人这段时间也不在，而且轮到你代理，那样就没有人收到通知；请另选代理人。", "They are away too on these days and you stand in for them, so nobody would be told; choose somebody else.")
	}
	added, err := s.queries.AddAbsence(ctx, sqlc.AddAbsenceParams{UserID: userID, DeputyID: deputyID, FromOn: from, ToOn: to, Reason: reason})
	if err != nil {
		return fmt.Errorf("add the absence of %s: %w", userID, err)
	}
	if added == 0 {
		return process.RefuseField("deputy_id", "代理人要选在用的同事：园区工作人员互相代理，部门人员由本部门的人代理，企业联系人由本企业的人代理。",
			"Choose a colleague whose account is in use: staff stand in for staff, and people of a department or an enterprise for their own.")
	}
	return nil
}

// Deputies returns who may stand in for a person.
func (s *Store) Deputies(ctx context.Context, userID string) ([]Deputy, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.Deputies(ctx, park.ID, userID)
}

// EndAbsence takes an absence back.
func (s *Store) EndAbsence(ctx context.Context, userID string, id int64) error {
	n, err := s.queries.EndAbsence(ctx, id, userID)
	return oneRow(n, err, "end the absence")
}

// TellMorning queues the morning digest, one notice for each leader and day, and what the plan of inspections asks of each, and returns how many. A day that is not worked
// has none.
func (s *Store) TellMorning(ctx context.Context, now time.Time) (int, error) {
	park, cal, err := s.parkAndCalendar(ctx)
	if err != nil {
		return 0, err
	}
	day := clock.DateOf(now)
	if !cal.Works(day) {
		return 0, nil
	}
	figures, err := s.queries.DigestFigures(ctx, now, park.ID, now.Add(7*24*time.Hour))
	if err != nil {
		return 0, fmt.Errorf("count for the digest: %w", err)
	}
	holders, err := s.queries.LateHolders(ctx, park.ID, now)
	if err != nil {
		return 0, fmt.Errorf("count for the digest: %w", err)
	}
	proposed, err := s.proposedStatuses(ctx, park.ID, day)
	if err != nil {
		return 0, err
	}
	about, err := json.Marshal(map[string]any{"day": day, "proposed": len(proposed), "overdue": figures.Overdue, "week": figures.Week, "escalated": figures.Escalated, "provisional": figures.Provisional, "holders": holders})
	if err != nil {
		return 0, err
	}
	n, err := s.queries.TellLeaders(ctx, now, about, park.ID)
	if err != nil {
		return 0, fmt.Errorf("queue the digest: %w", err)
	}
	visits, err := s.tellVisitsDue(ctx, park, cal, now)
	return int(n) + visits, err
}
