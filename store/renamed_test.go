package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
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
		UNION ALL SELECT 'hazards' FROM hazards AS h JOIN cases AS c ON c.id = h.case_id WHERE (CASE WHEN c.done THEN to_jsonb(h) - 'inspectors' ELSE to_jsonb(h) END)::text LIKE '%`+words+`%'
		UNION ALL SELECT 'rounds' FROM rounds AS r JOIN cases AS c ON c.id = r.case_id WHERE NOT c.done AND r.verdict = '' AND to_jsonb(r)::text LIKE '%`+words+`%'
		UNION ALL SELECT 'gate_answers' FROM gate_answers AS g JOIN cases AS c ON c.id = g.case_id WHERE NOT c.done AND to_jsonb(g)::text LIKE '%`+words+`%'
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

	b.called(t.Context(), t, register.EnterprisesName, "short_name", b.Rival, "并入前")
	require.NotEmpty(t, b.rows(t, "SELECT party_id::text FROM renamed"))
	require.NoError(t, b.merge(t.Context(), t, b.Rival, b.Enterprise))
	_, err = b.Store.CarryNames(t.Context(), func() time.Time { return b.now })
	require.NoError(t, err)
	require.Empty(t, b.rows(t, "SELECT party_id::text FROM renamed "), "one that was merged into another is nobody's any more")
}

// TestEveryNameOfAKindIsLookedFor: whose name changed is looked for wherever a kind names anybody beside an id: in the document of kinds that have no tables of
// their own, and of the others in every table that holds such a name.
func TestEveryNameOfAKindIsLookedFor(t *testing.T) {
	t.Parallel()
	b := setup(t)
	looked := b.rows(t, "SELECT table_name FROM information_schema.view_table_usage WHERE view_name = 'names_said'")
	tables := b.rows(t, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
	var walk func(reflect.Type, string, func(string))
	walk = func(of reflect.Type, at string, visit func(string)) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			return
		}
		for _, pair := range process.NamesOf(of) {
			visit(at)
			require.NotEmpty(t, of.Field(pair.Name).Name)
		}
		for i := range of.NumField() {
			field := of.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if field.IsExported() && at == "" && !field.Anonymous {
				walk(field.Type, name, visit)
			} else if field.IsExported() {
				walk(field.Type, at, visit)
			}
		}
	}
	for _, kind := range kinds.All() {
		own := string(kind.Kind) + "s"
		if !slices.Contains(tables, own) {
			own = "case_facts"
		}
		seen := 0
		walk(reflect.TypeOf(kind.Blank()), "", func(part string) {
			seen++
			switch {
			case part == "attachments", part == "passages", part == "letters": // sealed
			case slices.Contains(tables, part):
				require.Contains(t, looked, part, "%s: names in %s are not looked for", kind.Kind, part)
			default:
				require.Contains(t, looked, own, "%s: %s", kind.Kind, part)
			}
		})
		require.GreaterOrEqual(t, seen, 3, kind.Kind)
	}
	id := uuid.NewString()
	doc := `{"manager_id":"` + id + `","manager_name":"甲","steps":[{"by":{"id":"` + id + `","name":"乙"}},{"deep":[{"head_id":"` + id + `","head_name":"丙"}]}],"other_id":"x","other_name":"丁","unit_id":"` + id + `"}`
	require.Equal(t, []string{"丙", "乙", "甲"}, b.rows(t, "SELECT name FROM names_in('"+doc+"') WHERE party_id = '"+id+"' ORDER BY name COLLATE \"C\""))
}

// TestAnEnterpriseIsFoundByTheNamesItHad: whoever changed its name, and by the names of one that was merged into it; marked as such, once, and they stay when the
// record is written again without them. Going back to a name takes it off the former ones.
func TestAnEnterpriseIsFoundByTheNamesItHad(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := b.As(process.Administrator)
	doc := func() (e register.Enterprise) {
		record, err := b.Store.Record(t.Context(), register.EnterprisesName, b.Enterprise)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(record.Doc, &e))
		return e
	}
	was := doc()
	now := was
	now.Name, now.ShortName = "泗县新名字有限公司", "新名字"
	_, err := b.Store.Keep(t.Context(), admin, register.EnterprisesName, []store.Keeping{{ID: b.Enterprise, Record: now}}, b.now)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{was.Name, was.ShortName}, doc().FormerNames)
	require.Equal(t, was.Aliases, doc().Aliases)
	found := func(words string) []string {
		firms, err := b.Store.FindEnterprises(t.Context(), admin, words, 5)
		require.NoError(t, err)
		ids := []string{}
		for _, f := range firms {
			ids = append(ids, f.ID)
		}
		return ids
	}
	for _, words := range []string{was.Name, was.ShortName, "新名字"} {
		require.Equal(t, []string{b.Enterprise}, found(words), words)
	}
	now.Address = "别处" // as one who read it before sends it: former names are left out
	_, err = b.Store.Keep(t.Context(), admin, register.EnterprisesName, []store.Keeping{{ID: b.Enterprise, Record: now}}, b.now)
	require.NoError(t, err)
	require.Len(t, doc().FormerNames, 2, "left out they stay")
	_, err = b.Store.Keep(t.Context(), admin, register.EnterprisesName, []store.Keeping{{Record: register.Enterprise{Name: was.Name}}}, b.now)
	require.ErrorContains(t, err, "新名字", "a sheet of before makes no second one")
	back := doc()
	back.ShortName = was.ShortName
	_, err = b.Store.Keep(t.Context(), admin, register.EnterprisesName, []store.Keeping{{ID: b.Enterprise, Record: back}}, b.now)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{was.Name, "新名字"}, doc().FormerNames)
	require.NoError(t, b.merge(t.Context(), t, b.Rival, b.Enterprise))
	rival := b.rows(t, "SELECT name FROM enterprises WHERE id = '"+b.Rival+"'")
	require.Contains(t, doc().FormerNames, rival[0])
	require.Contains(t, found(rival[0]), b.Enterprise)
	cleared := doc()
	cleared.FormerNames = []string{}
	text, err := json.Marshal(map[string]any{"name": cleared.Name, "short_name": cleared.ShortName, "credit_code": cleared.CreditCode, "aliases": cleared.Aliases, "former_names": []string{},
		"sector": cleared.Sector, "address": cleared.Address, "liaison_id": cleared.LiaisonID, "department_id": cleared.DepartmentID})
	require.NoError(t, err)
	_, err = b.Store.Keep(t.Context(), admin, register.EnterprisesName, []store.Keeping{{ID: b.Enterprise, Record: json.RawMessage(text)}}, b.now)
	require.NoError(t, err)
	require.Empty(t, doc().FormerNames, "taken away by whoever says so")
}
