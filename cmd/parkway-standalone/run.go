package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/server/metrics"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/standalone/terminal"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/tracing"
)

type runCommand struct{ options }

// program is one run of everything.
type program struct {
	options
	began    time.Time
	dir      string
	log      *slog.Logger
	say      func(words string) // tells the person at the terminal what is being done
	theirs   string             // address of a PostgreSQL of somebody else's; empty: our own
	listener net.Listener
	watched  net.Listener  // by Prometheus; nil when it is not wanted
	files    *blobs.Keeper // nil until they are opened
	machine  *standalone.Machine
	anteroom *anteroom // while the data is brought up to date; nil otherwise
}

// Run checks every setting before it touches anything, starts everything, and serves until the context ends.
func (c *runCommand) Run(ctx context.Context) error {
	p := &program{options: c.options, began: time.Now()}
	if err := p.check(ctx); err != nil {
		return err
	}
	if p.ToTerminal() {
		p.log, p.say = p.Logger(), func(words string) { fmt.Println(words) }
		return p.live(ctx)
	}
	file, err := terminal.File(p.LogPath())
	if err != nil {
		return err
	}
	p.log = p.LoggerTo(file)
	person, err := terminal.Take(p.log)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	p.say = person.Say
	if err = p.live(ctx); err != nil {
		p.log.Error("ended with an error", "error", err)
		err = fmt.Errorf("%w\n  日志 / more in the log: %s", err, p.LogPath())
	}
	return errors.Join(err, person.GiveBack(), file.Close())
}

// check refuses bad settings, a folder that is in use and an address that is taken. Nothing has been made when it does.
func (p *program) check(ctx context.Context) error {
	err := config.Check(&p.options)
	if err != nil {
		return err
	}
	if p.dir, err = filepath.Abs(p.DataDir); err != nil {
		return err
	}
	if standalone.Running(p.dir) {
		return standalone.ErrRunning
	}
	if err := p.checkFolder(ctx); err != nil {
		return err
	}
	if p.listener, err = net.Listen("tcp", p.Listen); err != nil {
		return fmt.Errorf("PARKWAY_LISTEN: %w; set it to a free address of this machine", err)
	}
	if p.watched, err = p.Metrics.Listener(); err != nil {
		return errors.Join(err, p.listener.Close())
	}
	if p.BlobURL != "" {
		if p.files, err = blobs.Open(ctx, p.BlobURL, p.UploadLimit); err != nil {
			return errors.Join(fmt.Errorf("PARKWAY_BLOB_URL: %w", err), p.listener.Close())
		}
	}
	return nil
}

// checkFolder refuses a folder that cannot be the data folder, and a PostgreSQL of somebody else's that lets nobody in.
func (p *program) checkFolder(ctx context.Context) error {
	err := standalone.Usable(p.dir)
	if err == nil && p.MigrateDatabaseURL == "" {
		err = standalone.Whole(p.dir)
	}
	if err != nil {
		return fmt.Errorf("PARKWAY_DATA_DIR: %w", err)
	}
	if p.MigrateDatabaseURL != "" {
		if p.theirs, err = p.URL(); err == nil {
			err = reach(ctx, p.theirs)
		}
	}
	return err
}

// reach fails when the PostgreSQL that is to be used does not let us in.
func reach(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		lines := strings.Fields(err.Error()) // it comes in several lines
		return fmt.Errorf("PARKWAY_MIGRATE_DATABASE_URL: PostgreSQL cannot be used under it; set it to one that answers, or unset it to have one started: %s", strings.Join(lines, " "))
	}
	return conn.Close(ctx)
}

// live starts the machine, serves, and stops everything in the opposite order. Being told to stop before everything was up is no error: the
// next start goes on from there.
func (p *program) live(ctx context.Context) (err error) {
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	p.machine, err = standalone.Start(ctx, standalone.Options{Dir: p.dir, Postgres: p.theirs, Namespace: p.Namespace, Log: p.log,
		Progress: p.progress, Fatal: func(err error) {
			p.log.Error("the program cannot go on", "error", err)
			giveUp(err)
		}})
	if err != nil {
		return p.unless(ctx, errors.Join(standalone.Told(p.dir, err), p.listener.Close()))
	}
	err = p.unless(ctx, standalone.Told(p.dir, p.serve(ctx)))
	p.log.Info("nobody is served any more")
	err = errors.Join(err, p.machine.Stop())
	p.log.Info("everything is stopped", "error", err)
	return err
}

// unless keeps an error, unless it comes from the person's wish to stop.
func (p *program) unless(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	switch {
	case cause == nil:
		return err
	case !errors.Is(cause, context.Canceled):
		return errors.Join(cause, err) // PostgreSQL or the engine gave up
	case err != nil:
		p.log.Info("stopped before everything was up", "error", err)
		p.progress("还没有就绪就停止了，下次启动会接着做 / stopped before it was ready; the next start goes on from here")
	}
	return nil
}

// beforeUpgrade makes a backup of data of an earlier release before it is changed, unless that is declined.
func (p *program) beforeUpgrade(ctx context.Context, due *store.Upgrade) error {
	if p.UpgradeBackup == "none" {
		return nil
	}
	folder := p.UpgradeBackup
	if folder == "" {
		folder = filepath.Join(p.dir, "backups")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("PARKWAY_UPGRADE_BACKUP: make the folder for the backup before the upgrade: %w", err)
	}
	source, done, err := p.source(ctx, p.machine.OwnerURL())
	if err == nil {
		err = backup.BeforeUpgrade(ctx, folder, due, source, lines(p.tell))
		done()
	}
	if err != nil {
		return fmt.Errorf("the backup before the upgrade failed and nothing was changed; make one yourself and set PARKWAY_UPGRADE_BACKUP=none to go on: %w", err)
	}
	return nil
}

// lines tells the person at the terminal what is written to it.
type lines func(words string)

func (l lines) Write(text []byte) (int, error) {
	for line := range strings.Lines(string(text)) {
		l(strings.TrimSuffix(line, "\n"))
	}
	return len(text), nil
}

// upToDate brings the data up to date, backed up before where it is of an earlier release, and opens it for the application. Whoever opens the data
// of a folder on which nothing runs does it by this.
func (p *program) upToDate(ctx context.Context, options ...store.Option) (*store.Store, error) {
	due, err := store.Due(ctx, p.machine.OwnerURL())
	if err != nil {
		return nil, err
	}
	tell := func(string) {}
	if due != nil {
		tell = p.tell
		defer p.receive()()
		if err := p.beforeUpgrade(ctx, due); err != nil {
			return nil, err
		}
	}
	if err := store.MigrateTelling(ctx, p.machine.OwnerURL(), p.machine.AppRole(), tell); err != nil {
		return nil, err
	}
	return openStore(ctx, p.machine.AppURL(), p.log, options...)
}

// ownKey takes the secret key of the folder, made once the database is there, unless one is set: the backup before an upgrade holds it. A zone whose key was cut
// short, or is lost while something is locked with it, is not started with another one: what the old one locked could then not be read any more, and nobody
// would know while the old key could still be put back.
func (p *program) ownKey(ctx context.Context) error {
	if p.SecretKey != "" || p.SecretKeyFile != "" {
		return nil
	}
	path := filepath.Join(p.dir, "secret-key")
	key, err := config.SecretFile(path)
	lost := errors.Is(err, fs.ErrNotExist)
	if err != nil && !lost {
		return err
	}
	if lost || len(key) < 32 {
		zone, err := store.ZoneOf(ctx, p.machine.OwnerURL())
		if err != nil {
			return err
		}
		if zone != "" {
			locked, err := store.LockedChannels(ctx, p.machine.OwnerURL())
			if err != nil {
				return err
			}
			if len(locked) > 0 || !lost {
				return keyless(zone, path, lost, locked)
			}
		}
	}
	p.SecretKey, err = p.machine.Secret("secret-key")
	return err
}

// keyless says what is to be done where the key of a zone is not there, or not whole.
func keyless(zone, path string, lost bool, locked []string) error {
	how, channels := "is not whole", "the channels"
	if lost {
		how = "is not there"
	}
	if len(locked) > 0 {
		channels = "the channels " + strings.Join(locked, ", ")
	}
	return fmt.Errorf("the secret key of %s in %s %s; put it back from a copy or a backup (or set PARKWAY_SECRET_KEY to it). If it is lost, make a new one with `openssl rand -hex 32 > %s`: %s then ask for their secrets anew", zone, path, how, path, channels)
}

// tell says how far an upgrade is: at the terminal, in the log, and on the page that is served meanwhile.
func (p *program) tell(words string) {
	p.progress(words)
	p.log.Info("the data is brought up to date", "words", strings.TrimSpace(words))
	if p.anteroom != nil {
		p.anteroom.words.Store(strings.TrimSpace(words))
	}
}

// progress tells the person at the terminal what is being done.
func (p *program) progress(words string) { p.say("  " + words) }

// serve migrates, opens the store, takes up what the first start has to do, and runs worker and server on the machine.
func (p *program) serve(ctx context.Context) error {
	defer p.listener.Close() //nolint:errcheck // it is closed when serving ends; this is for what comes before
	if err := p.ownKey(ctx); err != nil {
		return err
	}
	traces, err := tracing.Start(ctx, p.Traces, "parkway")
	if err != nil {
		return err
	}
	defer traces.Stop()
	db, err := p.upToDate(ctx, store.Traced(traces.SQL()), store.EngineFlushes(true), store.ReachedAt(p.PublicURL))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := p.prepare(ctx, db); err != nil {
		return err
	}
	between, err := traces.Engine()
	if err != nil {
		return err
	}
	engine, err := p.machine.Client(ctx, p.log, between...)
	if err != nil {
		return err
	}
	defer engine.Close()
	z, err := p.zone(ctx, db, engine)
	if err != nil {
		return err
	}
	z.traced = traces.Requests()
	s, err := z.server(ctx)
	if err != nil {
		return err
	}
	defer p.files.Close() //nolint:errcheck // uploads are flushed one by one
	vacant, err := db.Vacant(ctx)
	if err != nil {
		return err
	}
	work := &work{zone: z, app: s.App}
	defer work.stop()
	if vacant {
		s.Site.Link = founding.NewLink()
	} else if err := work.begin(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { p.watchRoom(ctx); return nil })
	group.Go(func() error { return s.Serve(ctx, p.listener) })
	group.Go(func() error {
		<-ctx.Done()
		p.progress("正在停止… / stopping")
		p.machine.Settle()
		return nil
	})
	if p.watched != nil {
		group.Go(func() error {
			return z.numbers.Serve(ctx, p.watched, &metrics.Watched{Cases: db, Orphans: s.App.CountOrphans, Now: z.now, Log: p.log})
		})
	}
	if z.clock != nil {
		group.Go(func() error { return z.clock.Run(ctx) })
	}
	if vacant {
		group.Go(func() error { return work.awaitZone(ctx, s.Site.Link) })
	} else if work.lost {
		group.Go(func() error { return p.reconcile(ctx, s.App) })
	}
	return group.Wait()
}
