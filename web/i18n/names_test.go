package i18n_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOneFactHasOneName: what a project's form asks for is called the same where it is listed, sorted by, changed, and asked of an enterprise. Only the unit of an
// amount may stand behind the name.
func TestOneFactHasOneName(t *testing.T) {
	t.Parallel()
	unit := regexp.MustCompile(`\s*[（(].*[）)]$`)
	compared := 0
	for _, file := range []string{"zh.json", "en.json"} {
		words := catalogue(t, file)
		name := func(key string) string {
			text, _ := words[key].(string)
			return strings.ToLower(unit.ReplaceAllString(text, ""))
		}
		for key := range words {
			fact, asked := strings.CutPrefix(key, "field.facts.")
			if !asked || strings.Contains(fact, ".") {
				continue
			}
			for _, other := range []string{"change.", "column.", "sort.", "field.enterprises.", "field.new_"} {
				if _, has := words[other+fact]; has {
					compared++
					require.Equal(t, name(key), name(other+fact), "%s: %s is not %s", file, other+fact, key)
				}
			}
		}
	}
	require.Greater(t, compared, 20)
}
