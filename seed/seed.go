package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
)

// asOf is the day the report speaks of.
const asOf = "2024-11-15"

// Begin is when the demo zone's own time begins: nine on the Monday after the day the report speaks of.
func Begin() time.Time { return clock.NewDate(2024, time.November, 18).Start().Add(9 * time.Hour) }

// Publish makes the shipped definitions known to the zone. It can be repeated, and runs at every start.
func Publish(ctx context.Context, s *store.Store) error {
	for _, kind := range kinds.All() {
		shipped, err := definitions.Shipped(kind)
		if err != nil {
			return err
		}
		for _, d := range shipped {
			if err := s.Publish(ctx, kind.Kind, d.Edition(), d); err != nil {
				return err
			}
		}
	}
	now, err := s.ZoneTime(ctx, time.Now())
	if err != nil {
		return err
	}
	library, err := Library()
	if err != nil {
		return err
	}
	if err := s.ShipLibrary(ctx, library, now); err != nil {
		return err
	}
	return s.ShipCalendar(ctx, now)
}

// ErrRealZone means that the database holds a zone that is not the demo's: the demo would stand in its place.
var ErrRealZone = errors.New("the database holds a zone that is not the demo; set PARKWAY_MIGRATE_DATABASE_URL to an empty database for the demo zone")

// Loaded reports whether all of the demo zone is there.
func Loaded(ctx context.Context, s *store.Store) (bool, error) { return s.Completed(ctx, store.Loaded) }

// Load loads the demo zone, where there is no zone or the zone is the demo: what the report says and the examples beside it happen one after the
// other, each at its own time, with the reminders that fall between, and the zone's clock goes on from Begin. Keys and ids are derived from the
// data: a run that was interrupted is taken up where it ended, and what people have changed since stays. now is the machine's time.
func Load(ctx context.Context, s *store.Store, now time.Time) error {
	d, err := read()
	if err != nil {
		return err
	}
	park, err := s.Park(ctx)
	switch {
	case errors.Is(err, store.ErrNoPark):
	case err != nil:
		return err
	case !park.Demo || park.ID != id("park", d.Park.Code):
		return fmt.Errorf("%s: %w", park.Name, ErrRealZone)
	default:
		if done, err := Loaded(ctx, s); err != nil || done {
			return err
		}
	}
	l := loader{store: s, now: now, data: d, issued: map[string]string{}, opened: map[string]opening{}}
	for _, step := range []func(context.Context) error{l.zone, l.people, l.care, l.channel, l.remember, l.live, l.settle} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return s.Complete(ctx, store.Loaded, now)
}

type loader struct {
	store *store.Store
	now   time.Time // of the machine
	data  data
	done  map[string]bool // the keys of deeds that an interrupted run has carried out
	old   bool            // an older program began to load the zone, in the machine's time
	alive bool            // this run has carried something out

	opened map[string]opening // the deeds of people by their keys: what they opened is found by them
	issued map[string]string  // the number of the last letter of a case, by its id
}

// mostLetters is more than the demo issues.
const mostLetters = 200

// remember finds out what an interrupted run has carried out, and in which time the zone lives.
func (l *loader) remember(ctx context.Context) (err error) {
	if l.done, err = l.store.KeysOf(ctx, process.Import); err != nil {
		return err
	}
	rows, _, err := l.store.Letters(ctx, process.Actor{Type: process.Person, Roles: []process.Role{process.Auditor}}, store.LetterAsk{}, "", mostLetters)
	if err != nil {
		return fmt.Errorf("read the letters that an interrupted run issued: %w", err)
	}
	last := map[string]int32{}
	for _, r := range rows {
		if r.Seq >= last[r.CaseID] {
			last[r.CaseID], l.issued[r.CaseID] = r.Seq, r.Number
		}
	}
	ahead, _, err := l.store.DemoClock(ctx)
	l.old = !l.now.Add(ahead).Before(Begin().AddDate(1, 0, 0))
	return err
}

// id derives an id from what a thing is and is called.
func id(kind, name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("parkway-demo/"+kind+"/"+name)).String()
}

func (l *loader) zone(ctx context.Context) error {
	p := l.data.Park
	park := store.Park{ID: id("park", p.Code), Code: p.Code, Name: p.Name, ShortName: p.ShortName, Letters: p.Letters, Demo: true}
	if err := l.store.AddPark(ctx, park); err != nil {
		return err
	}
	if err := l.store.StartDemoClock(ctx, Begin().Sub(l.now)); err != nil {
		return fmt.Errorf("start the demo's clock: %w", err)
	}
	if err := Publish(ctx, l.store); err != nil {
		return err
	}
	for kind, names := range l.data.Units {
		for _, name := range names {
			if err := l.store.AddUnit(ctx, park.ID, store.Unit{ID: id("unit", name), Name: name, Kind: kind}); err != nil {
				return fmt.Errorf("add the unit %s: %w", name, err)
			}
		}
	}
	for _, e := range l.data.Enterprises {
		full := e.Name
		if e.Invented {
			full = e.Name + "（虚构示例）"
		}
		_, err := l.store.AddEnterprise(ctx, store.Enterprise{ID: id("enterprise", e.Name), Name: full, ShortName: e.Name, Sector: e.Sector, Invented: e.Invented, Aliases: e.Aliases})
		if _, taken := err.(*process.Refusal); err != nil && !taken { //nolint:errorlint // the refusal is returned as it is
			return err
		}
	}
	for _, c := range l.data.Campaigns {
		started, ended, err := days(c.Started, c.Ended)
		if err != nil {
			return err
		}
		if err := l.store.AddCampaign(ctx, park.ID, store.Campaign{ID: id("campaign", c.Name), Name: c.Name, StartedOn: started, EndedOn: ended}); err != nil {
			return fmt.Errorf("add the campaign %s: %w", c.Name, err)
		}
	}
	return l.inspected(ctx, park.ID)
}

func days(first, second string) (clock.Date, clock.Date, error) {
	a, err := clock.ParseDate(first)
	if err != nil {
		return a, a, err
	}
	b, err := clock.ParseDate(second)
	return a, b, err
}

func (l *loader) people(ctx context.Context) error {
	hash, err := auth.Hash(auth.DemoPassword)
	if err != nil {
		return fmt.Errorf("hash the demo password: %w", err)
	}
	park, err := l.store.Park(ctx)
	if err != nil {
		return err
	}
	for _, p := range l.data.People {
		row := accounts.AddUserParams{ID: id("user", p.Username), ParkID: park.ID, Username: p.Username, Name: p.Name, Roles: []string{p.Role}, PasswordHash: hash, Invented: true, CardNumber: p.Card}
		if p.Unit != "" {
			unit := id("unit", p.Unit)
			row.UnitID = &unit
		}
		if p.Enterprise != "" {
			enterprise := id("enterprise", p.Enterprise)
			row.EnterpriseID = &enterprise
		}
		if err := l.store.Accounts().AddUser(ctx, row); err != nil {
			return fmt.Errorf("add the account %s: %w", p.Username, err)
		}
	}
	return l.planned(ctx, park.ID) // they name people
}

// care names the heads of the sections, and who looks after which enterprise, where nobody has been named yet.
func (l *loader) care(ctx context.Context) error {
	units, err := l.store.Units(ctx)
	if err != nil {
		return err
	}
	headed := map[string]bool{}
	for _, u := range units {
		headed[u.Name] = u.HeadID != ""
	}
	for unit, username := range l.data.Heads {
		if headed[unit] {
			continue
		}
		if err := l.store.SetHead(ctx, id("unit", unit), id("user", username)); err != nil {
			return fmt.Errorf("name the head of %s: %w", unit, err)
		}
	}
	officers := []string{}
	for _, p := range l.data.People {
		if p.Role == string(process.LiaisonOfficer) {
			officers = append(officers, id("user", p.Username))
		}
	}
	by := map[string]string{} // enterprise → the officer of its first project
	for _, p := range l.data.Projects {
		if by[p.Enterprise] == "" {
			by[p.Enterprise] = id("user", p.Liaison)
		}
	}
	for i, e := range l.data.Enterprises {
		officer := by[e.Name]
		if officer == "" {
			officer = officers[i%len(officers)]
		}
		found, _, err := l.store.Enterprises(ctx, process.Actor{Type: process.Import}, e.Name, "", 1)
		if err != nil {
			return err
		}
		if len(found) != 1 {
			continue
		}
		care, err := l.store.Care(ctx, found[0].ID)
		if err != nil {
			return fmt.Errorf("read who looks after %s: %w", e.Name, err)
		}
		if care.LiaisonID != "" || care.DepartmentID != "" {
			continue
		}
		if err := l.store.SetCare(ctx, found[0].ID, officer, id("unit", l.data.Department)); err != nil {
			return fmt.Errorf("say who looks after %s: %w", e.Name, err)
		}
	}
	return nil
}

// channel gives everybody the channel that stays on the machine.
func (l *loader) channel(ctx context.Context) error {
	return l.store.AddSink(ctx, id("channel", "sink"), "演示收件箱")
}
