package ui

import (
	"github.com/parkway-zone/parkway/domain/process"
)

// About is what every case's page shows, whatever its kind.
type About struct {
	Actions []Action // what the reader may do now
	Events  []process.Event
	Older   string // address of older history
	Watched bool
}

// Action is a command that the reader may issue now, and how it fits.
type Action struct {
	Link
	Name process.Name
	Fit  process.Fit
}

// beside is how many actions stand next to the primary one; the rest are under 更多.
const beside = 3

// arranged is a page's actions as they are shown: the one that leads, at most three beside it, and the rest.
type arranged struct {
	primary *Action
	blocked *Action // would be primary; what is missing stands on the page
	beside  []Action
	more    []Action
}

// arrange puts first what the case asks of this reader next, as the commands themselves say it: never by their order.
func arrange(actions []Action) arranged {
	var a arranged
	for i := range actions {
		if actions[i].Fit == process.Blocked {
			a.blocked = &actions[i]
		}
	}
	for _, fit := range []process.Fit{process.Leads, process.Beside, process.Fits} {
		for i := range actions {
			switch {
			case actions[i].Fit != fit:
			case a.primary == nil && fit == process.Leads:
				a.primary = &actions[i]
			case len(a.beside) < beside && fit != process.Fits:
				a.beside = append(a.beside, actions[i])
			default:
				a.more = append(a.more, actions[i])
			}
		}
	}
	return a
}
