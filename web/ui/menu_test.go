package ui

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConditionsSet: the button into which a list's conditions fold says how many are set, not how the list is shown.
func TestConditionsSet(t *testing.T) {
	t.Parallel()
	for path, set := range map[string]int{
		"/projects": 0, "/projects?view=list": 0, "/projects?view=list&q=&stage=": 0, "/projects?view=list&q=莱卡&stage=signed&sort=due": 2,
		"/hazards?tab=closed&found=2024&campaign=&cursor=x": 1, "/hazards?q=%zz": 0, "/registers/units?q=招商&kind=section": 2, "://": 0,
	} {
		require.Equal(t, set, conditionsSet(path), path)
	}
}
