package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sys/unix"
)

// Check checks every setting of a command before anything is touched: options is a struct that embeds parts of this package. It returns all
// faults at once, each a sentence that says what to set.
func Check(options any) error {
	v := reflect.Indirect(reflect.ValueOf(options))
	faults := []error{}
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		if part, ok := v.Field(i).Interface().(interface{ Check() error }); ok {
			faults = append(faults, part.Check())
		}
	}
	return errors.Join(faults...)
}

// Check refuses an address that is none.
func (d Database) Check() error {
	address, err := secret("PARKWAY_DATABASE_URL", d.DatabaseURL, d.DatabaseURLFile)
	if err != nil {
		return err
	}
	return database("PARKWAY_DATABASE", address, d.DatabasePassword)
}

// Check refuses an address that is none, and a role without a name.
func (o Owner) Check() error {
	err := database("PARKWAY_MIGRATE_DATABASE", o.MigrateDatabaseURL, o.MigrateDatabasePassword)
	if !regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_-]*$`).MatchString(o.AppRole) || len(o.AppRole) > 63 {
		err = errors.Join(err, fmt.Errorf("PARKWAY_APP_ROLE: %q is no name of a role; use letters, digits, _ and -, 63 bytes at most, such as parkway_app", o.AppRole))
	}
	return err
}

// Check refuses what cannot be dialled.
func (t Temporal) Check() error {
	if err := address(t.Address, true); err != nil {
		return errors.Join(fmt.Errorf("PARKWAY_TEMPORAL_ADDRESS: %w; write it like 127.0.0.1:7233", err), t.Queue.Check())
	}
	return t.Queue.Check()
}

// Check refuses names that the engine refuses or keeps for itself.
func (t Queue) Check() error {
	var faults []error
	if strings.HasPrefix(t.Namespace, "temporal-") {
		faults = append(faults, fmt.Errorf("PARKWAY_TEMPORAL_NAMESPACE: %q is kept for the engine itself; use another name, such as parkway", t.Namespace))
	} else if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{1,254}$`).MatchString(t.Namespace) {
		faults = append(faults, fmt.Errorf("PARKWAY_TEMPORAL_NAMESPACE: %q is no name of a namespace; use 2 or more letters, digits, dots and dashes", t.Namespace))
	}
	if t.TaskQueue == "" || len(t.TaskQueue) > 255 || !utf8.ValidString(t.TaskQueue) || strings.HasPrefix(t.TaskQueue, "/_sys/") {
		faults = append(faults, errors.New("PARKWAY_TASK_QUEUE: give the queue a name of 1 to 255 bytes that does not begin with /_sys/, the same for servers and workers"))
	}
	return errors.Join(faults...)
}

// Check refuses everything that is set: people would believe that it is followed.
func (e Elsewhere) Check() error {
	var faults []error
	if e.DatabaseURL != "" || e.DatabaseURLFile != "" {
		faults = append(faults, errors.New("PARKWAY_DATABASE_URL: the standalone program runs its own PostgreSQL and does not follow it; unset it (and PARKWAY_DATABASE_URL_FILE), or set PARKWAY_MIGRATE_DATABASE_URL to use a PostgreSQL of yours"))
	}
	if e.Address != "" {
		faults = append(faults, errors.New("PARKWAY_TEMPORAL_ADDRESS: the standalone program runs its own engine and does not follow it; unset it, or run `parkway server` and `parkway worker` beside an engine of yours"))
	}
	if e.Password != "" {
		faults = append(faults, errors.New("PARKWAY_DATABASE_PASSWORD: the standalone program makes its own passwords and does not follow it; unset it, or change them with `parkway-standalone passwords`"))
	}
	if e.OnePostgres != "" {
		faults = append(faults, errors.New("PARKWAY_ONE_POSTGRES: the standalone program knows where its engine keeps its tables and does not follow it; unset it"))
	}
	return errors.Join(faults...)
}

// Check refuses an address that cannot be listened on.
func (l Listening) Check() error {
	if err := address(l.Listen, false); err != nil {
		return fmt.Errorf("PARKWAY_LISTEN: %w; write it like 127.0.0.1:8080, or :8080 for every address of the machine", err)
	}
	return nil
}

// Check refuses an address that cannot be listened on, and networks that are none.
func (w Web) Check() error {
	_, err := w.Proxies()
	return errors.Join(w.Listening.Check(), err)
}

// Check refuses a key that is too short; none is for the command to refuse.
func (k Keys) Check() error {
	if k.SecretKey == "" && k.SecretKeyFile == "" {
		return nil
	}
	_, err := k.Secret()
	return err
}

// Check refuses an address that no browser could open, and networks that are none.
func (c Channels) Check() error {
	_, err := c.Allowed()
	u, parseErr := url.Parse(c.PublicURL)
	if parseErr != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		err = errors.Join(fmt.Errorf("PARKWAY_PUBLIC_URL: %q is not the address of a site; write it like https://parkway.example.cn", c.PublicURL), err)
	}
	return err
}

// Check refuses a place that is neither a folder nor a bucket, and a limit that lets nothing in.
func (f Files) Check() error {
	var faults []error
	if f.UploadLimit < 1<<10 || f.UploadLimit > 1<<30 {
		faults = append(faults, fmt.Errorf("PARKWAY_UPLOAD_LIMIT: %d bytes; choose between 1024 and %d", f.UploadLimit, 1<<30))
	}
	u, err := url.Parse(f.BlobURL)
	switch {
	case f.BlobURL == "":
	case err == nil && u.Scheme == "file" && u.Host == "" && u.RawQuery == "" && u.Fragment == "" && filepath.IsAbs(filepath.FromSlash(u.Path)):
		if err := usable(filepath.FromSlash(u.Path)); err != nil {
			faults = append(faults, fmt.Errorf("PARKWAY_BLOB_URL: %w", err))
		}
	case err == nil && u.Scheme == "s3" && u.Host != "":
	case err == nil && u.Scheme == "file" && u.Host != "":
		faults = append(faults, fmt.Errorf("PARKWAY_BLOB_URL: %q names the machine %q and would keep the files in %s of this one; write a folder with three slashes, like file:///%s%s", f.BlobURL, u.Host, u.Path, u.Host, u.Path))
	default:
		faults = append(faults, fmt.Errorf("PARKWAY_BLOB_URL: %q is no place for files; write it like file:///var/lib/parkway/files or s3://bucket?region=… (in a folder's name %%, # and ? are written %%25, %%23 and %%3F)", f.BlobURL))
	}
	return errors.Join(faults...)
}

// Check refuses a folder that no backup could be written to, also while no upgrade is due: on the day of one it is too late to learn of it.
func (u Upgrades) Check() error {
	if u.UpgradeBackup == "" || u.UpgradeBackup == "none" {
		return nil
	}
	folder, err := filepath.Abs(u.UpgradeBackup)
	if err == nil {
		err = usable(folder)
	}
	if err != nil {
		return fmt.Errorf("PARKWAY_UPGRADE_BACKUP: %w; set it to a folder that can be written to, or to none when you have a backup", err)
	}
	return nil
}

// Check refuses levels that there are not.
func (l Log) Check() error {
	var level slog.Level
	if level.UnmarshalText([]byte(l.Level)) != nil {
		return fmt.Errorf("PARKWAY_LOG_LEVEL: there is no level %q; set debug, info, warn or error", l.Level)
	}
	return nil
}

// Check refuses a data folder that cannot be one.
func (s Standalone) Check() error {
	if s.DataDir == "" {
		return errors.New("PARKWAY_DATA_DIR: name the folder in which everything is kept, such as .parkway")
	}
	dir, err := filepath.Abs(s.DataDir)
	if err == nil {
		err = usable(dir)
	}
	if err == nil && s.LogFile != "" && !s.ToTerminal() {
		err = inFolder(s.LogFile)
	}
	if err != nil {
		return fmt.Errorf("%w; set PARKWAY_DATA_DIR and PARKWAY_LOG to places that this user may write to", err)
	}
	return nil
}

// inFolder reports why there could be no file of that name.
func inFolder(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder and not a file", path)
	}
	return usable(filepath.Dir(path))
}

// usable reports why the folder, or one that would have to be made for it, cannot be written to. It makes nothing.
func usable(dir string) error {
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		switch {
		case err == nil && !info.IsDir():
			return fmt.Errorf("%s is a file and not a folder", dir)
		case err == nil && unix.Access(dir, unix.W_OK|unix.X_OK) != nil:
			return fmt.Errorf("the folder %s cannot be written to", dir)
		case err == nil:
			return nil
		case !errors.Is(err, os.ErrNotExist) && !errors.Is(err, unix.ENOTDIR), dir == filepath.Dir(dir):
			return err
		}
	}
}

// database refuses an address of PostgreSQL that is none; an empty one is for the command to refuse. The settings are called name+"_URL" and
// name+"_PASSWORD".
func database(name, address, password string) error {
	if address == "" {
		return nil
	}
	whole, err := withPassword(name, address, password)
	if err != nil {
		return err
	}
	config, err := pgx.ParseConfig(whole)
	if err == nil && config.Database == "" {
		err = errors.New("it names no database")
	} else if err == nil && strings.ContainsAny(config.Database, "@/#") { // what follows the first of them in a password was taken for it
		err = errors.New("its password holds a character that means something else in an address")
	}
	if err != nil {
		return fmt.Errorf("%s_URL: %w; write it like postgres://user@127.0.0.1:5432/parkway, with the password in %s_PASSWORD, or in the address with %%40 for @, %%2F for / and %%23 for #", name, err, name) // pgx leaves the password out
	}
	return nil
}

// withPassword puts a password into an address that holds none.
func withPassword(name, address, password string) (string, error) {
	if password == "" {
		return address, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.User.Username() == "" {
		return "", fmt.Errorf("%s_URL: beside %s_PASSWORD, write it like postgres://user@127.0.0.1:5432/parkway", name, name)
	}
	if _, twice := u.User.Password(); twice {
		return "", fmt.Errorf("%s_URL: it holds a password and %s_PASSWORD is set too; take it out of one of them", name, name)
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String(), nil
}

// address refuses what is not host:port. A host is needed to dial, not to listen.
func address(text string, dial bool) error {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return fmt.Errorf("%q is not host:port", text)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	switch {
	case err != nil || (dial && number == 0):
		return fmt.Errorf("%q does not end with a port from 1 to 65535", text)
	case dial && host == "":
		return fmt.Errorf("%q names no host", text)
	}
	return nil
}
