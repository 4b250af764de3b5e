package letters_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/letters"
)

func sorts(t testing.TB) []letter.Sort {
	t.Helper()
	all, err := letters.Sorts()
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(all), 12)
	return all
}

// TestEverySortCanBeIssued: what a description says can be, its shipped template passes the check that an administrator's passes, and no two sorts can number alike.
func TestEverySortCanBeIssued(t *testing.T) {
	t.Parallel()
	ids, series := map[string]bool{}, map[string]bool{}
	for i, s := range sorts(t) {
		require.False(t, ids[s.ID], s.ID)
		require.False(t, series[s.Series], s.Series)
		ids[s.ID], series[s.Series] = true, true
		require.NotEmpty(t, s.Name.Chinese, s.ID)
		require.NotEmpty(t, s.Name.English, s.ID)
		require.NotEmpty(t, s.Copies, s.ID)
		require.Contains(t, []string{letter.ToEnterprise, letter.ToBody, letter.ToOffice}, s.To, s.ID)
		require.NoError(t, letter.CheckFormat(s.Format), s.ID)
		for _, other := range sorts(t)[:i] {
			require.False(t, letter.Clash(s.Format, other.Format), "%s and %s", s.ID, other.ID)
		}
		for _, a := range s.Asks {
			require.Contains(t, []string{letter.Line, letter.Long, letter.Day}, a.As, s.ID)
			require.NotEmpty(t, a.English, "%s: %s", s.ID, a.Name)
			require.NotEmpty(t, a.Sample, "%s: %s", s.ID, a.Name)
			require.Contains(t, s.Layout, "{{"+a.Name, "%s asks for what it does not say", s.ID)
			if a.From != "" {
				require.Contains(t, s.Fields().Texts, a.From, s.ID)
			}
		}
		file, err := letters.Shipped(s)
		require.NoError(t, err, s.ID)
		require.NoError(t, letters.Check(file, s), s.ID)
		if dir := os.Getenv("LETTERS"); dir != "" {
			full, err := letters.Fill(file, letters.Sampled(s), "https://parkway.example.cn/v/ABCDEFGHIJKLMNOPQRSTUVWXYZ")
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, s.ID+".docx"), full, 0o600))
		}
	}
}
