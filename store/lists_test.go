package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// rows reads the answer of a query as lines.
func (b *bundle) rows(t *testing.T, query string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	found, err := conn.Query(t.Context(), query)
	require.NoError(t, err)
	lines, err := pgx.CollectRows(found, pgx.RowTo[string])
	require.NoError(t, err)
	return lines
}

// TestListsSayWhatCasesSay: after random lives of cases the cards, the labels and who has dealt with what, which triggers wrote deed by deed, are what
// comes out when they are written anew from cases and events; and the sums of the board are those of the projects.
func TestListsSayWhatCasesSay(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			dice := rand.New(rand.NewPCG(seed, 11)) //nolint:gosec // a test's dice
			cases := b.muddle(t, dice, []process.Actor{b.As(process.Department), b.bureau(t, "县自规局")})
			pm := b.As(process.ProjectManager)
			for _, c := range cases {
				if c.kind != project.Kind {
					continue
				}
				title, amount := "改名织造", project.Yuan(12_00+dice.Int64N(1000))
				b.do(t, b.As(process.Leader), c.id, project.EditName, map[string]any{"title": title, "facts": project.Given{Investment: &amount}, "reason": "更正", "all_the_same": "原来登记时单位写错"})
				if dice.IntN(3) == 0 {
					b.do(t, b.As(process.Leader), c.id, project.TerminateName, project.Terminate{Cause: "other", Reason: "企业放弃"})
				}
			}
			say := func() []string {
				return append(append(b.rows(t, "SELECT k::text FROM cards AS k ORDER BY case_id"), b.rows(t, "SELECT l::text FROM labels AS l ORDER BY case_id")...),
					b.rows(t, "SELECT d::text FROM dealt AS d ORDER BY user_id, case_id")...)
			}
			written := say()
			require.Greater(t, len(written), 3*len(cases))
			b.rows(t, "SELECT 'written' FROM rebuild_lists()")
			require.Equal(t, say(), written)

			counts, err := b.Store.StageCounts(t.Context(), pm, b.now)
			require.NoError(t, err)
			totals, err := b.Store.ListTotals(t.Context(), pm, project.Kind, store.Conditions{Done: new(bool)}, b.now)
			require.NoError(t, err)
			require.Equal(t, totals, store.OpenTotals(counts))
			require.Equal(t, b.rows(t, "SELECT sum(p.investment)::text FROM projects AS p JOIN cases AS c ON c.id = p.case_id WHERE NOT c.done"), []string{totals.Investment.String()})
		})
	}
}

// TestSightIsWhatTheRuleSays: for random lives the table sight, which triggers write, holds exactly whom access.Parties names for each deed, the store
// lets exactly those through whom access.SightOf lets, and nobody was told whom access.MayBeTold forbids.
func TestSightIsWhatTheRuleSays(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			dice := rand.New(rand.NewPCG(seed, 23)) //nolint:gosec // a test's dice
			officers := []process.Actor{b.As(process.Department), b.bureau(t, "县自规局"), b.bureau(t, "县应急局")}
			actors := append(slices.Clone(officers), b.Contact, b.RivalOne, b.Second, process.TheClock(), process.Actor{Type: process.Person, ID: uuid.NewString(), Name: "无"})
			for _, role := range process.Roles() {
				actors = append(actors, b.As(role))
			}
			for _, c := range b.muddle(t, dice, officers) {
				rule := b.inSight(t, c.id)
				require.Equal(t, b.rows(t, "SELECT party_id::text FROM sight WHERE case_id = '"+c.id+"' ORDER BY party_id"), rule)
				for _, a := range actors {
					seen, err := b.Store.InSight(t.Context(), a, []string{c.id})
					require.NoError(t, err)
					require.Equal(t, access.SightOf(a).Sees(rule), len(seen) == 1, "%s %v", a.Name, a.Roles)
				}
				for _, line := range b.rows(t, `SELECT coalesce(u.enterprise_id::text, '') || '|' || c.enterprise_id || coalesce((SELECT string_agg('|' || (a ->> 'id'), '') FROM jsonb_array_elements(c.also) AS a), '') FROM notices AS n JOIN users AS u ON u.id = n.user_id
					JOIN cases AS c ON c.id = n.case_id WHERE c.id = '`+c.id+`'`) {
					who, firms, _ := strings.Cut(line, "|")
					require.True(t, access.MayBeTold(who, strings.Split(firms, "|")), line)
				}
			}
		})
	}
}

// inSight folds the case's history by the rule.
func (b *bundle) inSight(t *testing.T, id string) []string {
	t.Helper()
	events, err := b.Store.History(t.Context(), process.TheClock(), id, 0, 1000)
	require.NoError(t, err)
	about := func(column string) string {
		return b.rows(t, "SELECT "+column+"::text FROM cases WHERE id = '"+id+"'")[0]
	}
	all := process.Case{Kind: process.Kind(about("kind")), EnterpriseID: about("enterprise_id")}
	for _, further := range b.rows(t, "SELECT a ->> 'id' FROM cases AS c CROSS JOIN LATERAL jsonb_array_elements(c.also) AS a WHERE c.id = '"+id+"'") {
		all.Also = append(all.Also, process.Addressee{ID: further})
	}
	told := []process.Told{}
	for _, e := range events {
		if e.Outcome.Holder != nil {
			all.UnitIDs = append(all.UnitIDs, e.Outcome.Holder.ID)
		}
		told = append(told, e.Told...)
	}
	return access.Parties(all, told)
}

// TestACommandReadsNoConditionsItNeedNot: PostgreSQL reads a trigger's WHEN from its text at every statement of its table, whatever the statement changes. So every
// trigger that waits for changes of a case names the columns it waits for, and those that every move concerns compare in their function.
func TestACommandReadsNoConditionsItNeedNot(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const onUpdate = "FROM pg_trigger AS g WHERE NOT g.tgisinternal AND g.tgtype & 16 <> 0 AND g.tgrelid = 'cases'::regclass"
	require.Contains(t, b.rows(t, "SELECT g.tgname::text "+onUpdate), "cases_card_moved")
	require.Empty(t, b.rows(t, "SELECT g.tgname::text "+onUpdate+" AND cardinality(g.tgattr::int2[]) = 0"), "it waits for every change of a case, a comment too")
	require.Empty(t, b.rows(t, "SELECT g.tgname::text "+onUpdate+` AND length(g.tgqual::text) > 2000 AND EXISTS (SELECT FROM pg_attribute AS a
		WHERE a.attrelid = g.tgrelid AND a.attnum = ANY (g.tgattr::int2[]) AND a.attname IN ('state', 'stage', 'due_on', 'holder_since'))`), "its condition is read at every move")
}
