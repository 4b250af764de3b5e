package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// filing is an invented kind with numbered papers.
type filing struct {
	plantask.Task
	Permits []paperOf `json:"permits"`
}

type paperOf struct {
	Number string `json:"number" paper:"number"`
}

func filings() process.Entry {
	return process.Enter(process.KindOf[filing, struct{}]{Kind: "filing", Path: "filings", Env: func(process.Env) struct{} { return struct{}{} }, Clone: func(f filing) filing { return f }})
}

// TestANewKindIsFoundByItsPapers: the numbers that an invented kind says it has are searched and listed by, follow when they change, and stay when the
// labels are written anew; nobody wrote a line of SQL for it.
func TestANewKindIsFoundByItsPapers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	pm := b.As(process.ProjectManager)
	require.NoError(t, b.Store.Publish(t.Context(), "filing", 1, plantask.Definition{Kind: "filing", Version: 1, LongestDays: 30}))
	f := filing{Permits: []paperOf{{"泗自然资规（2024）7号"}, {"泗水许可〔2023〕88号"}}}
	f.Case = process.Case{ID: uuid.NewString(), ParkID: b.Park.ID, Kind: "filing", Number: "XK-2024-0001", Title: "取水许可", State: "open", DefinitionVersion: 1, Version: 1, Aliases: []string{},
		EnterpriseID: b.Enterprise, EnterpriseName: "鸿瑞印务", OpenedAt: b.now, UpdatedAt: b.now}
	keep := func() {
		_, err := store.KeepOf(t.Context(), b.Store, filings(), &f)
		require.NoError(t, err)
	}
	keep()
	b.opened(t, "说到泗水许可〔2023〕88号的另一件", b.Enterprise)
	listed := func(words string) []string {
		titles := []string{}
		for _, r := range b.pages(t, pm, "filing", store.Conditions{Words: words}, "", 10) {
			titles = append(titles, r.Title)
		}
		return titles
	}
	for _, words := range []string{"泗水许可〔2023〕88号", "泗水许可[2023] 88号", "泗水许可（２０２３）88 号"} {
		require.Equal(t, "取水许可", b.searched(t, pm, words)[0], words)
		require.Equal(t, []string{"取水许可"}, listed(words), words)
	}
	require.Equal(t, []string{"取水许可"}, listed("许可〔2023〕8"), "a part of it")
	f.Permits[1].Number = "泗水许可〔2025〕3号"
	keep()
	require.Equal(t, []string{"说到泗水许可〔2023〕88号的另一件"}, b.searched(t, pm, "泗水许可〔2023〕88号"))
	require.Equal(t, []string{"取水许可"}, b.searched(t, pm, "泗水许可〔2025〕3号"))
	f.Permits = f.Permits[:1]
	keep()
	require.Empty(t, b.searched(t, pm, "泗水许可〔2025〕3号"))
	b.rows(t, "SELECT 'written' FROM rebuild_lists()")
	require.Equal(t, []string{"取水许可"}, listed("自然资规(2024)7"))
}

// TestPapersAreThoseOfTheCase: after whole lives the numbers that cases are found by are those that the cases hold.
func TestPapersAreThoseOfTheCase(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, id := range []string{b.livedHazard(t), b.livedProject(t), b.noticed(t)} {
		v, err := b.Store.Case(t.Context(), b.As(process.Administrator), id)
		require.NoError(t, err)
		kind, ok := kinds.Of(v.Subject.Header().Kind)
		require.True(t, ok)
		require.Equal(t, kind.Papers(v.Subject), b.rows(t, "SELECT number FROM official_numbers WHERE case_id = '"+id+"' ORDER BY number COLLATE \"C\""))
	}
	require.NotEmpty(t, b.rows(t, "SELECT number FROM official_numbers"))
}
