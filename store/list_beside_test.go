package store_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/tracking"
	"github.com/parkway-zone/parkway/store"
)

// ledgers are some hazards that differ in everything that stands beside, and what the ledger says of each.
func (b *bundle) ledgers(t *testing.T) store.Ledger {
	t.Helper()
	supervisor, dice := b.As(process.SafetySupervisor), rand.New(rand.NewPCG(9, 28)) //nolint:gosec // a test's dice
	for i := range 9 {
		id := uuid.NewString()
		record := hazard.Record{EnterpriseID: []string{b.Enterprise, b.Rival}[i%2], Location: "车间", Description: "第" + strconv.Itoa(dice.IntN(30)) + "处通道堵塞", Level: hazard.General,
			Category: []string{"用电", "消防", "", "粉尘"}[i%4], AllTheSame: "另一处"}
		if i%3 == 0 {
			record.Level, record.Clause = hazard.Major, "部令10号 第"+strconv.Itoa(i)+"条"
		}
		b.do(t, supervisor, id, hazard.RecordName, record)
		if i%3 == 1 {
			b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(3 + i), InspectorIDs: []string{b.Second.ID}})
			b.do(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{Body: "县消防救援大队", Tells: "请处理"})
			b.carry(t)
		}
		if i == 4 {
			contact := b.Contact
			if record.EnterpriseID == b.Rival {
				contact = b.RivalOne
			}
			b.do(t, contact, id, hazard.HandInName, hazard.HandIn{Measures: "已清理", Attachments: b.evidence(t, contact)})
			b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{b.Second.ID}})
		}
		b.now = b.now.AddDate(0, 0, 1)
	}
	kind, _ := kinds.Of(hazard.Kind)
	said := store.Ledger{}
	require.NoError(t, said.Add(t.Context(), b.Store, supervisor, kind, b.pages(t, supervisor, hazard.Kind, store.Conditions{}, "title", 200)))
	return said
}

// TestEveryColumnBesideSortsAndNarrows: against PostgreSQL, each column that stands beside sorts both ways, every row once on whatever pages, what has no value last; it
// narrows by what it says to exactly the rows that say it, alone and with a condition of the cards, and the total is of the very list.
func TestEveryColumnBesideSortsAndNarrows(t *testing.T) {
	t.Parallel()
	b := setup(t)
	said := b.ledgers(t)
	leader := b.As(process.Leader)
	kind, _ := kinds.Of(hazard.Kind)
	every := ids(b.pages(t, leader, hazard.Kind, store.Conditions{}, "", 200))
	slices.Sort(every)
	differ := 0
	for _, c := range kind.List.Beside {
		values := map[string][]string{}
		for id, says := range said {
			values[says[c.Name]] = append(values[says[c.Name]], id)
		}
		if len(values) > 1 {
			differ++
		}
		orders := [2][]string{}
		for way, sort := range []string{c.Name, "-" + c.Name} {
			found := ids(b.pages(t, leader, hazard.Kind, store.Conditions{}, sort, 4))
			orders[way] = slices.Clone(found)
			for i := 1; i < len(found); i++ {
				now, next := said[found[i-1]][c.Name], said[found[i]][c.Name]
				require.False(t, now == "" && next != "", "%s: what has no value comes last", sort)
				if way == 0 && next != "" && (c.As == listing.Day || c.As == listing.Counted) {
					require.LessOrEqual(t, now, next, sort)
				}
			}
			slices.Sort(found)
			require.Equal(t, every, found, "%s: every row once", sort)
		}
		given := slices.DeleteFunc(slices.Clone(orders[0]), func(id string) bool { return said[id][c.Name] == "" })
		back := slices.DeleteFunc(slices.Clone(orders[1]), func(id string) bool { return said[id][c.Name] == "" })
		slices.Reverse(back)
		require.Equal(t, given, back, "%s: the same order, turned", c.Name)
		for value, has := range values {
			asked := store.Conditions{In: map[string][]string{}, Days: map[string]store.Days{}, Shares: map[string]store.Shares{}}
			switch day, err := clock.ParseDate(value); {
			case value == "":
				asked.In[listing.GivenOf(c.Name)] = []string{listing.Blank}
			case c.As == listing.Day:
				require.NoError(t, err)
				asked.Days[c.Name] = store.Days{From: day, To: day}
			case c.As == listing.Counted:
				n, err := strconv.Atoi(value)
				require.NoError(t, err)
				asked.Shares[c.Name] = store.Shares{From: new(int16(n)), To: new(int16(n))}
			default:
				asked.In[c.Name] = []string{value}
			}
			found := ids(b.pages(t, leader, hazard.Kind, asked, "", 4))
			for _, id := range has {
				require.Contains(t, found, id, "%s %q", c.Name, value)
			}
			if c.As != listing.Text || value == "" { // words are contained: 第2处 is, in more than what says just that
				require.Len(t, found, len(has), "%s %q", c.Name, value)
			}
			totals, err := b.Store.ListTotals(t.Context(), leader, hazard.Kind, asked, b.now)
			require.NoError(t, err)
			require.Equal(t, len(found), totals.Count, c.Name)
			asked.In["level"] = []string{string(hazard.Major)}
			for _, r := range b.pages(t, leader, hazard.Kind, asked, "-"+c.Name, 2) {
				require.Equal(t, string(hazard.Major), r.Level, "several conditions at once")
				require.Contains(t, found, r.ID)
			}
		}
	}
	require.Greater(t, differ, 12, "the rows differ in what stands beside")
}

// TestWordsBesideSortAsTheyAreSpoken: as those of the cards do, and numbers within words by what they are.
func TestWordsBesideSortAsTheyAreSpoken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	for _, category := range []string{"赵", "第10项", "博", "第9项", "安"} {
		b.do(t, supervisor, uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: category, Description: category, Category: category, Level: hazard.General})
	}
	beside, ledger := []string{}, store.Ledger{}
	kind, _ := kinds.Of(hazard.Kind)
	rows := b.pages(t, supervisor, hazard.Kind, store.Conditions{}, "category", 2)
	require.NoError(t, ledger.Add(t.Context(), b.Store, supervisor, kind, rows))
	for _, r := range rows {
		beside = append(beside, ledger[r.ID]["category"])
	}
	require.Equal(t, []string{"安", "博", "第9项", "第10项", "赵"}, beside)
	cards := []string{}
	for _, r := range b.pages(t, supervisor, hazard.Kind, store.Conditions{}, "title", 2) {
		cards = append(cards, r.Title)
	}
	require.Equal(t, cards, beside, "the cards' own order")
}

// TestAmongTooManyNothingBesideIsLookedFor: it is refused with how many there are, at everything that asked; narrowed by something else it is done; and a place in
// one order is none in another.
func TestAmongTooManyNothingBesideIsLookedFor(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.ledgers(t)
	leader := b.As(process.Leader)
	b.Store.LookThrough(8)
	asked := store.Conditions{In: map[string][]string{"category": {"用电"}}}
	var many *store.TooMany
	_, _, err := b.Store.List(t.Context(), leader, hazard.Kind, asked, "-clause", "", 10, b.now)
	require.ErrorAs(t, err, &many)
	require.Equal(t, []any{9, 8}, []any{many.Count, many.Most})
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.TooMany, refusal.Code)
	require.Contains(t, refusal.Chinese, "还有 9 条")
	require.Len(t, refusal.Fields, 2)
	_, err = b.Store.ListTotals(t.Context(), leader, hazard.Kind, asked, b.now)
	require.ErrorAs(t, err, &many, "nor is it counted")
	asked.In["enterprise_id"] = []string{b.Enterprise}
	rows, next, err := b.Store.List(t.Context(), leader, hazard.Kind, asked, "-clause", "", 1, b.now)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.NotEmpty(t, next)
	_, _, err = b.Store.List(t.Context(), leader, hazard.Kind, asked, "clause", next, 1, b.now)
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "cursor", refusal.Fields[0].Name)
	rows, next, err = b.Store.List(t.Context(), leader, hazard.Kind, store.Conditions{In: map[string][]string{"category": {"没有的"}, "enterprise_id": {b.Enterprise}}}, "clause", "", 1, b.now)
	require.NoError(t, err)
	require.Empty(t, rows)
	require.Empty(t, next)
}

// TestWhatStandsBesideIsTheZonesOwn: an enterprise and a department neither sort nor narrow by any of it, nor are they given it, whatever they ask.
func TestWhatStandsBesideIsTheZonesOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.ledgers(t)
	kind, _ := kinds.Of(hazard.Kind)
	all := b.pages(t, b.As(process.Leader), hazard.Kind, store.Conditions{}, "", 200)
	for _, actor := range []process.Actor{b.Contact, b.As(process.Department)} {
		given := store.Ledger{}
		require.NoError(t, given.Add(t.Context(), b.Store, actor, kind, all))
		require.Empty(t, given)
		for _, c := range kind.List.Beside {
			_, _, err := b.Store.List(t.Context(), actor, hazard.Kind, store.Conditions{}, c.Name, "", 10, b.now)
			require.Error(t, err, c.Name)
			for _, asked := range []store.Conditions{{In: map[string][]string{c.Name: {"x"}}}, {In: map[string][]string{listing.GivenOf(c.Name): {listing.Given}}}, {Days: map[string]store.Days{c.Name: store.InYear(2024)}}} {
				_, err = b.Store.ListTotals(t.Context(), actor, hazard.Kind, asked, b.now)
				require.Error(t, err, c.Name)
			}
			_, faults, err := b.Store.Understood(t.Context(), actor, kind, map[string][]string{"sort": {c.Name}, "columns": {c.Name}, c.Name: {"x"}, c.Name + "_from": {"2024-01-01"}, listing.GivenOf(c.Name): {"yes"}})
			require.NoError(t, err)
			require.Len(t, faults, 5, c.Name)
		}
	}
}

// TestTheSortsOfInspectionsAreNamed: the ledger's word for each is that of the definition in force.
func TestTheSortsOfInspectionsAreNamed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rules, err := b.Store.LatestRules(t.Context(), inspection.Kind)
	require.NoError(t, err)
	defined, ok := rules.(inspection.Definition)
	require.True(t, ok)
	named := []string{}
	for _, one := range defined.Sorts {
		named = append(named, one.ID)
	}
	kind, _ := kinds.Of(hazard.Kind)
	column, _, _ := kind.List.Shown("inspection_sort")
	require.Equal(t, named, column.Values)
}

// TestAWordOfALaterDefinitionComesLast: one that the list does not know is no first one.
func TestAWordOfALaterDefinitionComesLast(t *testing.T) {
	t.Parallel()
	column := listing.Column{Name: "inspection_sort", As: listing.Word, Values: []string{"daily", "special"}}
	require.Equal(t, []any{0, 1, 2, nil}, []any{store.BesideValue(column, "daily"), store.BesideValue(column, "special"), store.BesideValue(column, "nightly"), store.BesideValue(column, "")})
}
