package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestAPromiseIsNeverGreen: a permit that was accepted with papers missing meets a gate that takes it by a promise alone, also where no day is promised on record, as permits from before
// have it; the one that is there, or is not needed, meets it for good.
func TestAPromiseIsNeverGreen(t *testing.T) {
	t.Parallel()
	p := opened(t, "permitting", project.OwnLand)
	for _, c := range []struct {
		child   process.Child
		promise bool
	}{
		{deferred(clock.Date{}), true},
		{deferred(call(9).Day()), true},
		{process.Child{State: permit.Issued}, false},
		{process.Child{State: permit.NotNeeded}, false},
	} {
		e := env(t)
		c.child.Kind, c.child.Slot = permit.Kind, "works_planning_permit"
		e.Children = []process.Child{c.child}
		items, err := p.Gate(e, call(1).Day())
		require.NoError(t, err)
		require.Equal(t, lifecycle.Met, items[0].Status, c.child.State)
		require.Equal(t, c.promise, items[0].OnPromise(), c.child.State)
		require.Equal(t, c.promise, lifecycle.Seal{Items: items[:1]}.Waived(), c.child.State)
	}
}

// deferred is a permit that was accepted with papers missing.
func deferred(promised clock.Date) process.Child {
	c := process.Child{State: permit.Deferred}
	c.AcceptedOn, c.PromisedOn = call(0).Day(), promised
	return c
}
