package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// related finds the case that a case belongs to or is about to, and what belongs to one of them, as far as the rules ask. In the door both are held
// as they are until the command is done (docs/decisions/0036).
func (l lookup) related(ctx context.Context, c process.Case, needs process.Needs, found *process.Found) error {
	if needs.Children {
		return l.children(ctx, c.ID, found)
	}
	if needs.Parent == "" {
		return nil
	}
	parent, err := l.other(ctx, c, needs.Parent)
	if parent == nil || err != nil {
		return err
	}
	found.Parent = parent
	if !needs.Siblings {
		return nil
	}
	return l.children(ctx, parent.ID, found)
}

// other is another case that is meant, as far as rules ask; nil: there is none.
func (l lookup) other(ctx context.Context, c process.Case, named string) (*process.Parent, error) {
	kind, id, err := l.parent(ctx, c, named)
	if kind == "" || err != nil {
		return nil, err
	}
	entry, ok := kinds.Of(kind)
	if !ok {
		return nil, nil
	}
	subject, err := loadSubject(ctx, l.q, entry, id)
	if err != nil {
		return nil, fmt.Errorf("read the case %s, which case %s is about: %w", id, c.ID, err)
	}
	other := process.ParentOf(subject)
	return &other, nil
}

// around answers what the rules ask of the zone beside the case: its departments, the cases that wait, the cases named.
func (l lookup) around(ctx context.Context, c process.Case, rules process.Rules, needs process.Needs, found *process.Found) error {
	if needs.RulesOf != "" {
		latest, err := l.q.LatestDefinition(ctx, c.ParkID, string(needs.RulesOf))
		if err != nil {
			return fmt.Errorf("read the latest definition of %s: %w", needs.RulesOf, err)
		}
		other, _ := kinds.Of(needs.RulesOf) // there is a definition of it
		if found.Rules, err = other.Rules(latest.Body); err != nil {
			return err
		}
	}
	if needs.Departments {
		rows, err := l.q.Departments(ctx, c.ParkID)
		if err != nil {
			return fmt.Errorf("list the departments: %w", err)
		}
		for _, r := range rows {
			found.Departments = append(found.Departments, process.Party{Kind: process.HeldByUnit, ID: r.ID, Name: r.Name})
		}
	}
	if summoning, ok := rules.(process.Summoning); ok && needs.Waiting {
		rows, err := l.q.CasesWaiting(ctx, c.ParkID, summoning.Summons())
		if err != nil {
			return fmt.Errorf("list the cases that wait: %w", err)
		}
		for _, r := range rows {
			found.Waiting = append(found.Waiting, process.Parent{Case: process.Case{ID: r.ID, Kind: process.Kind(r.Kind), Number: r.Number, Title: r.Title, Stage: r.Stage}})
		}
	}
	for _, named := range needs.Others {
		other, err := l.other(ctx, process.Case{ID: c.ID, ParkID: c.ParkID}, named)
		if err != nil {
			return err
		}
		if other != nil {
			found.Others = append(found.Others, *other)
		}
	}
	return nil
}

// parent is the case meant: of one that is on file the one it has, of one to be opened the one named by id or number, where the actor may see it. "":
// there is none.
func (l lookup) parent(ctx context.Context, c process.Case, named string) (process.Kind, string, error) {
	if c.ParentID != "" {
		kind, err := l.q.KindOfCase(ctx, c.ParentID)
		if err != nil {
			return "", "", fmt.Errorf("look what case %s belongs to: %w", c.ID, err)
		}
		return process.Kind(kind), c.ParentID, nil
	}
	var id *string
	if known, ok := value.ID(named); ok {
		id = &known
	}
	row, err := l.q.FindParent(ctx, c.ParkID, id, named)
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

// belonging asks what belongs to a case whose gate is passed, together with everything else that is asked while entering.
func (l lookup) belonging(ctx context.Context, id string, gate bool) step {
	return func(q *sqlc.Queries) (err error) {
		if gate {
			l.known.children, err = q.Children(ctx, &id)
		}
		return err
	}
}

// children reads what belongs to a case: in the door held as it is, on a page as it stands.
func (l lookup) children(ctx context.Context, id string, found *process.Found) error {
	rows, err := []sqlc.ChildrenRow{}, error(nil)
	switch {
	case l.known == nil:
		var shown []sqlc.ChildrenToShowRow
		shown, err = l.q.ChildrenToShow(ctx, &id)
		for _, r := range shown {
			rows = append(rows, sqlc.ChildrenRow(r))
		}
	case l.known.counted:
		rows = l.known.children
	default:
		rows, err = l.q.Children(ctx, &id)
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
	child := process.Child{ID: r.ID, Kind: process.Kind(r.Kind), Slot: r.Stage, State: r.State, Done: r.Done, Number: r.Number, Title: r.Title, Round: int(r.Round), DueOn: r.DueOn, Holder: r.HolderName}
	if err := json.Unmarshal(r.Papers, &child.Papers); err != nil {
		return child, fmt.Errorf("understand the papers of %s: %w", r.Number, err)
	}
	return child, nil
}

// follow keeps what has to happen to other cases because of the deed, in its transaction.
func (d *door) follow(ctx context.Context, was, is process.Subject, ups []process.FollowUp) ([]step, error) {
	steps := []step{}
	at, before, after := d.order.Call.RecordedAt, was.Header(), is.Header()
	heed := casework.Heed{}
	if manager := was.People().ManagerID; manager != is.People().ManagerID {
		heed.ManagerWas = manager
	}
	if d.locked != nil && (heed.ManagerWas != "" || before.Done != after.Done || before.Stage != after.Stage || before.State != after.State) {
		input, err := json.Marshal(heed)
		if err != nil {
			return nil, err
		}
		steps = append(steps, func(q *sqlc.Queries) error {
			return q.LetChildrenHeed(ctx, sqlc.LetChildrenHeedParams{Version: after.Version, Input: input, CreatedAt: at, Because: after.ID})
		})
	}
	for i, up := range ups {
		input, err := json.Marshal(up.Input)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", up.Command, err)
		}
		id := up.CaseID
		if id == "" {
			id = uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "parkway:follows:%s:%d:%d", after.ID, after.Version, i)).String()
		}
		row := sqlc.AddFollowUpParams{Because: after.ID, Version: after.Version, CaseID: id, Kind: string(up.Kind), Command: string(up.Command), Input: input, CreatedAt: at}
		steps = append(steps, func(q *sqlc.Queries) error { return q.AddFollowUp(ctx, row) })
	}
	return steps, nil
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
	rows, err := s.queries.FollowUps(ctx, of, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list what follows from deeds: %w", err)
	}
	ups := make([]FollowUp, 0, len(rows))
	for _, r := range rows {
		call := process.Call{Key: fmt.Sprintf("follows/%d", r.ID), Actor: process.TheClock(), OccurredAt: at, RecordedAt: at}
		ups = append(ups, FollowUp{ID: r.ID, Order: process.Order{CaseID: r.CaseID, Command: process.Name(r.Command), Input: r.Input, Call: call}})
	}
	return ups, nil
}

// CarryFollowUps carries out what has to happen because of deeds, of one case or with "" of all, and returns how much of it was left. carry returns a
// *process.Refusal when the rules do not let it happen: then it is not tried again. What could not be tried holds up nothing else.
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
		says := ""
		if refusal != nil && refusal.Code != process.NothingChanged {
			says = refusal.Error()
			s.log.Warn("what should have followed from a deed was refused", "command", up.Order.Command, "case_id", up.Order.CaseID, "why", says)
		}
		failed = errors.Join(failed, s.queries.EndFollowUp(ctx, &at, says, up.ID))
	}
	return left, failed
}

// followUpsAtOnce bounds one round of it; what is left is found again.
const followUpsAtOnce = 500
