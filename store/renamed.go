package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// namesAtOnce is how many cases follow a change of a name at the same time.
const namesAtOnce = 3

// CarryNames lets every case say by what names people, units and enterprises go now, however those came by them: a form, a sheet, a command. Each case
// follows by a deed of its own, of whoever changed the name. It needs no engine: neither who has a case nor when it wakes changes. It returns how many cases followed. Interrupted, or run by
// several at once, it is made up for by whoever comes next. of names those whose names are carried; without, everybody's are that changed.
func (s *Store) CarryNames(ctx context.Context, now func() time.Time, of ...string) (int, error) {
	park, err := s.Park(ctx)
	if errors.Is(err, ErrNoPark) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	pending, err := s.queries.Renamed(ctx, park.ID)
	if err != nil {
		return 0, fmt.Errorf("look whose name changed: %w", err)
	}
	followed, failed := 0, error(nil)
	for _, party := range pending {
		if len(of) > 0 && !slices.Contains(of, party.PartyID) {
			continue
		}
		n, err := s.carryName(ctx, park.ID, party, now)
		followed += n
		if err != nil { // one that cannot be carried holds up no other
			failed = errors.Join(failed, fmt.Errorf("let the cases say that %s is called %s: %w", party.PartyID, party.Name, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return followed, failed
}

// carryName is CarryNames for one of them.
func (s *Store) carryName(ctx context.Context, park string, party sqlc.RenamedRow, now func() time.Time) (int, error) {
	cases, err := s.queries.SayOldName(ctx, park, party.PartyID, party.Name)
	if err != nil {
		return 0, err
	}
	by := process.Actor{Type: process.Import, Name: party.ActorName, Through: process.TheBatch}
	if party.ActorID != "" {
		by.Type, by.ID, by.Roles = process.Person, party.ActorID, process.Of(process.Administrator) // nobody else changes a register
	}
	if by.Name == "" {
		by.Name = "系统"
	}
	input, err := json.Marshal(casework.NameParty{PartyID: party.PartyID, Reason: "名称变更为“" + party.Name + "”"})
	if err != nil {
		return 0, err
	}
	var group errgroup.Group // a case that cannot follow holds up no other
	group.SetLimit(namesAtOnce)
	for _, c := range cases {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			at := now()
			_, err := s.Apply(ctx, process.Order{CaseID: c.ID, Command: process.Kind(c.Kind).Does(casework.NamePartyVerb), Input: input,
				Call: process.Call{Key: "name/" + uuid.NewString(), Actor: by, OccurredAt: at, RecordedAt: at}})
			var refusal *process.Refusal
			if errors.As(err, &refusal) && refusal.Code == process.NothingChanged { // it says so already
				return nil
			}
			if err != nil {
				return fmt.Errorf("case %s: %w", c.ID, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	return len(cases), s.queries.NameSettled(ctx, party.PartyID, party.At)
}
