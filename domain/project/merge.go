package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// MergeName is the name of Merge.
const MergeName process.Name = "project.merge"

// Merge lets a project go on within another one (并入): it ends, and is found under the other by its number and its names.
type Merge struct {
	Into   string `json:"into" ask:"line,required" minLength:"1" maxLength:"60" doc:"The project that it goes on within, by its number or its id." example:"XM-2024-0001"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"两条线索是同一家企业的同一个项目。"`
}

// About says who may, and who reads of it.
func (Merge) About() process.About {
	return process.About{Name: MergeName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that it fits every project that has not ended.
func (Merge) Fits(p Project, _ process.Actor, _ Env) process.Fit { return process.FitsWhen(!p.Done) }

// Names is the other project: the door looks it up and holds it as it is.
func (c Merge) Names() string { return c.Into }

// Decide refuses an unknown project, one that has ended, and the project itself.
func (c Merge) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	into := env.Other
	switch {
	case into == nil || into.Kind != Kind:
		faults.Note(process.RefuseField("into", "没有找到这个项目，请核对编号。", "There is no such project; check its number."))
	case into.ID == p.ID:
		faults.Note(process.RefuseField("into", "不能并入项目自己。", "A project is not merged into itself."))
	case into.Done:
		faults.Note(process.RefuseField("into", into.Number+"「"+into.Title+"」已经结束，不能并入。", into.Number+" “"+into.Title+"” has ended."))
	}
	if err := p.open(); err != nil {
		return none, err
	}
	faults.Note(env.Definition.Merge(p.traveller(env), reason, call))
	if err := faults.Err(); err != nil {
		return none, err
	}
	p.Pool, p.NextContactOn = nil, clock.Date{}
	p.MergedInto = &Other{ID: into.ID, Number: into.Number, Title: into.Title, On: call.Day()}
	names := slices.Concat([]string{p.Number, p.Title}, p.Aliases)
	return process.Decision[Project]{After: p, Reason: reason, Notices: process.TellTeam(&before, process.NoticeClosed),
		Follow: []process.FollowUp{{Kind: Kind, CaseID: into.ID, Command: TakeInName, Input: TakeIn{ID: p.ID, Number: p.Number, Title: p.Title, Names: names, On: call.Day(), Reason: reason}}}}, nil
}

// TakeInName is the name of TakeIn.
const TakeInName process.Name = "project.take_in"

// TakeIn is the machinery's command: another project was merged into this one.
type TakeIn struct {
	ID     string     `json:"id"`
	Number string     `json:"number"`
	Title  string     `json:"title"`
	Names  []string   `json:"names" maxItems:"200"`
	On     clock.Date `json:"on"`
	Reason string     `json:"reason"`
}

// About says that nobody issues it: it only follows from a merger.
func (TakeIn) About() process.About {
	return process.About{Name: TakeInName, By: process.ByBatch, Follows: true, Readers: process.Offices}
}

// Carries names what was merged.
func (c TakeIn) Carries(process.Rules) process.Text {
	return process.Text{Chinese: c.Number + " " + c.Title + " 并入", English: c.Number + " " + c.Title + " goes on within it"}
}

// Decide keeps the other's number and names, by which this one is found from then on. It refuses what it has taken in already.
func (c TakeIn) Decide(before Project, _ process.Call, _ Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if slices.ContainsFunc(p.Merged, func(o Other) bool { return o.ID == c.ID }) {
		return none, process.Unmoved()
	}
	p.Merged = append(p.Merged, Other{ID: c.ID, Number: c.Number, Title: c.Title, On: c.On})
	for _, name := range c.Names {
		p.call(name)
	}
	return process.Decision[Project]{After: p, Reason: c.Reason, Notices: process.TellTeam(&before, process.NoticeMerged)}, nil
}

// call adds a name by which the project is found, unless it has it.
func (p *Project) call(name string) {
	if name != p.Title && !slices.Contains(p.Aliases, name) {
		p.Aliases = append(slices.Clone(p.Aliases), name)
	}
}
