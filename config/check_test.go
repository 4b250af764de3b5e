package config_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/config"
)

// all is a command that has every setting.
type all struct {
	config.Database
	config.Owner
	config.Temporal
	config.Web
	config.Keys
	config.Channels
	config.Files
	config.Log
	config.Metrics
	config.Traces
	config.Standalone
}

// good returns settings that are all right.
func good(t *testing.T) all {
	t.Helper()
	var a all
	a.DatabaseURL = "postgres://parkway_app:secret@127.0.0.1:5432/parkway"
	a.MigrateDatabaseURL, a.AppRole = "postgres://parkway_owner:secret@127.0.0.1:5432/parkway", "parkway_app"
	a.Address, a.Namespace, a.TaskQueue = "127.0.0.1:7233", "parkway", "parkway"
	a.Listen, a.TrustedProxies = "127.0.0.1:8080", []string{"10.0.0.1"}
	a.SecretKey = strings.Repeat("k", 32)
	a.PublicURL, a.ChannelAllow = "https://parkway.example.cn", []string{"10.1.2.3/32"}
	a.BlobURL, a.UploadLimit = "s3://bucket?region=cn-north-1", 20<<20
	a.Level = "info"
	a.MetricsListen, a.TracesEndpoint = "127.0.0.1:9090", "http://collector:4317"
	a.DataDir = filepath.Join(t.TempDir(), "not", "there", "yet")
	return a
}

// TestEverySettingIsChecked: each bad value is refused with a sentence that names the setting, and looking makes nothing.
func TestEverySettingIsChecked(t *testing.T) {
	t.Parallel()
	require.NoError(t, config.Check(good(t)))
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for name, c := range map[string]struct {
		spoil func(*all)
		says  string
	}{
		"DatabaseAddress":      {func(a *all) { a.DatabaseURL = "postgres://a:geheim@[::1/x" }, "PARKWAY_DATABASE_URL"},
		"DatabaseFileMissing":  {func(a *all) { a.DatabaseURL, a.DatabaseURLFile = "", "/no/such/file" }, "PARKWAY_DATABASE_URL_FILE"},
		"OwnerAddress":         {func(a *all) { a.MigrateDatabaseURL = "http://127.0.0.1" }, "PARKWAY_MIGRATE_DATABASE_URL"},
		"AppRole":              {func(a *all) { a.AppRole = strings.Repeat("r", 64) }, "PARKWAY_APP_ROLE"},
		"EngineWithoutPort":    {func(a *all) { a.Address = "temporal" }, "PARKWAY_TEMPORAL_ADDRESS"},
		"EnginePortZero":       {func(a *all) { a.Address = "temporal:0" }, "PARKWAY_TEMPORAL_ADDRESS"},
		"Namespace":            {func(a *all) { a.Namespace = "park way" }, "PARKWAY_TEMPORAL_NAMESPACE"},
		"MetricsListen":        {func(a *all) { a.MetricsListen = "9090" }, "PARKWAY_METRICS_LISTEN"},
		"TracesWithoutScheme":  {func(a *all) { a.TracesEndpoint = "127.0.0.1:4317" }, "PARKWAY_TRACES_ENDPOINT"},
		"TracesWithoutPort":    {func(a *all) { a.TracesEndpoint = "http://collector" }, "PARKWAY_TRACES_ENDPOINT"},
		"TracesWithAPath":      {func(a *all) { a.TracesEndpoint = "http://collector:4318/v1/traces" }, "PARKWAY_TRACES_ENDPOINT"},
		"TaskQueue":            {func(a *all) { a.TaskQueue = "" }, "PARKWAY_TASK_QUEUE"},
		"ListenWithoutPort":    {func(a *all) { a.Listen = "127.0.0.1" }, "PARKWAY_LISTEN"},
		"ListenPort":           {func(a *all) { a.Listen = "127.0.0.1:99999" }, "PARKWAY_LISTEN"},
		"Proxies":              {func(a *all) { a.TrustedProxies = []string{"10.0.0.0/8"} }, "PARKWAY_TRUSTED_PROXIES"},
		"SecretShort":          {func(a *all) { a.SecretKey = "short" }, "PARKWAY_SECRET_KEY"},
		"AppRoleIsSQL":         {func(a *all) { a.AppRole = "x; drop" }, "PARKWAY_APP_ROLE"},
		"DatabaseTwice":        {func(a *all) { a.DatabaseURLFile = file }, "PARKWAY_DATABASE_URL and PARKWAY_DATABASE_URL_FILE are both set"},
		"SecretTwice":          {func(a *all) { a.SecretKeyFile = file }, "PARKWAY_SECRET_KEY and PARKWAY_SECRET_KEY_FILE are both set"},
		"ChannelAllowAll":      {func(a *all) { a.ChannelAllow = []string{"0.0.0.0/0"} }, "PARKWAY_CHANNEL_ALLOW"},
		"ChannelAllowWide":     {func(a *all) { a.ChannelAllow = []string{"10.0.0.0/7"} }, "PARKWAY_CHANNEL_ALLOW"},
		"SecretFileMissing":    {func(a *all) { a.SecretKey, a.SecretKeyFile = "", "/no/such/file" }, "PARKWAY_SECRET_KEY_FILE"},
		"SecretFileEmpty":      {func(a *all) { a.SecretKey, a.SecretKeyFile = "", file }, "PARKWAY_SECRET_KEY_FILE: the key in"},
		"PublicURL":            {func(a *all) { a.PublicURL = "parkway.example.cn" }, "PARKWAY_PUBLIC_URL"},
		"PublicURLScheme":      {func(a *all) { a.PublicURL = "ftp://parkway.example.cn" }, "PARKWAY_PUBLIC_URL"},
		"ChannelAllow":         {func(a *all) { a.ChannelAllow = []string{"mail.example.cn"} }, "PARKWAY_CHANNEL_ALLOW"},
		"BlobScheme":           {func(a *all) { a.BlobURL = "ftp://files" }, "PARKWAY_BLOB_URL"},
		"BlobRelative":         {func(a *all) { a.BlobURL = "file://files" }, "PARKWAY_BLOB_URL"},
		"BlobBelowAFile":       {func(a *all) { a.BlobURL = "file://" + file + "/files" }, "PARKWAY_BLOB_URL"},
		"BucketWithoutName":    {func(a *all) { a.BlobURL = "s3://" }, "PARKWAY_BLOB_URL"},
		"OwnerPasswordTwice":   {func(a *all) { a.MigrateDatabasePassword = "geheim" }, "PARKWAY_MIGRATE_DATABASE_URL"},
		"NamespaceReserved":    {func(a *all) { a.Namespace = "temporal-system" }, "PARKWAY_TEMPORAL_NAMESPACE"},
		"BlobOnAMachine":       {func(a *all) { a.BlobURL = "file://srv/files" }, "file:///srv/files"},
		"BlobWithAFragment":    {func(a *all) { a.BlobURL = "file:///srv/a#b" }, "PARKWAY_BLOB_URL"},
		"PublicURLWithoutHost": {func(a *all) { a.PublicURL = "http://:8080" }, "PARKWAY_PUBLIC_URL"},
		"DataDirEmpty":         {func(a *all) { a.DataDir = "" }, "PARKWAY_DATA_DIR"},
		"UploadLimit":          {func(a *all) { a.UploadLimit = 0 }, "PARKWAY_UPLOAD_LIMIT"},
		"LogLevel":             {func(a *all) { a.Level = "loud" }, "PARKWAY_LOG_LEVEL"},
		"DataDirIsAFile":       {func(a *all) { a.DataDir = file }, "PARKWAY_DATA_DIR"},
		"DataDirBelowAFile":    {func(a *all) { a.DataDir = filepath.Join(file, "data") }, "PARKWAY_DATA_DIR"},
		"LogIsAFolder":         {func(a *all) { a.LogFile = filepath.Dir(file) }, "PARKWAY_LOG"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := good(t)
			c.spoil(&a)
			err := config.Check(&a)
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "geheim", "no password in a message")
			if a.DataDir != "" {
				require.NoDirExists(t, filepath.Dir(a.DataDir+"/."))
			}
		})
	}
}

// TestAllFaultsAreToldAtOnce: nobody has to start the program once for each mistake.
func TestAllFaultsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	a := good(t)
	a.SecretKey, a.PublicURL, a.Level = "short", "nowhere", "loud"
	err := config.Check(&a)
	for _, name := range []string{"PARKWAY_SECRET_KEY", "PARKWAY_PUBLIC_URL", "PARKWAY_LOG_LEVEL"} {
		require.ErrorContains(t, err, name)
	}
}

func TestVersionTellsItsCommitOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^parkway (commit unknown: built without git|[0-9a-f]{7,40}(\+changes)?)( \(\d{4}-\d{2}-\d{2}\))?, go1\.`, config.Version())
}

// TestPasswordsNeedNoEscapes: a password with every character that means something in an address arrives as it is.
func TestPasswordsNeedNoEscapes(t *testing.T) {
	t.Parallel()
	const word = "p w@/#:%?&'\"\\$密"
	d := config.Database{DatabaseURL: "postgres://parkway_app@127.0.0.1:5432/parkway?sslmode=disable", DatabasePassword: word}
	require.NoError(t, d.Check())
	address, err := d.URL()
	require.NoError(t, err)
	parsed, err := pgx.ParseConfig(address)
	require.NoError(t, err)
	require.Equal(t, word, parsed.Password)
	require.Equal(t, "parkway_app", parsed.User)
	require.Equal(t, "parkway", parsed.Database)
	for _, nonsense := range []string{"host=127.0.0.1 dbname=parkway", "postgres://127.0.0.1/parkway", "postgres://a:b@127.0.0.1/parkway"} {
		require.ErrorContains(t, config.Database{DatabaseURL: nonsense, DatabasePassword: word}.Check(), "PARKWAY_DATABASE_URL", nonsense)
	}
}

// TestTheStandaloneProgramRefusesWhatItWouldNotFollow.
func TestTheStandaloneProgramRefusesWhatItWouldNotFollow(t *testing.T) {
	t.Parallel()
	require.NoError(t, config.Elsewhere{}.Check())
	require.ErrorContains(t, config.Elsewhere{DatabaseURL: "postgres://a@b/c"}.Check(), "PARKWAY_MIGRATE_DATABASE_URL")
	require.ErrorContains(t, config.Elsewhere{Address: "temporal:7233"}.Check(), "PARKWAY_TEMPORAL_ADDRESS")
	require.ErrorContains(t, config.Elsewhere{Password: "geheim"}.Check(), "PARKWAY_DATABASE_PASSWORD")
	require.ErrorContains(t, config.Elsewhere{OnePostgres: "sure"}.Check(), "PARKWAY_ONE_POSTGRES")
}

// TestAFolderMayHaveAnyName: what is kept below it is kept there and nowhere else.
func TestAFolderMayHaveAnyName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"/srv/a#b", "/srv/a?b", "/srv/100%", "/srv/a%41", "/srv/园 区", "/srv/a;b&c=d"} {
		u, err := url.Parse(config.FolderURL(name))
		require.NoError(t, err)
		require.Equal(t, url.URL{Scheme: "file", Path: name}, url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawQuery: u.RawQuery, Fragment: u.Fragment})
	}
}
