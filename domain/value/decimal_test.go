package value_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/value"
)

// TestDecimalsAreExact: what is printed is read as the same, at any number of places, and nothing is rounded.
func TestDecimalsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, places := rapid.Int64Range(-1<<62, 1<<62).Draw(t, "n"), rapid.IntRange(1, 6).Draw(t, "places")
		read, err := value.ParseDecimal(value.Decimal(n, places), places)
		require.NoError(t, err)
		require.Equal(t, n, read)
	})
	for _, wrong := range []string{"", "x", "1/2", "1e3", "0x1", "1_0", "1.234", "99999999999999999999"} {
		_, err := value.ParseDecimal(wrong, 2)
		require.Error(t, err, wrong)
	}
}
