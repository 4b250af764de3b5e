package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// lookup finds, inside the door's transaction, what a command's decision needs beside the case. What could be known before the case was read has
// been asked together with it.
type lookup struct {
	store *Store
	q     *sqlc.Queries
	park  string
	day   clock.Date
	actor process.Actor
	ids   []string // of the parties the command mentions
	files []string // of the uploads it brings
	known *known   // nil outside the door
}

// known is what was asked while entering.
type known struct {
	calendar   int32
	definition int32
	counted    bool // the deed passes a gate: open hazards were counted
	hazards    process.Hazards
	asked      []string
	parties    []sqlc.FindPartiesRow
	uploads    []sqlc.FindUploadsRow
	children   []sqlc.ChildrenRow // of a case whose gate is passed
	likeness   *process.Likeness  // of what is put on file, where its rules ask what may be the same
	alike      []process.Alike
}

func (d *door) lookup(command process.Act) lookup {
	l := lookup{store: d.store, q: d.q, park: d.park, day: d.order.Call.Day(), actor: d.order.Call.Actor, known: &known{}}
	for _, id := range []string{d.order.Call.Actor.ID, d.order.Call.Actor.UnitID} {
		if id != "" {
			l.ids = append(l.ids, id)
		}
	}
	if command.Opens {
		l.known.likeness = command.Needs(d.kind.Blank()).Alike
	}
	if m, ok := command.Input.(process.Mentioner); ok {
		l.ids = append(l.ids, m.Mentions()...)
	}
	if b, ok := command.Input.(process.Bearer); ok {
		for _, e := range b.Brings() {
			l.files = append(l.files, e.UploadID)
		}
	}
	return l
}

// people asks for the parties named and for those the case may go to by itself.
func (l lookup) people(ctx context.Context, caseID string) step {
	l.known.asked = onlyUUIDs(l.ids)
	return func(q *sqlc.Queries) (err error) {
		l.known.parties, err = q.FindParties(ctx, l.known.asked, caseID, l.park)
		return err
	}
}

// received asks for the files brought along.
func (l lookup) received(ctx context.Context, caseID string) step {
	ids := onlyUUIDs(l.files)
	return func(q *sqlc.Queries) (err error) {
		if len(ids) > 0 {
			l.known.uploads, err = q.FindUploads(ctx, sqlc.FindUploadsParams{ParkID: l.park, Ids: ids, CaseID: caseID, Viewers: viewers(l.actor)})
		}
		return err
	}
}

// remember keeps what the door heard while entering.
func (l lookup) remember(stands sqlc.EnterRow) {
	l.known.calendar, l.known.definition = stands.Calendar, stands.Definition
}

// directory returns the parties that are known among those mentioned; the rules refuse the others by name.
func (l lookup) directory(ctx context.Context, c process.Case) (process.Directory, error) {
	found := process.Directory{}
	rows := l.known.parties
	missing := slices.DeleteFunc(onlyUUIDs(l.ids), func(id string) bool {
		return slices.Contains(l.known.asked, id) || slices.ContainsFunc(rows, func(r sqlc.FindPartiesRow) bool { return r.ID == id })
	})
	if len(missing) > 0 {
		more, err := l.q.FindParties(ctx, missing, c.ID, c.ParkID)
		if err != nil {
			return nil, fmt.Errorf("find the people and bodies named: %w", err)
		}
		rows = append(slices.Clone(rows), more...)
	}
	for _, r := range rows {
		party := process.Party{Kind: process.HolderKind(r.Kind), ID: r.ID, Name: r.Name, EnterpriseID: r.EnterpriseID, UnitID: r.UnitID, Disabled: r.Disabled, Became: r.Became, Card: r.Card, Roles: rolesOf(r.Roles)}
		found[r.ID] = party
	}
	if actor := l.actor; actor.Type == process.Person && actor.Through == "" && found[actor.ID].Disabled {
		return nil, process.Refuse(process.NotAllowed, "你的账号已停用。", "Your account has ended.")
	}
	return found, l.successors(ctx, c, found)
}

func (l lookup) uploads() map[string]process.Upload {
	found := map[string]process.Upload{}
	for _, r := range l.known.uploads {
		u := process.Upload{ID: r.ID, Name: r.Name, MediaType: r.MediaType, Size: r.Size, SHA256: r.Sha256, UploadedBy: r.UploadedBy}
		if r.UsedCase != "" {
			if u.Used = (&process.Used{CaseID: r.UsedCase, Round: int(r.UsedRound), Attachment: int(r.UsedAs)}); r.UsedSeen {
				u.Used.Case = r.UsedNumber
			}
		}
		found[r.ID] = u
	}
	return found
}

// openHazards counts the hazards that are open where a project is built and at its enterprise, unless they were counted while entering.
func (l lookup) openHazards(ctx context.Context, projectID string) (process.Hazards, error) {
	switch {
	case projectID == "":
		return process.Hazards{}, nil
	case l.known != nil && l.known.counted:
		return l.known.hazards, nil
	}
	n, err := l.q.OpenHazards(ctx, projectID)
	if err != nil {
		return process.Hazards{}, fmt.Errorf("count open hazards: %w", err)
	}
	return hazardsOf(n), nil
}

func hazardsOf(n sqlc.OpenHazardsRow) process.Hazards {
	return process.Hazards{Major: int(n.Major), General: int(n.General), Unsaid: int(n.Unsaid), Anywhere: int(n.Anywhere)}
}

// gate asks for the hazards that are open where a gate is passed, together with everything else that is asked while entering.
func (l lookup) gate(ctx context.Context, projectID string, passes bool) step {
	return func(q *sqlc.Queries) error {
		if !passes {
			return nil
		}
		n, err := q.OpenHazards(ctx, projectID)
		l.known.hazards = hazardsOf(n)
		return err
	}
}

// env is all that a command's decision needs beside the case.
func (l lookup) env(ctx context.Context, before process.Subject, command process.Act, kind process.Entry) (process.Env, error) {
	env, c := process.Env{}, *before.Header()
	var err error
	if env.Calendar, err = l.calendar(ctx, c); err != nil {
		return env, err
	}
	if env.Rules, err = l.rules(ctx, pinned(c, command.Input)); err != nil {
		return env, err
	}
	for _, post := range before.Team() {
		l = l.also(*post.ID)
	}
	if env.Found, err = l.found(ctx, c, env.Rules, command.Needs(before)); err != nil {
		return env, err
	}
	if before.Header().Version > 0 && len(process.Apart(command.Duty, env.Rules, before.Variant())) > 0 {
		if env.Found.Took, err = l.took(ctx, c.ID, kind); err != nil {
			return env, err
		}
	}
	if p := env.Found.Parent; p != nil {
		l = l.also(p.Team.ManagerID).also(p.Team.LeaderID)
	}
	env.Uploads = l.uploads()
	env.Directory, err = l.also(giver(c)).directory(ctx, c)
	return env, err
}

// took is who had a part in the case, by its events.
func (l lookup) took(ctx context.Context, caseID string, kind process.Entry) ([]process.DutyTaken, error) {
	names := []string{}
	for _, name := range kind.Parts() {
		names = append(names, string(name))
	}
	if len(names) == 0 {
		return nil, nil
	}
	rows, err := l.q.PartsTaken(ctx, caseID, names)
	if err != nil {
		return nil, fmt.Errorf("look who had a part in case %s: %w", caseID, err)
	}
	all := make([]process.DutyTaken, 0, len(rows))
	for _, r := range rows {
		all = append(all, kind.Takes(process.Name(r.Command), r.Input, r.ActorID, r.Version))
	}
	return all, nil
}

// found answers what a command or a page asks beside its case.
func (l lookup) found(ctx context.Context, c process.Case, rules process.Rules, needs process.Needs) (process.Found, error) {
	found := process.Found{}
	var err error
	if found.Hazards, err = l.openHazards(ctx, needs.HazardsOf); err != nil {
		return found, err
	}
	if needs.NoticeNumber {
		if found.NoticeNumber, err = l.noticeNumber(ctx, c, needs.NoticePaper); err != nil {
			return found, err
		}
	}
	if needs.Desk {
		if found.Desk, err = l.desk(ctx, c, needs.Letter); err != nil {
			return found, err
		}
	}
	park, err := l.store.Park(ctx)
	if err != nil {
		return found, err
	}
	found.Enforces = park.Authority == "delegated"
	found.VisitGap = visitGapOf(park)
	if needs.Levels {
		rows, err := l.q.HazardLevels(ctx, c.ParkID)
		if err != nil {
			return found, fmt.Errorf("read what levels are called: %w", err)
		}
		for _, r := range rows {
			found.Levels = append(found.Levels, process.OwnLevel{Code: r.Code, Name: r.Name, Statutory: r.Statutory})
		}
	}
	if _, ok := value.ID(needs.Campaign); ok {
		name, err := l.q.CampaignName(ctx, c.ParkID, needs.Campaign)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return found, fmt.Errorf("look for the campaign: %w", err)
		}
		if err == nil {
			found.Campaign, found.CampaignName = needs.Campaign, name
		}
	}
	if err := l.around(ctx, c, rules, needs, &found); err != nil {
		return found, err
	}
	if err := l.visits(ctx, c, rules, needs, &found); err != nil {
		return found, err
	}
	if found.Same, err = l.same(ctx, c, needs.Same); err != nil {
		return found, err
	}
	if needs.Alike != nil {
		if found.Alike, err = l.alike(ctx, c.ParkID, *needs.Alike); err != nil {
			return found, err
		}
	}
	return found, l.related(ctx, c, rules, needs, &found)
}

// pinned is the case with the version of its definition that a command needs: the one it is pinned to, or the one it is to adopt.
func pinned(c process.Case, command any) process.Case {
	if adopter, ok := command.(interface{ Adopts() int }); ok {
		c.DefinitionVersion = adopter.Adopts()
	}
	return c
}

// rules returns the version of the definition that the case is pinned to, or for a new case the latest, which it pins.
func (l lookup) rules(ctx context.Context, c process.Case) (process.Rules, error) {
	kind, ok := kinds.Of(c.Kind)
	if !ok {
		return nil, fmt.Errorf("no kind is called %q", c.Kind)
	}
	version := int32(c.DefinitionVersion)
	if version == 0 && l.known != nil {
		version = l.known.definition
	}
	if version == 0 {
		var err error
		if version, err = l.q.LatestDefinition(ctx, c.ParkID, string(c.Kind)); err != nil {
			return nil, fmt.Errorf("read the latest definition of %s: %w", c.Kind, err)
		}
	}
	rules, err := l.published(ctx, c.ParkID, kind, version)
	if err != nil {
		return nil, err
	}
	return l.called(ctx, c.ParkID, rules)
}

// published is a version as it was published, which never changes: it is read and understood once.
func (l lookup) published(ctx context.Context, parkID string, kind process.Entry, version int32) (process.Rules, error) {
	key := fmt.Sprintf("%s/%s/%d", parkID, kind.Kind, version)
	if known, ok := l.store.definitions.Load(key); ok {
		if rules, ok := known.(process.Rules); ok {
			return rules, nil
		}
	}
	body, err := l.q.DefinitionAt(ctx, parkID, string(kind.Kind), version)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, process.RefuseField("version", "没有这个版本的流程。", "There is no such version of the process.")
	}
	if err != nil {
		return nil, fmt.Errorf("read definition %s v%d: %w", kind.Kind, version, err)
	}
	rules, err := kind.Rules(body)
	if err != nil {
		return nil, fmt.Errorf("definition %s v%d: %w", kind.Kind, version, err)
	}
	l.store.definitions.Store(key, rules)
	return rules, nil
}

// called gives what a journey asks of permits the names of the catalogue in force. A version of a definition never changes, but the catalogue may get a new
// one while the program runs.
func (l lookup) called(ctx context.Context, parkID string, rules process.Rules) (process.Rules, error) {
	journey, is := rules.(lifecycle.Definition)
	if !is {
		return rules, nil
	}
	catalogue, err := l.catalogue(ctx, parkID)
	if err != nil || catalogue.Version == 0 { // none is published yet
		return rules, err
	}
	key := fmt.Sprintf("%s/%s/%d called/%d", parkID, journey.Kind, journey.Version, catalogue.Version)
	if known, ok := l.store.definitions.Load(key); ok {
		if named, ok := known.(process.Rules); ok {
			return named, nil
		}
	}
	named := journey.Called(func(id string) process.Text {
		item, _ := catalogue.Item(id) // what is not there has no name
		return item.Name
	})
	l.store.definitions.Store(key, named)
	return named, nil
}

func heldCatalogue(parkID string) string { return parkID + "/catalogue" }

// catalogue is the catalogue of permits in force; one without a version while none is published.
func (l lookup) catalogue(ctx context.Context, parkID string) (permit.Definition, error) {
	return holding(ctx, l.store, heldCatalogue(parkID), func(ctx context.Context) (permit.Definition, error) {
		version, err := l.q.LatestDefinition(ctx, parkID, string(permit.Kind))
		if errors.Is(err, pgx.ErrNoRows) {
			return permit.Definition{}, nil
		}
		if err != nil {
			return permit.Definition{}, fmt.Errorf("read the catalogue of permits: %w", err)
		}
		rules, err := l.published(ctx, parkID, permit.Entry(), version)
		if err != nil {
			return permit.Definition{}, fmt.Errorf("the catalogue of permits: %w", err)
		}
		known, _ := rules.(permit.Definition) // it was read as one
		return known, nil
	})
}

func rolesOf(names []string) []process.Role {
	var roles []process.Role
	for _, name := range names {
		roles = append(roles, process.Role(name))
	}
	return roles
}
