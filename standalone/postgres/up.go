package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Up starts the server. One that runs already on this folder, because the program before was killed, is adopted.
func (c *Cluster) Up(ctx context.Context) error {
	if c.options.External != "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = true
	return c.start(ctx)
}

// start starts the server unless it runs. It is a child of this program in a process group of its own: it outlives a program that is killed, and
// the next one adopts it.
func (c *Cluster) start(ctx context.Context) error {
	if c.alive() {
		if err := c.itsPort(); err != nil {
			return err
		}
		err := c.await(ctx, func() bool { return !c.alive() })
		if err == nil || ctx.Err() != nil || c.alive() {
			return err
		} // it was on its way down, as after a program that was killed while it stopped
	}
	if err := c.clear(); err != nil {
		return err
	}
	if err := c.ownPort(); err != nil {
		return err
	}
	log, err := os.OpenFile(c.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log of PostgreSQL: %w", err)
	}
	defer log.Close() //nolint:errcheck // the server has a handle of its own
	if err := c.runAs.own(log.Name()); err != nil {
		return fmt.Errorf("give the log of PostgreSQL to the user %s: %w", c.runAs, err)
	}
	if info, err := log.Stat(); err == nil {
		c.logged = int(info.Size())
	}
	paths, handed, err := c.runAs.reach(c.data)
	if err != nil {
		return fmt.Errorf("open the data folder: %w", err)
	}
	server := c.command(context.Background(), "postgres", c.settings(paths[0])...)
	server.Stdout, server.Stderr, server.ExtraFiles = log, log, handed
	if err := errors.Join(server.Start(), closeAll(handed)); err != nil {
		return fmt.Errorf("start PostgreSQL on %s: %w", c.address, err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Wait() // what went wrong stands in its log
	}()
	// Given up half-way, the server might come up a moment later, when nobody looks after it: the start is waited for even when the program is to stop.
	return c.await(context.WithoutCancel(ctx), func() bool {
		select {
		case <-ended:
			return !c.alive() // unless one that a killed program was starting has won
		default:
			return false
		}
	})
}

func (c *Cluster) settings(data string) []string {
	settings := []string{"-D", data, "-p", c.address[strings.LastIndex(c.address, ":")+1:], "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "max_connections=200", "-c", "shared_buffers=256MB"}
	if c.options.Throwaway { // what is committed has still left the server for the operating system: one that is killed loses nothing
		settings = append(settings, "-c", "fsync=off", "-c", "full_page_writes=off")
	}
	return settings
}

func (c *Cluster) logFile() string { return filepath.Join(c.data, "server.log") }

// lastWords are what the server's own log says of its last serious fault since it was started last, or how the log ends: why it could not go on
// stands there, and not in what processes of the server before it said in farewell.
func (c *Cluster) lastWords() string {
	if err := Room(c.data); err != nil { // its log lies on the same disk
		return strings.TrimSuffix(err.Error()+": "+c.logWords(), ": ")
	}
	return c.logWords()
}

// room is what PostgreSQL needs to come up: a segment of its log.
const room = 16 << 20

// Room fails when the disk of a folder has no room for PostgreSQL to come up on, or to let somebody in, and says what to do.
func Room(dir string) error {
	var disk syscall.Statfs_t
	if syscall.Statfs(dir, &disk) == nil && disk.Bavail*uint64(disk.Bsize) < room { //nolint:gosec // its type differs between systems
		return Full(dir)
	}
	return nil
}

// Full says that the disk of a folder is full, and what to do.
func Full(dir string) error {
	return fmt.Errorf("磁盘已满，请腾出空间 / the disk of %s is full, make room on it", dir)
}

func (c *Cluster) logWords() string {
	text, err := os.ReadFile(c.logFile())
	if err != nil {
		return ""
	}
	text = text[min(len(text), max(c.logged, len(text)-8<<10)):]
	for _, grave := range []string{"PANIC:", "FATAL:"} {
		if at := bytes.LastIndex(text, []byte(grave)); at >= 0 {
			words, _, _ := strings.Cut(string(text[at:]), "\n")
			return words
		}
	}
	return last(text)
}

// How long a server may be silent, and how long it may take to recover while it says that it does.
const (
	silence  = 30 * time.Second
	recovery = 10 * time.Minute
)

// await returns when the server answers, and fails when it is gone.
func (c *Cluster) await(ctx context.Context, gone func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, recovery)
	defer cancel()
	heard := time.Now()
	for {
		err := c.ask(ctx)
		if err == nil {
			return nil
		}
		if recovering(err) {
			heard = time.Now()
		}
		switch {
		case wrongPassword(err) && c.alive():
			return fmt.Errorf("PostgreSQL of %s refuses the password in %s: the files beside the data are not the ones that belong to it; put back password, app-password and port as they were when it ran last, from the folder that they were copied from: %w", c.data, c.file(passwordFile), err)
		case gone():
			return fmt.Errorf("start PostgreSQL on %s: %s", c.address, c.lastWords())
		case time.Since(heard) > silence:
			return fmt.Errorf("PostgreSQL does not answer on %s: %w", c.address, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer on %s: %w", c.address, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// ask connects and leaves again.
func (c *Cluster) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.OwnerURL("postgres"))
	if wrongPassword(err) && c.next != "" && c.password != c.next { // a change was interrupted after PostgreSQL had made it
		c.password = c.next
		conn, err = pgx.Connect(ctx, c.OwnerURL("postgres"))
	}
	if err != nil {
		return err
	}
	return errors.Join(c.ours(ctx, conn), conn.Close(ctx))
}

// recovering reports whether the server said itself that it is on its way up (or that it has no room for one more connection).
func recovering(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "57P03" || pg.Code == "53300")
}

// Down stops the server in order; immediate kills it as a power cut would. One that has died already is stopped.
func (c *Cluster) Down(ctx context.Context, immediate bool) error {
	if c.options.External != "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = false
	if !c.alive() {
		return c.clear()
	}
	mode := "fast"
	if immediate {
		mode = "immediate"
	}
	paths, handed, err := c.runAs.reach(c.data)
	if err != nil {
		return fmt.Errorf("open the data folder: %w", err)
	}
	stop := c.command(ctx, "pg_ctl", "stop", "-w", "-t", "60", "-m", mode, "-D", paths[0])
	stop.ExtraFiles = handed
	out, err := stop.CombinedOutput()
	if err := errors.Join(err, closeAll(handed)); err != nil && c.alive() {
		return fmt.Errorf("stop PostgreSQL: %w: %s", err, last(out))
	}
	return nil
}
