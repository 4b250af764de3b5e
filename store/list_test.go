package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// pages reads a list page after page.
func (b *bundle) pages(t *testing.T, actor process.Actor, kind process.Kind, c store.Conditions, sort string, size int) []store.ListRow {
	t.Helper()
	all, after := []store.ListRow{}, store.Cursor("")
	for {
		rows, next, err := b.Store.List(t.Context(), actor, kind, c, sort, after, size, b.now)
		require.NoError(t, err, sort)
		require.LessOrEqual(t, len(rows), size)
		if all = append(all, rows...); next == "" {
			return all
		}
		after = next
	}
}

func ids(rows []store.ListRow) []string {
	all := []string{}
	for _, r := range rows {
		all = append(all, r.ID)
	}
	return all
}

// TestEveryColumnSorts: every list can be sorted by every one of its columns, both ways, and page after page gives every row once: no column is described
// that the query does not know. What has no value comes last either way.
func TestEveryColumnSorts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	dice := rand.New(rand.NewPCG(5, 29)) //nolint:gosec // a test's dice
	b.muddle(t, dice, []process.Actor{b.As(process.Department), b.bureau(t, "县自规局")})
	for i := range 5 {
		id, open := uuid.NewString(), b.project("lead")
		amount := project.Yuan(dice.Int64N(9_000_000_00))
		open.Title, open.Facts.Investment = fmt.Sprintf("%c字项目", []rune("博安赵程李")[i]), &amount
		b.do(t, b.As(process.ProjectManager), id, project.OpenName, open)
	}
	leader := b.As(process.Leader)
	for _, kind := range kinds.All() {
		usual := ids(b.pages(t, leader, kind.Kind, store.Conditions{}, "", 200))
		slices.Sort(usual)
		for _, column := range kind.List.Columns {
			t.Run(string(kind.Kind)+" "+column.Name, func(t *testing.T) {
				t.Parallel()
				for _, sort := range []string{column.Name, "-" + column.Name} {
					rows := b.pages(t, leader, kind.Kind, store.Conditions{}, sort, 4)
					found := ids(rows)
					for i := 1; i < len(rows); i++ {
						now, next := sortable(t, column, rows[i-1]), sortable(t, column, rows[i])
						switch {
						case next == "": // nothing comes last
						case now == "":
							t.Errorf("sorted by %s nothing comes before %q", sort, next)
						case sort == column.Name:
							require.LessOrEqual(t, now, next, sort)
						default:
							require.GreaterOrEqual(t, now, next, sort)
						}
					}
					slices.Sort(found)
					require.Equal(t, usual, found, "every row once")
				}
			})
		}
	}
	titles := []string{}
	for _, r := range b.pages(t, leader, project.Kind, store.Conditions{}, "title", 3) {
		if r.Title != "莱卡织造" {
			titles = append(titles, r.Title)
		}
	}
	require.Equal(t, []string{"安字项目", "博字项目", "程字项目", "李字项目", "赵字项目"}, titles, "names sort as they are spoken")
}

// sortable is a row's value of a column as text that sorts as the values do; "" for none, and for what sorts by its sound.
func sortable(t *testing.T, column listing.Column, r store.ListRow) string {
	t.Helper()
	switch column.As {
	case listing.Day, listing.Due:
		if day := store.DayOf(r, column.Name); !day.IsZero() {
			return day.String()
		}
		return ""
	case listing.Moment:
		if at := store.MomentOf(r, column.Name); at != nil {
			return at.UTC().Format("2006-01-02T15:04:05.000000")
		}
		return ""
	case listing.Counted:
		return fmt.Sprintf("%010d", store.CountOf(r, column.Name))
	case listing.Money:
		if text := store.TextOf(r, column.Name); text != "" {
			return fmt.Sprintf("%025s", text)
		}
		return ""
	case listing.Share:
		if share := store.ShareOf(r, column.Name); share != nil {
			return fmt.Sprintf("%03d", *share)
		}
		return ""
	case listing.Title, listing.Text, listing.Name, listing.Stage, listing.Holder: // below: by their sound
	case listing.Word, listing.State:
		if i := slices.Index(column.Values, store.TextOf(r, column.Name)); i >= 0 {
			return fmt.Sprintf("%03d", i)
		}
		return ""
	}
	if column.Name == "number" {
		return r.Number
	}
	if store.TextOf(r, column.Name) == "" {
		return ""
	}
	return "sounds"
}

// TestConditionsHoldTogether: several conditions at once, and several values of one.
func TestConditionsHoldTogether(t *testing.T) {
	t.Parallel()
	b := setup(t)
	leader, supervisor := b.As(process.Leader), b.As(process.SafetySupervisor)
	add := func(level hazard.Level, enterprise string) string {
		id := uuid.NewString()
		b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: enterprise, Location: "库房", Description: "通道堵塞", Level: level, Clause: "GB 50016 第 5.5 条", AllTheSame: "另一处"})
		return id
	}
	major, general, rival := add(hazard.Major, b.Enterprise), add(hazard.General, b.Enterprise), add(hazard.Major, b.Rival)
	due := clock.DateOf(b.now).AddDays(3)
	for _, id := range []string{general, rival} {
		notice := hazard.IssueNotice{Requirement: "清理", DueOn: due, InspectorIDs: []string{b.Second.ID}}
		if id == rival {
			notice.Plan = &hazard.Plan{Responsible: "张三", Measures: "清理", Funds: "自筹", TimeLimit: "三天", Contingency: "专人值守"}
		}
		b.do(t, supervisor, id, hazard.IssueNoticeName, notice)
	}
	one := func(name string, values ...string) store.Conditions {
		return store.Conditions{In: map[string][]string{name: values}}
	}
	for name, c := range map[string]struct {
		asked store.Conditions
		found []string
	}{
		"Level":              {one("level", "major"), []string{major, rival}},
		"SeveralOfOne":       {one("level", "major", "general"), []string{major, general, rival}},
		"LevelAndEnterprise": {store.Conditions{In: map[string][]string{"level": {"major"}, "enterprise_id": {b.Rival}}}, []string{rival}},
		"LevelAndState":      {store.Conditions{In: map[string][]string{"level": {"major"}, "state": {"rectifying"}}}, []string{rival}},
		"HolderOfEither":     {one("holder_id", b.Enterprise, b.Rival), []string{general, rival}},
		"UnitOfItsPeople":    {store.Conditions{In: map[string][]string{"unit_id": {b.Bureau}}}, []string{}},
		"DueFromTo":          {store.Conditions{Days: map[string]store.Days{"due_on": {From: due, To: due}}, In: map[string][]string{"level": {"general"}}}, []string{general}},
		"FoundLater":         {store.Conditions{Days: map[string]store.Days{"found_on": {From: clock.DateOf(b.now).AddDays(1)}}}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ElementsMatch(t, c.found, ids(b.pages(t, leader, hazard.Kind, c.asked, "-level", 1)))
			totals, err := b.Store.ListTotals(t.Context(), leader, hazard.Kind, c.asked, b.now)
			require.NoError(t, err)
			require.Equal(t, len(c.found), totals.Count)
		})
	}
	t.Run("LateAndMajor", func(t *testing.T) {
		t.Parallel()
		later := b.now.AddDate(0, 0, 30)
		rows, _, err := b.Store.List(t.Context(), leader, hazard.Kind, store.Conditions{Overdue: true, In: map[string][]string{"level": {"major"}}}, "", "", 10, later)
		require.NoError(t, err)
		require.Contains(t, ids(rows), rival)
		require.NotContains(t, ids(rows), general)
	})
	for name, bad := range map[string]func() error{
		"NoSuchColumn": func() error {
			_, _, err := b.Store.List(t.Context(), leader, hazard.Kind, store.Conditions{}, "head_hash", "", 10, b.now)
			return err
		},
		"NoSuchValue": func() error {
			_, _, err := b.Store.List(t.Context(), leader, hazard.Kind, one("level", "huge"), "", "", 10, b.now)
			return err
		},
		"NoSuchCondition": func() error {
			_, _, err := b.Store.List(t.Context(), leader, hazard.Kind, one("sector", "textile"), "", "", 10, b.now)
			return err
		},
		"NoID": func() error {
			_, _, err := b.Store.List(t.Context(), leader, hazard.Kind, one("holder_id", "x"), "", "", 10, b.now)
			return err
		},
		"APlaceOfAnotherOrder": func() error {
			_, next, err := b.Store.List(t.Context(), leader, hazard.Kind, store.Conditions{}, "title", "", 1, b.now)
			require.NoError(t, err)
			_, _, err = b.Store.List(t.Context(), leader, hazard.Kind, store.Conditions{}, "-level", next, 1, b.now)
			return err
		},
		"AnEnterpriseByTheZonesPeople": func() error {
			_, _, err := b.Store.List(t.Context(), b.Contact, hazard.Kind, store.Conditions{}, "manager_name", "", 10, b.now)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var refusal *process.Refusal
			require.ErrorAs(t, bad(), &refusal)
			require.NotEmpty(t, refusal.Fields)
		})
	}
}

// TestColumnsAreKeptByPerson: for each person and list, and given up again.
func TestColumnsAreKeptByPerson(t *testing.T) {
	t.Parallel()
	b := setup(t)
	kind, _ := kinds.Of(project.Kind)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	listed := func(who process.Actor) []string {
		names, err := b.Store.Listed(t.Context(), who.ID, kind)
		require.NoError(t, err)
		return names
	}
	require.Equal(t, kind.List.Usual(), listed(manager))
	require.NoError(t, b.Store.ChooseColumns(t.Context(), manager.ID, kind, []string{"signed_on", "number"}))
	require.Equal(t, []string{"number", "title", "signed_on"}, listed(manager), "in the list's order, with the title")
	require.Equal(t, kind.List.Usual(), listed(leader))
	require.Error(t, b.Store.ChooseColumns(t.Context(), manager.ID, kind, []string{"password_hash"}))
	require.NoError(t, b.Store.ChooseColumns(t.Context(), manager.ID, kind, nil))
	require.Equal(t, kind.List.Usual(), listed(manager))
}

// TestTheHeadRemovesWhatTheUnitShares: and nobody else removes what is not theirs.
func TestTheHeadRemovesWhatTheUnitShares(t *testing.T) {
	t.Parallel()
	b := setup(t)
	maker, head, colleague := b.inUnit(t, process.ProjectManager, b.Section), b.inUnit(t, process.ProjectManager, b.Section), b.inUnit(t, process.LiaisonOfficer, b.Section)
	b.rows(t, "UPDATE units SET head_id = '"+head.ID+"' WHERE id = '"+b.Section+"' RETURNING name")
	require.NoError(t, b.Store.SaveFilter(t.Context(), maker, "hazards", "科室的", "level=major&overdue=true", store.SharedWithUnit))
	require.NoError(t, b.Store.SaveFilter(t.Context(), maker, "plan-tasks", "自己的", "overdue=true", store.SharedWithNobody))
	one := func(who process.Actor, list string) store.Filter {
		rows, err := b.Store.Filters(t.Context(), who, list)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		return rows[0]
	}
	shared := one(colleague, "hazards")
	require.False(t, shared.Own)
	require.False(t, shared.Removable)
	require.Error(t, b.Store.DropFilter(t.Context(), colleague.ID, shared.ID))
	require.True(t, one(head, "hazards").Removable)
	require.Error(t, b.Store.DropFilter(t.Context(), head.ID, one(maker, "plan-tasks").ID), "what is not shared is nobody's business")
	require.NoError(t, b.Store.DropFilter(t.Context(), head.ID, shared.ID))
	rows, err := b.Store.Filters(t.Context(), maker, "hazards")
	require.NoError(t, err)
	require.Empty(t, rows)
}
