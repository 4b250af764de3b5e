package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

func TestRename(t *testing.T) {
	t.Parallel()
	p := opened(t, "lead", project.OwnLand)
	old := p.Title
	p = then(t, p, 1, project.Rename{Title: " 莱卡高端面料 ", Reason: "备案名称变更"})
	require.Equal(t, "莱卡高端面料", p.Title)
	require.Equal(t, []string{old}, p.Aliases)
	require.Equal(t, process.NothingChanged, code(t, p, project.Rename{Title: "莱卡高端面料", Reason: "x"}, 2))
	require.Equal(t, process.InvalidInput, code(t, p, project.Rename{Title: "", Reason: "x"}, 2))
	p = then(t, p, 2, project.Rename{Title: old, Reason: "改回"})
	require.Equal(t, []string{"莱卡高端面料"}, p.Aliases, "what it is called again is no former name")
	require.Equal(t, process.Closed, code(t, then(t, p, 3, project.Terminate{Cause: "other", Reason: "x"}), project.Rename{Title: "新", Reason: "x"}, 4))
}
