package store_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
	"github.com/parkway-zone/parkway/store"
)

// TestTheCardsPercentIsThatOfTheWorks: whatever is on record of a project, SQL, which reckons for the cards, says what domain/works says.
func TestTheCardsPercentIsThatOfTheWorks(t *testing.T) {
	t.Parallel()
	b := setup(t)
	d, err := b.Store.ProjectDefinition(t.Context())
	require.NoError(t, err)
	template, err := json.Marshal(d.Works)
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close(t.Context()) })
	progress := func(r *rapid.T, site bool) []works.Progress {
		all := []works.Progress{}
		for _, s := range rapid.Permutation(d.Works.Steps).Draw(r, "order") {
			state := rapid.SampledFrom([]works.State{"", "", works.Preparing, works.Running, works.Done}).Draw(r, s.ID)
			if state != "" && (s.Site == site || rapid.IntRange(0, 9).Draw(r, "stray") == 0) {
				all = append(all, works.Progress{Step: s.ID, State: state})
			}
		}
		return all
	}
	rapid.Check(t, func(r *rapid.T) {
		p := project.Project{SiteSteps: progress(r, true)}
		for i := range rapid.IntRange(0, 4).Draw(r, "buildings") {
			one := project.Building{Code: fmt.Sprintf("%d#", i+1), Structure: rapid.SampledFrom([]string{"", "frame", "steel", "fit_out", "tent"}).Draw(r, "structure"), Steps: progress(r, false)}
			if rapid.IntRange(0, 3).Draw(r, "measured") > 0 {
				one.Area = new(project.Decimal(rapid.Int64Range(1, 90_000_00).Draw(r, "area")))
			}
			p.Buildings = append(p.Buildings, one)
		}
		site, err := json.Marshal(p.SiteSteps)
		require.NoError(r, err)
		built, err := json.Marshal(p.Buildings)
		require.NoError(r, err)
		if len(p.Buildings) == 0 {
			built = []byte("[]")
		}
		var says *int16
		require.NoError(r, conn.QueryRow(t.Context(), "SELECT works_percent($1::jsonb, $2::jsonb, $3::jsonb)", string(template), string(site), string(built)).Scan(&says))
		require.Equal(r, p.Percent(d), says)
	})
}

// TestAListKnowsHowFarProjectsAre: what is recorded of buildings and of the site, taken back, and weighed by another definition is on the card at once, sorts and
// narrows; and the verification says where it is not what the works come to.
func TestAListKnowsHowFarProjectsAre(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	lead, far, begun := b.openProject(t, "lead"), b.openProject(t, "construction"), b.openProject(t, "construction")
	percent := func(id string) *int16 {
		p, err := b.Store.Project(t.Context(), leader, id, clock.DateOf(b.now))
		require.NoError(t, err)
		for _, r := range b.pages(t, leader, project.Kind, store.Conditions{}, "percent", 2) {
			if r.ID == id {
				require.Equal(t, p.Percent(p.Definition), r.Percent, "the list says what the page says")
				return r.Percent
			}
		}
		return nil
	}
	require.Nil(t, percent(lead), "nothing is on record of which it could be said")
	for _, id := range []string{far, begun} {
		b.do(t, manager, id, project.AddBuildingsName, project.AddBuildings{Codes: "1#-3#"})
		require.Equal(t, new(int16(0)), percent(id))
	}
	record := func(id string, spans []works.Span, state works.State, steps ...string) {
		b.do(t, manager, id, project.RecordProgressName, project.RecordProgress{Buildings: spans, Steps: steps, State: state})
	}
	record(begun, nil, works.Done, "utilities")
	require.Equal(t, new(int16(2)), percent(begun), "the site's steps weigh too")
	record(far, []works.Span{"1#-3#"}, works.Done, "structure")
	record(far, []works.Span{"1#"}, works.Running, "walls")
	require.Greater(t, *percent(far), int16(35))

	found := func(from, to *int16) []string {
		return ids(b.pages(t, leader, project.Kind, store.Conditions{Shares: map[string]store.Shares{"percent": {From: from, To: to}}}, "", 5))
	}
	require.Equal(t, []string{far}, found(new(int16(30)), nil))
	require.Equal(t, []string{begun}, found(nil, new(int16(29))), "what says nothing is not 0 %")
	require.Empty(t, found(new(int16(3)), new(int16(4))))
	totals, err := b.Store.ListTotals(t.Context(), leader, project.Kind, store.Conditions{Shares: map[string]store.Shares{"percent": {From: new(int16(1))}}}, b.now)
	require.NoError(t, err)
	require.Equal(t, 2, totals.Count)
	require.Equal(t, []string{far, begun, lead}, ids(b.pages(t, leader, project.Kind, store.Conditions{}, "-percent", 5)))
	require.Equal(t, []string{begun, far, lead}, ids(b.pages(t, leader, project.Kind, store.Conditions{}, "percent", 5)))

	b.do(t, manager, begun, project.TakeBackProgressName, project.TakeBackProgress{Steps: []string{"utilities"}, Reason: "记错了项目"})
	require.Equal(t, new(int16(0)), percent(begun))
	written := b.rows(t, "SELECT case_id || coalesce(percent::text, '-') FROM cards ORDER BY case_id")
	b.rows(t, "SELECT 'written' FROM rebuild_lists()")
	require.Equal(t, written, b.rows(t, "SELECT case_id || coalesce(percent::text, '-') FROM cards ORDER BY case_id"))

	for _, id := range []string{lead, far, begun} {
		require.Empty(t, b.verify(t, id).Findings)
	}
	b.superuser(t, "UPDATE cards SET percent = 99 WHERE case_id = '"+far+"'", "UPDATE cards SET percent = 0 WHERE case_id = '"+lead+"'")
	for _, id := range []string{lead, far} {
		findings := b.verify(t, id).Findings
		require.Len(t, findings, 1)
		require.Equal(t, "percent", findings[0].Path)
		require.Equal(t, process.FactDiffers, findings[0].Sort)
	}
	require.Empty(t, b.verify(t, begun).Findings)
}
