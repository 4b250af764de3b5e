package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// related finds the case that a case belongs to or is about to, and what belongs to one of them, as far as the rules ask. In the door both are held
// as they are until the command is done (docs/decisions/0036).
func (l lookup) related(ctx context.Context, c process.Case, rules process.Rules, needs process.Needs, found *process.Found) error {
	if needs.Children {
		return l.children(ctx, c.ID, nil, found)
	}
	if needs.Parent == "" {
		return nil
	}
	kind, id, err := l.parent(ctx, c, needs.Parent)
	if kind == "" || err != nil {
		return err
	}
	parent, err := l.other(ctx, c, kind, id)
	if parent == nil || err != nil {
		return err
	}
	found.Parent = parent
	if _, ok := value.ID(parent.Team.ManagerID); ok && needs.Head {
		head, err := l.q.HeadOf(ctx, parent.Team.ManagerID)
		if err = orNone(err); err != nil {
			return fmt.Errorf("look who heads the section that runs case %s: %w", parent.ID, err)
		}
		if head.ID != "" {
			found.Head = process.Party{Kind: process.HeldByPerson, ID: head.ID, Name: head.Name, Roles: rolesOf(head.Roles)}
		}
	}
	if needs.InPlace && !process.HasPart(parent.Subject, l.actor, l.day) {
		absent, err := l.store.inPlaceOf(ctx, l.q, l.park, parent.Subject, l.actor, l.day)
		if err != nil {
			return err
		}
		found.InPlace = absent != ""
	}
	if !needs.Siblings {
		return nil
	}
	return l.siblings(ctx, parent.ID, rules, needs, found)
}

// other is another case that is meant, as far as rules ask; nil: there is none.
func (l lookup) other(ctx context.Context, c process.Case, kind process.Kind, id string) (*process.Parent, error) {
	entry, ok := kinds.Of(kind)
	if !ok {
		return nil, nil
	}
	subject, err := loadSubject(ctx, l.q, entry, id)
	if err != nil {
		return nil, fmt.Errorf("read the case %s, which case %s is about: %w", id, c.ID, err)
	}
	other := process.ParentOf(subject)
	if other.Rules, err = l.rules(ctx, other.Case); err != nil {
		return nil, err
	}
	if other.Slots, err = l.slots(ctx, subject); err != nil {
		return nil, err
	}
	return &other, nil
}

// slots is what the rules of a case ask of what belongs to it.
func (l lookup) slots(ctx context.Context, subject process.Subject) (process.Slots, error) {
	d, ok := subject.(process.Demanding)
	if !ok {
		return process.Slots{}, nil
	}
	rules, err := l.rules(ctx, *subject.Header())
	if err != nil {
		return process.Slots{}, err
	}
	return d.Slots(rules), nil
}

// siblings reads what else belongs to the case that one belongs to: in the door no more is held than what the rules ask for, the lower number first, so that
// two deeds do not wait for each other.
func (l lookup) siblings(ctx context.Context, parent string, rules process.Rules, needs process.Needs, found *process.Found) error {
	if needs.Slots == nil || l.known == nil {
		return l.children(ctx, parent, nil, found)
	}
	slots := needs.Slots(rules)
	if len(slots) == 0 {
		return nil
	}
	return l.children(ctx, parent, slots, found)
}

// parent is the case meant that one belongs to: of one that is on file the one it has, of one to be opened the one named by id or number, where the actor may
// see it. "": there is none.
func (l lookup) parent(ctx context.Context, c process.Case, named string) (process.Kind, string, error) {
	if c.ParentID != "" {
		kind, err := l.q.KindOfCase(ctx, c.ParentID)
		if err != nil {
			return "", "", fmt.Errorf("look what case %s belongs to: %w", c.ID, err)
		}
		return process.Kind(kind), c.ParentID, nil
	}
	return l.meant(ctx, named, func(id *string) (sqlc.FindParentRow, error) { return l.q.FindParent(ctx, c.ParkID, id, named) })
}

func (l lookup) meant(ctx context.Context, named string, find func(id *string) (sqlc.FindParentRow, error)) (process.Kind, string, error) {
	var id *string
	if known, ok := value.ID(named); ok {
		id = &known
	}
	row, err := find(id)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("look for the case %s: %w", named, err)
	}
	ids := viewers(l.actor)
	if ids == nil {
		return process.Kind(row.Kind), row.ID, nil
	}
	seen, err := l.q.InSight(ctx, row.ID, ids)
	if err != nil {
		return "", "", fmt.Errorf("look whether the case %s is in sight: %w", named, err)
	}
	if !seen {
		return "", "", nil
	}
	return process.Kind(row.Kind), row.ID, nil
}

// Called says which case somebody means by its id or its number, "" where there is none that the actor may know of.
func (s *Store) Called(ctx context.Context, actor process.Actor, named string) (number, title string, err error) {
	park, err := s.Park(ctx)
	if err != nil {
		return "", "", err
	}
	var id *string
	if known, ok := value.ID(named); ok {
		id = &known
	}
	row, err := s.queries.Called(ctx, park.ID, id, named)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("look for the case %s: %w", named, err)
	}
	if seen, err := sees(ctx, s.queries, actor, row.ID); err != nil || !seen {
		return "", "", err
	}
	if row.EnterpriseName == "" {
		return row.Number, row.Title, nil
	}
	return row.Number, row.Title + " · " + row.EnterpriseName, nil
}

// belonging asks what belongs to a case whose gate is passed, together with everything else that is asked while entering.
func (l lookup) belonging(ctx context.Context, id string, gate bool) step {
	return func(q *sqlc.Queries) (err error) {
		if !gate {
			return nil
		}
		if err = q.HoldChildren(ctx, &id, nil); err != nil {
			return err
		}
		l.known.children, err = q.Children(ctx, true, &id, nil)
		return err
	}
}

// children reads what belongs to a case: on a page all of it as it stands, in the door held as it is, of these slots or with nil of all, then with its papers.
func (l lookup) children(ctx context.Context, id string, slots []string, found *process.Found) error {
	var rows []sqlc.ChildrenRow
	var err error
	switch {
	case l.known == nil:
		rows, err = l.q.Children(ctx, false, &id, nil)
	case slots == nil && l.known.counted:
		rows = l.known.children
	default:
		if err = l.q.HoldChildren(ctx, &id, slots); err == nil {
			rows, err = l.q.Children(ctx, slots == nil, &id, slots)
		}
	}
	if err != nil {
		return fmt.Errorf("read what belongs to case %s: %w", id, err)
	}
	for _, r := range rows {
		child, err := childOf(r)
		if err != nil {
			return err
		}
		found.Children = append(found.Children, child)
	}
	return nil
}

func childOf(r sqlc.ChildrenRow) (process.Child, error) {
	day := func(text string) clock.Date {
		d, _ := clock.ParseDate(text) // "" is no day
		return d
	}
	child := process.Child{ID: r.ID, Kind: process.Kind(r.Kind), Slot: r.Stage, State: r.State, Done: r.Done, Number: r.Number, Title: r.Title, Round: int(r.Round), Result: r.Result, DueOn: r.DueOn, Part: r.Part, Holder: r.HolderName, HolderIs: process.HolderKind(r.HolderKind), Says: r.Says, What: r.What,
		Days: process.Days{AcceptedOn: day(r.AcceptedOn), PromisedOn: day(r.PromisedOn), IssuedOn: day(r.IssuedOn), ValidUntil: day(r.ValidUntil)}}
	if err := json.Unmarshal(r.Papers, &child.Papers); err != nil {
		return child, fmt.Errorf("understand the papers of %s: %w", r.Number, err)
	}
	return child, nil
}

// follow keeps what has to happen to other cases because of the deed, in its transaction. Once the steps are done, follows says how much that is.
func (d *door) follow(ctx context.Context, was, is process.Subject, ups []process.FollowUp, follows *int64) ([]step, error) {
	steps := []step{}
	*follows = int64(len(ups))
	at, before, after := d.order.Call.RecordedAt, was.Header(), is.Header()
	heed := casework.Heed{}
	renamed := before.Title != after.Title
	if renamed {
		heed.TitleWas = before.Title
	}
	began, begins := process.ParentOf(was).Began, process.ParentOf(is).Began
	if began != begins {
		heed.BeganWas = began
	}
	closed := renamed || !heed.BeganWas.IsZero() // what says the name, and what was settled by that day, may be closed
	if manager := was.People().ManagerID; manager != is.People().ManagerID {
		heed.ManagerWas = manager
	}
	heed.Addressed = before.EnterpriseID == after.EnterpriseID && !slices.Equal(before.Also, after.Also)
	closed = closed || heed.Addressed
	if d.locked != nil && (heed.Addressed || heed.ManagerWas != "" || renamed || began != begins || before.Done != after.Done || before.Stage != after.Stage || before.State != after.State) {
		input, err := json.Marshal(heed)
		if err != nil {
			return nil, err
		}
		steps = append(steps, func(q *sqlc.Queries) error {
			heeding, err := q.LetChildrenHeed(ctx, sqlc.LetChildrenHeedParams{Version: after.Version, Input: input, CreatedAt: at, Because: after.ID, Closed: closed})
			*follows += heeding // none while it is only asked
			return err
		})
	}
	if within, went := goesOn(was, is); d.locked != nil && (renamed || went) {
		input, err := json.Marshal(casework.Heed{Names: after.ID, Within: within})
		if err != nil {
			return nil, err
		}
		steps = append(steps, func(q *sqlc.Queries) error {
			heeding, err := q.LetNamingHeed(ctx, sqlc.LetNamingHeedParams{Because: after.ID, Version: after.Version, Input: input, CreatedAt: at, ParkID: d.park})
			*follows += heeding
			return err
		})
	}
	for i, up := range ups {
		input, err := json.Marshal(up.Input)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", up.Command, err)
		}
		if err := Readable(up, input); err != nil {
			return nil, err
		}
		id := up.CaseID
		if id == "" {
			id = FollowedID(after.ID, after.Version, i)
		}
		row := sqlc.AddFollowUpParams{Because: after.ID, Version: after.Version, CaseID: id, Kind: string(up.Kind), Command: string(up.Command), Input: input, CreatedAt: at}
		steps = append(steps, func(q *sqlc.Queries) error { return q.AddFollowUp(ctx, row) })
	}
	return steps, nil
}

// Readable refuses a deed from which something would have to follow that the other case could not even read: it would be lost behind the deed's back.
func Readable(up process.FollowUp, input json.RawMessage) error {
	kind, known := kinds.Of(up.Kind)
	if !known {
		return fmt.Errorf("%s follows, and there is no kind %q", up.Command, up.Kind)
	}
	_, err := kind.Read(up.Command, input)
	return err
}

// goesOn is the case that one goes on within from a deed on, if it does.
func goesOn(was, is process.Subject) (within string, went bool) {
	before, ok := was.(process.Merging)
	if !ok {
		return "", false
	}
	after, _ := is.(process.Merging) // both are of one kind
	return after.Within(), after.Within() != before.Within()
}

// FollowedID is the id of the case that is opened because of a deed: of the case that the deed made so old, and the how manieth thing that follows it is.
func FollowedID(because string, version int64, i int) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "parkway:follows:%s:%d:%d", because, version, i)).String()
}

// FollowUp is something that has to happen to a case because of a deed on another one, ready to be carried to it.
type FollowUp struct {
	ID    int64
	Order process.Order
}

// FollowUps returns what has not happened yet because of deeds, the oldest first: of one case, or with "" of all. at is when it happens.
func (s *Store) FollowUps(ctx context.Context, because string, size int, at time.Time) ([]FollowUp, error) {
	var of *string
	if because != "" {
		of = &because
	}
	before := at.Add(-retryRefused)
	rows, err := s.queries.FollowUps(ctx, of, &before, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list what follows from deeds: %w", err)
	}
	ups := make([]FollowUp, 0, len(rows))
	for _, r := range rows {
		by := process.TheClock()
		by.Behalf = r.Behalf
		call := process.Call{Key: fmt.Sprintf("follows/%d", r.ID), Actor: by, OccurredAt: at, RecordedAt: at}
		ups = append(ups, FollowUp{ID: r.ID, Order: process.Order{CaseID: r.CaseID, Command: process.Name(r.Command), Input: r.Input, Call: call}})
	}
	return ups, nil
}

// CarryFollowUps carries out what has to happen because of deeds, of one case or with "" of all, and returns how much of it was left. carry returns a
// *process.Refusal when the rules do not let it happen: then it is kept with the reason, shown (Unmet) and tried again, unless there is nothing left to do. What
// could not be tried holds up nothing else.
func (s *Store) CarryFollowUps(ctx context.Context, because string, at time.Time, carry func(context.Context, process.Order) error) (left int, err error) {
	ups, err := s.FollowUps(ctx, because, followUpsAtOnce, at)
	if err != nil {
		return 0, err
	}
	var failed error
	for _, up := range ups {
		why, refusal := carry(ctx, up.Order), (*process.Refusal)(nil)
		if why != nil && !errors.As(why, &refusal) {
			left, failed = left+1, errors.Join(failed, why, s.queries.RetryFollowUp(ctx, up.ID))
			continue
		}
		if refusal != nil && moot(refusal.Code) && refusal.Code != process.NothingChanged && owed(up.Order.Command) {
			failed = errors.Join(failed, s.loseFollowUp(ctx, up, refusal, at))
			continue
		}
		if refusal == nil || moot(refusal.Code) {
			failed = errors.Join(failed, s.queries.EndFollowUp(ctx, &at, up.ID))
			continue
		}
		left, failed = left+1, errors.Join(failed, s.refuseFollowUp(ctx, up, refusal, at))
	}
	return left, failed
}

// moot reports whether a refusal says that there is nothing left to do: it has been done, or the case has gone on without it.
func moot(code process.Code) bool {
	return code == process.NothingChanged || code == process.WrongState || code == process.Closed
}

// loseFollowUp ends what came too late to be done, and tells it on the case of the deed and on the one that it was about.
func (s *Store) loseFollowUp(ctx context.Context, up FollowUp, refusal *process.Refusal, at time.Time) error {
	report, err := s.unmetReport(ctx, up, refusal, true)
	if err != nil {
		return err
	}
	return s.queries.LoseFollowUp(ctx, sqlc.LoseFollowUpParams{ID: up.ID, Refusal: refusal.Error(), Report: report, At: at})
}

func (s *Store) refuseFollowUp(ctx context.Context, up FollowUp, refusal *process.Refusal, at time.Time) error {
	s.log.Warn("what should have followed from a deed was refused", "command", up.Order.Command, "case_id", up.Order.CaseID, "why", refusal.Error())
	text, err := json.Marshal(refusal)
	if err != nil {
		return fmt.Errorf("write why %s was refused: %w", up.Order.Command, err)
	}
	report, err := s.unmetReport(ctx, up, refusal, false)
	if err != nil {
		return err
	}
	return s.queries.RefuseFollowUp(ctx, sqlc.RefuseFollowUpParams{Refusal: refusal.Error(), Refused: text, TriedAt: &at, ID: up.ID, Report: report})
}

// retryRefused is how long what was refused rests, unless something is done to its case.
const retryRefused = 10 * time.Minute

// followUpsAtOnce bounds one round of it; what is left is found again.
const followUpsAtOnce = 500
