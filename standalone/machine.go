// Package standalone runs all that Parkway needs on one machine: its own PostgreSQL and a Temporal server in this process, persisted in that
// PostgreSQL. It is the only package that imports the Temporal server.
package standalone

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// Options say where the machine keeps its data.
type Options struct {
	Dir       string // everything lives below it: one folder to back up
	Postgres  string // address of a PostgreSQL to use instead of one of its own
	Namespace string
	Log       *slog.Logger
	Progress  func(string) // short sentences on what is being done
	Fatal     func(error)  // called when PostgreSQL or the engine cannot go on; the program should stop
	Throwaway bool         // for tests: what is written need not survive a power cut; it survives kill -9
}

// Machine is the running pair of PostgreSQL and Temporal.
type Machine struct {
	options Options
	lock    *flock.Flock
	pg      *postgres.Cluster
	engine  *engine
	ports   [4]int

	letGo context.CancelFunc // of PostgreSQL, which is looked after until then
	kept  chan struct{}      // closed when nobody looks after it any more

	settling sync.Once
	settled  chan struct{} // closed when PostgreSQL has little left to write
}

// database is Parkway's own.
const database = "parkway"

// ErrRunning means that another Parkway uses the same folder.
var ErrRunning = errors.New("Parkway is running on this folder already; stop it first, or set PARKWAY_DATA_DIR to another folder")

// Start brings PostgreSQL and the engine up. It returns ErrRunning when the folder is in use.
func Start(ctx context.Context, o Options) (*Machine, error) {
	m, err := StartDatabase(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := m.StartEngine(ctx); err != nil {
		return nil, errors.Join(err, m.Stop())
	}
	return m, nil
}

// StartDatabase brings PostgreSQL up alone, for what is done to the data while nobody works. It returns ErrRunning when the folder is in use.
func StartDatabase(ctx context.Context, o Options) (*Machine, error) {
	m := &Machine{options: o, settled: make(chan struct{})}
	collectLess()
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the data folder %s: %w; set PARKWAY_DATA_DIR to a place that this user may write to", o.Dir, err)
	}
	m.lock = flock.New(filepath.Join(o.Dir, "lock"))
	locked, err := m.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the data folder %s: %w", o.Dir, err)
	}
	if !locked {
		return nil, ErrRunning
	}
	if m.ports, err = enginePorts(filepath.Join(o.Dir, "engine-ports")); err != nil {
		return nil, errors.Join(err, m.lock.Unlock())
	}
	o.Progress("正在启动 PostgreSQL… / starting PostgreSQL")
	m.pg, err = postgres.Start(ctx, postgres.Options{Dir: filepath.Join(o.Dir, "postgres"), External: o.Postgres, Progress: o.Progress, Throwaway: o.Throwaway,
		Databases: []string{database, engineDatabase, visibilityDatabase}})
	if err != nil {
		return nil, errors.Join(err, m.lock.Unlock())
	}
	m.keep(ctx)
	return m, nil
}

// collectLess lets the heap grow to five times what is in use before it is collected, unless GOGC says otherwise: the engine throws away much, and half
// of what it and everything beside it spent on collecting is saved for 100 to 200 MB (bench/README.md).
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// RunningOwnerURL is the address of Parkway's database for its owner, of a machine that another program runs on the folder.
func RunningOwnerURL(ctx context.Context, dir string) (string, error) {
	return postgres.RunningOwnerURL(ctx, filepath.Join(dir, "postgres"), database)
}

// TheirOwnerURL is the same where the machine uses a PostgreSQL of somebody else's.
func TheirOwnerURL(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("the address of PostgreSQL is not like postgres://user@127.0.0.1:5432/postgres")
	}
	u.Path = "/" + database
	return u.String(), nil
}

// RunningEngine is host:port of the engine of a machine that another program runs on the folder.
func RunningEngine(dir string) (string, error) {
	ports, err := enginePorts(filepath.Join(dir, "engine-ports"))
	return local(ports[0]), err
}

// keep looks after PostgreSQL until the machine stops. When it cannot be brought back the program is told to end.
func (m *Machine) keep(ctx context.Context) {
	ctx, m.letGo = context.WithCancel(context.WithoutCancel(ctx))
	m.kept = make(chan struct{})
	go func() {
		defer close(m.kept)
		if err := m.pg.Keep(ctx, postgres.UsualCare(m.options.Log)); err != nil {
			m.options.Fatal(err)
		}
	}()
}

// StartEngine starts the Temporal server; Start has done so already.
func (m *Machine) StartEngine(ctx context.Context) error {
	m.options.Progress("正在启动流程引擎… / starting the workflow engine")
	if err := m.ownPorts(); err != nil {
		return err
	}
	var err error
	m.engine, err = startEngine(ctx, m.pg, m.ports, m.options.Namespace, m.options.Log, m.options.Fatal)
	return err
}

// Running reports whether another Parkway uses the folder.
func Running(dir string) bool {
	lock := flock.New(filepath.Join(dir, "lock"))
	if _, err := os.Stat(lock.Path()); err != nil {
		return false
	}
	free, err := lock.TryLock()
	if err == nil && free {
		err = lock.Unlock()
	}
	return err == nil && !free
}

// Fresh reports whether nothing has been started on the folder yet.
func Fresh(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "postgres"))
	return errors.Is(err, os.ErrNotExist)
}

// enginePatience is how long the engine may take to stop. It keeps its state in PostgreSQL at every moment: cut off, it loses nothing.
const enginePatience = 1500 * time.Millisecond

// Settle begins, once, to let PostgreSQL write what it has in memory. Whoever is about to stop says so before anything is waited for: on a busy disk this is what
// a stop takes longest for, and requests in flight and the engine end meanwhile.
func (m *Machine) Settle() {
	m.settling.Do(func() {
		go func() { defer close(m.settled); m.settle() }()
	})
}

func (m *Machine) settle() {
	if m.options.Postgres != "" {
		return // it is not ours to stop
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := exec(ctx, m.pg, database, "CHECKPOINT"); err != nil {
		m.options.Log.Info("PostgreSQL was stopped before it had settled", "error", err)
	}
}

// Stop stops the engine, then PostgreSQL, then lets go of the folder.
func (m *Machine) Stop() error {
	m.letGo()
	<-m.kept
	m.Settle()
	defer func() { <-m.settled }() // at the latest when PostgreSQL has stopped
	var errs []error
	if m.engine != nil {
		stopped := make(chan error, 1)
		go func() { stopped <- m.engine.stop() }()
		select {
		case err := <-stopped:
			errs = append(errs, err)
		case <-time.After(enginePatience):
			m.options.Log.Warn("the engine took too long to stop and was cut off")
		}
		m.options.Log.Info("the engine is stopped")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return errors.Join(append(errs, m.pg.Down(ctx, false), m.lock.Unlock())...)
}

// OwnerURL is the address of Parkway's database for its owner, who migrates.
func (m *Machine) OwnerURL() string { return m.pg.OwnerURL(database) }

// AppURL is the address of Parkway's database for the application.
func (m *Machine) AppURL() string { return m.pg.AppURL(database) }

// AppRole is the application's role.
func (m *Machine) AppRole() string { return postgres.AppRole }

// AppURL is the address of the database of a program that runs on the folder, for the application. external is the PostgreSQL that somebody else
// runs; "": its own.
func AppURL(ctx context.Context, dir, external string) (string, error) {
	return postgres.RunningAppURL(ctx, filepath.Join(dir, "postgres"), external, database)
}

// Postgres is the cluster.
func (m *Machine) Postgres() *postgres.Cluster { return m.pg }

// EngineAddress is host:port of the engine.
func (m *Machine) EngineAddress() string { return m.engine.host }

// Client connects to the engine. Compression is off: on loopback it only costs.
func (m *Machine) Client(ctx context.Context, logger *slog.Logger, between ...interceptor.ClientInterceptor) (client.Client, error) {
	c, err := client.DialContext(ctx, client.Options{HostPort: m.engine.host, Namespace: m.options.Namespace, Logger: logger, Interceptors: between,
		ConnectionOptions: client.ConnectionOptions{GrpcCompression: &client.GrpcCompressionNone{}}})
	if err != nil {
		return nil, fmt.Errorf("connect to the engine on %s: %w", m.engine.host, err)
	}
	return c, nil
}

// KeepSecret remembers a secret that came from elsewhere.
func (m *Machine) KeepSecret(name, value string) error {
	return postgres.Remember(filepath.Join(m.options.Dir, name), value)
}

// Secret returns a secret that is made up once and remembered in the data folder.
func (m *Machine) Secret(name string) (string, error) {
	return postgres.Remembered(filepath.Join(m.options.Dir, name), func() (string, error) { return rand.Text() + rand.Text(), nil })
}
