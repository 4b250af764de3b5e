package stories_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/internal/stories"
)

func TestOrdered(t *testing.T) {
	t.Parallel()
	require.Empty(t, stories.Ordered(`<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><table><th scope="col">e</th><thead></thead></table>`))
	require.Contains(t, stories.Ordered(`<h1>a</h1><h3>c</h3>`), "h3")
	require.Contains(t, stories.Ordered(`<h2>a</h2>`), "h2", "a page begins with its title")
	require.Contains(t, stories.Ordered(`<h1>a</h1><th class="pw-num">b</th>`), "scope")
}
