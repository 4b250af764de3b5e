package project

import (
	"reflect"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Given are facts as a person gives them: what is left out (null) stays as it is.
type Given struct {
	ShortName             *string     `json:"short_name,omitempty" ask:"line" maxLength:"40" doc:"What the report calls it (简称), where that is not its title." example:"泉为二期"`
	Sector                *string     `json:"sector,omitempty" ask:"choose,required,words=sector" enum:"ev_parts,photovoltaic,green_food,machinery,textile,wood_furniture,packaging_printing,materials,medical,other" doc:"The industry." example:"ev_parts"`
	SiteMode              *SiteMode   `json:"site_mode,omitempty" ask:"choose,required,words=site_mode" enum:"own_land,leased_plant,bought_plant,existing_land" doc:"How it comes to its site." example:"own_land"`
	Investment            *Yuan       `json:"investment,omitempty" ask:"wan" doc:"Agreed or intended total, in yuan." example:"260000000.00"`
	IsKey                 *bool       `json:"is_key,omitempty" ask:"yes" doc:"A key project (重点项目)."`
	NationalCode          *string     `json:"national_code,omitempty" ask:"line" maxLength:"60" doc:"The national project code (项目代码)." example:"2411-341324-04-01-123456"`
	LandAreaMu            *Decimal    `json:"land_area_mu,omitempty" ask:"number,unit=亩" doc:"The land, in mu." example:"62.50"`
	Source                *string     `json:"source,omitempty" ask:"line" maxLength:"4000" doc:"Who brought it."`
	Department            *string     `json:"department,omitempty" ask:"line" maxLength:"100" doc:"The department that answers for it (责任单位), beside the people of its team." example:"县发改委"`
	ContactName           *string     `json:"contact_name,omitempty" ask:"line" maxLength:"60" doc:"Whom one speaks to on the other side." example:"周经理"`
	ContactPhone          *string     `json:"contact_phone,omitempty" ask:"line" maxLength:"40" doc:"Their telephone number." example:"13900001234"`
	LeaderID              string      `json:"leader_id,omitempty" doc:"The leader in charge, when opening; later by assign."`
	LiaisonID             string      `json:"liaison_id,omitempty" doc:"The liaison officer, when opening; later by assign."`
	SignedOn              *clock.Date `json:"signed_on,omitempty" ask:"day" doc:"The day of signing."`
	ConstructionStartedOn *clock.Date `json:"construction_started_on,omitempty" ask:"day" doc:"The day construction began."`
	CompletedOn           *clock.Date `json:"completed_on,omitempty" doc:"The day of completion."`
	ProductionOn          *clock.Date `json:"production_on,omitempty" doc:"The day production began."`
	PlannedCompletionOn   *clock.Date `json:"planned_completion_on,omitempty" ask:"day" doc:"The day completion is planned for."`
	PlannedProductionOn   *clock.Date `json:"planned_production_on,omitempty" ask:"day" doc:"The day production is planned for."`
	Note                  *string     `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"Anything else."`
	Emptied               []string    `json:"emptied,omitempty" ask:"emptied" enum:"short_name,investment,national_code,land_area_mu,source,department,contact_name,contact_phone,signed_on,construction_started_on,completed_on,production_on,planned_completion_on,planned_production_on,note" doc:"The facts that are to be empty again: what is left out stays as it is, and not every value can say that it is none."`
}

// on returns the facts with what was given laid over them, checked.
func (g Given) on(f Facts, call process.Call, env Env) (Facts, error) {
	var faults process.Faults
	faults.Note(g.empty(&f))
	process.Set(&f.ShortName, g.ShortName)
	process.Set(&f.Sector, g.Sector)
	process.Set(&f.SiteMode, g.SiteMode)
	process.Set(&f.Investment, g.Investment)
	process.Set(&f.IsKey, g.IsKey)
	process.Set(&f.NationalCode, g.NationalCode)
	process.Set(&f.Source, g.Source)
	process.Set(&f.Note, g.Note)
	process.Set(&f.Department, g.Department)
	process.Set(&f.ContactName, g.ContactName)
	process.Set(&f.ContactPhone, g.ContactPhone)
	process.Set(&f.SignedOn, g.SignedOn)
	process.Set(&f.ConstructionStartedOn, g.ConstructionStartedOn)
	process.Set(&f.CompletedOn, g.CompletedOn)
	process.Set(&f.ProductionOn, g.ProductionOn)
	process.Set(&f.PlannedCompletionOn, g.PlannedCompletionOn)
	process.Set(&f.PlannedProductionOn, g.PlannedProductionOn)
	if g.LandAreaMu != nil {
		faults.Note(g.LandAreaMu.Bounds("land_area_mu"))
		f.LandAreaMu = g.LandAreaMu
	}
	if g.LeaderID != "" {
		leader := faults.Party(env.Directory.Staff(g.LeaderID, "leader_id"))
		f.LeaderID, f.LeaderName = leader.ID, leader.Name
	}
	if g.LiaisonID != "" {
		liaison := faults.Party(env.Directory.Staff(g.LiaisonID, "liaison_id"))
		f.LiaisonID, f.LiaisonName = liaison.ID, liaison.Name
	}
	faults.Note(f.check(call))
	return f, faults.Err()
}

// gives reports whether a value is given for the fact with the name.
func (g Given) gives(name string) bool {
	v := reflect.ValueOf(g)
	for i := range v.NumField() {
		if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag == name {
			return !v.Field(i).IsZero()
		}
	}
	return false
}

// empty takes away the facts named. What can be empty stands in the tag of Emptied too.
func (g Given) empty(f *Facts) error {
	var faults process.Faults
	for _, name := range g.Emptied {
		if g.gives(name) {
			faults.Note(process.RefuseField("emptied", "「"+name+"」不能又填写又清空。", name+" cannot be given and emptied at once."))
		}
		switch name {
		case "short_name":
			f.ShortName = ""
		case "investment":
			f.Investment = 0
		case "national_code":
			f.NationalCode = ""
		case "land_area_mu":
			f.LandAreaMu = nil
		case "source":
			f.Source = ""
		case "note":
			f.Note = ""
		case "department":
			f.Department = ""
		case "contact_name":
			f.ContactName = ""
		case "contact_phone":
			f.ContactPhone = ""
		case "signed_on", "construction_started_on", "completed_on", "production_on", "planned_completion_on", "planned_production_on":
			*f.date(name) = clock.Date{}
		default:
			faults.Note(process.RefuseField("emptied", "「"+name+"」不能清空。", name+" cannot be empty."))
		}
	}
	return faults.Err()
}
