package rectification_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/rectification"
)

func TestThereIsNoRateOfNothing(t *testing.T) {
	t.Parallel()
	_, known := rectification.Rate(0, 0)
	require.False(t, known)
	for want, of := range map[string][2]int{"97.56": {40, 41}, "0.00": {0, 3}, "100.00": {7, 7}} {
		percent, known := rectification.Rate(of[0], of[1])
		require.True(t, known)
		require.Equal(t, want, fmt.Sprintf("%.2f", percent))
	}
}
