package permit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAPermitLiesWithItsDepartment: one that was applied for lies with the department outside the system, and its days count against that; whoever runs it urges, and is told of its deadline.
// What is missing is for this side to bring; what the builder does itself lies with nobody else, and what was given to a department that works with Parkway lies there.
func TestAPermitLiesWithItsDepartment(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	fit := func(verb process.Verb) process.Fit {
		return d.kind.Fits(permit.Kind.Does(verb), d.subject, manager(), d.env)
	}
	require.NoError(t, d.do("require", `{"project": "p", "item": "construction_permit", "need": "needed"}`))
	require.Equal(t, "pm", d.permit().Holder.ID)
	d.on(2026, time.March, 4)
	require.NoError(t, d.do("apply", `{}`))
	require.Equal(t, process.HeldOutside, d.permit().Holder.Kind)
	require.Equal(t, "住建局（系统外）", d.permit().Holder.Name)
	require.Equal(t, d.day.Start().Add(10*time.Hour), d.permit().Holder.Since, "its days count from the application")
	require.Equal(t, process.OutsideBody("住建局").ID, d.permit().Holder.ID, "what lies with one body is counted together")
	require.NotEqual(t, process.OutsideBody("自规局").ID, d.permit().Holder.ID)
	require.True(t, d.permit().Own(manager()))
	require.Equal(t, process.Urges, fit("urge"), "the deed is to urge")
	require.Equal(t, process.Not, fit("nudge"), "nobody of it reads a message")
	d.refused(process.WrongState, "", d.do("nudge", `{}`))
	for _, n := range d.permit().People().Concerned() {
		require.Equal(t, "pm", n.ToID)
	}

	require.NoError(t, d.do("accept", `{"missing": "图审合格书", "promised_on": "2026-03-20"}`))
	require.Equal(t, "pm", d.permit().Holder.ID, "the papers are for this side to bring")
	require.NoError(t, d.do("supply", `{}`))
	require.Equal(t, process.HeldOutside, d.permit().Holder.Kind)
	require.Equal(t, process.Beside, fit("issue"), "it was accepted just now")
	require.NoError(t, d.do("refuse", `{"reason": "总图不符"}`))
	require.Equal(t, "pm", d.permit().Holder.ID)
	require.NoError(t, d.do("apply", `{"to_kind": "unit", "to_id": "zj"}`))
	require.NoError(t, d.do("accept", `{}`))
	require.Equal(t, "zj", d.permit().Holder.ID, "it works with Parkway")
	require.NoError(t, d.do("issue", `{"certificate": "3413"}`))
	require.Equal(t, "pm", d.permit().Holder.ID, "it has to be used")

	own := newDesk(t)
	require.NoError(t, own.do("require", `{"project": "p", "item": "acceptance", "need": "needed"}`))
	require.NoError(t, own.do("apply", `{}`))
	require.Equal(t, "pm", own.permit().Holder.ID)

	before := newDesk(t) // as versions before left it: with whoever runs it
	require.NoError(t, before.do("require", `{"project": "p", "item": "filing", "need": "needed"}`))
	require.NoError(t, before.do("apply", `{}`))
	before.permit().Holder.Kind, before.permit().Holder.ID = process.HeldByPerson, "pm"
	require.Equal(t, process.Urges, before.kind.Fits(permit.UrgeName, before.subject, manager(), before.env))
	require.NoError(t, before.do("accept", `{}`))
	require.Equal(t, process.HeldOutside, before.permit().Holder.Kind)
}
