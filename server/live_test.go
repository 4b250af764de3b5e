package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/accounts"
)

// news is one message of a stream.
type news struct {
	Cases []string
	Many  bool
}

// listen opens a stream as somebody and returns what reads its next message.
func (b *bundle) listen(t *testing.T, who process.Actor, query string) func() news {
	t.Helper()
	stream := b.stream(t, b.session(t, who), query)
	return func() news {
		for {
			line, err := stream.ReadString('\n')
			require.NoError(t, err)
			if text, found := strings.CutPrefix(line, "data: "); found {
				var n news
				require.NoError(t, json.Unmarshal([]byte(text), &n))
				return n
			}
		}
	}
}

// stream opens a stream with a session.
func (b *bundle) stream(t *testing.T, session string, query ...string) *bufio.Reader {
	t.Helper()
	live := b.dial(t, http.MethodGet, "/live"+strings.Join(query, ""), "Cookie", session)
	require.NoError(t, live.SetDeadline(time.Now().Add(2*time.Minute)))
	stream := bufio.NewReader(live.answer(t).Body)
	t.Cleanup(func() { live.Close() }) // first: closing the body would wait for a stream's end
	_, err := stream.ReadString('\n')
	require.NoError(t, err)
	return stream
}

// hears waits until the server listens for changes.
func (b *bundle) hears(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.database)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close(context.WithoutCancel(t.Context()))) })
	require.Eventually(t, func() bool {
		var listening bool
		err := conn.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN parkway_cases')").Scan(&listening)
		return err == nil && listening
	}, 30*time.Second, 20*time.Millisecond)
}

func (b *bundle) open(t *testing.T) string {
	t.Helper()
	return b.openAt(t, "lead")
}

// openAt opens a project at a stage.
func (b *bundle) openAt(t *testing.T, stage string) string {
	t.Helper()
	id, sector, mode, amount := uuid.NewString(), "textile", project.OwnLand, project.Yuan(100)
	b.apply(t, process.ProjectManager, id, project.OpenName, project.Open{Title: "织造", EnterpriseID: b.Enterprise, EntryStage: stage, AllTheSame: "另一个项目",
		Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}})
	return id
}

func (b *bundle) apply(t *testing.T, as process.Role, id string, name process.Name, input any) {
	t.Helper()
	text, err := json.Marshal(input)
	require.NoError(t, err)
	now := time.Now()
	_, err = b.Store.Apply(t.Context(), process.Order{CaseID: id, Command: name, Input: text, Call: process.Call{Key: uuid.NewString(), Actor: b.As(as), OccurredAt: now, RecordedAt: now}})
	require.NoError(t, err)
}

// TestPagesHearWhichCaseChanged: a list hears of every case that its reader may know of, a page of one case of that one, and nobody of what is out of
// their sight.
func TestPagesHearWhichCaseChanged(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	handed, other := b.open(t), b.open(t)
	b.apply(t, process.Leader, handed, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "请出具意见"})
	b.hears(t)
	list, page := b.listen(t, b.As(process.Leader), ""), b.listen(t, b.As(process.Leader), "?case="+handed)
	bureau, rival := b.listen(t, b.As(process.Department), ""), b.listen(t, b.RivalOne, "")
	for _, id := range []string{other, handed} {
		b.apply(t, process.Leader, id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "请抓紧"})
	}
	require.Equal(t, news{Cases: []string{handed}}, page())
	require.Equal(t, news{Cases: []string{handed}}, bureau(), "the other case is out of the bureau's sight")
	heard := []string{}
	for len(heard) < 2 {
		heard = append(heard, list().Cases...)
	}
	require.ElementsMatch(t, []string{other, handed}, heard)
	b.server.Site.Hub.Changed("")
	require.Equal(t, news{Many: true}, rival(), "the first it hears at all, and no name in it")
}

// TestAStreamEndsWithItsSession: at once, whoever ended it and on whichever server, and nobody else's does.
func TestAStreamEndsWithItsSession(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.hears(t)
	administrator, park := b.As(process.Administrator), b.Park.ID
	for name, end := range map[string]func(t *testing.T, who process.Actor, session string){
		"SignedOut": func(t *testing.T, _ process.Actor, session string) {
			response, _ := b.ask(t, http.MethodPost, "/sign-out", "", "Cookie", session, "Sec-Fetch-Site", "same-origin")
			require.Equal(t, http.StatusSeeOther, response.StatusCode)
		},
		"Disabled": func(t *testing.T, who process.Actor, _ string) {
			require.NoError(t, b.server.Auth.Disable(t.Context(), administrator, who.ID, true))
		},
		"PasswordReset": func(t *testing.T, who process.Actor, _ string) {
			_, err := b.server.Auth.ResetPassword(t.Context(), administrator, who.ID)
			require.NoError(t, err)
		},
		"EndedByAnotherProgram": func(t *testing.T, who process.Actor, _ string) { // another server, the command line: all it shares with this one is the database
			_, err := b.connect(t).Exec(t.Context(), "DELETE FROM sessions WHERE user_id = $1", who.ID)
			require.NoError(t, err)
		},
		"OtherRoles": func(t *testing.T, who process.Actor, _ string) {
			_, err := b.connect(t).Exec(t.Context(), "UPDATE users SET roles = '{auditor}' WHERE id = $1", who.ID)
			require.NoError(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			who := process.Actor{Type: process.Person, ID: uuid.NewString(), Name: strings.ToLower(name), Roles: []process.Role{process.Leader}}
			require.NoError(t, b.Store.Accounts().AddUser(t.Context(), accounts.AddUserParams{ID: who.ID, ParkID: park, Username: who.Name, Name: who.Name, Roles: []string{"leader"}, PasswordHash: "-"}))
			session := b.session(t, who)
			over, stays := b.stream(t, session), b.stream(t, b.session(t, administrator))
			end(t, who, session)
			_, err := io.Copy(io.Discard, over)
			require.NoError(t, err, "it ends before the two minutes that the connection has")
			b.server.Site.Hub.Changed("")
			line, err := stays.ReadString('}')
			require.NoError(t, err)
			require.Contains(t, line, "changed")
		})
	}
}

// TestAStormIsFewMessages: ten thousand changes at once are two messages, and none is long.
func TestAStormIsFewMessages(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	list, page := b.listen(t, b.As(process.Leader), ""), b.listen(t, b.As(process.Leader), "?case=mine")
	for i := range 10_000 {
		b.server.Site.Hub.Changed(fmt.Sprint("case ", i))
	}
	b.server.Site.Hub.Changed("mine")
	for told := 0; ; {
		n := list()
		told++
		require.LessOrEqual(t, told, 2)
		require.LessOrEqual(t, len(n.Cases), 200)
		if n.Many {
			break
		}
	}
	require.Equal(t, news{Cases: []string{"mine"}}, page())
}
