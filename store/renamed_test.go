package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// saysStill are the tables of what is so now, one of whose rows says the words.
func (b *bundle) saysStill(t *testing.T, words string) []string {
	t.Helper()
	return b.rows(t, `SELECT 'cases ' || c.number FROM cases AS c WHERE to_jsonb(c)::text LIKE '%`+words+`%'
		UNION ALL SELECT 'cards ' || k.number FROM cards AS k WHERE to_jsonb(k)::text LIKE '%`+words+`%'
		UNION ALL SELECT 'labels ' || l.number FROM labels AS l WHERE to_jsonb(l)::text LIKE '%`+words+`%'
		UNION ALL SELECT 'projects' FROM projects AS p WHERE to_jsonb(p)::text LIKE '%`+words+`%'
		UNION ALL SELECT 'hazards' FROM hazards AS h WHERE (to_jsonb(h) - 'inspectors')::text LIKE '%`+words+`%'
		UNION ALL SELECT 'facts' FROM case_facts AS f WHERE f.facts::text LIKE '%`+words+`%'`)
}

// called gives a record of a register another name.
func (b *bundle) called(ctx context.Context, t require.TestingT, name register.Name, field, id, words string) {
	record, err := b.Store.Record(ctx, name, id)
	require.NoError(t, err)
	doc := map[string]any{}
	require.NoError(t, json.Unmarshal(record.Doc, &doc))
	doc[field] = words
	_, err = b.Store.Keep(ctx, b.As(process.Administrator), name, []store.Keeping{{ID: id, Record: doc}}, b.now)
	require.NoError(t, err)
}

// named is somebody who can get another name.
type named struct {
	register register.Name
	field    string
	id       string
	now      string // by what they go
	before   []string
}

// TestACaseSaysByWhatNameEverybodyGoes: whoever gets another name, on a zone with cases of every kind in every hand, closed ones too: nothing that says
// what is so now says the old one, the history says it still, every case is as its events tell it, and nobody got or lost a case by it.
func TestACaseSaysByWhatNameEverybodyGoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader, officer := b.As(process.ProjectManager), b.As(process.Leader), b.As(process.LiaisonOfficer)
	everybody := []*named{
		{register: register.PeopleName, field: "name", id: manager.ID}, {register: register.PeopleName, field: "name", id: leader.ID},
		{register: register.PeopleName, field: "name", id: officer.ID}, {register: register.PeopleName, field: "name", id: b.As(process.SafetySupervisor).ID},
		{register: register.PeopleName, field: "name", id: b.Second.ID},
		{register: register.UnitsName, field: "name", id: b.Bureau}, {register: register.EnterprisesName, field: "short_name", id: b.Enterprise},
	}
	n := 0
	rename := func(t require.TestingT, who *named) {
		n++
		who.before, who.now = append(who.before, who.now), fmt.Sprintf("改名%03d号", n)
		b.called(context.Background(), t, who.register, who.field, who.id, who.now)
	}
	for _, who := range everybody { // a name of their own, that stands nowhere else
		rename(t, who)
		who.before = nil
	}
	held := b.openProject(t, "lead")
	b.do(t, leader, held, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "liaison", UserID: officer.ID, Reason: "分工"})
	b.do(t, leader, held, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "leader", UserID: leader.ID, Reason: "分工"})
	passed := b.openProject(t, "lead")
	b.do(t, manager, passed, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "会办"})
	lent := b.livedHazard(t)
	fresh := b.recordHazard(t)
	b.do(t, b.As(process.SafetySupervisor), fresh, hazard.Kind.Does(casework.DelegateVerb), casework.Delegate{ToID: b.Second.ID, Reason: "出差"})
	task := b.do(t, leader, uuid.NewString(), plantask.RecordName, plantask.Record{Title: "完成一季度招商", Goal: "签约三个", ManagerID: manager.ID, DueOn: clock.DateOf(b.now).AddDays(30)}).Event.CaseID
	cases := []string{held, passed, lent, fresh, task}
	holders := b.rows(t, "SELECT id::text || coalesce(holder_id::text, '') || coalesce(holder_since::text, '') || coalesce(wake, '') || coalesce(next_wake::text, '') FROM cases ORDER BY id")
	rapid.Check(t, func(dice *rapid.T) {
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(everybody)-1), 1, 3).Draw(dice, "who") {
			rename(dice, everybody[i])
		}
		_, err := b.Store.CarryNames(t.Context(), func() time.Time { return b.now })
		require.NoError(dice, err)
		for _, who := range everybody {
			for _, words := range who.before {
				require.Empty(dice, b.saysStill(t, words), "%s, now %s", words, who.now)
			}
		}
	})
	require.Equal(t, holders, b.rows(t, "SELECT id::text || coalesce(holder_id::text, '') || coalesce(holder_since::text, '') || coalesce(wake, '') || coalesce(next_wake::text, '') FROM cases ORDER BY id"))
	for _, who := range everybody {
		if len(who.before) == 0 {
			continue
		}
		require.NotEmpty(t, b.rows(t, "SELECT e.version::text FROM events AS e WHERE e.outcome::text || e.changes::text LIKE '%"+who.before[0]+"%'"), "the history of %s", who.before[0])
	}
	for _, id := range cases {
		require.Empty(t, b.verify(t, id).Faults(), id)
	}
}

// TestANameThatDidNotReachEveryCaseIsCarriedOn: interrupted, or said by a deed that began before the name changed, the old name goes the next time.
func TestANameThatDidNotReachEveryCaseIsCarriedOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.recordHazard(t)
	b.called(t.Context(), t, register.EnterprisesName, "short_name", b.Enterprise, "莱卡新")
	n, err := b.Store.CarryNames(t.Context(), func() time.Time { return b.now })
	require.NoError(t, err)
	require.Equal(t, 1, n)
	b.superuser(t, "UPDATE cases SET enterprise_name = '莱卡织造' WHERE id = '"+id+"'") // as a deed would that read the name just before
	n, err = b.Store.CarryNames(t.Context(), func() time.Time { return b.now })
	require.NoError(t, err)
	require.Equal(t, 1, n, "a fresh change is looked at again")
	require.Empty(t, b.saysStill(t, "莱卡织造"))
	b.superuser(t, "UPDATE renamed SET at = at - interval '2 minutes'")
	_, err = b.Store.CarryNames(t.Context(), func() time.Time { return b.now })
	require.NoError(t, err)
	require.Empty(t, b.rows(t, "SELECT party_id::text FROM renamed"), "then it is done with")
}
