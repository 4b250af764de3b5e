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
