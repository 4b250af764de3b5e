package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// RemoveBuildingsName is the name of RemoveBuildings.
const RemoveBuildingsName process.Name = "project.remove_buildings"

// RemoveBuildings takes buildings off that were put on file by mistake, or are not built. One of which a step is on record stays until the
// step is taken back; pictures of it are the site's from then on.
type RemoveBuildings struct {
	Buildings []works.Span `json:"buildings" ask:"ticks,required,other" minItems:"1" maxLength:"400" doc:"Which: codes and spans of codes." example:"6#"`
	Reason    string       `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"规划调整，不再建设"`
}

// About says who may, and who reads of it.
func (RemoveBuildings) About() process.About {
	return process.About{Name: RemoveBuildingsName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that there must be a building of which no step is on record.
func (RemoveBuildings) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.builds(env) && slices.ContainsFunc(p.Buildings, func(b Building) bool { return len(b.Steps) == 0 }))
}

// Ask offers the buildings of which no step is on record.
func (RemoveBuildings) Ask(q process.Question, p Project, _ Env) (process.Question, bool) {
	p.Buildings = slices.DeleteFunc(slices.Clone(p.Buildings), func(b Building) bool { return len(b.Steps) > 0 })
	return p.buildingsAsked(q), true
}

// Decide refuses buildings that are not on file, and those of which a step is on record.
func (c RemoveBuildings) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.built(env); err != nil {
		return none, err
	}
	var wrong process.Faults
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	wrong.Note(err)
	gone := map[string]bool{}
	for _, at := range p.named(c.Buildings, &wrong) {
		b := p.Buildings[at]
		if gone[b.Code] = true; len(b.Steps) > 0 {
			wrong.Note(process.RefuseField("buildings", b.Name()+"已经登记过步骤，不能去掉；登记错了的，请先用「撤回步骤」。", "Steps of "+b.Code+" are on record, so it cannot be removed: take them back first if they are wrong."))
		}
	}
	if err := wrong.Err(); err != nil {
		return none, err
	}
	p.Buildings = slices.DeleteFunc(p.Buildings, func(b Building) bool { return gone[b.Code] })
	for _, b := range before.Buildings {
		if gone[b.Code] {
			p.keepPhotos(b.Photos)
		}
	}
	for i := range p.Buildings {
		p.Buildings[i].Position = i + 1
	}
	p.unplan(before, reason, call, env)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// keepPhotos makes pictures that no building of the project shows any more pictures of its site.
func (p *Project) keepPhotos(photos []Photo) {
	for _, shot := range photos {
		same := func(o Photo) bool { return o.Number == shot.Number }
		shown := slices.ContainsFunc(p.Buildings, func(b Building) bool { return slices.ContainsFunc(b.Photos, same) })
		if !shown && !slices.ContainsFunc(p.SitePhotos, same) {
			p.SitePhotos = append(p.SitePhotos, shot)
		}
	}
}
