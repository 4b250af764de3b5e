package permit

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Definition is one published version of the catalogue of permits, in their order, and who hears of their deadlines.
type Definition struct {
	Kind    process.Kind  `json:"kind" yaml:"kind"`
	Version int           `json:"version" yaml:"version"`
	Name    process.Text  `json:"name" yaml:"name"`
	Phases  []Phase       `json:"phases" yaml:"phases"`
	Items   []Item        `json:"items" yaml:"items"`
	Ladder  ladder.Ladder `json:"ladder" yaml:"ladder"`       // of what a department or the enterprise has to do
	Idle    ladder.Ladder `json:"idle_ladder" yaml:"idle"`    // of land on which nothing has begun (城市房地产管理法 art. 26)
	Lapsing ladder.Ladder `json:"lapse_ladder" yaml:"lapses"` // of a permit that lapses unless it is used
}

// Phase is a stretch of the permits' way, a column of the diagram.
type Phase struct {
	ID    string       `json:"id" yaml:"id"`
	Name  process.Text `json:"name" yaml:"name"`
	Stage string       `json:"stage" yaml:"stage"` // of the project, in which its permits are usually run
}

// Item is one permit of the catalogue.
type Item struct {
	ID         string         `json:"id" yaml:"id"`
	Name       process.Text   `json:"name" yaml:"name"`
	Phase      string         `json:"phase" yaml:"phase"`
	Department process.Text   `json:"department" yaml:"department"`
	When       process.Text   `json:"when" yaml:"when"`                     // when it is needed
	Variants   []Variant      `json:"variants,omitempty" yaml:"variants"`   // sorts with limits of their own: 报告书, 报告表, 登记表
	Limit      *clock.Limit   `json:"limit,omitempty" yaml:"limit"`         // of the department's decision; none: no limit is laid down
	From       Start          `json:"from,omitempty" yaml:"from"`           // what the limit counts from
	Basis      string         `json:"basis,omitempty" yaml:"basis"`         // the law it comes from
	Bring      []process.Text `json:"bring,omitempty" yaml:"bring"`         // what to bring
	Where      process.Text   `json:"where,omitzero" yaml:"where"`          // the window
	Call       string         `json:"call,omitempty" yaml:"call"`           // whom to call
	After      []string       `json:"after,omitempty" yaml:"after"`         // permits that come before it
	Only       []string       `json:"only,omitempty" yaml:"only"`           // site modes it is for; none: all
	Sometimes  bool           `json:"sometimes,omitempty" yaml:"sometimes"` // only some projects need it: nobody waits for it until it is said
	Deferrable bool           `json:"deferrable,omitempty" yaml:"defer"`    // papers may be missing when it is accepted (容缺受理)
	Numberless bool           `json:"numberless,omitempty" yaml:"plain"`    // it has no number: an act, not a certificate
	StartBy    *Using         `json:"start_by,omitempty" yaml:"start_by"`   // it lapses unless it is used
	IdleLand   bool           `json:"idle_land,omitempty" yaml:"idle_land"` // with it a day is agreed on which construction has to begin
	Then       []Then         `json:"then,omitempty" yaml:"then"`           // what has to be done once it is there
}

// Start is what a limit counts from.
type Start string

// What a limit counts from: the day it was accepted, unless it says the day it was applied for.
const (
	FromAcceptance  Start = ""
	FromApplication Start = "application"
)

// Variant is a sort of a permit with a limit of its own.
type Variant struct {
	ID    string       `json:"id" yaml:"id"`
	Name  process.Text `json:"name" yaml:"name"`
	Limit *clock.Limit `json:"limit,omitempty" yaml:"limit"`
}

// Using is within what time a permit has to be used, and how often and by how much that may be put off.
type Using struct {
	Limit   clock.Limit `json:"limit" yaml:"limit"`
	Times   int         `json:"times" yaml:"times"`     // extensions
	Longest int         `json:"longest" yaml:"longest"` // each, in the unit of the limit
}

// Then is a permit that has to be applied for within a time of another one's being issued.
type Then struct {
	Item   string      `json:"item" yaml:"item"`
	Within clock.Limit `json:"within" yaml:"within"`
}

// Item returns the permit with the id.
func (d Definition) Item(id string) (Item, bool) {
	return process.Find(d.Items, id, func(x Item) string { return x.ID })
}

// For lists the permits that a project with the site mode may need, in their order; "": any.
func (d Definition) For(site string) []Item {
	return slices.DeleteFunc(slices.Clone(d.Items), func(x Item) bool { return site != "" && len(x.Only) > 0 && !slices.Contains(x.Only, site) })
}

// Departments lists the departments of the catalogue, each once, in its order.
func (d Definition) Departments() []process.Text {
	var all []process.Text
	for _, x := range d.Items {
		if !slices.Contains(all, x.Department) {
			all = append(all, x.Department)
		}
	}
	return all
}

// Of lists the ids of a department's permits.
func (d Definition) Of(department string) []string {
	ids := []string{}
	for _, x := range d.Items {
		if x.Department.Chinese == department || x.Department.English == department {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// limit is within what time the department decides on the permit of the sort.
func (x Item) limit(variant string) *clock.Limit {
	for _, v := range x.Variants {
		if v.ID == variant {
			return v.Limit
		}
	}
	return x.Limit
}

// Valid returns an error when the catalogue cannot be published.
func (d Definition) Valid() error {
	phases, seen := map[string]bool{}, map[string]bool{}
	for _, p := range d.Phases {
		phases[p.ID] = p.ID != "" && p.Name.Chinese != "" && p.Name.English != ""
	}
	if d.Version < 1 || len(d.Items) == 0 {
		return fmt.Errorf("definition %s: needs a version and permits", d.Kind)
	}
	for _, x := range d.Items {
		at := fmt.Sprintf("definition %s v%d, permit %q", d.Kind, d.Version, x.ID)
		switch {
		case x.ID == "" || seen[x.ID] || x.Name.Chinese == "" || x.Name.English == "" || x.Department.Chinese == "" || x.When.Chinese == "":
			return fmt.Errorf("%s: needs an id of its own, its names, a department and when it is needed", at)
		case !phases[x.Phase]:
			return fmt.Errorf("%s: stands in no phase", at)
		case x.From != FromAcceptance && x.From != FromApplication:
			return fmt.Errorf("%s: counts from something unknown", at)
		case slices.ContainsFunc(x.After, func(before string) bool { return !seen[before] }):
			return fmt.Errorf("%s: comes after a permit that does not stand before it", at)
		}
		for _, l := range x.limits() {
			if err := l.Valid(); err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
		}
		seen[x.ID] = true
	}
	for i, x := range d.Items {
		for _, t := range x.Then {
			if !slices.ContainsFunc(d.Items[i+1:], func(later Item) bool { return later.ID == t.Item }) {
				return fmt.Errorf("definition %s v%d: %s leads to %q, which is no permit that stands behind it", d.Kind, d.Version, x.ID, t.Item)
			}
		}
	}
	for _, l := range []ladder.Ladder{d.Ladder, d.Idle, d.Lapsing} {
		if err := l.Valid(); err != nil {
			return err
		}
	}
	return nil
}

func (x Item) limits() []clock.Limit {
	var all []clock.Limit
	if x.Limit != nil {
		all = append(all, *x.Limit)
	}
	for _, v := range x.Variants {
		if v.Limit != nil {
			all = append(all, *v.Limit)
		}
	}
	if x.StartBy != nil {
		all = append(all, x.StartBy.Limit)
	}
	for _, t := range x.Then {
		all = append(all, t.Within)
	}
	return all
}

// Edition is the catalogue's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the clock with the name.
func (d Definition) LadderOf(name string) ladder.Ladder {
	switch name {
	case ToBegin, Valid:
		return d.Lapsing
	case IdleLand:
		return d.Idle
	}
	return d.Ladder
}

// Covers refuses a permit that the catalogue does not have.
func (d Definition) Covers(c process.Case) error {
	if _, ok := d.Item(c.Stage); !ok {
		return process.RefuseField("version", "这个版本的手续目录里没有这一项。", "This version of the catalogue has no such permit.")
	}
	return nil
}

// StageName names a permit of the catalogue.
func (d Definition) StageName(id string) process.Text {
	x, _ := d.Item(id) // the zero one has no name
	return x.Name
}

// StageOrder lists the permits in their order.
func (d Definition) StageOrder() []string {
	return process.InOrder(d.Items, func(x Item) string { return x.ID })
}

// SortName is what the catalogue calls a sort of one of its permits, nothing where it has none.
func (d Definition) SortName(sort string) process.Text {
	for _, x := range d.Items {
		for _, v := range x.Variants {
			if v.ID == sort {
				return v.Name
			}
		}
	}
	return process.Text{}
}
