package project

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/domain/works"
)

// Shown is a project as readers get it: with the gate of its present stage, and how far its buildings are.
type Shown struct {
	Project
	Gate  []lifecycle.Item `json:"gate"`
	Early []Early          `json:"early" doc:"What was begun before the permits that it needs were there (未批先建, 未验先投), by what is on record now; empty for readers of an enterprise."`
	Works *Standing        `json:"works" doc:"How far the works are; null where the project's definition has no steps of buildings."`
	Funds funds.Figures    `json:"funds" doc:"What the entries of money come to, apart by origin and currency; nothing is entered for readers of an enterprise."`
}

// Show is the project as readers get it. Lists that hold nothing are empty, and not null.
func Show(p Project, gate []lifecycle.Item, early []Early, d lifecycle.Definition, today clock.Date) Shown {
	p = p.clone()
	p.Lead = p.Lead.shown()
	p.Money, p.Baselines = orEmpty(p.Money), schedule.Shown(p.Baselines)
	for i := range p.Money {
		p.Money[i].Proof, p.Money[i].Former = orEmpty(p.Money[i].Proof), orEmpty(p.Money[i].Former)
	}
	p.Reviews, p.Conditions, p.Recognised = orEmpty(p.Reviews), orEmpty(p.Conditions), orEmpty(p.Recognised)
	p.SiteSteps, p.SitePhotos = orEmpty(p.SiteSteps), orEmpty(p.SitePhotos)
	for i := range p.Buildings {
		b := &p.Buildings[i]
		b.Steps, b.Photos = orEmpty(b.Steps), orEmpty(b.Photos)
	}
	return Shown{Project: p, Gate: gate, Early: orEmpty(early), Works: p.Works(d), Funds: p.Figures(today)}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Standing is how far the works are.
type Standing struct {
	Percent   int               `json:"percent" doc:"Of the whole project, rounded down." example:"61"`
	Sentence  string            `json:"sentence" doc:"As the report says it; empty where nothing is recorded." example:"煊炑生物，2#厂房正在安装门窗和消防设施，3#4#正在进行砌墙"`
	English   string            `json:"english" doc:"The same in English."`
	Buildings []BuildingPercent `json:"buildings"`
}

// BuildingPercent is how far one building is.
type BuildingPercent struct {
	Code    string `json:"code" example:"2#"`
	Percent int    `json:"percent" doc:"Rounded down." example:"61"`
}

// Of returns the building's percent.
func (s Standing) Of(code string) int {
	for _, b := range s.Buildings {
		if b.Code == code {
			return b.Percent
		}
	}
	return 0
}

// Works is how far the works are by the definition, nil where it has no steps of buildings.
func (p Project) Works(d lifecycle.Definition) *Standing {
	if d.Works == nil {
		return nil
	}
	site := p.Site()
	said := d.Works.Sentence(site)
	standing := Standing{Percent: works.Percent(d.Works.SiteRatio(site)), Sentence: said.Chinese, English: said.English, Buildings: []BuildingPercent{}}
	for _, b := range site.Buildings {
		standing.Buildings = append(standing.Buildings, BuildingPercent{Code: string(b.Code), Percent: works.Percent(d.Works.Ratio(b))})
	}
	return &standing
}

// Percent is how far the works are, as lists say it: nothing where the definition has no steps of buildings, or neither a building nor a step of the site is on
// record. The card of the project holds it (docs/decisions/0085).
func (p Project) Percent(d lifecycle.Definition) *int16 {
	if d.Works == nil || len(p.Buildings)+len(p.SiteSteps) == 0 {
		return nil
	}
	return new(int16(works.Percent(d.Works.SiteRatio(p.Site()))))
}

// Share is the same, by the rules that the project follows.
func (p *Project) Share(rules process.Rules) *int16 {
	d, _ := rules.(lifecycle.Definition) // the kind's rules are always of this type
	return p.Percent(d)
}

// Site is what is reckoned and said of the project.
func (p Project) Site() works.Site {
	site := works.Site{Name: p.ShortName, Steps: p.SiteSteps}
	if site.Name == "" {
		site.Name = p.Title
	}
	for _, b := range p.Buildings {
		built := works.Building{Code: works.Code(b.Code), Use: b.Use, Structure: b.Structure, Steps: b.Steps}
		if b.Area != nil {
			built.Area = int64(*b.Area)
		}
		site.Buildings = append(site.Buildings, built)
	}
	return site
}
