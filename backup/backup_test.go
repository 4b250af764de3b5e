package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

var databases *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &databases, store.Migrate) }

const key = "the key of this zone, which is long enough"

// office is a zone with its database and files.
type office struct {
	owner string
	db    *store.Store
	files *blobs.Keeper
	dir   string
	zone  *zonetest.Zone
	cases []string
}

func keeper(t *testing.T) (*blobs.Keeper, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "文件 #1%41")
	files, err := blobs.Open(t.Context(), config.FolderURL(dir), 1<<20)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, files.Close()) })
	return files, dir
}

func open(t *testing.T, url string) *store.Store {
	t.Helper()
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	db, err := store.Open(t.Context(), url, calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return db
}

// newOffice opens hazards with a photograph each.
func newOffice(t *testing.T, cases int) *office {
	t.Helper()
	owner, app := databases.Database(t)
	o := &office{owner: owner, db: open(t, app)}
	o.files, o.dir = keeper(t)
	o.zone = zonetest.New(t, o.db)
	o.cases = make([]string, cases)
	var people errgroup.Group
	people.SetLimit(4)
	for i := range o.cases {
		o.cases[i] = uuid.NewString()
		people.Go(func() error { return o.record(t.Context(), i) })
	}
	require.NoError(t, people.Wait())
	return o
}

func (o *office) record(ctx context.Context, i int) error {
	who := o.zone.As(process.SafetySupervisor)
	photo := append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0}, bytes.Repeat([]byte(fmt.Sprintf("photo %d;", i)), 200)...)
	received, err := o.files.Receive(ctx, "现场.jpg", bytes.NewReader(photo))
	if err != nil {
		return err
	}
	upload, err := o.db.AddUpload(ctx, who, received)
	if err != nil {
		return err
	}
	return o.apply(ctx, o.cases[i], hazard.RecordName, hazard.Record{EnterpriseID: o.zone.Enterprise, Location: "车间", Description: fmt.Sprintf("通道堵塞 %d\t\\N", i), Level: hazard.General,
		Attachments: []process.Evidence{{UploadID: upload}}})
}

func (o *office) apply(ctx context.Context, id string, name process.Name, input any) error {
	text, err := json.Marshal(input)
	if err != nil {
		return err
	}
	_, err = o.db.Apply(ctx, process.Order{CaseID: id, Command: name, Input: text,
		Call: process.Call{Key: uuid.NewString(), Actor: o.zone.As(process.SafetySupervisor), OccurredAt: zonetest.Morning(), RecordedAt: zonetest.Morning()}})
	return err
}

func (o *office) source() backup.Source {
	return backup.Source{OwnerURL: o.owner, Files: o.files, Key: key, Now: time.Now()}
}

// toFile makes a backup and opens it.
func (o *office) toFile(t *testing.T) (string, *backup.Archive) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.zip")
	_, err := backup.ToFile(t.Context(), path, o.source())
	require.NoError(t, err)
	return path, opened(t, path)
}

func opened(t *testing.T, path string) *backup.Archive {
	t.Helper()
	a, err := backup.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	return a
}

// fresh is a database of a new cluster: no role of Parkway's is in it but the one that signs in.
func fresh(t *testing.T) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	server, err := pgtest.Start(ctx, func(context.Context, string, string) error { return nil })
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	owner, _ := server.Database(t)
	return owner
}

func nothing(string) error { return nil }

// size is how many cases the rehearsal has: BACKUP_CASES=10000 is the full one.
func size(t *testing.T) int {
	t.Helper()
	text := os.Getenv("BACKUP_CASES")
	if text == "" {
		return 200
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}

// TestRehearsal backs a zone up while people work, restores it into a new cluster of databases and another folder, verifies it, and compares: it is
// the zone of one moment.
func TestRehearsal(t *testing.T) {
	began := time.Now()
	o := newOffice(t, size(t))
	t.Logf("%d cases with a photograph each were opened in %s", len(o.cases), time.Since(began).Round(time.Millisecond))

	working, stop := context.WithCancel(t.Context())
	defer stop()
	var worked atomic.Int64
	var people errgroup.Group
	for p := range 3 {
		people.Go(func() error {
			for i := p; working.Err() == nil; i += 3 {
				if err := o.apply(t.Context(), o.cases[i%len(o.cases)], "hazard.comment", casework.Comment{Text: "还在干活"}); err != nil {
					return err
				}
				worked.Add(1)
			}
			return nil
		})
	}
	require.Eventually(t, func() bool { return worked.Load() > 10 }, time.Minute, time.Millisecond)
	before, began := worked.Load(), time.Now()
	path, archive := o.toFile(t)
	took := time.Since(began)
	during := worked.Load() - before
	stop()
	require.NoError(t, people.Wait())
	require.Positive(t, during, "people worked while it was made")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds the secret key")
	t.Logf("backed up in %s, %d bytes; %d commands were carried out meanwhile", took.Round(time.Millisecond), info.Size(), during)
	require.GreaterOrEqual(t, archive.Figures.Events, int64(len(o.cases)))
	require.Less(t, archive.Figures.Events, int64(len(o.cases))+worked.Load()+1)

	target, kept := fresh(t), ""
	files, _ := keeper(t)
	began = time.Now()
	require.NoError(t, archive.Restore(t.Context(), backup.Target{OwnerURL: target, AppRole: "parkway_app", Files: files, Keep: func(s string) error { kept = s; return nil }}, func(string) {}))
	t.Logf("restored in %s", time.Since(began).Round(time.Millisecond))
	require.Equal(t, key, kept)
	began = time.Now()
	out := &bytes.Buffer{}
	require.NoError(t, archive.Compare(t.Context(), target, files, out), "%s", out)
	t.Logf("verified in %s\n%s", time.Since(began).Round(time.Millisecond), out)

	again := &office{owner: target, db: open(t, strings.Replace(target, "parkway_owner", "parkway_app", 1)), files: files, zone: o.zone, cases: o.cases}
	require.NoError(t, again.apply(t.Context(), o.cases[0], "hazard.comment", casework.Comment{Text: "接着干"}), "people go on as the application's role")
	_, second := again.toFile(t)
	require.Equal(t, archive.Figures.Events+1, second.Figures.Events)
	for i, table := range archive.Tables {
		if !slices.Contains([]string{"cases", "cards", "case_facts", "clocks", "events", "notices", "readiness", "dealt", "labels"}, table.Name) { // that the comment touched
			require.Equal(t, table, second.Tables[i], "a table comes back as it was, byte for byte")
		}
	}
}

// TestNothingIsRestoredOverAnything: nor from an archive that is damaged; and nothing is touched then.
func TestNothingIsRestoredOverAnything(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 2)
	path, archive := o.toFile(t)
	files, dir := keeper(t)
	filled := newOffice(t, 1)
	err := archive.Restore(t.Context(), backup.Target{OwnerURL: filled.owner, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {})
	require.ErrorIs(t, err, store.ErrFilled)
	require.ErrorContains(t, err, "测试经济开发区")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries, "no file was written")
	_, err = backup.ToFile(t.Context(), path, o.source())
	require.ErrorContains(t, err, "is there already")

	foreign := fresh(t)
	execute(t, foreign, "CREATE TABLE somebody_elses (n int)")
	err = archive.Restore(t.Context(), backup.Target{OwnerURL: foreign, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {})
	require.ErrorIs(t, err, store.ErrFilled)
	require.ErrorContains(t, err, "somebody_elses")

	text, err := os.ReadFile(path)
	require.NoError(t, err)
	vacant, _ := databases.Database(t) // migrated, without a zone: as a program that was started on an empty folder leaves it
	for name, spoil := range map[string]func() []byte{
		"CutOff":       func() []byte { return text[:len(text)/2] },
		"AFileChanged": func() []byte { return bytes.Replace(text, []byte("photo 1;"), []byte("photo 9;"), 1) },
		"NoArchive":    func() []byte { return []byte("nothing of the kind") },
		"ATableGone":   func() []byte { return without(t, path, "tables/events.copy") },
		"Another":      func() []byte { return without(t, path, "manifest.json") },
	} {
		t.Run(name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad.zip")
			require.NoError(t, os.WriteFile(bad, spoil(), 0o600))
			a, err := backup.Open(bad)
			if err == nil {
				defer a.Close()
				err = a.Restore(t.Context(), backup.Target{OwnerURL: vacant, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {})
			}
			require.Error(t, err)
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Empty(t, entries)
			require.NoError(t, store.Vacant(t.Context(), vacant))
		})
	}
	require.NoError(t, archive.Restore(t.Context(), backup.Target{OwnerURL: vacant, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {}))
	require.NoError(t, archive.Compare(t.Context(), vacant, files, io.Discard))
}

// TestDamageIsToldForWhatItIs: a byte of any part changed, and the person learns to take another copy.
func TestDamageIsToldForWhatItIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 1)
	path, archive := o.toFile(t)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	parts, err := zip.OpenReader(path)
	require.NoError(t, err)
	defer parts.Close()
	names := []string{"manifest.json", "secret-key", "tables/events.copy", "files/" + archive.Files[0].SHA256[:2] + "/" + archive.Files[0].SHA256}
	for _, f := range parts.File {
		if !slices.Contains(names, f.Name) {
			continue
		}
		at, err := f.DataOffset()
		require.NoError(t, err)
		for name, offset := range map[string]int64{"first": at, "last": at + int64(f.CompressedSize64) - 1} {
			t.Run(f.Name+" "+name, func(t *testing.T) {
				bad := filepath.Join(t.TempDir(), "bad.zip")
				spoiled := slices.Clone(text)
				spoiled[offset] ^= 0xff
				require.NoError(t, os.WriteFile(bad, spoiled, 0o600))
				a, err := backup.Open(bad)
				if err == nil {
					defer a.Close()
					err = a.Check(t.Context())
				}
				require.ErrorIs(t, err, backup.ErrDamaged)
				require.ErrorContains(t, err, "take another copy of it")
			})
		}
	}
}

// without returns the archive without one of its parts.
func without(t *testing.T, path, name string) []byte { return instead(t, path, name, nil) }

// instead is an archive with other words in a part, or without it where there are none.
func instead(t *testing.T, path, name string, words []byte) []byte {
	t.Helper()
	from, err := zip.OpenReader(path)
	require.NoError(t, err)
	defer from.Close()
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		if f.Name != name {
			require.NoError(t, to.Copy(f))
		}
	}
	if words != nil {
		part, err := to.Create(name)
		require.NoError(t, err)
		_, err = part.Write(words)
		require.NoError(t, err)
	}
	require.NoError(t, to.Close())
	return out.Bytes()
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), statement)
	require.NoError(t, err)
}

// TestAFileThatWasFaultyAlreadyIsNamed: it holds the backup up as little as the restore, and is told both times.
func TestAFileThatWasFaultyAlreadyIsNamed(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 2)
	_, whole := o.toFile(t)
	lost, changed := whole.Files[0].SHA256, whole.Files[1].SHA256
	require.NoError(t, os.Remove(filepath.Join(o.dir, lost[:2], lost)))
	require.NoError(t, os.WriteFile(filepath.Join(o.dir, changed[:2], changed), []byte("something else"), 0o600))
	path, out := filepath.Join(t.TempDir(), "backup.zip"), &bytes.Buffer{}
	require.ErrorContains(t, backup.Make(t.Context(), path, o.source(), out), "2 files were not as they were received")
	require.Contains(t, out.String(), lost+" is missing")
	require.Contains(t, out.String(), changed+" is changed")

	archive, target := opened(t, path), fresh(t)
	files, _ := keeper(t)
	require.NoError(t, archive.Restore(t.Context(), backup.Target{OwnerURL: target, AppRole: "parkway_app", Files: files, Keep: nothing}, func(string) {}))
	out.Reset()
	require.NoError(t, archive.Compare(t.Context(), target, files, out))
	require.Contains(t, out.String(), "was missing already when the backup was made")
}
