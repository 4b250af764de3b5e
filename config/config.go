// Package config is the program's configuration: one struct per part, read from flags and the environment. Defaults run on a laptop; nonsense is
// refused with a sentence that says what to set. A test keeps the README's table true.
package config

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/notify/reach"
)

// Database is where PostgreSQL is.
type Database struct {
	DatabaseURL      string `name:"database-url" env:"PARKWAY_DATABASE_URL" help:"PostgreSQL as the application's role, which cannot rewrite the past; for servers and workers. The standalone program runs its own."`
	DatabaseURLFile  string `name:"database-url-file" env:"PARKWAY_DATABASE_URL_FILE" type:"path" help:"File that holds the address, instead of PARKWAY_DATABASE_URL."`
	DatabasePassword string `name:"database-password" env:"PARKWAY_DATABASE_PASSWORD" help:"Password of the application's role, as it is: for an address that holds none, so that @, /, # and spaces need no escapes."`
}

// URL returns the address, from the file when one is named.
func (d Database) URL() (string, error) {
	url, err := secret("PARKWAY_DATABASE_URL", d.DatabaseURL, d.DatabaseURLFile)
	if err == nil && url == "" {
		err = errors.New("no database: set PARKWAY_DATABASE_URL to the address of PostgreSQL, e.g. postgres://parkway_app:…@127.0.0.1:5432/parkway")
	}
	if err != nil {
		return "", err
	}
	return withPassword("PARKWAY_DATABASE", url, d.DatabasePassword)
}

// Owner is PostgreSQL as the owner of the schema, for migrations.
type Owner struct {
	MigrateDatabaseURL      string `name:"migrate-database-url" env:"PARKWAY_MIGRATE_DATABASE_URL" help:"PostgreSQL as the owner of the schema, for migrate, setup and seed. The standalone program uses this server, as a role that may create databases and roles, instead of running its own."`
	MigrateDatabasePassword string `name:"migrate-database-password" env:"PARKWAY_MIGRATE_DATABASE_PASSWORD" help:"Password of the owner, as it is, for an address that holds none."`
	AppRole                 string `name:"app-role" env:"PARKWAY_APP_ROLE" default:"parkway_app" help:"Role of the application, which migrate lets use the schema."`
}

// URL returns the owner's address.
func (o Owner) URL() (string, error) {
	if o.MigrateDatabaseURL == "" {
		return "", errors.New("no owner: set PARKWAY_MIGRATE_DATABASE_URL to PostgreSQL as the owner of the schema")
	}
	return withPassword("PARKWAY_MIGRATE_DATABASE", o.MigrateDatabaseURL, o.MigrateDatabasePassword)
}

// Temporal is where the engine is.
type Temporal struct {
	Address string `name:"temporal-address" env:"PARKWAY_TEMPORAL_ADDRESS" default:"127.0.0.1:7233" help:"Address of the Temporal server's frontend; the standalone program runs its own."`
	Queue
}

// Queue is what servers and workers meet at in the engine.
type Queue struct {
	Namespace string `name:"temporal-namespace" env:"PARKWAY_TEMPORAL_NAMESPACE" default:"parkway" help:"Temporal namespace."`
	TaskQueue string `name:"task-queue" env:"PARKWAY_TASK_QUEUE" default:"parkway" help:"Task queue that servers and workers share."`
}

// Elsewhere are settings of servers and workers that the standalone program refuses rather than ignore: it runs its own.
type Elsewhere struct {
	DatabaseURL     string `name:"database-url" env:"PARKWAY_DATABASE_URL" hidden:""`
	DatabaseURLFile string `name:"database-url-file" env:"PARKWAY_DATABASE_URL_FILE" hidden:""`
	Address         string `name:"temporal-address" env:"PARKWAY_TEMPORAL_ADDRESS" hidden:""`
	Password        string `name:"database-password" env:"PARKWAY_DATABASE_PASSWORD" hidden:""`
	OnePostgres     string `name:"one-postgres" env:"PARKWAY_ONE_POSTGRES" hidden:""`
}

// Listening is where browsers and programs are answered.
type Listening struct {
	Listen string `name:"listen" env:"PARKWAY_LISTEN" default:"127.0.0.1:8080" help:"Address to listen on."`
}

// Local returns the address under which this machine itself reaches what listens: one that stands for every address is none to dial.
func (l Listening) Local() string {
	host, port, err := net.SplitHostPort(l.Listen)
	if err != nil {
		return l.Listen
	}
	switch ip := net.ParseIP(host); {
	case host == "" || ip != nil && ip.IsUnspecified() && ip.To4() != nil:
		host = "127.0.0.1"
	case ip != nil && ip.IsUnspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port)
}

// Web is how browsers and programs are answered.
type Web struct {
	Listening
	SecureCookies  bool     `name:"secure-cookies" env:"PARKWAY_SECURE_COOKIES" help:"Send cookies over HTTPS only; set it wherever TLS is in front."`
	TrustedProxies []string `name:"trusted-proxies" env:"PARKWAY_TRUSTED_PROXIES" help:"Addresses of reverse proxies whose X-Forwarded-For is believed; single ones, because whoever sits in a trusted network could choose an address."`
}

// Keys is the program's one secret.
type Keys struct {
	SecretKey     string `name:"secret-key" env:"PARKWAY_SECRET_KEY" help:"32 characters or more; signs device cookies and locks the channels' secrets; servers and workers share it. The standalone program makes its own."`
	SecretKeyFile string `name:"secret-key-file" env:"PARKWAY_SECRET_KEY_FILE" type:"path" help:"File that holds the secret key."`
}

// Channels is how messages leave the zone.
type Channels struct {
	PublicURL    string   `name:"public-url" env:"PARKWAY_PUBLIC_URL" default:"http://127.0.0.1:8080" help:"Address under which people reach Parkway; links in messages and the QR codes of letters begin with it."`
	ChannelAllow []string `name:"channel-allow" env:"PARKWAY_CHANNEL_ALLOW" help:"Private networks (CIDR) that channels may reach, such as an inner mail server's; all others are refused."`
}

// Allowed returns the private networks that channels may reach.
func (c Channels) Allowed() ([]netip.Prefix, error) {
	networks := []netip.Prefix{}
	for _, text := range c.ChannelAllow {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("PARKWAY_CHANNEL_ALLOW: %q is not a network; write it like 10.1.2.3/32", text)
		}
		if !reach.Within(network) {
			return nil, fmt.Errorf("PARKWAY_CHANNEL_ALLOW: %q is wider than any inner network and would open every address of the office; name the one that is meant, like 10.1.2.3/32 (public addresses need no leave)", text)
		}
		networks = append(networks, network)
	}
	return networks, nil
}

// Proxies returns the trusted proxies: each is one address.
func (w Web) Proxies() ([]*net.IPNet, error) {
	proxies := []*net.IPNet{}
	for _, text := range w.TrustedProxies {
		address, err := netip.ParseAddr(text)
		if network, wide := netip.ParsePrefix(text); wide == nil && network.IsSingleIP() {
			address, err = network.Addr(), nil
		}
		if err != nil {
			return nil, fmt.Errorf("PARKWAY_TRUSTED_PROXIES: %q is not one proxy's address; write each like 10.1.2.3: whoever sits in a trusted network could choose the address it is counted under", text)
		}
		ip := address.Unmap().AsSlice()
		proxies = append(proxies, &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))})
	}
	return proxies, nil
}

// Word returns the key as it was set.
func (k Keys) Word() (string, error) {
	key, err := secret("PARKWAY_SECRET_KEY", k.SecretKey, k.SecretKeyFile)
	if err == nil && key == "" {
		err = errors.New("no secret key: set PARKWAY_SECRET_KEY (or PARKWAY_SECRET_KEY_FILE) to the one that the servers have")
	}
	return key, err
}

// Secret returns the key that signs, at least 32 bytes of it.
func (k Keys) Secret() ([]byte, error) {
	key, err := secret("PARKWAY_SECRET_KEY", k.SecretKey, k.SecretKeyFile)
	if err != nil {
		return nil, err
	}
	if len(key) < 32 {
		name := "PARKWAY_SECRET_KEY needs"
		if k.SecretKeyFile != "" {
			name = "PARKWAY_SECRET_KEY_FILE: the key in " + k.SecretKeyFile + " needs"
		}
		return nil, errors.New(name + " 32 characters or more; make one with `openssl rand -hex 32`")
	}
	digest := sha256.Sum256([]byte(key))
	return digest[:], nil
}

// Files is where attachments are kept.
type Files struct {
	BlobURL     string `name:"blob-url" env:"PARKWAY_BLOB_URL" help:"Where attachments are kept: file:///folder or s3://bucket?region=…; empty: below the data folder."`
	UploadLimit int64  `name:"upload-limit" env:"PARKWAY_UPLOAD_LIMIT" default:"20971520" help:"Bytes a file may have."`
}

// Log is what the program says of itself.
type Log struct {
	Level string `name:"log-level" env:"PARKWAY_LOG_LEVEL" default:"info" help:"What is logged: debug, info, warn or error."`
}

// FolderURL returns the address of a folder of files, whatever characters its name has.
func FolderURL(folder string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(folder)}
	return u.String()
}

// Logger returns the logger: one JSON line per entry on standard error.
func (l Log) Logger() *slog.Logger { return l.LoggerTo(os.Stderr) }

// LoggerTo returns the logger: one JSON line per entry.
func (l Log) LoggerTo(w io.Writer) *slog.Logger {
	var level slog.Level
	if level.UnmarshalText([]byte(l.Level)) != nil {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
}

// Standalone is the one-machine program's own part.
type Standalone struct {
	DataDir string `name:"data-dir" env:"PARKWAY_DATA_DIR" default:".parkway" help:"Folder of everything the standalone program keeps: one folder to back up."`
	Demo    bool   `name:"demo" env:"PARKWAY_DEMO" help:"Load the demo data on the first start."`
	LogFile string `name:"log" env:"PARKWAY_LOG" help:"File that the standalone program logs to; - for the terminal. Empty: log/parkway.log in the data folder. Servers and workers log to standard error."`
}

// Upgrades is what precedes a change of data that an earlier release wrote.
type Upgrades struct {
	UpgradeBackup string `name:"upgrade-backup" env:"PARKWAY_UPGRADE_BACKUP" help:"Folder for the backup that is made before data of an earlier release is changed; none: leave it out. Empty: backups in the data folder of standalone, while parkway migrate refuses until it is set."`
}

// ToTerminal reports whether the log is asked for on the terminal.
func (s Standalone) ToTerminal() bool { return s.LogFile == "-" || s.LogFile == "stderr" }

// Folder is the folder of everything the program keeps.
func (s Standalone) Folder() string { return s.DataDir }

// LogPath returns where the log goes.
func (s Standalone) LogPath() string {
	if s.LogFile != "" {
		return s.LogFile
	}
	return filepath.Join(s.DataDir, "log", "parkway.log")
}

// Patience is how long a program waits for what it depends on to come up: what starts at the same moment is there by then, and whoever mistyped an address is told
// soon. A service that ends is started again by what watches over it (docker-compose.yml: restart).
const Patience = 10 * time.Second

// SecretFile reads a file that holds a secret and nothing else.
func SecretFile(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the secret file: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// secret returns the value of the setting name, from a file when name+"_FILE" names one. Nobody would know which of two is followed, so both are refused.
func secret(name, value, file string) (string, error) {
	switch {
	case file == "":
		return value, nil
	case value != "":
		return "", fmt.Errorf("%s and %s_FILE are both set; leave one of them out", name, name)
	}
	text, err := SecretFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", name, err)
	}
	return text, nil
}
