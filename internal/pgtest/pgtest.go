// Package pgtest gives tests a real PostgreSQL. Each test package that uses it starts one throw-away cluster and stops it again.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// Server is a throw-away cluster with a migrated template database.
type Server struct {
	cluster *postgres.Cluster
	owner   string // address of the template, as the owner
	next    atomic.Int64
}

// Main runs a package's tests around a server that it puts into target. migrate brings the template database up to date as its owner and
// lets the application's role use it. A machine without PostgreSQL fails the tests with the sentence that says what to install.
func Main(m *testing.M, target **Server, migrate func(ctx context.Context, ownerURL, appRole string) error) {
	os.Exit(run(m, target, migrate))
}

func run(m *testing.M, target **Server, migrate func(context.Context, string, string) error) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	server, err := Start(ctx, migrate)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		return 1
	}
	defer server.Stop()
	*target = server
	return m.Run()
}

// Start starts a server of one's own, for tests that stop and start PostgreSQL.
func Start(ctx context.Context, migrate func(ctx context.Context, ownerURL, appRole string) error) (*Server, error) {
	folder, err := os.MkdirTemp("", "parkway-pgtest-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(folder, 0o755); err != nil { // PostgreSQL may run as another user
		return nil, err
	}
	cluster, err := postgres.Start(ctx, postgres.Options{Dir: folder, Throwaway: true, Databases: []string{"template_parkway"}})
	if err != nil {
		return nil, err
	}
	s := &Server{cluster: cluster, owner: cluster.OwnerURL("template_parkway")}
	if err := migrate(ctx, s.owner, postgres.AppRole); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// Cluster returns the cluster, to stop and start it.
func (s *Server) Cluster() *postgres.Cluster { return s.cluster }

// Stop ends the server and removes its files.
func (s *Server) Stop() { s.cluster.Destroy() }

// Database makes a fresh migrated database for one test and returns its address for the owner and for the application.
func (s *Server) Database(t testing.TB) (ownerURL, appURL string) {
	t.Helper()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), s.next.Add(1))
	conn, err := pgx.Connect(t.Context(), s.cluster.OwnerURL("postgres"))
	if err != nil {
		t.Fatalf("pgtest: connect: %v", err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()+" TEMPLATE template_parkway"); err != nil {
		t.Fatalf("pgtest: create database: %v", err)
	}
	return s.cluster.OwnerURL(name), s.cluster.AppURL(name)
}
