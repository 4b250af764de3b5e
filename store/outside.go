package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Outsider returns how an actor of an enterprise reads the zone's cases, knowing of the enterprise's people only the actor.
func Outsider(actor process.Actor) outside.Reader {
	return outside.Reader{EnterpriseID: actor.EnterpriseID, People: map[string]bool{actor.ID: true}}
}

// OutsiderOf is how an actor of an enterprise reads what came of their own command on a case.
func (s *Store) OutsiderOf(ctx context.Context, actor process.Actor, caseID string) (outside.Reader, error) {
	r := Outsider(actor)
	return r, others(ctx, s.queries, &r, caseID)
}

// reader returns how an actor of an enterprise reads the zone's cases; nil for everybody else, who read them as they are.
func (s *Store) reader(ctx context.Context, actor process.Actor) (*outside.Reader, error) {
	own := ownEnterprise(actor)
	if own == nil {
		return nil, nil
	}
	people, err := s.people(ctx, *own)
	if err != nil {
		return nil, err
	}
	r := Outsider(actor)
	for _, p := range people {
		r.People[p.ID] = true
	}
	return &r, nil
}

// caseReader is reader with what is needed to tell who of the other enterprises did what, where a case is addressed to several.
func (s *Store) caseReader(ctx context.Context, actor process.Actor, caseID string) (*outside.Reader, error) {
	r, err := s.reader(ctx, actor)
	if r == nil || err != nil {
		return r, err
	}
	return r, others(ctx, s.queries, r, caseID)
}

// others notes the people of the other enterprises that a case is addressed to, and the enterprises that have become part of the reader's.
func others(ctx context.Context, q *sqlc.Queries, r *outside.Reader, caseID string) (err error) {
	if r.Was, err = q.Formerly(ctx, r.EnterpriseID); err != nil {
		return fmt.Errorf("read which enterprises have become part of %s: %w", r.EnterpriseID, err)
	}
	rows, err := q.OthersAddressed(ctx, caseID, r.EnterpriseID)
	if err != nil {
		return fmt.Errorf("read whom case %s is addressed to: %w", caseID, err)
	}
	for _, row := range rows {
		if r.Others == nil {
			r.Others = map[string]string{}
		}
		r.Others[row.ID] = row.Firm
	}
	return nil
}

// Contact is somebody who speaks for an enterprise.
type Contact = sqlc.EnterprisePeopleRow

func (s *Store) people(ctx context.Context, enterpriseID string) ([]Contact, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	people, err := s.queries.EnterprisePeople(ctx, park.ID, &enterpriseID)
	if err != nil {
		return nil, fmt.Errorf("read the people of enterprise %s: %w", enterpriseID, err)
	}
	return people, nil
}

// fileReader is reader with what is needed to tell which files of the case the enterprise may read.
func (s *Store) fileReader(ctx context.Context, actor process.Actor, caseID string) (*outside.Reader, error) {
	r, err := s.reader(ctx, actor)
	if r == nil || err != nil {
		return r, err
	}
	if err := others(ctx, s.queries, r, caseID); err != nil {
		return nil, err
	}
	rows, err := s.queries.FileDeeds(ctx, caseID)
	if err != nil {
		return nil, fmt.Errorf("read what brought the files of case %s: %w", caseID, err)
	}
	r.Files = map[string]bool{}
	for _, row := range rows {
		e := process.Event{Command: process.Name(row.Command), Audience: process.Audience(row.Audience)}
		if err := json.Unmarshal(row.Actor, &e.Actor); err != nil {
			return nil, fmt.Errorf("understand who brought the files of case %s: %w", caseID, err)
		}
		if err := json.Unmarshal(row.Outcome, &e.Outcome); err != nil {
			return nil, fmt.Errorf("understand what brought the files of case %s: %w", caseID, err)
		}
		key := outside.FileKey(int(row.Number), int(row.Revision))
		known, seen := r.Files[key]
		r.Files[key] = outside.SharesFiles(e) && (known || !seen) // of several deeds at one instant all must share
	}
	return r, nil
}

// outsideProject is the project as the actor may read it.
func (s *Store) outsideProject(ctx context.Context, actor process.Actor, p Project) (Project, error) {
	if outside.Guest(actor) {
		p.Project, p.Gate = outside.GuestProject(p.Project), outside.GuestGate(p.Gate)
		return p, nil
	}
	r, err := s.fileReader(ctx, actor, p.ID)
	if r == nil || err != nil {
		return p, err
	}
	p.Project, p.Gate = r.Project(p.Project), r.Gate(p.Gate)
	return p, nil
}

// outsideHazard is the hazard as the actor may read it.
func (s *Store) outsideHazard(ctx context.Context, actor process.Actor, h Hazard) (Hazard, error) {
	r, err := s.fileReader(ctx, actor, h.ID)
	if r == nil || err != nil {
		return h, err
	}
	h.Hazard = r.Hazard(h.Hazard)
	return h, nil
}

// historyOf collects a page of events that the reader may read, newest first, out of as many as that takes.
func (s *Store) historyOf(ctx context.Context, r *outside.Reader, id string, before int64, size int) ([]process.Event, error) {
	read := []process.Event{}
	for {
		rows, err := s.queries.History(ctx, id, before, int32(size))
		if err != nil {
			return nil, fmt.Errorf("read the history of case %s: %w", id, err)
		}
		events, err := eventsOf(rows)
		if err != nil {
			return nil, err
		}
		if r != nil {
			read = append(read, r.Events(events)...)
		} else {
			read = append(read, events...)
		}
		if len(events) < size || len(read) >= size {
			return read[:min(len(read), size)], nil
		}
		before = events[len(events)-1].Version
	}
}

// shownHolder is who has a listed case as the reader may read it. manager is the name of whoever manages it, "" where the list does not say.
func shownHolder(r *outside.Reader, kind process.Kind, holderKind, id, name, manager string) (shownID, shownName string) {
	if r == nil || id == "" {
		return id, name
	}
	function := outside.HolderFunction(kind)
	if name == manager && manager != "" {
		function, _ = outside.ManagerFunction(kind)
	}
	shown := r.Holder(&process.Holder{Kind: process.HolderKind(holderKind), ID: id, Name: name}, function)
	return shown.ID, shown.Name
}

// outsideRows are the lines of a list as the reader may read them.
func outsideRows(r *outside.Reader, kind process.Kind, rows []ListRow) []ListRow {
	if r == nil {
		return rows
	}
	for i := range rows {
		row, manager := &rows[i], ""
		answers, told := outside.ManagerFunction(kind)
		if told {
			manager = row.ManagerName
		}
		row.HolderID, row.HolderName = shownHolder(r, kind, row.HolderKind, row.HolderID, row.HolderName, manager)
		_, row.ManagerName = r.Named("", row.ManagerName, answers)
		row.ClosedByID, row.ClosedBy = r.Named(row.ClosedByID, row.ClosedBy, outside.HolderFunction(kind))
	}
	return rows
}

// outsideSteps are the steps of a forecast as the reader may read them: that its own people will be told, not which of the zone's.
func outsideSteps(r *outside.Reader, steps []Foreseen) []Foreseen {
	if r == nil {
		return steps
	}
	for i := range steps {
		f := &steps[i]
		_, f.Holder = shownHolder(r, f.Kind, f.HolderKind, f.HolderID, f.Holder, "")
		own := []Reached{}
		for _, p := range f.People {
			if r.People[p.ID] {
				own = append(own, Reached{ID: p.ID, Name: p.Name, Channels: p.Channels})
			}
		}
		if len(own) == 0 && len(f.People) > 0 { // somebody is told, whose name stays inside
			own = []Reached{{Name: outside.Zone().Chinese, Channels: []string{}}}
		}
		f.People = own
	}
	return steps
}

// Heard reports whether anybody with an account hears what a party is told: an enterprise or a unit nobody of which has one is not reached, whatever lies with it.
// People are, and bodies outside are urged by those who wait for them.
func (s *Store) Heard(ctx context.Context, kind process.HolderKind, id string) (bool, error) {
	if kind != process.HeldByEnterprise && kind != process.HeldByUnit || id == "" {
		return true, nil
	}
	heard, err := s.queries.Heard(ctx, &id)
	if err != nil {
		return false, fmt.Errorf("look who hears what %s is told: %w", id, err)
	}
	return heard, nil
}
