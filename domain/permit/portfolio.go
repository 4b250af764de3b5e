package permit

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Figure is how many permits of one of the catalogue's stand in a state, and how many of them are late.
type Figure struct {
	Item, State    string
	Count, Overdue int
}

// Portfolio is what lies with one department: permits that were applied for and that it has not decided on.
type Portfolio struct {
	Department process.Text   `json:"department"`
	Items      []string       `json:"items" doc:"The department's permits in the catalogue."`
	Open       int            `json:"open"`
	Overdue    int            `json:"overdue"`
	States     map[string]int `json:"states" doc:"How many stand in each state."`
}

// PortfolioOf adds figures up by department, in the catalogue's order.
func (d Definition) PortfolioOf(figures []Figure) []Portfolio {
	all, of := []Portfolio{}, map[string]int{}
	for i, name := range d.Departments() {
		all = append(all, Portfolio{Department: name, Items: d.Of(name.Chinese), States: map[string]int{}})
		for _, id := range all[i].Items {
			of[id] = i
		}
	}
	for _, f := range figures {
		if i, known := of[f.Item]; known {
			if slices.Contains([]string{Applied, Accepted, Deferred}, f.State) {
				all[i].Open, all[i].Overdue = all[i].Open+f.Count, all[i].Overdue+f.Overdue
			}
			all[i].States[f.State] += f.Count
		}
	}
	return all
}
