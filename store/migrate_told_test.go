package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHowFarAMigrationIsIsToldWithTheTimeThatIsLeft: of a step over the cards; of others how long it has taken.
func TestHowFarAMigrationIsIsToldWithTheTimeThatIsLeft(t *testing.T) {
	t.Parallel()
	require.Contains(t, howFar(25_000, 100_000, time.Minute), "已整理 25000 / 100000 张卡片，已用 1m0s，大约还要 3m0s")
	require.Contains(t, howFar(100_000, 100_000, time.Minute), "大约还要 0s")
	require.Contains(t, howFar(0, 100_000, time.Minute), "已用 1m0s")
	require.Contains(t, howFar(130_000, 100_000, time.Minute), "已用 1m0s", "a step that writes them twice promises nothing")
}
