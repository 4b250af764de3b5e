package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// AlsoCalledName is the name of AlsoCalled.
const AlsoCalledName process.Name = "project.also_called"

// AlsoCalled notes another name that people use for the project (别名): it is found by it.
type AlsoCalled struct {
	Name string `json:"name" ask:"line,required" minLength:"1" maxLength:"200" doc:"The other name." example:"中鼎热系统"`
}

// About says who may, and who reads of it.
func (AlsoCalled) About() process.About {
	return process.About{Name: AlsoCalledName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), AddsOnly: true, Readers: process.Offices}
}

// mostAliases is how many names one project is found by beside its title.
const mostAliases = 30

// Decide refuses a name that the project has already, and more than anybody can remember.
func (c AlsoCalled) Decide(before Project, _ process.Call, _ Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.open(); err != nil {
		return none, err
	}
	name, err := process.Required("name", c.Name, process.TitleLimit)
	switch {
	case err != nil:
		return none, err
	case name == p.Title || slices.Contains(p.Aliases, name):
		return none, process.Refuse(process.NothingChanged, "项目已经有这个名称。", "The project has this name already.").At("name")
	case len(p.Aliases) >= mostAliases:
		return none, process.RefuseField("name", "一个项目最多 30 个别名。", "A project has at most 30 other names.")
	}
	p.call(name)
	return process.Decision[Project]{After: p}, nil
}
