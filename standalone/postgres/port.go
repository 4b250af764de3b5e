package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
)

// portFile holds the port, which stays the same from start to start.
const portFile = "port"

// errNotOurs means that what answers is no server of this folder: the folder was copied, and the one it was copied from runs.
var errNotOurs = errors.New("another PostgreSQL answers there, which does not work on this folder")

// ours fails with errNotOurs unless the server that answers works on this folder. A copy of the folder has the same port, password and data, so it is
// asked for what only a running server has: its process and when it started, which both the server and the folder tell.
func (c *Cluster) ours(ctx context.Context, conn *pgx.Conn) error {
	var theirs string
	if err := conn.QueryRow(ctx, "SELECT pg_read_file('postmaster.pid')").Scan(&theirs); err != nil {
		return fmt.Errorf("ask PostgreSQL which folder it works on: %w", err)
	}
	own, err := os.ReadFile(c.pidFile())
	if err != nil || began(theirs) == "" || began(theirs) != began(string(own)) || !c.alive() { // the copied file may still name the process of the original
		return errNotOurs
	}
	return nil
}

// began is which process a server is and when it started, as its file tells in the first and third line.
func began(pidFile string) string {
	lines := strings.Split(pidFile, "\n")
	if len(lines) < 3 {
		return ""
	}
	return strings.TrimSpace(lines[0]) + " " + strings.TrimSpace(lines[2])
}

// ownPort sees to it that the server that is about to be started gets the port. Where another program has it, as when the folder is a copy of one that
// runs, another one is taken and remembered; not once people work with the server, who know the one it had.
func (c *Cluster) ownPort() error {
	listener, err := net.Listen("tcp", c.address)
	if err == nil {
		return listener.Close()
	}
	if c.placed {
		return fmt.Errorf("the port of PostgreSQL is taken by another program: %w", err)
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	taken := c.address
	c.options.Progress(fmt.Sprintf("%s 已被别的程序占用，PostgreSQL 改用端口 %s / %s is taken by another program; PostgreSQL takes port %s", taken, port, taken, port))
	return c.movePort(port)
}

// itsPort takes up the port of the server that runs on the folder already, whatever is remembered.
func (c *Cluster) itsPort() error {
	text, err := os.ReadFile(c.pidFile())
	if err != nil {
		return nil // it has ended since
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) < 4 || c.placed {
		return nil
	}
	port := strings.TrimSpace(lines[3])
	if port == "" || port == "0" || c.address == net.JoinHostPort("127.0.0.1", port) {
		return nil
	}
	return c.movePort(port)
}

func (c *Cluster) movePort(port string) error {
	if err := Remember(c.file(portFile), port); err != nil {
		return err
	}
	c.address = net.JoinHostPort("127.0.0.1", port)
	return nil
}
