package kinds_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestWhatCannotBeReadIsSaidSoon: whatever is sent, finding out what of it can be read takes a few readings of it, and every field at fault is named, up to as
// many as a person would read.
func TestWhatCannotBeReadIsSaidSoon(t *testing.T) {
	t.Parallel()
	kind, ok := kinds.Of(project.Kind)
	require.True(t, ok)
	many := func(n int, value string) string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf(`"k%d":%s`, i, value)
		}
		return "{" + strings.Join(all, ",") + "}"
	}
	deep := strings.Repeat(`{"a":`, 30) + many(60_000, "1") + strings.Repeat("}", 30)
	for name, c := range map[string]struct {
		verb  process.Name
		input string
		named []string
	}{
		"deep behind an unknown name": {project.Kind.Does(casework.CommentVerb), `{"text":5,"zz":` + deep + `}`, []string{"text", "zz"}},
		"deep where a text belongs":   {project.Kind.Does(casework.CommentVerb), `{"text":` + deep + `}`, []string{"text"}},
		"wide":                        {project.Kind.Does(casework.CommentVerb), many(60_000, `{"a":{}}`), nil},
		"wide within":                 {project.OpenName, `{"title":5,"facts":` + many(60_000, `{"a":{}}`) + `}`, nil},
		"two within":                  {project.OpenName, `{"title":5,"facts":{"sector":7,"zz":1}}`, []string{"title", "facts.sector", "facts.zz"}},
	} {
		began := time.Now()
		_, err := kind.Read(c.verb, []byte(c.input))
		took := time.Since(began)
		var refusal *process.Refusal
		require.True(t, errors.As(err, &refusal), "%s: %v", name, err)
		told := []string{}
		for _, f := range refusal.Fields {
			told = append(told, f.Name)
		}
		require.Subset(t, told, c.named, name)
		require.LessOrEqual(t, len(told), 60, name)
		require.Less(t, took, 3*time.Second, name) // milliseconds; where every name read the whole again it was a minute
	}
}
