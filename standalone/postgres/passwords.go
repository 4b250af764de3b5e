package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The files that hold the passwords. What is in next is the owner's while it is being changed: which of the two holds, PostgreSQL knows.
const (
	passwordFile = "password"
	nextFile     = "password.next"
	secretFile   = "app-password"
)

func (c *Cluster) file(name string) string { return filepath.Join(c.options.Dir, name) }

// recall reads the passwords, or makes them up. A folder of a program before this one has one for both roles.
func (c *Cluster) recall() (err error) {
	made := func() (string, error) { return rand.Text(), nil }
	if c.password, err = Remembered(c.file(passwordFile), made); err != nil {
		return err
	}
	if c.secret, err = Remembered(c.file(secretFile), func() (string, error) { return c.password, nil }); err != nil {
		return err
	}
	next, err := os.ReadFile(c.file(nextFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the owner's next password: %w", err)
	}
	c.next = strings.TrimSpace(string(next))
	return nil
}

// settle ends a change of the owner's password that was interrupted, now that PostgreSQL has said which of the two holds.
func (c *Cluster) settle() error {
	if c.next == "" {
		return nil
	}
	var err error
	if c.password == c.next {
		err = os.Rename(c.file(nextFile), c.file(passwordFile))
	} else {
		err = os.Remove(c.file(nextFile))
	}
	c.next = ""
	if err != nil {
		return fmt.Errorf("end the change of the owner's password: %w", err)
	}
	return nil
}

// wrongPassword reports whether PostgreSQL refused a password.
func wrongPassword(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "28P01"
}

// ChangePasswords gives both roles new passwords and remembers them. Interrupted anywhere, the next start finds out which ones hold. The owner of a
// PostgreSQL that somebody else runs keeps its own.
func (c *Cluster) ChangePasswords(ctx context.Context) error {
	secret := rand.Text()
	if err := writeWhole(c.file(secretFile), secret+"\n"); err != nil {
		return fmt.Errorf("remember the new password of %s: %w", AppRole, err)
	}
	c.secret = secret
	if err := c.setPassword(ctx, AppRole, secret); err != nil {
		return err
	}
	if c.options.External != "" {
		return nil
	}
	next := rand.Text()
	if err := writeWhole(c.file(nextFile), next+"\n"); err != nil {
		return fmt.Errorf("remember the owner's new password: %w", err)
	}
	if err := c.setPassword(ctx, OwnerRole, next); err != nil {
		return err
	}
	c.password, c.next = next, next
	return c.settle()
}

func (c *Cluster) setPassword(ctx context.Context, role, password string) error {
	conn, err := pgx.Connect(ctx, c.OwnerURL("postgres"))
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	return SetPassword(ctx, conn, role, password)
}

// SetPassword gives a role a password, whatever characters are in it.
func SetPassword(ctx context.Context, conn *pgx.Conn, role, password string) error {
	var statement string
	err := conn.QueryRow(ctx, "SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)", role, password).Scan(&statement)
	if err == nil {
		_, err = conn.Exec(ctx, statement)
	}
	if err != nil {
		return fmt.Errorf("change the password of the role %s: %w", role, err)
	}
	return nil
}

// remembered is the cluster of a folder as its files tell of it; nothing is made up.
func remembered(dir string) (*Cluster, error) {
	none := func() (string, error) { return "", errors.New("no cluster was made there") }
	c := &Cluster{options: Options{Dir: dir}, data: filepath.Join(dir, "data"), user: OwnerRole}
	port, err := Remembered(c.file(portFile), none)
	if err == nil {
		c.password, err = Remembered(c.file(passwordFile), none)
	}
	if err == nil { // a folder of a program before this one has one password for both roles
		c.secret, err = Remembered(c.file(secretFile), func() (string, error) { return c.password, nil })
	}
	if err != nil {
		return nil, fmt.Errorf("find the database of %s: %w", dir, err)
	}
	c.address = net.JoinHostPort("127.0.0.1", port)
	return c, nil
}

// running is the cluster that another program runs on the folder. It fails when what answers is not that one.
func running(ctx context.Context, dir string) (*Cluster, error) {
	c, err := remembered(dir)
	if err != nil {
		return nil, err
	}
	if err := c.ask(ctx); err != nil {
		return nil, fmt.Errorf("reach the database of %s on %s: %w", dir, c.address, err)
	}
	return c, nil
}

// RunningOwnerURL is the owner's address of a database of the cluster that another program runs on the folder. It fails when another PostgreSQL
// answers on the folder's port, as the one that the folder was copied from does.
func RunningOwnerURL(ctx context.Context, dir, database string) (string, error) {
	c, err := running(ctx, dir)
	if err != nil {
		return "", err
	}
	return c.OwnerURL(database), nil
}

// RunningAppURL is the same for the application. external is the address of the PostgreSQL that somebody else runs; "": the folder's own.
func RunningAppURL(ctx context.Context, dir, external, database string) (string, error) {
	if external == "" {
		c, err := running(ctx, dir)
		if err != nil {
			return "", err
		}
		return c.AppURL(database), nil
	}
	config, err := pgx.ParseConfig(external)
	if err != nil {
		return "", fmt.Errorf("read the address of PostgreSQL: %w", err)
	}
	c := &Cluster{options: Options{Dir: dir}, address: net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))}
	c.secret, err = Remembered(c.file(secretFile), func() (string, error) { return "", errors.New("no password of the application was kept there") })
	if err != nil {
		return "", fmt.Errorf("find the database of %s: %w", dir, err)
	}
	return c.AppURL(database), nil
}
