package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// TestAMissingFileHoldsNoMigrationUp: the backup names the file, and the data is brought up to date.
func TestAMissingFileHoldsNoMigrationUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	server, err := pgtest.Start(ctx, func(context.Context, string, string) error { return nil })
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	url, _ := server.Database(t)
	archive, err := backup.Open("../../backup/testdata/release-9ca858d.zip")
	require.NoError(t, err)
	defer archive.Close()
	require.NoError(t, archive.Fill(t.Context(), url))
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, table := range []string{"users", "units"} { // many cases say by what name each went: migration 0033 notes each once
		_, err = conn.Exec(t.Context(), "UPDATE "+table+" SET name = name || '（新）'")
		require.NoError(t, err)
	}
	place := t.TempDir()
	files, err := blobs.Open(t.Context(), config.FolderURL(place), 1<<20)
	require.NoError(t, err)
	require.NoError(t, archive.Put(t.Context(), files))
	require.NoError(t, files.Close())
	lost := archive.Files[0].SHA256
	require.NoError(t, os.Remove(filepath.Join(place, lost[:2], lost)))
	secret, err := archive.Secret()
	require.NoError(t, err)

	folder := t.TempDir()
	migrate := &migrateCommand{Owner: config.Owner{MigrateDatabaseURL: url, AppRole: "parkway_app"}, Keys: config.Keys{SecretKey: secret},
		Files: config.Files{BlobURL: config.FolderURL(place), UploadLimit: 1 << 20}, Log: config.Log{Level: "error"}, Upgrades: config.Upgrades{UpgradeBackup: folder}}
	said := printed(t, func() error { return migrate.Run(t.Context()) })
	require.Contains(t, said, lost+" is missing")
	require.Contains(t, said, "the schema is up to date")
	due, err := store.Due(t.Context(), url)
	require.NoError(t, err)
	require.Nil(t, due)
	noted := 0
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM renamed").Scan(&noted))
	require.Greater(t, noted, 2)
	made, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Len(t, made, 1)
}
