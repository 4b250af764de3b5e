package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
)

// archives are the files of a folder.
func archives(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	return names
}

// TestAFaultyFileHoldsNoUpgradeUp: it is named, and an upgrade that is tried again and again does not fill the disk.
func TestAFaultyFileHoldsNoUpgradeUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 2)
	_, whole := o.toFile(t)
	lost := whole.Files[0].SHA256
	require.NoError(t, os.Remove(filepath.Join(o.dir, lost[:2], lost)))

	folder, due := t.TempDir(), &store.Upgrade{From: 4, To: 27, Zone: "测试经济开发区"}
	killed, writing := filepath.Join(folder, "before-0027-20260101-000000.zip.part"), filepath.Join(folder, "before-0027-20260101-000001.zip.part")
	require.NoError(t, os.WriteFile(killed, make([]byte, 1000), 0o600))
	require.NoError(t, os.WriteFile(writing, make([]byte, 1000), 0o600))
	lock := flock.New(writing)
	held, err := lock.TryLock()
	require.NoError(t, err)
	require.True(t, held)

	source, out := o.source(), &bytes.Buffer{}
	for range 3 {
		out.Reset()
		source.Now = source.Now.Add(time.Second)
		require.NoError(t, backup.BeforeUpgrade(t.Context(), folder, due, source, out))
		require.Contains(t, out.String(), lost+" is missing")
		require.Contains(t, out.String(), "the upgrade goes on")
		require.Len(t, archives(t, folder), 2, "the archive, and what another program writes")
	}
	require.NoFileExists(t, killed)
	require.FileExists(t, writing)
	require.NoError(t, lock.Unlock())

	execute(t, o.owner, "UPDATE units SET name = name || '（新）'")
	source.Now = source.Now.Add(time.Second)
	require.NoError(t, backup.BeforeUpgrade(t.Context(), folder, due, source, out))
	require.Len(t, archives(t, folder), 2, "another moment is not the same")
	for _, path := range archives(t, folder) {
		require.NoError(t, opened(t, path).Check(t.Context()))
	}
}

// TestTheSecretKeyIsTried: a key that does not open the channels is told when the backup is made, and not when they are dead.
func TestTheSecretKeyIsTried(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 1)
	save := func(word, name string) {
		secret, err := config.Keys{SecretKey: word}.Secret()
		require.NoError(t, err)
		safe, err := notify.NewSafe(secret)
		require.NoError(t, err)
		_, err = o.db.SaveChannel(t.Context(), notify.Channel{Kind: notify.WeCom, Name: name, Secrets: notify.Secrets{URL: "https://example.org/robot"}}, safe)
		require.NoError(t, err)
	}
	save(key, "企业微信一群")
	out := &bytes.Buffer{}
	require.NoError(t, backup.Make(t.Context(), filepath.Join(t.TempDir(), "right.zip"), o.source(), out))

	save("another key, which the program has not had", "企业微信二群")
	path := filepath.Join(t.TempDir(), "one.zip")
	err := backup.Make(t.Context(), path, o.source(), out)
	require.ErrorIs(t, err, backup.ErrFaulty)
	require.ErrorContains(t, err, "PARKWAY_SECRET_KEY")
	require.ErrorContains(t, err, "企业微信二群")
	require.NotContains(t, err.Error(), "企业微信一群")

	source := o.source()
	source.Key = "an old key from the folder, which is long enough"
	path = filepath.Join(t.TempDir(), "old.zip")
	err = backup.Make(t.Context(), path, source, out)
	require.ErrorIs(t, err, backup.ErrFaulty)
	require.ErrorContains(t, err, "企业微信一群, 企业微信二群")

	target := fresh(t)
	files, _ := keeper(t)
	archive := opened(t, path)
	require.NoError(t, archive.Restore(t.Context(), backup.Target{OwnerURL: target, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {}))
	out.Reset()
	require.NoError(t, archive.Compare(t.Context(), target, files, out))
	require.Contains(t, out.String(), "企业微信一群 could not be opened")
}
