package outside

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// Guest reports whether somebody reads cases as a department does that was handed one or asked about it: they know of it because of that alone. How the other side is
// being won, whom one speaks to there, under which number and what was said, is for the zone's own staff.
func Guest(actor process.Actor) bool {
	return !access.SightOf(actor).Every && !actor.Has(process.Enterprise)
}

// GuestProject is a project as a department reads it.
func GuestProject(p project.Project) project.Project {
	p.Contacts, p.ContactName, p.ContactPhone, p.NextContactOn = []project.Contact{}, "", "", clock.Date{}
	p.ContactToldOn = clock.Date{}
	if strings.HasPrefix(p.Case.Wake, process.OwnWake) { // it names the day that was agreed
		p.Case.Wake, p.Case.NextWake = "", nil
	}
	p.Passages = slices.Clone(p.Passages)
	for i, at := range p.Passages {
		if at.Seal != nil {
			seal := *at.Seal
			seal.Items = GuestGate(seal.Items)
			p.Passages[i].Seal = &seal
		}
	}
	return p
}

// GuestGate is a gate as a department reads it: that the other side was met, and not what was said.
func GuestGate(items []lifecycle.Item) []lifecycle.Item {
	items = slices.Clone(items)
	for i := range items {
		if items[i].Kind == lifecycle.Contact && items[i].Status != lifecycle.Missing {
			items[i].Says = process.Text{}
		}
	}
	return items
}

// GuestEvents are events as a department reads them: that there was a contact, and not its words.
func GuestEvents(events []process.Event) []process.Event {
	events = slices.Clone(events)
	for i := range events {
		e := &events[i]
		if !slices.ContainsFunc(e.Changes, func(c process.Change) bool { return winning(c.Path) }) && e.Command != project.ContactName {
			continue
		}
		e.Changes = slices.DeleteFunc(slices.Clone(e.Changes), func(c process.Change) bool { return winning(c.Path) })
		e.Input = json.RawMessage("{}") // what was sent says the same
	}
	return events
}

// winning reports whether a fact tells how the other side is being won.
func winning(path string) bool {
	return strings.HasPrefix(path, "contacts[") || path == "contact_name" || path == "contact_phone" || path == "next_contact_on" || path == "contact_told_on" || path == "wake" || path == "next_wake" ||
		strings.HasPrefix(path, "passages[") && strings.Contains(path, ".seal.items[first_contact].says")
}
