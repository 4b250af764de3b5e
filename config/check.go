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
	address, err := secret(d.DatabaseURL, d.DatabaseURLFile)
	if err != nil {
		return fmt.Errorf("PARKWAY_DATABASE_URL_FILE: %w", err)
	}
	return postgres("PARKWAY_DATABASE_URL", address)
}

// Check refuses an address that is none, and a role without a name.
func (o Owner) Check() error {
	err := postgres("PARKWAY_MIGRATE_DATABASE_URL", o.MigrateDatabaseURL)
	if len(o.AppRole) > 63 {
		err = errors.Join(err, errors.New("PARKWAY_APP_ROLE: a role's name has at most 63 bytes"))
	}
	return err
}

// Check refuses what cannot be dialled.
func (t Temporal) Check() error {
	var faults []error
	if err := address(t.Address, true); err != nil {
		faults = append(faults, fmt.Errorf("PARKWAY_TEMPORAL_ADDRESS: %w; write it like 127.0.0.1:7233", err))
	}
	if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{1,254}$`).MatchString(t.Namespace) {
		faults = append(faults, fmt.Errorf("PARKWAY_TEMPORAL_NAMESPACE: %q is no name of a namespace; use 2 or more letters, digits, dots and dashes", t.Namespace))
	}
	if t.TaskQueue == "" || len(t.TaskQueue) > 255 {
		faults = append(faults, errors.New("PARKWAY_TASK_QUEUE: give the queue a name of 1 to 255 bytes, the same for servers and workers"))
	}
	return errors.Join(faults...)
}

// Check refuses an address that cannot be listened on, and networks that are none.
func (w Web) Check() error {
	_, err := w.Proxies()
	if fault := address(w.Listen, false); fault != nil {
		err = errors.Join(fmt.Errorf("PARKWAY_LISTEN: %w; write it like 127.0.0.1:8080, or :8080 for every address of the machine", fault), err)
	}
	return err
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
	if parseErr != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
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
	case err == nil && u.Scheme == "file" && u.Host == "" && u.RawQuery == "" && filepath.IsAbs(filepath.FromSlash(u.Path)):
		if err := usable(filepath.FromSlash(u.Path)); err != nil {
			faults = append(faults, fmt.Errorf("PARKWAY_BLOB_URL: %w", err))
		}
	case err == nil && u.Scheme == "s3" && u.Host != "":
	default:
		faults = append(faults, fmt.Errorf("PARKWAY_BLOB_URL: %q is no place for files; write it like file:///var/lib/parkway/files or s3://bucket?region=…", f.BlobURL))
	}
	return errors.Join(faults...)
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

// postgres refuses an address of PostgreSQL that is none; an empty one is for the command to refuse.
func postgres(variable, address string) error {
	if address == "" {
		return nil
	}
	if _, err := pgx.ParseConfig(address); err != nil {
		return fmt.Errorf("%s: %w; write it like postgres://user:password@127.0.0.1:5432/parkway", variable, err) // pgx leaves the password out
	}
	return nil
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
