package register_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/register"
)

// TestNoFieldIsCalledLikeAParameterOfLists: a register's list is narrowed by the names of its fields, beside the parameters that every list has.
func TestNoFieldIsCalledLikeAParameterOfLists(t *testing.T) {
	t.Parallel()
	for _, r := range register.All() {
		for _, q := range r.Questions() {
			require.NotContains(t, []string{"sort", "q", "after", "print", "view", "tab", "columns", "cursor", "limit", "page"}, q.Path, "of the register %s", r.Name)
		}
	}
}
