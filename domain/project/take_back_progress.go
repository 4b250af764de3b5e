package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// TakeBackProgressName is the name of TakeBackProgress.
const TakeBackProgressName process.Name = "project.take_back_progress"

// TakeBackProgress takes steps back that were recorded by mistake, as if they had not begun. What was recorded stays in the history.
type TakeBackProgress struct {
	Buildings []works.Span `json:"buildings,omitempty" ask:"ticks,other" maxLength:"400" doc:"Which: codes and spans of codes; none for the site." example:"2#"`
	Steps     []string     `json:"steps" ask:"ticks,required" minItems:"1" maxLength:"40" doc:"The steps." example:"doors"`
	Reason    string       `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"登记错了栋号"`
}

// About says who may, and who reads of it.
func (TakeBackProgress) About() process.About {
	return process.About{Name: TakeBackProgressName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), Readers: process.Offices}
}

// Fits says that some step must be on record.
func (TakeBackProgress) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.builds(env) && (len(p.SiteSteps) > 0 || slices.ContainsFunc(p.Buildings, func(b Building) bool { return len(b.Steps) > 0 })))
}

// Ask offers the buildings and the steps that are on record.
func (TakeBackProgress) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	q = p.stepsAsked(q, env, func(s works.Step) bool {
		return at(p.SiteSteps, s) >= 0 || slices.ContainsFunc(p.Buildings, func(b Building) bool { return at(b.Steps, s) >= 0 })
	})
	p.Buildings = slices.DeleteFunc(slices.Clone(p.Buildings), func(b Building) bool { return len(b.Steps) == 0 })
	return p.buildingsAsked(q), q.Path != "buildings" || len(p.Buildings) > 0
}

// at is where the step stands in the list, or -1.
func at(list []works.Progress, s works.Step) int {
	return slices.IndexFunc(list, func(p works.Progress) bool { return p.Step == s.ID })
}

// Decide refuses steps that are not on record, naming each.
func (c TakeBackProgress) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.built(env); err != nil {
		return none, err
	}
	var wrong process.Faults
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	wrong.Note(err)
	named, steps := p.named(c.Buildings, &wrong), stepsNamed(c.Steps, env, &wrong)
	if len(steps) == 0 && wrong.Err() == nil {
		wrong.Note(process.RefuseField("steps", "请选择要撤回的步骤。", "Choose the steps to take back."))
	}
	apart(c.Buildings, c.Steps, steps, &wrong)
	for _, s := range steps {
		if s.Site {
			p.SiteSteps = without(p.SiteSteps, s, "场地", &wrong)
		}
		for _, i := range named {
			if b := &p.Buildings[i]; !s.Site {
				b.Steps = without(b.Steps, s, b.Name(), &wrong)
			}
		}
	}
	if err := wrong.Err(); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// notOnRecord is the refusal of a step of which nothing is on record.
func notOnRecord(s works.Step, where string) error {
	return process.RefuseField("steps", where+"没有登记「"+s.Name.Chinese+"」。", "“"+s.Name.English+"” is not on record for "+where+".")
}

func without(list []works.Progress, s works.Step, where string, wrong *process.Faults) []works.Progress {
	i := at(list, s)
	if i < 0 {
		wrong.Note(notOnRecord(s, where))
		return list
	}
	return slices.Delete(list, i, i+1)
}
