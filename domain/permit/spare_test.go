package permit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

func person(id string, roles ...process.Role) process.Actor {
	return process.Actor{Type: process.Person, ID: id, Name: id, Roles: roles}
}

// TestWhoMaySayThatAPermitIsNotNeeded: of one that a gate needs and that cannot be waived a leader or the competent department, and never whoever runs the
// permit or the project; of the others, and of those that the catalogue leaves open, whoever runs it.
func TestWhoMaySayThatAPermitIsNotNeeded(t *testing.T) {
	t.Parallel()
	const spared = `{"project": "p", "item": "eia", "need": "not_needed", "reason": "不涉及"}`
	asked := func(site string) *desk {
		d := newDesk(t)
		d.env.Found.Parent.Slots = process.Slots{Variant: site, Firm: []string{"eia", "planning_verification"}}
		d.env.Directory["hb"] = process.Party{Kind: process.HeldByUnit, ID: "hb", Name: "县生态环境分局"}
		return d
	}
	d := asked("own_land")
	d.refused(process.NotAllowed, "", d.do("require", spared))
	d.refused(process.NotAllowed, "", d.by(person("lo", process.LiaisonOfficer), "require", spared))
	d.refused(process.SamePerson, "", d.by(person("pm", process.ProjectManager, process.Leader), "require", spared))
	require.NoError(t, d.by(person("ld", process.Leader), "require", spared))
	require.Equal(t, permit.NotNeeded, d.permit().State)

	d = asked("own_land")
	require.NoError(t, d.do("require", `{"project": "p", "item": "energy_review", "need": "not_needed", "reason": "年综合能耗低于 1000 吨标准煤"}`), "no gate needs it")
	d = asked("leased_plant")
	require.NoError(t, d.do("require", `{"project": "p", "item": "planning_verification", "need": "not_needed", "reason": "租用厂房"}`), "the catalogue says so of a leased plant")

	d = asked("own_land")
	require.NoError(t, d.do("require", `{"project": "p", "item": "eia", "need": "needed"}`))
	d.refused(process.NotAllowed, "", d.do("excuse", `{"reason": "不涉及"}`))
	require.Equal(t, process.Not, d.kind.Fits("permit.excuse", d.subject, manager(), d.env))
	clerk := person("zj1", process.Department)
	clerk.UnitID = "zj"
	d.refused(process.NotAllowed, "", d.by(clerk, "excuse", `{"reason": "不涉及"}`)) // another department than the competent one
	kept := d.subject
	clerk.UnitID = "hb"
	require.NoError(t, d.by(clerk, "excuse", `{"reason": "登记表豁免"}`))
	d.subject = kept
	require.NoError(t, d.by(person("ld", process.Leader), "excuse", `{"reason": "豁免名录"}`))
}
