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

// TestAnOfficesLettersAreLetters: they begin every official number, so no path, bracket or sentence is taken for them.
func TestAnOfficesLettersAreLetters(t *testing.T) {
	t.Parallel()
	for letters, fine := range map[string]bool{"泗开安监": true, "SX-2": true, "皖·开": true, "../../测 \"开\"": false, "泗开〔安〕": false, "泗 开": false, "泗/开": false, "泗开\t": true} {
		_, err := register.Zone{Name: "泗县经济开发区", ShortName: "泗县开发区", Letters: letters}.Checked()
		require.Equal(t, fine, err == nil, "%q: %v", letters, err)
	}
}
