package store_test

import (
	"log/slog"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// turnstile stands between the program and PostgreSQL and counts the round trips: how often it is the program's turn to speak.
type turnstile struct {
	mutex   sync.Mutex
	trips   int
	program bool // spoke last
}

func (s *turnstile) spoke(program bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if program && !s.program {
		s.trips++
	}
	s.program = program
}

func (s *turnstile) count(do func()) int {
	s.mutex.Lock()
	s.trips, s.program = 0, false
	s.mutex.Unlock()
	do()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.trips
}

// behind opens a store whose every word to PostgreSQL passes the turnstile.
func behind(t *testing.T, address string) (*store.Store, *turnstile) {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	server := u.Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	gate := &turnstile{}
	go func() {
		for {
			program, err := listener.Accept()
			if err != nil {
				return
			}
			database, err := net.Dial("tcp", server)
			if err != nil {
				program.Close()
				return
			}
			go gate.pass(database, program, true)
			go gate.pass(program, database, false)
		}
	}()
	u.Host = listener.Addr().String()
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), u.String(), calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s, gate
}

func (s *turnstile) pass(to, from net.Conn, program bool) {
	defer to.Close()
	text := make([]byte, 1<<16)
	for {
		n, err := from.Read(text)
		if n > 0 {
			s.spoke(program)
			if _, err := to.Write(text[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// TestACommandIsAFewRoundTrips: once its statements are known to the connection, a command enters and commits in one round trip each, and needs a
// third where somebody is told or a number is drawn.
func TestACommandIsAFewRoundTrips(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s, gate := behind(t, b.app+"&pool_max_conns=1")
	actor := b.As(process.ProjectManager)
	do := func(id string, name process.Name, input any) (string, int) {
		order := b.order(t, actor, id, name, input)
		return order.CaseID, gate.count(func() {
			_, err := s.Apply(t.Context(), order)
			require.NoError(t, err)
		})
	}
	var opened, commented, answered, advanced int
	for range 2 { // the second time over, every statement is known
		var id string
		id, opened = do(uuid.NewString(), project.OpenName, b.project("lead"))
		_, commented = do(id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"})
		_, answered = do(id, project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "no"})
		do(id, project.ContactName, project.RecordContact{Way: "visit", Said: "看过对方车间"})
		_, advanced = do(id, project.AdvanceName, project.Advance{From: "lead"})
	}
	require.Equal(t, 3, opened)
	require.Equal(t, 2, commented)
	require.Equal(t, 2, answered)
	require.Equal(t, 2, advanced)
}

// TestTheDoorPlansOnce: the statements of commands are planned once for each connection, those of lists for the filters at hand.
func TestTheDoorPlansOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	for range 8 {
		_, err := b.Store.Apply(t.Context(), b.order(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"}))
		require.NoError(t, err)
		_, _, err = b.Store.Projects(t.Context(), b.As(process.ProjectManager), store.Conditions{}, "", 10, b.now)
		require.NoError(t, err)
	}
	door, lists, err := store.Plans(t.Context(), b.Store)
	require.NoError(t, err)
	require.Zero(t, door.Custom)
	require.Greater(t, door.Generic, 8)
	require.Zero(t, lists.Generic)
	require.Greater(t, lists.Custom, 8)
}

// TestOnlyWhatChangedIsWritten: a comment leaves every row alone but the one of the case, a change of one part leaves the others alone.
func TestOnlyWhatChangedIsWritten(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	owner, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	versions := func() map[string]string {
		rows := map[string]string{}
		for _, table := range []string{"projects", "passages", "clocks", "gate_answers"} {
			var writers string
			require.NoError(t, owner.QueryRow(t.Context(), "SELECT coalesce(string_agg(xmin::text, ' ' ORDER BY xmin::text), '') FROM "+table+" WHERE case_id = $1", id).Scan(&writers))
			rows[table] = writers
		}
		return rows
	}
	do := func(name process.Name, input any) {
		_, err := b.Store.Apply(t.Context(), b.order(t, b.As(process.ProjectManager), id, name, input))
		require.NoError(t, err)
	}
	before := versions()
	do(project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"})
	require.Equal(t, before, versions())
	do(project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "no"})
	after := versions()
	require.NotEqual(t, before["gate_answers"], after["gate_answers"])
	require.Equal(t, before["passages"], after["passages"])
	require.Equal(t, before["projects"], after["projects"])
}
