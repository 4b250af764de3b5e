package works

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Template is what is built, step by step, and how much each step weighs. It is data of a definition.
type Template struct {
	StartedCounts int         `json:"started_counts" yaml:"started_counts"` // percent of its weight that a step under way counts with
	Structures    []Structure `json:"structures" yaml:"structures"`         // the first is that of a building of which it is not said
	Steps         []Step      `json:"steps" yaml:"steps"`                   // in the usual order, which nobody is held to
}

// Structure is how a building is made; it decides which steps it has and what they weigh.
type Structure struct {
	ID   string       `json:"id" yaml:"id"`
	Name process.Text `json:"name" yaml:"name"`
}

// Step is one thing to be done on a building, or once for the whole site.
type Step struct {
	ID       string         `json:"id" yaml:"id"`
	Name     process.Text   `json:"name" yaml:"name"`
	Site     bool           `json:"site,omitempty" yaml:"site"`         // once for the project, not for each building
	Only     []string       `json:"only,omitempty" yaml:"only"`         // the structures that have it; none: all
	Optional bool           `json:"optional,omitempty" yaml:"optional"` // weighs only where it was recorded
	Weight   int            `json:"weight,omitempty" yaml:"weight"`
	Weights  map[string]int `json:"weights,omitempty" yaml:"weights"` // by structure, instead of Weight
	Doing    Doing          `json:"doing,omitzero" yaml:"doing"`
	Reached  process.Text   `json:"reached,omitzero" yaml:"reached"` // of a milestone, which is reached and never under way: what is said of it
}

// Doing is what a sentence says of a step under way. Steps with the same verb share it: 安装门窗和消防设施.
type Doing struct {
	Verb    string `json:"verb,omitempty" yaml:"verb"` // "": the object says it all
	Object  string `json:"object" yaml:"object"`
	English string `json:"en" yaml:"en"`
}

// Milestone reports whether the step is only ever reached.
func (s Step) Milestone() bool { return s.Reached.Chinese != "" }

// Of reports whether a building of the structure has the step.
func (s Step) Of(structure string) bool {
	return !s.Site && (len(s.Only) == 0 || slices.Contains(s.Only, structure))
}

func (s Step) weight(structure string) int {
	if w, ok := s.Weights[structure]; ok {
		return w
	}
	return s.Weight
}

// Step returns the step with the id.
func (t Template) Step(id string) (Step, bool) {
	if i := slices.IndexFunc(t.Steps, func(s Step) bool { return s.ID == id }); i >= 0 {
		return t.Steps[i], true
	}
	return Step{}, false
}

// Structure returns the structure with the id.
func (t Template) Structure(id string) (Structure, bool) {
	if i := slices.IndexFunc(t.Structures, func(s Structure) bool { return s.ID == id }); i >= 0 {
		return t.Structures[i], true
	}
	return Structure{}, false
}

// made is the structure of a building; the template's first where nothing was said.
func (t Template) made(structure string) string {
	if _, known := t.Structure(structure); !known {
		return t.Structures[0].ID
	}
	return structure
}

// StepsOf are the steps that a building of the structure has, in their order; of an unknown structure, those of the first.
func (t Template) StepsOf(structure string) []Step {
	return slices.DeleteFunc(slices.Clone(t.Steps), func(s Step) bool { return !s.Of(t.made(structure)) })
}

// Valid returns an error when the template cannot be published.
func (t Template) Valid() error {
	if len(t.Structures) == 0 || t.StartedCounts < 0 || t.StartedCounts > 100 {
		return fmt.Errorf("works: needs a structure, and a step under way counts with 0 to 100 percent")
	}
	seen := map[string]bool{}
	for _, s := range t.Structures {
		if s.ID == "" || seen[s.ID] || s.Name.Chinese == "" || s.Name.English == "" {
			return fmt.Errorf("works: structure %q needs a unique id and both names", s.ID)
		}
		seen[s.ID] = true
	}
	steps := map[string]bool{}
	for _, s := range t.Steps {
		if s.ID == "" || steps[s.ID] || s.Name.Chinese == "" || s.Name.English == "" {
			return fmt.Errorf("works: step %q needs a unique id and both names", s.ID)
		}
		steps[s.ID] = true
		if s.Milestone() == (s.Doing.Object != "") || s.Milestone() != (s.Reached.English != "") || !s.Milestone() && s.Doing.English == "" {
			return fmt.Errorf("works: step %s needs what is said of it in both languages, either under way or as a milestone", s.ID)
		}
		for _, id := range s.Only {
			if !seen[id] {
				return fmt.Errorf("works: step %s is of a structure %q that there is not", s.ID, id)
			}
		}
		for id, w := range s.Weights {
			if !seen[id] || w < 0 || s.Weight < 0 {
				return fmt.Errorf("works: step %s weighs %d for a structure %q", s.ID, w, id)
			}
		}
	}
	for _, structure := range t.Structures {
		if t.whole(structure.ID, nil) == 0 {
			return fmt.Errorf("works: nothing weighs anything in a building of structure %s", structure.ID)
		}
	}
	return nil
}

// whole is what all the steps of a building weigh.
func (t Template) whole(structure string, done []Progress) int {
	sum := 0
	for _, s := range t.Steps {
		if s.Of(structure) && (!s.Optional || known(done, s.ID)) {
			sum += s.weight(structure)
		}
	}
	return sum
}

func known(done []Progress, step string) bool {
	return slices.ContainsFunc(done, func(p Progress) bool { return p.Step == step })
}
