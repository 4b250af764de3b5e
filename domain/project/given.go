package project

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Given are facts as a person gives them: what is left out (null) stays as it is.
type Given struct {
	Sector                *string     `json:"sector,omitempty"`
	SiteMode              *SiteMode   `json:"site_mode,omitempty"`
	Investment            *Yuan       `json:"investment,omitempty"`
	IsKey                 *bool       `json:"is_key,omitempty"`
	NationalCode          *string     `json:"national_code,omitempty"`
	LandAreaMu            *Decimal    `json:"land_area_mu,omitempty"`
	Source                *string     `json:"source,omitempty"`
	Note                  *string     `json:"note,omitempty"`
	LeaderID              string      `json:"leader_id,omitempty"`  // only when opening; later by project.assign
	LiaisonID             string      `json:"liaison_id,omitempty"` // only when opening; later by project.assign
	SignedOn              *clock.Date `json:"signed_on,omitempty"`
	ConstructionStartedOn *clock.Date `json:"construction_started_on,omitempty"`
	CompletedOn           *clock.Date `json:"completed_on,omitempty"`
	ProductionOn          *clock.Date `json:"production_on,omitempty"`
	PlannedCompletionOn   *clock.Date `json:"planned_completion_on,omitempty"`
	PlannedProductionOn   *clock.Date `json:"planned_production_on,omitempty"`
}

// on returns the facts with what was given laid over them, checked.
func (g Given) on(f Facts, call process.Call, env Env) (Facts, error) {
	set(&f.Sector, g.Sector)
	set(&f.SiteMode, g.SiteMode)
	set(&f.Investment, g.Investment)
	set(&f.IsKey, g.IsKey)
	set(&f.NationalCode, g.NationalCode)
	set(&f.Source, g.Source)
	set(&f.Note, g.Note)
	set(&f.SignedOn, g.SignedOn)
	set(&f.ConstructionStartedOn, g.ConstructionStartedOn)
	set(&f.CompletedOn, g.CompletedOn)
	set(&f.ProductionOn, g.ProductionOn)
	set(&f.PlannedCompletionOn, g.PlannedCompletionOn)
	set(&f.PlannedProductionOn, g.PlannedProductionOn)
	if g.LandAreaMu != nil {
		if *g.LandAreaMu <= 0 {
			return f, process.RefuseField("land_area_mu", "用地面积应大于 0。", "The area must be more than 0.")
		}
		f.LandAreaMu = g.LandAreaMu
	}
	if g.LeaderID != "" {
		leader, err := staff(env, g.LeaderID, "leader_id")
		if err != nil {
			return f, err
		}
		f.LeaderID, f.LeaderName = leader.ID, leader.Name
	}
	if g.LiaisonID != "" {
		liaison, err := staff(env, g.LiaisonID, "liaison_id")
		if err != nil {
			return f, err
		}
		f.LiaisonID, f.LiaisonName = liaison.ID, liaison.Name
	}
	return f, f.check(call)
}

func set[T any](target, given *T) {
	if given != nil {
		*target = *given
	}
}
