package process_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestSuccessor: a case never goes by itself to an account that has ended while anybody else is there.
func TestSuccessor(t *testing.T) {
	t.Parallel()
	person := func(id string, ended bool, head string, roles ...process.Role) process.Party {
		return process.Party{Kind: process.HeldByPerson, ID: id, Name: id, Disabled: ended, HeadID: head, Roles: roles}
	}
	unit := process.Party{Kind: process.HeldByUnit, ID: "unit", Name: "项目科"}
	meant := process.Party{Kind: process.HeldByPerson, ID: "meant", Name: "meant"}
	firm := process.Party{Kind: process.HeldByPerson, ID: "firm", Name: "firm", EnterpriseID: "e", Roles: []process.Role{process.Enterprise, process.Leader}}
	cases := map[string]struct {
		meant  process.Party
		people []process.Party
		want   string
	}{
		"WhoeverIsInUseKeepsIt":    {meant, []process.Party{person("meant", false, ""), person("b", false, "", process.Leader)}, "meant"},
		"SomebodyNotLookedUpToo":   {meant, nil, "meant"},
		"TheHeadOfTheSectionFirst": {meant, []process.Party{person("meant", true, "head"), person("head", false, ""), person("charge", false, "", process.Leader)}, "head"},
		"ThenTheLeaderInCharge":    {meant, []process.Party{person("meant", true, "head"), person("head", true, ""), person("charge", false, "", process.Leader), person("a", false, "", process.Leader)}, "charge"},
		"ThenTheFirstLeader":       {meant, []process.Party{person("meant", true, ""), person("charge", true, "", process.Leader), person("b", false, "", process.Leader), person("a", false, "", process.Leader)}, "a"},
		"ThenAnAdministrator":      {meant, []process.Party{person("meant", true, ""), person("a", true, "", process.Leader), person("root", false, "", process.Administrator)}, "root"},
		"NeverAnEnterprise":        {meant, []process.Party{person("meant", true, "firm"), firm, person("root", false, "", process.Administrator)}, "root"},
		"NobodyElseIsThere":        {meant, []process.Party{person("meant", true, "")}, "meant"},
		"AUnitIsNoAccount":         {unit, []process.Party{unit, person("a", false, "", process.Leader)}, "unit"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			directory := process.Directory{}
			for _, p := range c.people {
				directory[p.ID] = p
			}
			require.Equal(t, c.want, directory.Successor(c.meant, "charge").ID)
		})
	}
}
