package config_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/config"
)

type service struct {
	Image       string            `yaml:"image"`
	Command     []string          `yaml:"command"`
	Volumes     []string          `yaml:"volumes"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Deploy      struct {
		Replicas int `yaml:"replicas"`
	} `yaml:"deploy"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

// TestComposeAgreesWithTheConfiguration: services, ports and variables of docker-compose.yml are the ones the program knows.
func TestComposeAgreesWithTheConfiguration(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docker-compose.yml")
	require.NoError(t, err)
	var compose struct {
		Services map[string]service `yaml:"services"`
	}
	require.NoError(t, yaml.Unmarshal(text, &compose))
	for _, name := range []string{"postgres", "temporal-schema", "temporal", "temporal-ui", "migrate", "server", "worker"} {
		require.Contains(t, compose.Services, name)
	}
	require.Equal(t, 2, compose.Services["server"].Deploy.Replicas)
	require.Equal(t, 2, compose.Services["worker"].Deploy.Replicas)

	known := map[string]config.Variable{}
	for _, v := range config.Variables() {
		known[v.Name] = v
	}
	for name, s := range compose.Services {
		if s.Image != "parkway" {
			continue
		}
		for variable := range s.Environment {
			require.Contains(t, known, variable, "%s sets a variable that the program does not read", name)
		}
		require.Equal(t, "temporal:7233", s.Environment["PARKWAY_TEMPORAL_ADDRESS"])
		require.Equal(t, known["PARKWAY_TEMPORAL_NAMESPACE"].Default, s.Environment["PARKWAY_TEMPORAL_NAMESPACE"])
		require.Contains(t, s.Environment["PARKWAY_DATABASE_URL"], "postgres://parkway_app@", "the password has a variable of its own, where it needs no escapes")
		require.Equal(t, "${PARKWAY_APP_PASSWORD:?}", s.Environment["PARKWAY_DATABASE_PASSWORD"])
		require.True(t, strings.HasSuffix(s.Environment["PARKWAY_DATABASE_URL"], "@postgres:5432/"+compose.Services["postgres"].Environment["POSTGRES_DB"]))
	}
	server := compose.Services["server"]
	require.Equal(t, "0.0.0.0:8080", server.Environment["PARKWAY_LISTEN"])
	require.True(t, strings.HasSuffix(server.Ports[0], ":8080"))
	require.Equal(t, []string{"CMD", "/parkway", "healthcheck"}, server.Healthcheck.Test)
	require.Contains(t, compose.Services["migrate"].Environment, "PARKWAY_MIGRATE_DATABASE_URL")
}

// TestSecretsAreNotCommitted: .env is in every ignore file.
func TestSecretsAreNotCommitted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../.gitignore", "../.dockerignore"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Regexp(t, `(?m)^/?\.env$`, string(text), name)
	}
}

// image is what is known of an image, from deploy/images.yaml.
type image struct {
	Read      []string `yaml:"read"`
	Variables []string `yaml:"variables"`
	Paths     []string `yaml:"paths"`
	Ports     []string `yaml:"ports"`
	Programs  []string `yaml:"programs"`
}

// TestComposeNamesWhatTheImagesHold: every variable, folder, port and program that docker-compose.yml expects of an image is one that it was read to
// have, and every file that it mounts is here.
func TestComposeNamesWhatTheImagesHold(t *testing.T) {
	t.Parallel()
	var compose struct {
		Services map[string]service `yaml:"services"`
	}
	text, err := os.ReadFile("../docker-compose.yml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &compose))
	var images map[string]image
	text, err = os.ReadFile("../deploy/images.yaml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &images))
	for name, s := range compose.Services {
		known, there := images[s.Image]
		require.True(t, there, "%s: nothing is written down of %s", name, s.Image)
		require.NotEmpty(t, known.Read, s.Image)
		for variable := range s.Environment {
			if s.Image != "parkway" { // its variables are the program's own
				require.Contains(t, known.Variables, variable, name)
			}
		}
		for _, v := range s.Volumes {
			parts := strings.Split(v, ":")
			if strings.HasPrefix(parts[0], "./") {
				require.FileExists(t, "../"+parts[0], name)
				require.True(t, strings.HasSuffix(v, ":ro"), v)
			} else {
				require.Contains(t, known.Paths, parts[1], name)
			}
		}
		for _, p := range s.Ports {
			require.Contains(t, known.Ports, p[strings.LastIndex(p, ":")+1:], name)
		}
		if test := s.Healthcheck.Test; len(test) > 1 {
			require.Contains(t, known.Programs, strings.Fields(test[1])[0], name)
		}
	}
	docker, err := os.ReadFile("../Dockerfile")
	require.NoError(t, err)
	for _, path := range images["parkway"].Paths {
		require.Contains(t, string(docker), "--chown=65532:65532 --chmod=0700 /empty "+path, "the image's user can write the volume")
	}
}

// TestReadmeTable: the README's table of settings is the program's.
func TestReadmeTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(text), "<!-- config -->\n")
	require.True(t, found)
	table, _, found := strings.Cut(rest, "<!-- /config -->")
	require.True(t, found)
	require.Equal(t, config.Table(), table, "run `go run ./cmd/parkway config` and paste it")
}

func TestNonsenseIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	_, err := config.Database{}.URL()
	require.ErrorContains(t, err, "set PARKWAY_DATABASE_URL")
	_, err = config.Keys{SecretKey: "short"}.Secret()
	require.ErrorContains(t, err, "openssl rand")
	for _, wide := range []string{"172.16.0.0/12", "10.0.0.0/8", "10.0.0.0/31", "fd00::/64", "0.0.0.0/0", "proxy", ""} {
		_, err = config.Web{TrustedProxies: []string{"10.0.0.1", wide}}.Proxies()
		require.ErrorContains(t, err, "PARKWAY_TRUSTED_PROXIES", wide)
		require.ErrorContains(t, err, "10.1.2.3", wide)
	}
}

// TestTrustedProxiesAreSingleAddresses: and the composed one is the gateway, through which only the machine's own proxy comes, because the
// servers' ports are published on its loopback.
func TestTrustedProxiesAreSingleAddresses(t *testing.T) {
	t.Parallel()
	proxies, err := config.Web{TrustedProxies: []string{"10.0.0.1", "10.0.0.2/32", "fd00::1", "fd00::2/128"}}.Proxies()
	require.NoError(t, err)
	for i, want := range []string{"10.0.0.1/32", "10.0.0.2/32", "fd00::1/128", "fd00::2/128"} {
		require.Equal(t, want, proxies[i].String())
	}
	text, err := os.ReadFile("../docker-compose.yml")
	require.NoError(t, err)
	var compose struct {
		Services map[string]service `yaml:"services"`
		Networks map[string]struct {
			IPAM struct {
				Config []struct {
					Subnet  string `yaml:"subnet"`
					Gateway string `yaml:"gateway"`
				} `yaml:"config"`
			} `yaml:"ipam"`
		} `yaml:"networks"`
	}
	require.NoError(t, yaml.Unmarshal(text, &compose))
	web := compose.Services["server"]
	require.Equal(t, compose.Networks["default"].IPAM.Config[0].Gateway, web.Environment["PARKWAY_TRUSTED_PROXIES"])
	proxies, err = config.Web{TrustedProxies: strings.Split(web.Environment["PARKWAY_TRUSTED_PROXIES"], ",")}.Proxies()
	require.NoError(t, err)
	require.Len(t, proxies, 1)
	for _, port := range web.Ports {
		require.True(t, strings.HasPrefix(port, "127.0.0.1:"), port)
	}
}
