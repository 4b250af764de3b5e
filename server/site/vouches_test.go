package site

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHowOftenItMayBeAskedWhetherALetterWasIssued: thirty times a minute by one address and twelve hundred times by all together; the next minute begins anew.
func TestHowOftenItMayBeAskedWhetherALetterWasIssued(t *testing.T) {
	t.Parallel()
	var v vouches
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	for range vouchesEach {
		require.True(t, v.take("10.0.0.1", now))
	}
	require.False(t, v.take("10.0.0.1", now.Add(59*time.Second)), "one address")
	require.True(t, v.take("10.0.0.2", now), "another is not held up by it")
	for i := v.all; i < vouchesAll; i++ {
		require.True(t, v.take(fmt.Sprint("10.0.1.", i), now))
	}
	require.False(t, v.take("10.0.0.3", now), "all together")
	require.LessOrEqual(t, len(v.asked), vouchesAll, "what is counted stays within bounds")
	require.True(t, v.take("10.0.0.1", now.Add(time.Minute)), "the next minute")
}
