package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// The roles of a cluster: the owner migrates, the application cannot rewrite the past.
const (
	OwnerRole = "parkway_owner"
	AppRole   = "parkway_app"
)

// Options say where a cluster lives.
type Options struct {
	Dir       string   // of its data, its password and its port; created when missing
	External  string   // address of a PostgreSQL that somebody else runs, as a role that may create databases and roles; then nothing is started here
	Databases []string // created when missing, owned by the owner
	Throwaway bool     // for tests: nothing has to survive a power cut, so nothing is synced; it survives kill -9
	Progress  func(string)
}

// Cluster is a running PostgreSQL. Its address listens on loopback only.
type Cluster struct {
	programs string
	options  Options
	data     string // the data folder
	address  string // host:port
	user     string // the owner
	password string // of the owner
	secret   string // password of the application's role
	next     string // the owner's while it is being changed; else empty
	runAs    *account

	mu     sync.Mutex // one starts or stops the server at a time
	wanted bool       // the server is to run
	logged int        // how long its log was when it was started
	placed bool       // its port is known to whoever works with it, and does not change any more
}

// Start finds PostgreSQL, prepares the folder on first use, and starts the server, or adopts the one that a killed program left running.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	o.Dir = dir
	c := &Cluster{options: o, user: OwnerRole}
	if o.External != "" {
		return c, c.borrow(ctx)
	}
	c.data = filepath.Join(dir, "data")
	if c.runAs, err = unprivileged(c.data); err != nil {
		return nil, err
	}
	if err := fetchFormer(c.data, o.Progress); err != nil {
		return nil, err
	}
	if c.programs, err = programsFor(ctx, dir, o.Progress); err != nil {
		return nil, err
	}
	if err := c.prepare(ctx); err != nil {
		return nil, err
	}
	err = c.Up(ctx)
	c.placed = true
	if err == nil {
		err = c.furnish(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, c.giveUp())
	}
	return c, nil
}

// giveUp stops a server that came up although its start failed, or was given up.
func (c *Cluster) giveUp() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return c.Down(ctx, false)
}

// borrow uses a PostgreSQL that somebody else runs.
func (c *Cluster) borrow(ctx context.Context) error {
	config, err := pgx.ParseConfig(c.options.External)
	if err != nil {
		return fmt.Errorf("read the address of PostgreSQL: %w", err)
	}
	c.address, c.user, c.password = net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), config.User, config.Password
	if err := os.MkdirAll(c.options.Dir, 0o755); err != nil {
		return fmt.Errorf("make the folder %s: %w", c.options.Dir, err)
	}
	if c.secret, err = Remembered(c.file(secretFile), func() (string, error) { return rand.Text(), nil }); err != nil {
		return err
	}
	return c.furnish(ctx)
}

// OwnerURL is the address of a database for the owner.
func (c *Cluster) OwnerURL(database string) string { return c.url(c.user, c.password, database) }

// AppURL is the address of a database for the application.
func (c *Cluster) AppURL(database string) string { return c.url(AppRole, c.secret, database) }

func (c *Cluster) url(role, password, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, password), Host: c.address, Path: database, RawQuery: "sslmode=disable"}
	return u.String()
}

// Address is host:port.
func (c *Cluster) Address() string { return c.address }

// User is the owner.
func (c *Cluster) User() string { return c.user }

// Password is the owner's.
func (c *Cluster) Password() string { return c.password }

// prepare makes the folder, the password and the data directory, once.
func (c *Cluster) prepare(ctx context.Context) error {
	if err := os.MkdirAll(c.options.Dir, 0o755); err != nil {
		return fmt.Errorf("make the folder %s: %w", c.options.Dir, err)
	}
	if err := c.recall(); err != nil {
		return err
	}
	port, err := Remembered(c.file(portFile), freePort)
	if err != nil {
		return err
	}
	c.address = net.JoinHostPort("127.0.0.1", port)
	if err := c.sweep(); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.data, "PG_VERSION")); err == nil {
		return nil
	}
	c.options.Progress("正在建立数据库… / creating the database cluster")
	if err := os.MkdirAll(filepath.Dir(c.data), 0o755); err != nil {
		return fmt.Errorf("make the folder above the data: %w", err)
	}
	return c.create(ctx)
}

// beingMade stands in the name of a data directory that is not complete.
const beingMade = ".new-"

// sweep removes what interrupted starts left, also once the data is in its place: an initdb that outlives its program may still write while the next start
// removes its folder.
func (c *Cluster) sweep() error {
	beside, err := os.ReadDir(filepath.Dir(c.data))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for what an interrupted start left: %w", err)
	}
	for _, e := range beside {
		if !strings.HasPrefix(e.Name(), filepath.Base(c.data)+beingMade) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(filepath.Dir(c.data), e.Name())); err != nil {
			c.options.Progress("could not remove what an interrupted start left: " + err.Error())
		}
	}
	return nil
}

// create makes the data directory beside its place and moves it there once it is complete: a program that is killed meanwhile leaves nothing that
// the next start would take for a cluster. initdb may outlive the program, so each try has a folder of its own.
func (c *Cluster) create(ctx context.Context) error {
	fresh, err := os.MkdirTemp(filepath.Dir(c.data), filepath.Base(c.data)+beingMade)
	if err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	secret := fresh + ".password"
	defer os.Remove(secret)
	if err := os.WriteFile(secret, []byte(c.password), 0o600); err != nil {
		return fmt.Errorf("write the password for initdb: %w", err)
	}
	if err := c.runAs.own(fresh, secret); err != nil {
		return fmt.Errorf("give the data folder to the user %s: %w", c.runAs, err)
	}
	paths, handed, err := c.runAs.reach(fresh, secret)
	if err != nil {
		return fmt.Errorf("open the data folder: %w", err)
	}
	args := []string{"-D", paths[0], "-U", OwnerRole, "-A", "scram-sha-256", "--pwfile", paths[1], "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"}
	if c.options.Throwaway {
		args = append(args, "--no-sync")
	}
	initdb := c.command(ctx, "initdb", args...)
	initdb.ExtraFiles = handed
	out, err := initdb.CombinedOutput()
	if err := errors.Join(err, closeAll(handed)); err != nil {
		return errors.Join(fmt.Errorf("create the cluster in %s: %w: %s%s", c.data, err, last(out), c.runAs.hint(c.options.Dir)), os.RemoveAll(fresh))
	}
	if err := os.Rename(fresh, c.data); err != nil {
		return fmt.Errorf("put the cluster in its place: %w", err)
	}
	return nil
}

// Destroy stops the server and removes the folder. It is for throw-away clusters.
func (c *Cluster) Destroy() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	stopErr := c.Down(ctx, true)
	if err := errors.Join(stopErr, os.RemoveAll(c.data), os.RemoveAll(c.options.Dir)); err != nil {
		c.options.Progress(err.Error())
	}
}

// furnish creates the application's role and the databases that are missing.
func (c *Cluster) furnish(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.OwnerURL("postgres"))
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", AppRole).Scan(&there); err != nil {
		return fmt.Errorf("look for the role %s: %w", AppRole, err)
	}
	if !there {
		if _, err := conn.Exec(ctx, "CREATE ROLE "+AppRole+" LOGIN"); err != nil {
			return fmt.Errorf("create the role %s: %w", AppRole, err)
		}
	}
	if err := c.agree(ctx, conn); err != nil {
		return err
	}
	for _, name := range c.options.Databases {
		if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil {
			return fmt.Errorf("look for the database %s: %w", name, err)
		}
		if there {
			continue
		}
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
			return fmt.Errorf("create the database %s: %w", name, err)
		}
	}
	return nil
}

// agree sees to it that the application's role has the password that is remembered for it.
func (c *Cluster) agree(ctx context.Context, conn *pgx.Conn) error {
	if err := c.settle(); err != nil {
		return err
	}
	app, err := pgx.Connect(ctx, c.AppURL("postgres"))
	switch {
	case err == nil:
		return app.Close(ctx)
	case wrongPassword(err):
		return SetPassword(ctx, conn, AppRole, c.secret)
	}
	return fmt.Errorf("connect to PostgreSQL as %s: %w", AppRole, err)
}

func (c *Cluster) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, filepath.Join(c.programs, program), args...)
	command.Dir = "/"
	command.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	c.runAs.apply(command)
	return command
}
