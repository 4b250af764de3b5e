package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// sql changes what no command does.
func (b *bundle) sql(t *testing.T, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), statement)
	require.NoError(t, err)
}

// siteOf puts a project under construction on file, in the manager's hands.
func (b *bundle) siteOf(t *testing.T) string {
	t.Helper()
	id := uuid.NewString()
	sector, mode := "textile", project.OwnLand
	b.apply(t, process.ProjectManager, id, project.OpenName, project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: "construction", Facts: project.Given{Sector: &sector, SiteMode: &mode}})
	b.apply(t, process.ProjectManager, id, project.AddBuildingsName, project.AddBuildings{Codes: "1#-2#", Structure: "frame", Use: "厂房"})
	return id
}

// TestWhatIsHeldInSomebodysPlaceIsListed: on the first page, on a tab of its own and in the API, with whose it is and until when; who stands in for nobody has no such tab.
func TestWhatIsHeldInSomebodysPlaceIsListed(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id, manager, deputy := b.siteOf(t), b.As(process.ProjectManager), b.As(process.LiaisonOfficer)
	session, today := b.session(t, deputy), clock.DateOf(time.Now())
	_, page := b.ask(t, http.MethodGet, "/", "", "Cookie", session, "Accept-Language", "zh")
	require.NotContains(t, page, "tab=deputy")
	require.NoError(t, b.Store.AddAbsence(t.Context(), manager.ID, deputy.ID, "出差", today, today.AddDays(2), today))
	for _, at := range []string{"/", "/?tab=deputy"} {
		_, page = b.ask(t, http.MethodGet, at, "", "Cookie", session, "Accept-Language", "zh")
		require.Contains(t, page, "代"+manager.Name+"办理 1 项，至", at)
		require.Contains(t, page, `href="/projects/`+id+`"`, at)
		require.Contains(t, page, `href="/?tab=deputy"`, at)
	}
	o := b.operator(t, deputy)
	work := o.do(t, 200, "GET", "/work/deputy", nil)
	require.Equal(t, id, work["items"].([]any)[0].(object)["id"])
	absent := work["in_place_of"].([]any)[0].(object)
	require.Equal(t, []any{manager.ID, manager.Name, today.AddDays(2).String(), 1.0}, []any{absent["id"], absent["name"], absent["until"], absent["count"]})
	require.Empty(t, o.do(t, 200, "GET", "/work/todo", nil)["items"], "it is not their own")
	require.Empty(t, b.operator(t, manager).do(t, 200, "GET", "/work/deputy", nil)["in_place_of"])
}

// TestAFailedLookUpOfAbsencesIsSaid: a page that cannot find out for whom its reader stands in is an error, and never one that offers less as if nobody were away.
func TestAFailedLookUpOfAbsencesIsSaid(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id := b.siteOf(t)
	session := b.session(t, b.As(process.LiaisonOfficer))
	pages := []string{"/projects/" + id, "/projects/" + id + "/record_progress", "/"}
	for _, at := range pages[:1] {
		answer, _ := b.ask(t, http.MethodGet, at, "", "Cookie", session)
		require.Equal(t, http.StatusOK, answer.StatusCode, at)
	}
	b.sql(t, "CREATE OR REPLACE FUNCTION stands_until(deputy uuid, day date) RETURNS TABLE (absent uuid, until date) LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$")
	for _, at := range pages {
		answer, _ := b.ask(t, http.MethodGet, at, "", "Cookie", session)
		require.GreaterOrEqual(t, answer.StatusCode, http.StatusInternalServerError, at)
	}
	answer, _ := b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", b.session(t, b.As(process.ProjectManager)))
	require.Equal(t, http.StatusOK, answer.StatusCode, "who has a part in it themselves needs no looking up")
}

var wayTo = regexp.MustCompile(`href="(/projects/[^"]+/[a-z_]+)"`)

// TestALiaisonOfficerIsLedToWhatTheyRecord: 登记 offers what the officer may put on record in the cases they have a part in, not handing them on or ringing others.
func TestALiaisonOfficerIsLedToWhatTheyRecord(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id, officer := b.siteOf(t), b.As(process.LiaisonOfficer)
	b.apply(t, process.ProjectManager, id, "project.hand_over", object{"to_kind": "person", "to_id": officer.ID, "reason": "驻点"})
	session := b.session(t, officer)
	_, page := b.ask(t, http.MethodGet, "/record", "", "Cookie", session, "Accept-Language", "zh")
	verbs := []string{}
	for _, m := range wayTo.FindAllStringSubmatch(page, -1) {
		verbs = append(verbs, m[1][strings.LastIndex(m[1], "/")+1:])
	}
	require.Contains(t, verbs, "record_progress")
	require.Contains(t, verbs, "contact")
	require.LessOrEqual(t, len(verbs), 4)
	for _, other := range []string{"nudge", "hand_over", "hand_back", "delegate", "comment"} {
		require.NotContains(t, verbs, other)
	}
	for _, m := range wayTo.FindAllStringSubmatch(page, -1) {
		answer, _ := b.ask(t, http.MethodGet, m[1], "", "Cookie", session)
		require.Equal(t, http.StatusOK, answer.StatusCode, m[1])
	}
}
