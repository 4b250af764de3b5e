package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
)

// officer adds another officer of a department.
func (b *bundle) officer(t *testing.T, unit, username string) process.Actor {
	t.Helper()
	a := process.Actor{Type: process.Person, ID: uuid.NewString(), Name: username, Roles: []process.Role{process.Department}, UnitID: unit}
	require.NoError(t, b.Store.Accounts().AddUser(t.Context(), accounts.AddUserParams{ID: a.ID, ParkID: b.Park.ID, Username: username, Name: username,
		Roles: []string{string(process.Department)}, PasswordHash: "-", UnitID: &a.UnitID}))
	return a
}

// bureau adds a department with one officer.
func (b *bundle) bureau(t *testing.T, name string) process.Actor {
	t.Helper()
	id := uuid.NewString()
	require.NoError(t, b.Store.AddUnit(t.Context(), b.Park.ID, store.Unit{ID: id, Name: name, Kind: "department"}))
	return b.officer(t, id, name)
}

// kindOf is a case with its kind.
type kindOf struct {
	id   string
	kind process.Kind
}

// muddle makes cases of two enterprises and lets them go through random hands: units, single officers, nudges, deputies, referrals.
func (b *bundle) muddle(t *testing.T, dice *rand.Rand, officers []process.Actor) []kindOf {
	t.Helper()
	var cases []kindOf
	leader, pm := b.As(process.Leader), b.As(process.ProjectManager)
	for i := range 16 {
		enterprise := []string{b.Enterprise, b.Rival}[dice.IntN(2)]
		if i%4 == 3 {
			h := uuid.NewString()
			record := hazard.Record{EnterpriseID: enterprise, Location: "库房", Description: "通道堵塞", Level: hazard.General, AllTheSame: "另一处"}
			if i == 11 { // landlord and tenant
				record.AlsoIDs = slices.DeleteFunc([]string{b.Enterprise, b.Rival}, func(id string) bool { return id == enterprise })
			}
			b.do(t, b.As(process.SafetySupervisor), h, hazard.RecordName, record)
			if i%8 == 3 {
				b.do(t, b.As(process.SafetySupervisor), h, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(3), InspectorIDs: []string{b.Second.ID}})
				order := b.order(t, process.TheClock(), h, hazard.Kind.Does(casework.RemindVerb), casework.Remind{})
				order.Call.RecordedAt = b.now.AddDate(0, 2, 0) // every rung has come, the referral to the department too
				order.Call.OccurredAt = order.Call.RecordedAt
				_, err := b.Store.Apply(t.Context(), order)
				require.NoError(t, err)
			}
			cases = append(cases, kindOf{h, hazard.Kind})
			continue
		}
		id, open := uuid.NewString(), b.project("lead")
		open.EnterpriseID = enterprise
		b.do(t, pm, id, project.OpenName, open)
		to := officers[dice.IntN(len(officers))]
		switch dice.IntN(4) {
		case 0:
			b.do(t, leader, id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: to.UnitID, Reason: "请出具意见"})
		case 1:
			b.do(t, leader, id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByPerson, ToID: to.ID, Reason: "请出具意见"})
			b.do(t, leader, id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByPerson, ToID: pm.ID, Reason: "收回"})
		case 2:
			b.do(t, leader, id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByEnterprise, ToID: enterprise, Reason: "请补材料"})
			b.do(t, leader, id, project.Kind.Does(casework.NudgeVerb), casework.Nudge{})
		}
		cases = append(cases, kindOf{id, project.Kind})
	}
	return cases
}

// TestSightIsOneRule: for every actor and case, what Go answers for one case is what the lists, the search and the counts hold, and everything
// somebody has a notice of opens.
func TestSightIsOneRule(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			dice := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // a test's dice
			regulator := b.bureau(t, "县应急局")
			officers := []process.Actor{b.As(process.Department), b.bureau(t, "县自规局"), regulator, b.officer(t, regulator.UnitID, "副手")}
			require.NoError(t, b.Store.SetCare(t.Context(), b.Enterprise, "", regulator.UnitID))
			require.NoError(t, b.Store.SetCare(t.Context(), b.Rival, "", b.Bureau))
			today := clock.DateOf(b.now)
			require.NoError(t, b.Store.AddAbsence(t.Context(), regulator.ID, officers[3].ID, "出差", today, today.AddDays(3), today))
			cases := b.muddle(t, dice, officers)
			nobody := process.Actor{Type: process.Person, ID: uuid.NewString(), Name: "无"}
			actors := append(slices.Clone(officers), b.Contact, b.RivalOne, b.Second, b.As(process.Leader), b.As(process.Auditor), nobody)
			seen := 0
			for _, actor := range actors {
				seen += b.agree(t, actor, cases)
			}
			require.Greater(t, seen, len(cases)*4, "some narrow sight too")
			b.backfilled(t)
		})
	}
}

// backfilled holds what the migration finds in cases, events and notices from before against what the triggers wrote since.
func (b *bundle) backfilled(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	sight := func() []string {
		rows, err := conn.Query(t.Context(), "SELECT party_id || ' ' || case_id FROM sight ORDER BY party_id, case_id")
		require.NoError(t, err)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err)
		return lines
	}
	written := sight()
	_, err = conn.Exec(t.Context(), "DELETE FROM sight")
	require.NoError(t, err)
	migration, err := os.ReadFile("migrations/0007_sight.sql")
	require.NoError(t, err)
	_, backfill, found := strings.Cut(string(migration), "FOR EACH STATEMENT EXECUTE FUNCTION see_when_told();")
	require.True(t, found)
	backfill, _, _ = strings.Cut(backfill, ";")
	_, err = conn.Exec(t.Context(), backfill)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "INSERT INTO sight (party_id, case_id, since) SELECT (a ->> 'id')::uuid, c.id, c.opened_at FROM cases AS c CROSS JOIN LATERAL jsonb_array_elements(c.also) AS a ON CONFLICT DO NOTHING") // what came after it
	require.NoError(t, err)
	require.Equal(t, written, sight())
}

// agree holds all answers about one actor's sight against each other and returns how many cases they see.
func (b *bundle) agree(t *testing.T, actor process.Actor, cases []kindOf) int {
	t.Helper()
	ctx := t.Context()
	listed := []string{}
	projects, _, err := b.Store.Projects(ctx, actor, store.Conditions{}, "", 500, b.now)
	require.NoError(t, err)
	for _, r := range projects {
		listed = append(listed, r.ID)
	}
	totals, err := b.Store.ListTotals(ctx, actor, project.Kind, store.Conditions{}, b.now)
	require.NoError(t, err)
	require.Equal(t, len(projects), totals.Count)
	hazards, _, err := b.Store.Hazards(ctx, actor, store.Conditions{}, "", 500, b.now)
	require.NoError(t, err)
	for _, r := range hazards {
		listed = append(listed, r.ID)
	}
	found := []string{}
	for _, words := range []string{"莱卡织造", "通道堵塞"} {
		hits, err := b.Store.Search(ctx, actor, words, 500)
		require.NoError(t, err)
		for _, h := range hits.Cases {
			if !slices.Contains(found, h.ID) {
				found = append(found, h.ID)
			}
		}
	}
	require.ElementsMatch(t, listed, found, "the search and the lists")
	for _, c := range cases {
		require.Equal(t, slices.Contains(listed, c.id), b.opens(t, actor, c), "%s %v, case %s", actor.Name, actor.Roles, c.id)
	}
	if actor.ID == "" {
		return len(listed)
	}
	notices, _, err := b.Store.Notices(ctx, actor.ID, 0, 500)
	require.NoError(t, err)
	for _, n := range notices {
		require.Contains(t, listed, n.CaseID, "%s was told of a case that does not open: %s", actor.Name, n.Kind)
	}
	return len(listed)
}

// opens asks every way to one case and returns their one answer.
func (b *bundle) opens(t *testing.T, actor process.Actor, c kindOf) bool {
	t.Helper()
	ctx := t.Context()
	var answers []bool
	for _, ask := range []func() error{
		func() error {
			if c.kind == hazard.Kind {
				_, err := b.Store.Hazard(ctx, actor, c.id)
				return err
			}
			_, err := b.Store.Project(ctx, actor, c.id, clock.DateOf(b.now))
			return err
		},
		func() error { _, err := b.Store.History(ctx, actor, c.id, 0, 5); return err },
		func() error { _, err := b.Store.Verify(ctx, actor, c.id); return err },
		func() error { _, err := b.Store.Deadlines(ctx, actor, c.id, b.now); return err },
	} {
		err := ask()
		var refusal *process.Refusal
		if err != nil {
			require.True(t, errors.As(err, &refusal) && refusal.Code == process.NotFound, "%v", err)
		}
		answers = append(answers, err == nil)
	}
	require.Len(t, slices.Compact(answers), 1, "one answer")
	return answers[0]
}

// TestListsOfNarrowSightUseTheIndex holds the plan of the list of projects for a department and an enterprise among thousands of cases: it begins
// at what is in sight and reads no other case.
func TestListsOfNarrowSightUseTheIndex(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "请出具意见"})
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `INSERT INTO cases (id, park_id, kind, number, title, definition_version, version, state, stage, enterprise_id, enterprise_name,
		opened_at, updated_at, head_hash, holder_kind, holder_id) SELECT gen_random_uuid(), c.park_id, c.kind, 'T-' || n, c.title, c.definition_version, 1, c.state, c.stage,
		$2, 'x', c.opened_at, c.updated_at, c.head_hash, 'person', gen_random_uuid() FROM cases AS c, generate_series(1, 6000) AS n WHERE c.id = $1`, id, b.Rival)
	require.NoError(t, err)
	for _, statement := range []string{"INSERT INTO projects SELECT (jsonb_populate_record(p, jsonb_build_object('case_id', c.id))).* FROM projects AS p, cases AS c WHERE p.case_id = $1 AND c.number LIKE 'T-%'"} {
		_, err = conn.Exec(t.Context(), statement, id)
		require.NoError(t, err)
	}
	_, err = conn.Exec(t.Context(), "ANALYZE")
	require.NoError(t, err)
	for name, viewers := range map[string][]string{"department": {b.As(process.Department).ID, b.Bureau}, "enterprise": {b.Enterprise}} {
		rows, err := conn.Query(t.Context(), "EXPLAIN "+listOf(t, b.Park.ID, viewers, false))
		require.NoError(t, err)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err)
		plan := strings.Join(lines, "\n")
		require.Contains(t, plan, "sight_pkey", "%s:\n%s", name, plan)
		require.NotContains(t, plan, "Seq Scan on cases", "%s:\n%s", name, plan)
		require.NotContains(t, plan, "Seq Scan on projects", "%s:\n%s", name, plan)
		var listed [2][]string
		for i, wide := range []bool{false, true} { // both ways to the same list
			rows, err := conn.Query(t.Context(), "SELECT id::text FROM ("+listOf(t, b.Park.ID, viewers, wide)+") AS list")
			require.NoError(t, err)
			listed[i], err = pgx.CollectRows(rows, pgx.RowTo[string])
			require.NoError(t, err)
		}
		require.Equal(t, []string{id}, listed[0], name)
		require.Equal(t, listed[0], listed[1], name)
	}
}

// listOf is the list of projects as it stands in the queries, for somebody who goes by the ids.
func listOf(t *testing.T, park string, viewers []string, wide bool) string {
	t.Helper()
	text, err := os.ReadFile("queries/list.sql")
	require.NoError(t, err)
	_, query, found := strings.Cut(string(text), "-- name: List :many\n")
	require.True(t, found)
	query, _, _ = strings.Cut(query, ";\n")
	query = strings.ReplaceAll(query, "sqlc.narg(viewers)", "'{"+strings.Join(viewers, ",")+"}'")
	query = strings.ReplaceAll(query, "sqlc.narg(done)", "false") // as the pages ask
	query = regexp.MustCompile(`sqlc\.narg\(\w+\)`).ReplaceAllString(query, "NULL")
	query = strings.ReplaceAll(query, "sqlc.arg(after_due)", "'-infinity'")
	query = strings.NewReplacer("@by_words", "false", "@broad", "false", "@by_number", "false", "@back", "false", "@by::", "''::", "@none_said", "''", "@none_counted", "0", "@ranks", "'{}'", "@outcomes", "'{}'", "@after_said", "''",
		"@after_counted", "0", "@kind", "'project'").Replace(query)
	return strings.NewReplacer("@wide", fmt.Sprint(wide), "@park_id", "'"+park+"'", "@after_id", "'00000000-0000-0000-0000-000000000000'", "@size", "51").Replace(query)
}
