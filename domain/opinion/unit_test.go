package opinion_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestADepartmentIsFoundByWhatAnOfficeCallsIt: by its name, one that was given to it, with its place before it, or in full; never where two could be meant.
func TestADepartmentIsFoundByWhatAnOfficeCallsIt(t *testing.T) {
	t.Parallel()
	housing := opinion.Desk{ID: "housing", Units: []string{"县住建局", "住建局"}}
	for _, c := range []struct {
		units   []string
		aliases map[string][]string
		means   string
	}{
		{units: []string{"县财政局", "县住建局"}, means: "县住建局"},
		{units: []string{"泗县住建局"}, means: "泗县住建局"},
		{units: []string{"县住房和城乡建设局", "县税务局"}, means: "县住房和城乡建设局"},
		{units: []string{"建设服务中心"}, aliases: map[string][]string{"建设服务中心": {"住建局"}}, means: "建设服务中心"},
		{units: []string{"甲县住建局", "乙县住建局"}},
		{units: []string{"甲县住建局", "县住建局"}, means: "县住建局"},
		{units: []string{"住建局招商科"}},
		{units: []string{"县住房和城乡建设局", "甲县住建局"}, means: "甲县住建局"},
		{},
	} {
		bodies := opinion.Bodies{Aliases: c.aliases}
		for _, name := range c.units {
			bodies.Units = append(bodies.Units, process.Party{Kind: process.HeldByUnit, ID: name, Name: name})
		}
		unit, known := housing.Unit(bodies)
		require.Equal(t, c.means != "", known, "%v", c.units)
		require.Equal(t, c.means, unit.Name)
		unmet := opinion.Definition{Desks: []opinion.Desk{housing}}.Unmet(bodies)
		require.Len(t, unmet, map[bool]int{true: 0, false: 1}[known])
	}
}
