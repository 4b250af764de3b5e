package config_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/config"
)

// TestAnEmptyVariableIsNone: whatever is set to nothing, as compose leaves what ${NAME:-} does not find, asks for what there is without it; a flag that
// is given without a value is still a mistake.
func TestAnEmptyVariableIsNone(t *testing.T) {
	was := os.Args
	defer func() { os.Args = was }()
	os.Args = []string{"parkway"}
	for _, v := range config.Variables() {
		t.Setenv(v.Name, "") // put back afterwards
		require.NoError(t, os.Unsetenv(v.Name))
	}
	var without, empty all
	_, err := config.Parse(&without)
	require.NoError(t, err)
	require.NotEmpty(t, without.DataDir)
	for _, v := range config.Variables() {
		require.NoError(t, os.Setenv(v.Name, ""))
	}
	_, err = config.Parse(&empty)
	require.NoError(t, err)
	require.Equal(t, without, empty)
	os.Args = []string{"parkway", "--demo="}
	_, err = config.Parse(&empty)
	require.ErrorContains(t, err, "--demo")
}

// TestAMistypedVariableIsRefused: what is nearly called like a setting would silently ask for nothing; what is called otherwise belongs to somebody else.
func TestAMistypedVariableIsRefused(t *testing.T) {
	was := os.Args
	defer func() { os.Args = was }()
	os.Args = []string{"parkway"}
	t.Setenv("PARKWAY_LISTN", "127.0.0.1:1")
	t.Setenv("PARKWAY_E2E_LOADED", "/somewhere")
	t.Setenv("PARKWAY_TAG", "v1") // of an image: two letters from LOG, which is short
	var settings all
	_, err := config.Parse(&settings)
	require.EqualError(t, err, "PARKWAY_LISTN: there is no such setting; PARKWAY_LISTEN is meant, or unset it")
	require.NoError(t, os.Unsetenv("PARKWAY_LISTN"))
	_, err = config.Parse(&settings)
	require.NoError(t, err)
}
