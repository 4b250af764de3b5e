package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/store"
)

// TestWithoutTheApplicationsRoleNothingIsWritten: migrate and restore say at once what to do, and do it once they are told the password.
func TestWithoutTheApplicationsRoleNothingIsWritten(t *testing.T) {
	const role = "parkway_absent"
	url, _ := databases.Database(t)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close(context.Background())) })
	_, err = conn.Exec(t.Context(), "CREATE DATABASE empty_without_role")
	require.NoError(t, err)
	url = strings.Replace(url, "/"+conn.Config().Database, "/empty_without_role", 1)
	owner := config.Owner{MigrateDatabaseURL: url, AppRole: role}
	place := config.Files{BlobURL: config.FolderURL(t.TempDir()), UploadLimit: 1 << 20}
	began := time.Now()
	err = (&migrateCommand{Owner: owner, Files: place, Log: config.Log{Level: "error"}}).Run(t.Context())
	require.ErrorContains(t, err, "has no role parkway_absent; set PARKWAY_DATABASE_URL")
	require.Less(t, time.Since(began), 20*time.Second, "it is not waited for")

	release := "../../backup/testdata/release-9ca858d.zip"
	key := filepath.Join(t.TempDir(), "key")
	restore := &restoreCommand{Owner: owner, Files: place, Log: config.Log{Level: "error"}, File: release, KeyToFile: key}
	require.ErrorContains(t, restore.Run(t.Context()), "has no role parkway_absent; set PARKWAY_DATABASE_URL")
	require.NoError(t, store.Vacant(t.Context(), url), "nothing was written")
	require.NoFileExists(t, key)

	parsed, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	restore.Database = config.Database{DatabaseURL: "postgres://" + role + ":a%20password@127.0.0.1:5432/" + parsed.Database}
	said := printed(t, func() error { return restore.Run(t.Context()) })
	require.Contains(t, said, "恢复完成")
	archive, err := backup.Open(release)
	require.NoError(t, err)
	require.NoError(t, archive.Close())
	require.ErrorContains(t, restore.Run(t.Context()), "is there already", "not over what is there")
}
