// Package project is the investment project: its facts, and its commands on top of the lifecycle engine. One file per command.
package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/domain/works"
)

// Project is one investment project as it stands. Its JSON form is what history compares and what the store keeps.
type Project struct {
	process.Case
	Facts
	Lead
	lifecycle.Journey
	Buildings   []Building           `json:"buildings"`
	Money       []funds.Entry        `json:"money"`
	Baselines   []schedule.Baseline  `json:"baselines"`   // the versions of its plan, the latest last
	SiteSteps   []works.Progress     `json:"site_steps"`  // of the works that are done once for the whole site
	SitePhotos  []Photo              `json:"site_photos"` // that show no building in particular
	Reviews     []Reviewed           `json:"reviews"`     // what meetings decided on it
	Conditions  []Condition          `json:"conditions"`  // that meetings laid on it
	Agreement   *Agreement           `json:"agreement"`   // as it was signed; null: none is on file
	Recognised  []Recognised         `json:"recognised"`  // what departments said of its achievements
	Attachments []process.Attachment `json:"attachments"`
}

// SiteMode is how the project comes to its site; it decides which stages the journey has.
type SiteMode string

// The site modes.
const (
	OwnLand      SiteMode = "own_land"      // 单独供地
	LeasedPlant  SiteMode = "leased_plant"  // 租赁或标准化厂房
	BoughtPlant  SiteMode = "bought_plant"  // 购买厂房
	ExistingLand SiteMode = "existing_land" // 二期、技改，已有用地
)

// Facts are what is known of the project beside its way. Dates that a stage sets are marked by the engine.
type Facts struct {
	ShortName             string     `json:"short_name"` // what the report calls it; "": by its title
	Sector                string     `json:"sector"`
	SiteMode              SiteMode   `json:"site_mode"`
	Investment            Yuan       `json:"investment"` // agreed or intended total
	IsKey                 bool       `json:"is_key"`     // 重点项目
	NationalCode          string     `json:"national_code"`
	LandAreaMu            *Decimal   `json:"land_area_mu"`
	Source                string     `json:"source"`
	ContactName           string     `json:"contact_name"` // whom one speaks to on the other side
	ContactPhone          string     `json:"contact_phone"`
	Note                  string     `json:"note"`
	ManagerID             string     `json:"manager_id,omitempty"`
	ManagerName           string     `json:"manager_name"`
	LeaderID              string     `json:"leader_id,omitempty"`
	LeaderName            string     `json:"leader_name"`
	LiaisonID             string     `json:"liaison_id,omitempty"`
	LiaisonName           string     `json:"liaison_name"`
	Department            string     `json:"department"` // 责任单位 of its team
	SignedOn              clock.Date `json:"signed_on"`
	ConstructionStartedOn clock.Date `json:"construction_started_on"`
	CompletedOn           clock.Date `json:"completed_on"`
	ProductionOn          clock.Date `json:"production_on"`
	PlannedCompletionOn   clock.Date `json:"planned_completion_on"`
	PlannedProductionOn   clock.Date `json:"planned_production_on"`
	FullCapacityOn        clock.Date `json:"full_capacity_on"`
	AboveScaleOn          clock.Date `json:"above_scale_on"`
}

// Sectors lists the sectors a project can belong to; the first three are the zone's own (annual report, 三大产业板块).
func Sectors() []string {
	return []string{"ev_parts", "photovoltaic", "green_food", "machinery", "textile", "wood_furniture", "packaging_printing", "materials", "medical", "other"}
}

// Env is what the door looked up for a decision.
type Env struct {
	Definition lifecycle.Definition
	Calendar   clock.Calendar
	Directory  process.Directory
	Uploads    map[string]process.Upload
	Hazards    process.Hazards
	Children   []process.Child          // what belongs to the project: its permits, the opinions on it
	Desks      []process.Choice         // the departments that can be asked for an opinion
	Units      map[string]process.Party // the zone's units that they are, where opinions are asked for
	Other      *process.Parent          // the project that a command names
	Alike      []process.Alike          // of what is to be put on file: what may be the same
	Numbered   []process.Numbered       // the other projects that have a paper of the number
	Today      clock.Date               // of a page that asks what is missing
}

// Command is a command on a project.
type Command = process.Command[Project, Env]

// clone returns a project that shares nothing a command may change.
func (p Project) clone() Project {
	p.Journey, p.Lead = p.Journey.Clone(), p.Lead.clone()
	p.Money, p.Baselines = slices.Clone(p.Money), slices.Clone(p.Baselines) // an entry and a baseline are replaced, never changed
	p.Attachments, p.UnitIDs = slices.Clone(p.Attachments), slices.Clone(p.UnitIDs)
	p.Reviews, p.Conditions, p.Recognised = slices.Clone(p.Reviews), slices.Clone(p.Conditions), slices.Clone(p.Recognised)
	p.SiteSteps, p.SitePhotos = slices.Clone(p.SiteSteps), slices.Clone(p.SitePhotos)
	p.Buildings = slices.Clone(p.Buildings)
	for i := range p.Buildings {
		b := &p.Buildings[i]
		b.Steps, b.Photos = slices.Clone(b.Steps), slices.Clone(b.Photos)
	}
	return p
}

// traveller hands the project to the engine.
func (p *Project) traveller(env Env) lifecycle.Traveller {
	return lifecycle.Traveller{Case: &p.Case, Journey: &p.Journey, Variant: string(p.SiteMode), Hazards: env.Hazards.Anywhere, Calendar: env.Calendar, Check: p.checks(env), Laid: func(stage lifecycle.StageID) []lifecycle.Requirement { return p.laid(stage, env.Definition) }, Attachments: p.Attachments,
		Has: p.has, Promised: p.NextContactOn, Arm: func() { process.Arm(p) }, Planned: func(name string) clock.Date { return orZero(p.Facts.date(name)) },
		Mark: func(name string, day clock.Date) {
			if d := p.Facts.date(name); d != nil && d.IsZero() {
				*d = day
			}
		}}
}

// Gate returns the requirements of the present stage with their status as of the day.
func (p Project) Gate(env Env, day clock.Date) ([]lifecycle.Item, error) {
	stage, err := p.gate(env)
	if err != nil {
		return nil, err
	}
	return p.Journey.Gate(stage, p.view(env, day)), nil
}

// view is what a gate sees of the project.
func (p Project) view(env Env, day clock.Date) lifecycle.View {
	stage, _ := env.Definition.Stage(p.stage()) // the zero stage sets nothing
	return lifecycle.View{Day: day, Fact: func(f string) bool { return f == stage.OnPass || p.has(f) },
		OpenMajorHazards: env.Hazards.Anywhere, Check: p.checks(env)}
}

// gate is the present stage with what meetings laid on its gate.
func (p Project) gate(env Env) (lifecycle.Stage, error) {
	stage, err := env.Definition.Stage(p.stage())
	return stage.With(p.laid(stage.ID, env.Definition)), err
}

// has reports whether a fact is filled in; gates ask for facts by these names.
func (p *Project) has(name string) bool {
	if name == "introducers" {
		return len(p.Introducers) > 0
	}
	return p.Facts.has(name)
}

// Within is the project that it goes on within.
func (p *Project) Within() string {
	if p.MergedInto == nil {
		return ""
	}
	return p.MergedInto.ID
}

// Absorbed are the projects that go on within it.
func (p *Project) Absorbed() []string {
	ids := []string{}
	for _, o := range p.Merged {
		ids = append(ids, o.ID)
	}
	return ids
}

// OutsideCode is its 项目代码.
func (p *Project) OutsideCode() string { return p.NationalCode }

// Begun is when its construction began.
func (p *Project) Begun() clock.Date { return p.ConstructionStartedOn }

// People are whom the project's ladder can mean.
func (p *Project) People() process.People {
	return process.People{Holder: p.Holder, ManagerID: p.ManagerID, LeaderID: p.LeaderID, LiaisonID: p.LiaisonID, EnterpriseID: p.EnterpriseID}
}

// Own reports whether the actor has a part in the project: in its team, its present holder, or speaking for its enterprise.
func (p *Project) Own(a process.Actor) bool {
	switch {
	case a.ID == "":
		return false
	case a.ID == p.ManagerID || a.ID == p.LeaderID || a.ID == p.LiaisonID:
		return true
	case a.Has(process.Enterprise):
		return a.EnterpriseID == p.EnterpriseID
	}
	return p.HeldBy(a)
}

// notEnded refuses what a project that has ended no longer takes; one that is suspended takes it.
func (p *Project) notEnded() error {
	if !p.Done {
		return nil
	}
	return process.Refuse(process.Closed, "项目已经结束。", "The project is closed.").After(process.MovedDone)
}

func orZero(d *clock.Date) clock.Date {
	if d == nil {
		return clock.Date{}
	}
	return *d
}
