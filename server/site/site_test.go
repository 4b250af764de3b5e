package site

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSignInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"/hazards?tab=overdue": "/hazards?tab=overdue", "": "/", "https://evil.example": "/", "//evil.example/x": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/"} {
		require.Equal(t, want, local(given), given)
	}
}

func TestFromWan(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"36000": "360000000.00", "1,234.5": "12345000.00", "0.0001": "1.00"} {
		got, err := fromWan("facts.investment", given)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, bad := range []string{"", "很多", "1e9", "1/2", "0x10"} {
		_, err := fromWan("facts.investment", bad)
		require.Error(t, err, bad)
	}
}

func TestPut(t *testing.T) {
	t.Parallel()
	tree := map[string]any{}
	put(tree, "facts.sector", "textile")
	put(tree, "facts.is_key", true)
	put(tree, "title", "x")
	require.Equal(t, map[string]any{"title": "x", "facts": map[string]any{"sector": "textile", "is_key": true}}, tree)
}
