package project

import (
	"strings"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "project"

// Entry is the kind as the program sees it.
func Entry() process.Entry { return process.Enter(kind()) }

func kind() process.KindOf[Project, Env] {
	return process.KindOf[Project, Env]{
		Kind: Kind, Series: "XM", Workflow: "ProjectLifecycle", Path: "projects", Lead: process.ProjectManager,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Manager:  process.Text{Chinese: "项目经理", English: "project manager"},
		Commands: Commands(), Common: casework.Commands(), List: listed(),
		Definition: lifecycle.Definition{},
		Env: func(e process.Env) Env {
			d, _ := e.Rules.(lifecycle.Definition)         // none of a page that asks before there is one
			asked, _ := e.Found.Rules.(opinion.Definition) // none where nobody asks for opinions
			return Env{Definition: d, Desks: opinion.DesksAsked(asked), Units: opinion.UnitsAsked(asked, opinion.BodiesOf(e.Found)), Calendar: e.Calendar, Directory: e.Directory, Uploads: e.Uploads, Hazards: e.Found.Hazards, Children: e.Found.Children, Other: e.Found.Parent, Alike: e.Found.Alike, Numbered: e.Found.Numbered, Today: e.Today}
		},
		Clone: Project.clone,
		Needs: func(p Project, command any) process.Needs {
			if naming, ok := command.(interface{ Names() string }); ok {
				return process.Needs{Parent: naming.Names()}
			}
			if opening, ok := command.(Open); ok && opening.leads() {
				return process.Needs{Alike: opening.likeness()}
			}
			if sign, ok := command.(Sign); ok {
				return process.Needs{Numbered: strings.TrimSpace(sign.Number)}
			}
			if asking, ok := command.(interface{ AsksChildren() bool }); ok && asking.AsksChildren() {
				return process.Needs{Children: p.ID != ""}
			}
			if answer, ok := command.(Answer); ok && p.AsksWaiver(answer.Requirement) { // the request is settled with it
				return process.Needs{Children: true}
			}
			if gate, ok := command.(interface{ PassesGate() bool }); command != nil && (!ok || !gate.PassesGate()) {
				return process.Needs{} // they count where a gate is passed, and on the page that shows it
			}
			needs := process.Needs{HazardsOf: p.ID, Children: p.ID != ""}
			if _, asks := command.(AskOpinions); asks || command == nil {
				needs.RulesOf, needs.Departments = opinion.Kind, asks
			}
			return needs
		},
	}
}

// env is Env as commands on every kind take it.
func (e Env) env() process.Env {
	return process.Env{Rules: e.Definition, Calendar: e.Calendar, Directory: e.Directory, Uploads: e.Uploads,
		Found: process.Found{Hazards: e.Hazards, Children: e.Children}}
}

// Header is what every case has.
func (p *Project) Header() *process.Case { return &p.Case }

// Timed are the clocks of its stages.
func (p *Project) Timed() *[]clock.Clock { return &p.Clocks }

// Filed is what is on record.
func (p *Project) Filed() *[]process.Attachment { return &p.Attachments }

// Variant is how it comes to its site.
func (p *Project) Variant() string { return string(p.SiteMode) }

// Team is its manager 责任人, who has it as long as it is not given away, its leader 包保领导 and its liaison officer 联络员.
func (p *Project) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &p.ManagerID, Person: &p.ManagerName, Carries: true},
		{Name: "leader", ID: &p.LeaderID, Person: &p.LeaderName}, {Name: "liaison", ID: &p.LiaisonID, Person: &p.LiaisonName}}
}
