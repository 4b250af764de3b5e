// Package casework holds what can be done with every case, whatever its kind: write on it, pass it on, give it time, remind of it. Each command
// is written once over process.Subject and comes to a kind by being registered with it. One file per command.
package casework

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

const (
	pm      = process.ProjectManager
	ss      = process.SafetySupervisor
	liaison = process.LiaisonOfficer
	dept    = process.Department
	firm    = process.Enterprise
	leader  = process.Leader
	admin   = process.Administrator
)

// Lapsing is what can be done with a case that is decided in time or lapses: everything but to be given more time that was asked for.
func Lapsing() []process.Common {
	return slices.DeleteFunc(Commands(), func(c process.Common) bool { _, grants := c.(GrantExtension); return grants })
}

// holds reports whether the actor has the case in hand in person.
func holds(c *process.Case, actor process.Actor) bool {
	return c.Holder != nil && c.Holder.Kind == process.HeldByPerson && c.Holder.ID == actor.ID
}

// open refuses what is closed. What lies in a pool is open: its rules, and those who answer for it, change like those of any other case.
func open(c *process.Case) error {
	if c.Done {
		return process.Refuse(process.Closed, "这件事已经办结。", "The case is closed.").After(process.MovedDone)
	}
	return nil
}

// movable refuses what passes a case on that is closed, or that lies in a pool. One that merely waits, and asks nothing of anybody, can be given to somebody.
func movable(on process.Subject) error {
	if err := open(on.Header()); err != nil {
		return err
	}
	if p, ok := on.(process.Pooling); ok && p.InPool() {
		return process.InPool()
	}
	return nil
}
