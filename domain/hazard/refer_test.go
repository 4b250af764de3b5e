package hazard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAHazardFollowsItsProject: by its new name, closed ones too; and an open one onto the project that it goes on within.
func TestAHazardFollowsItsProject(t *testing.T) {
	t.Parallel()
	on := func(done bool) hazard.Hazard {
		h := hazard.Hazard{Facts: hazard.Facts{ProjectID: "p", ProjectNumber: "XM-1", ProjectTitle: "一期"}}
		h.Done = done
		return h
	}
	named := process.Parent{Case: process.Case{ID: "p", Number: "XM-1", Title: "一期厂房"}}
	into := process.Parent{Case: process.Case{ID: "q", Number: "XM-2", Title: "二期"}}
	for name, c := range map[string]struct {
		done  bool
		named string
		to    process.Parent
		want  string // the title it says afterwards
		says  string
	}{
		"renamed":                     {named: "p", to: named, want: "一期厂房", says: "项目改名为一期厂房"},
		"renamed, closed":             {done: true, named: "p", to: named, want: "一期厂房", says: "项目改名为一期厂房"},
		"merged":                      {named: "p", to: into, want: "二期", says: "XM-1 并入 XM-2 二期"},
		"merged, closed":              {done: true, named: "p", to: into, want: "一期"},
		"another project was renamed": {named: "x", to: process.Parent{Case: process.Case{ID: "x", Title: "别的"}}, want: "一期"},
	} {
		h := on(c.done)
		require.Equal(t, c.says, h.Refer(c.named, c.to), name)
		require.Equal(t, c.want, h.ProjectTitle, name)
	}
}
