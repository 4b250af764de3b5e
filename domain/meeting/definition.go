package meeting

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Definition is one published version: the sorts of meetings there are, and who hears of their days.
type Definition struct {
	Kind    process.Kind  `json:"kind" yaml:"kind"`
	Version int           `json:"version" yaml:"version"`
	Name    process.Text  `json:"name" yaml:"name"`
	Sorts   []Sort        `json:"sorts" yaml:"sorts"`
	Gates   []Gate        `json:"gates" yaml:"gates"` // whose requirements conditions become
	Ladder  ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Sort is a sort of meeting: what it decides on, and which command carries its result to each project.
type Sort struct {
	ID      string       `json:"id" yaml:"id"`
	Name    process.Text `json:"name" yaml:"name"`
	Stage   string       `json:"stage" yaml:"stage"`     // in which a project comes before it
	Command process.Name `json:"command" yaml:"command"` // that its minutes issue on each project
}

// Gate is a later stage of a project, whose gate a condition can be laid on.
type Gate struct {
	Stage string       `json:"stage" yaml:"stage"`
	Name  process.Text `json:"name" yaml:"name"`
}

// Sort returns the sort with the id.
func (d Definition) Sort(id string) (Sort, bool) {
	return process.Find(d.Sorts, id, func(s Sort) string { return s.ID })
}

// gate returns the gate of the stage.
func (d Definition) gate(stage string) (Gate, bool) {
	if i := slices.IndexFunc(d.Gates, func(g Gate) bool { return g.Stage == stage }); i >= 0 {
		return d.Gates[i], true
	}
	return Gate{}, false
}

// Summons are the stages in which projects wait for a meeting.
func (d Definition) Summons() []string {
	stages := []string{}
	for _, s := range d.Sorts {
		stages = append(stages, s.Stage)
	}
	return stages
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	seen := map[string]bool{}
	if d.Version < 1 || len(d.Sorts) == 0 || len(d.Gates) == 0 {
		return fmt.Errorf("definition %s: needs a version, sorts of meetings and gates", d.Kind)
	}
	for _, s := range d.Sorts {
		if s.ID == "" || seen[s.ID] || s.Name.Chinese == "" || s.Name.English == "" || s.Stage == "" || s.Command.KindOf() == "" {
			return fmt.Errorf("definition %s v%d: sort %q needs an id of its own, its names, a stage and a command", d.Kind, d.Version, s.ID)
		}
		seen[s.ID] = true
	}
	return d.Ladder.Valid()
}

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the meeting's day.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers refuses a sort that the definition does not have.
func (d Definition) Covers(c process.Case) error {
	if _, ok := d.Sort(c.Stage); !ok {
		return process.RefuseField("version", "这个版本里没有这类会议。", "This version has no such sort of meeting.")
	}
	return nil
}

// StageName names a sort of meeting.
func (d Definition) StageName(id string) process.Text {
	s, _ := d.Sort(id) // the zero one has no name
	return s.Name
}
