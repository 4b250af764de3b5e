package postgres_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// behind returns a folder below one that nobody but its owner may enter, with a name that is hard to write.
func behind(t *testing.T) string {
	t.Helper()
	home := folder(t) // 0700
	dir := filepath.Join(home, "园区 #1?%41", "postgres")
	require.NoError(t, os.MkdirAll(dir, 0o755)) //nolint:gosec // as the program makes it
	return dir
}

func started(t *testing.T, dir string) *postgres.Cluster {
	t.Helper()
	c, err := postgres.Start(t.Context(), postgres.Options{Dir: dir, Throwaway: true, Databases: []string{"parkway"}, Progress: func(s string) { t.Log(s) }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Down(context.Background(), true)) })
	return c
}

func run(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), statement)
	require.NoError(t, err)
}

// TestTheDataLiesWhereItWasAskedFor: also as root behind a home of mode 700; and a copy of the folder holds everything.
func TestTheDataLiesWhereItWasAskedFor(t *testing.T) {
	t.Parallel()
	dir := behind(t)
	c := started(t, dir)
	require.FileExists(t, filepath.Join(dir, "data", "PG_VERSION"))
	require.NoDirExists(t, postgres.Former(filepath.Join(dir, "data")))
	run(t, c.OwnerURL("parkway"), "CREATE TABLE kept AS SELECT 7 AS n")
	run(t, c.OwnerURL("parkway"), "CREATE DATABASE another") // a child of the server finds its folder too
	require.NoError(t, c.Down(t.Context(), false))

	copied := filepath.Join(folder(t), "copy")
	out, err := exec.Command("cp", "-a", dir, copied).CombinedOutput() //nolint:gosec // our own
	require.NoError(t, err, "%s", out)
	c = started(t, copied)
	run(t, c.OwnerURL("parkway"), "INSERT INTO kept VALUES (8)")
	require.NoError(t, c.Down(t.Context(), false))
}

// TestDataOfAnEarlierVersionIsFetched: one that put it elsewhere under a hashed name.
func TestDataOfAnEarlierVersionIsFetched(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("it did so as root only")
	}
	dir := behind(t)
	data := filepath.Join(dir, "data")
	c := started(t, dir)
	run(t, c.OwnerURL("parkway"), "CREATE TABLE kept AS SELECT 7 AS n")
	require.NoError(t, c.Down(t.Context(), false))
	require.NoError(t, os.MkdirAll(filepath.Dir(postgres.Former(data)), 0o755)) //nolint:gosec // as it was
	out, err := exec.Command("mv", data, postgres.Former(data)).CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(postgres.Former(data))) })
	require.True(t, postgres.There(dir))

	c = started(t, dir)
	run(t, c.OwnerURL("parkway"), "INSERT INTO kept VALUES (8)")
	require.FileExists(t, filepath.Join(data, "PG_VERSION"))
}

// TestANewerPostgresIsNotUsedBlindly: a system update that brings another major version is not started on the folder.
func TestANewerPostgresIsNotUsedBlindly(t *testing.T) {
	newer, dir := t.TempDir(), behind(t)
	for _, program := range []string{"postgres", "initdb", "pg_ctl"} {
		script := fmt.Sprintf("#!/bin/sh\ntouch %s/called-$(basename $0)-$1\necho 'postgres (PostgreSQL) 99.1'\n", newer)
		require.NoError(t, os.WriteFile(filepath.Join(newer, program), []byte(script), 0o755)) //nolint:gosec // a program
	}
	made := started(t, dir)
	require.NoError(t, made.Down(t.Context(), false))
	t.Setenv("PATH", newer+":"+os.Getenv("PATH"))
	require.Equal(t, newer, postgres.Find(0), "it is the newest on this machine")

	c := started(t, dir)
	run(t, c.OwnerURL("parkway"), "SELECT 1")
	require.NoError(t, c.Down(t.Context(), false))

	require.NoError(t, os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("98\n"), 0o600))
	_, err := postgres.Start(t.Context(), postgres.Options{Dir: dir})
	require.ErrorContains(t, err, "made by PostgreSQL 98")
	require.ErrorContains(t, err, "this machine has PostgreSQL 99")
	require.ErrorContains(t, err, "install PostgreSQL 98")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9.6\n"), 0o600))
	_, err = postgres.Start(t.Context(), postgres.Options{Dir: dir})
	require.ErrorContains(t, err, `made by PostgreSQL "9.6"`)
	called, err := filepath.Glob(filepath.Join(newer, "called-*"))
	require.NoError(t, err)
	for _, c := range called {
		require.Equal(t, "called-postgres---version", filepath.Base(c), "it was asked for its version and nothing else")
	}
}

// TestPasswordsCanBeChanged: of both roles, and a change that is interrupted leaves a cluster that starts.
func TestPasswordsCanBeChanged(t *testing.T) {
	t.Parallel()
	dir := behind(t)
	c := started(t, dir)
	owner, app := c.OwnerURL("parkway"), c.AppURL("parkway")
	require.NoError(t, c.ChangePasswords(t.Context()))
	require.NotEqual(t, c.OwnerURL(""), c.AppURL(""))
	for name, former := range map[string]string{"the owner": owner, "the application": app} {
		_, err := pgx.Connect(t.Context(), former)
		require.ErrorContains(t, err, "password authentication failed", name)
	}
	run(t, c.OwnerURL("parkway"), "SELECT 1")
	run(t, c.AppURL("parkway"), "SELECT 1")
	require.NoError(t, c.Down(t.Context(), false))
	c = started(t, dir)
	run(t, c.AppURL("parkway"), "SELECT 1")

	for name, find := range map[string]func() (string, error){ // as a command beside the running program does
		"the owner":       func() (string, error) { return postgres.RunningOwnerURL(t.Context(), dir, "parkway") },
		"the application": func() (string, error) { return postgres.RunningAppURL(t.Context(), dir, "", "parkway") },
		"the application, of somebody else's PostgreSQL": func() (string, error) {
			return postgres.RunningAppURL(t.Context(), dir, c.OwnerURL("postgres"), "parkway")
		},
	} {
		found, err := find()
		require.NoError(t, err, name)
		run(t, found, "SELECT 1")
	}

	for name, change := range map[string]string{"before PostgreSQL knew": "SELECT 1", "after PostgreSQL knew": "ALTER ROLE parkway_owner PASSWORD 'a-new-one'"} {
		require.NoError(t, c.RememberNext("a-new-one"))
		run(t, c.OwnerURL("parkway"), change)
		require.NoError(t, c.Down(t.Context(), false))
		c = started(t, dir)
		run(t, c.OwnerURL("parkway"), "SELECT 1")
		require.NoFileExists(t, filepath.Join(dir, "password.next"), name)
	}
	run(t, c.OwnerURL("parkway"), "ALTER ROLE parkway_app PASSWORD 'somebody changed it by hand'")
	require.NoError(t, c.Down(t.Context(), false))
	c = started(t, dir)
	run(t, c.AppURL("parkway"), "SELECT 1")
}
