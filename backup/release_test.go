package backup_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/store"
)

// TestEveryReleaseIsBroughtUpToDate: the data of each earlier release, kept in testdata with its files, is upgraded where it lies, and verified. The
// first is the demo zone of commit 9ca858d with three photographs; each release adds its own, made by its `backup`.
func TestEveryReleaseIsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	releases, err := filepath.Glob("testdata/release-*.zip")
	require.NoError(t, err)
	require.NotEmpty(t, releases)
	for _, path := range releases {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, target := opened(t, path), fresh(t)
			files, _ := keeper(t)
			require.NotEmpty(t, archive.Files)
			require.NoError(t, archive.Put(t.Context(), files))
			require.NoError(t, archive.Fill(t.Context(), target), "as that release left it")
			due, err := store.Due(t.Context(), target)
			require.NoError(t, err)
			require.NotNil(t, due, "a backup is offered first")
			require.Equal(t, archive.Schema, due.From)
			require.Equal(t, archive.Zone, due.Zone)
			var told []string
			require.NoError(t, store.MigrateTelling(t.Context(), target, "parkway_app", func(words string) { told = append(told, words) }))
			require.NotEmpty(t, told, "whoever waits is told how far it is")
			require.Contains(t, told[0], "第 1 步，共 "+strconv.FormatInt(int64(len(slices.DeleteFunc(slices.Clone(told), func(w string) bool { return !strings.Contains(w, "步，共") }))), 10)+" 步")
			due, err = store.Due(t.Context(), target)
			require.NoError(t, err)
			require.Nil(t, due)
			out := &bytes.Buffer{}
			require.NoError(t, archive.Compare(t.Context(), target, files, out), "%s", out)
			t.Logf("%s", out)
		})
	}
}

// TestThereIsNoWayBack: data of a newer release is not touched, whoever asks.
func TestThereIsNoWayBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 1)
	path, archive := o.toFile(t)
	execute(t, o.owner, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)")
	require.ErrorIs(t, store.Migrate(t.Context(), o.owner, "parkway_app"), store.ErrNewData)
	_, err := store.Due(t.Context(), o.owner)
	require.ErrorIs(t, err, store.ErrNewData)
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	_, err = store.Open(t.Context(), o.owner, calendar, slog.New(slog.DiscardHandler))
	require.ErrorIs(t, err, store.ErrNewData)

	archive.Schema = 9999
	manifest, err := json.Marshal(archive.Manifest)
	require.NoError(t, err)
	newer := filepath.Join(t.TempDir(), "newer.zip")
	require.NoError(t, os.WriteFile(newer, instead(t, path, "manifest.json", manifest), 0o600))
	_, err = backup.Open(newer)
	require.ErrorIs(t, err, store.ErrNewData, "before anything is made for it")
	target := fresh(t)
	files, _ := keeper(t)
	err = archive.Restore(t.Context(), backup.Target{OwnerURL: target, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {})
	require.ErrorIs(t, err, store.ErrNewData)
	require.NoError(t, store.Vacant(t.Context(), target))
}
