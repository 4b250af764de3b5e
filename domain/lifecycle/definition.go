// Package lifecycle is the engine of staged journeys: ordered stages, each left through a gate. A kind of case (project) adds its facts.
package lifecycle

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// StageID names a stage within a definition.
type StageID string

// Definition is one published version of a journey. It is data: see definitions/project.v1.yaml.
type Definition struct {
	Kind         process.Kind  `json:"kind" yaml:"kind"`
	Version      int           `json:"version" yaml:"version"`
	Name         process.Text  `json:"name" yaml:"name"`
	Stages       []Stage       `json:"stages" yaml:"stages"`
	Achievements []Achievement `json:"achievements" yaml:"achievements"` // parallel, in any order, after the last stage is reached
	Ladder       ladder.Ladder `json:"ladder,omitzero" yaml:"ladder"`    // of every stage's deadline; none: the stage is only flagged when late

	Works *works.Template `json:"works,omitempty" yaml:"works"` // the steps of its buildings; none: their progress is a text

	Winning `yaml:",inline"`
}

// Stage is one stretch of the journey.
type Stage struct {
	ID        StageID        `json:"id" yaml:"id"`
	Name      process.Text   `json:"name" yaml:"name"`
	Lead      process.Text   `json:"lead" yaml:"lead"`                       // who usually leads it
	Limit     *clock.Limit   `json:"limit,omitempty" yaml:"limit"`           // none: no deadline, never late
	PlannedBy string         `json:"planned_by,omitempty" yaml:"planned_by"` // the fact that, when present, sets the deadline instead of Limit
	Committed bool           `json:"committed,omitempty" yaml:"committed"`   // from here on, ending early is a withdrawal and not a loss
	OnEnter   string         `json:"on_enter,omitempty" yaml:"on_enter"`     // the date fact that entering sets
	OnPass    string         `json:"on_pass,omitempty" yaml:"on_pass"`       // the date fact that leaving through the gate sets
	Opens     []process.Name `json:"opens,omitempty" yaml:"opens"`           // the small cases that entering puts on file, by the commands that open them
	Contact   *clock.Limit   `json:"contact,omitempty" yaml:"contact"`       // within what time the other side is spoken to again, or the case goes back into the pool
	Steps     []string       `json:"steps,omitempty" yaml:"steps"`           // the steps that can be noted within it, in their order; nobody has to
	Skip      []SkipRule     `json:"skip,omitempty" yaml:"skip"`
	Gate      []Requirement  `json:"gate,omitempty" yaml:"gate"` // what must be there before the stage may be left
}

// SkipRule lets a stage be left out for some variants of the journey.
type SkipRule struct {
	Variants []string     `json:"variants" yaml:"variants"`
	Always   bool         `json:"always,omitempty" yaml:"always"` // left out without asking; else only by the skip command
	Reason   process.Text `json:"reason" yaml:"reason"`
}

// RequirementKind is how a requirement is met.
type RequirementKind string

// The kinds of requirement.
const (
	Check         RequirementKind = "check"           // somebody answers yes or not applicable
	Document      RequirementKind = "document"        // answered yes with at least one attachment
	Fact          RequirementKind = "fact"            // a fact of the case is filled in
	NoMajorHazard RequirementKind = "no_major_hazard" // the enterprise has no open major hazard (安全生产法 art. 41)
	Opinions      RequirementKind = "opinions"        // every department that was asked has answered
	Review        RequirementKind = "review"          // a meeting has passed the case, by its minutes
	NoHazard      RequirementKind = "no_hazard"       // no hazard is open where it is built: a major one blocks, lesser ones need a waiver
	Agreement     RequirementKind = "agreement"       // what was signed is on file: number, day and paper
	Contact       RequirementKind = "contact"         // the other side was met in person, by the contacts on record or a report of it
	Condition     RequirementKind = "condition"       // that a meeting laid on the case: answered yes with its proof
	Permit        RequirementKind = "permit"          // a permit of the catalogue is there or not needed
	Built         RequirementKind = "works"           // the buildings are so far
)

// checked reports whether the case finds out by itself whether it is met.
func (k RequirementKind) checked() bool {
	return slices.Contains([]RequirementKind{Opinions, Review, NoHazard, Permit, Built, Agreement, Contact}, k)
}

// Requirement is one thing a gate asks for.
type Requirement struct {
	ID          string          `json:"id" yaml:"id"`
	Name        process.Text    `json:"name" yaml:"name"`
	Kind        RequirementKind `json:"kind" yaml:"kind"`
	Fact        string          `json:"fact,omitempty" yaml:"fact"`
	Permit      string          `json:"permit,omitempty" yaml:"permit"`           // its id in the catalogue
	Defers      bool            `json:"defers,omitempty" yaml:"defers"`           // accepted with papers missing is enough, while they are promised (容缺)
	Step        string          `json:"step,omitempty" yaml:"step"`               // of the works: done on every building that has it
	Departments []string        `json:"departments,omitempty" yaml:"departments"` // of opinions: whose are needed, by their ids in the pre-assessment's definition; none: of all that were asked
	Percent     int             `json:"percent,omitempty" yaml:"percent"`         // of the works: the whole project is at least so far
	OwedBy      process.Text    `json:"owed_by" yaml:"owed_by"`
	Note        process.Text    `json:"note,omitzero" yaml:"note"`
	Waivable    bool            `json:"waivable,omitempty" yaml:"waivable"`
}

// Achievement is a milestone after the last stage, such as 达产 and 入规.
type Achievement struct {
	ID   string       `json:"id" yaml:"id"`
	Name process.Text `json:"name" yaml:"name"`
	Date string       `json:"date" yaml:"date"` // the date fact it sets
}

// Stage returns the stage with the id, or a refusal.
func (d Definition) Stage(id StageID) (Stage, error) {
	if i := d.index(id); i >= 0 {
		return d.Stages[i], nil
	}
	return Stage{}, process.Refuse(process.UnknownStage, "流程里没有这个阶段。", "The process has no such stage.").At("stage")
}

func (d Definition) index(id StageID) int {
	return slices.IndexFunc(d.Stages, func(s Stage) bool { return s.ID == id })
}

// Last reports whether the stage is the journey's last.
func (d Definition) Last(id StageID) bool { return d.index(id) == len(d.Stages)-1 }

// Precedes reports whether the one stage comes before the other.
func (d Definition) Precedes(one, other StageID) bool { return d.index(one) < d.index(other) }

// Committed reports whether the stage is at or after the first committed one.
func (d Definition) Committed(id StageID) bool {
	first := slices.IndexFunc(d.Stages, func(s Stage) bool { return s.Committed })
	return first >= 0 && d.index(id) >= first
}

// Requirement finds a requirement in the stage's gate.
func (s Stage) Requirement(id string) (Requirement, error) {
	for _, r := range s.Gate {
		if r.ID == id {
			return r, nil
		}
	}
	return Requirement{}, process.RefuseField("requirement", "当前关口没有这项要求。", "The present gate has no such requirement.")
}

// With returns the stage with more requirements at its gate.
func (s Stage) With(more []Requirement) Stage {
	s.Gate = append(slices.Clone(s.Gate), more...)
	return s
}

// rule returns the rule under which the stage may be left out for the variant.
func (s Stage) rule(variant string) (SkipRule, bool) {
	for _, r := range s.Skip {
		if slices.Contains(r.Variants, variant) {
			return r, true
		}
	}
	return SkipRule{}, false
}

// FirmPermits lists the permits that a gate of a journey of the variant needs and that cannot be waived.
func (d Definition) FirmPermits(variant string) []string {
	var firm []string
	for _, s := range d.Stages {
		if rule, ok := s.rule(variant); ok && rule.Always {
			continue
		}
		for _, r := range s.Gate {
			if r.Kind == Permit && !r.Waivable && !slices.Contains(firm, r.Permit) {
				firm = append(firm, r.Permit)
			}
		}
	}
	return firm
}

// Called returns the definition with requirements of permits called as the catalogue of permits calls them: one thing has one name, whichever version asks for it.
// What the catalogue does not have keeps its own.
func (d Definition) Called(permit func(id string) process.Text) Definition {
	d.Stages = slices.Clone(d.Stages)
	for i := range d.Stages {
		gate := slices.Clone(d.Stages[i].Gate)
		for n, r := range gate {
			if name := permit(r.Permit); r.Kind == Permit && name.Chinese != "" {
				gate[n].Name = name
			}
		}
		d.Stages[i].Gate = gate
	}
	return d
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || len(d.Stages) < 2 {
		return fmt.Errorf("definition %s: needs a version and at least two stages", d.Kind)
	}
	stages, requirements := map[StageID]bool{}, map[string]bool{}
	for _, s := range d.Stages {
		if s.ID == "" || s.Name.Chinese == "" || s.Name.English == "" || stages[s.ID] {
			return fmt.Errorf("definition %s v%d: stage %q needs a unique id and both names", d.Kind, d.Version, s.ID)
		}
		stages[s.ID] = true
		if s.Limit != nil {
			if err := s.Limit.Valid(); err != nil {
				return fmt.Errorf("definition %s v%d, stage %s: %w", d.Kind, d.Version, s.ID, err)
			}
		}
		for _, r := range s.Gate {
			if r.ID == "" || requirements[r.ID] || r.Name.Chinese == "" || (r.Kind == Fact) != (r.Fact != "") || (r.Kind == Permit) != (r.Permit != "") || r.Kind != Opinions && len(r.Departments) > 0 || !d.asksOfWorks(r) {
				return fmt.Errorf("definition %s v%d, stage %s: requirement %q needs a unique id, a name, and a fact, a permit, or a step or a percent of the works exactly when its kind is that", d.Kind, d.Version, s.ID, r.ID)
			}
			requirements[r.ID] = true
		}
	}
	if d.Works != nil {
		if err := d.Works.Valid(); err != nil {
			return fmt.Errorf("definition %s v%d: %w", d.Kind, d.Version, err)
		}
	}
	if err := d.Winning.valid(d); err != nil {
		return fmt.Errorf("definition %s v%d: %w", d.Kind, d.Version, err)
	}
	return d.Ladder.Valid()
}

// asksOfWorks reports whether a requirement names one step of the works' buildings, or a percent, exactly when its kind is that.
func (d Definition) asksOfWorks(r Requirement) bool {
	if r.Kind != Built {
		return r.Step == "" && r.Percent == 0
	}
	if d.Works == nil || (r.Step != "") == (r.Percent != 0) || r.Percent < 0 || r.Percent > 100 {
		return false
	}
	step, known := d.Works.Step(r.Step)
	return r.Step == "" || known && !step.Site
}

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of a clock: that of the next contact, or that of every stage's deadline.
func (d Definition) LadderOf(clock string) ladder.Ladder {
	if clock == ContactClock {
		return d.ContactLadder
	}
	return d.Ladder
}

// Covers refuses a case in a stage that the definition does not have.
func (d Definition) Covers(c process.Case) error {
	_, err := d.Stage(StageID(c.Stage))
	return err
}

// StageName names a stage; one that is not there has no name.
func (d Definition) StageName(id string) process.Text {
	stage, _ := d.Stage(StageID(id)) // the zero stage has no name
	return stage.Name
}

// StageOrder lists the stages in the order of the journey.
func (d Definition) StageOrder() []string {
	return process.InOrder(d.Stages, func(s Stage) string { return string(s.ID) })
}

// SkippedBy reports whether the variant leaves the stage out without anybody asking.
func (s Stage) SkippedBy(variant string) bool {
	return slices.ContainsFunc(s.Skip, func(r SkipRule) bool { return r.Always && slices.Contains(r.Variants, variant) })
}

// Skippable reports whether a rule lets the stage be left out for the variant.
func (d Definition) Skippable(id StageID, variant string) bool {
	stage, err := d.Stage(id)
	if err != nil || d.Last(id) {
		return false
	}
	_, ok := stage.rule(variant)
	return ok
}

// Next is the stage that a journey of the variant comes to after the stage, false after the last one.
func (d Definition) Next(id StageID, variant string) (Stage, bool) {
	at := d.index(id)
	if at < 0 || d.Last(id) {
		return Stage{}, false
	}
	for _, s := range d.Stages[at+1 : len(d.Stages)-1] {
		if !s.SkippedBy(variant) {
			return s, true
		}
	}
	return d.Stages[len(d.Stages)-1], true
}

// Earlier lists the stages a journey of the variant can be sent back to from the stage.
func (d Definition) Earlier(id StageID, variant string) []Stage {
	var earlier []Stage
	for _, s := range d.Stages[:max(d.index(id), 0)] {
		if rule, ok := s.rule(variant); !ok || !rule.Always {
			earlier = append(earlier, s)
		}
	}
	return earlier
}

// RequirementName names a requirement of any gate; one that is not there has no name.
func (d Definition) RequirementName(id string) process.Text {
	for _, s := range d.Stages {
		for _, r := range s.Gate {
			if r.ID == id {
				return r.Name
			}
		}
	}
	return process.Text{}
}

// WorkName names a step of the buildings or of the site; one that is not there has no name.
func (d Definition) WorkName(id string) process.Text {
	if d.Works == nil {
		return process.Text{}
	}
	step, _ := d.Works.Step(id) // the zero step has no name
	return step.Name
}

// StructureName names a structure of buildings; one that is not there has no name.
func (d Definition) StructureName(id string) process.Text {
	if d.Works == nil {
		return process.Text{}
	}
	structure, _ := d.Works.Structure(id) // the zero structure has no name
	return structure.Name
}
