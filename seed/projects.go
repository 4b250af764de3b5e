package seed

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
)

// projectKey is the key under which a project is put on file.
func projectKey(i int) string { return fmt.Sprintf("project/%02d", i+1) }

func (l *loader) projects() ([]deed, error) {
	all := []deed{}
	for i, p := range l.data.Projects {
		told, err := projectStory(projectKey(i), p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Title, err)
		}
		all = append(all, told...)
	}
	return all, nil
}

// projectStory puts one project on file at the stage it was in when its story begins, and lets it live up to the day of the report.
func projectStory(key string, p projectLine) ([]deed, error) {
	facts, err := factsOf(p)
	if err != nil {
		return nil, err
	}
	c := caseID(project.OpenName, key)
	entry, on := p.Stage, p.Entered
	switch {
	case p.Review.Result != "":
		entry = "joint_review"
	case p.Started != "":
		entry, on = "construction", p.Started
	case p.Signed != "":
		entry, on = "signed", p.Signed
	}
	open := project.Open{Title: p.Title, EnterpriseID: id("enterprise", p.Enterprise), EntryStage: entry, ManagerID: id("user", p.Manager), Facts: facts}
	steps := []deed{{caseID: c, name: project.OpenName, input: open, key: key, on: on}}
	for _, tell := range []func(c, key string, p projectLine) ([]deed, error){signed, begun, completed, produced, hold} {
		more, err := tell(c, key, p)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	talked, err := p.talked(key, "")
	if err != nil {
		return nil, err
	}
	for _, d := range talked {
		d.caseID, d.actor = c, inventor()
		steps = append(steps, d)
	}
	if p.Handed.To != "" {
		hand := casework.HandOver{ToKind: process.HeldByUnit, ToID: id("unit", p.Handed.To), Reason: p.Handed.Reason}
		steps = append(steps, deed{caseID: c, name: project.Kind.Does(casework.HandOverVerb), input: hand, key: key + "/handed", on: p.Handed.On, actor: inventor()})
	}
	return progress(steps, c, key, p)
}

// signed passes the gates up to the stage a project signed this year is in. Its limit runs from the day it came there.
func signed(c, key string, p projectLine) ([]deed, error) {
	if p.Signed == "" {
		return nil, nil
	}
	passed := p.Signed
	if p.Stage == "land_supply" {
		passed = p.Since
	}
	day, err := clock.ParseDate(p.Signed)
	if err != nil {
		return nil, err
	}
	number := fmt.Sprintf("示例投资协议〔%d〕%d号", day.Year(), invented("agreement", key))
	first := []deed{{caseID: c, name: project.SignName, input: project.Sign{Number: number, SignedOn: day}, key: key + "/agreement", on: passed, actor: inventor()},
		{caseID: c, name: project.IntroduceName, input: project.Introduce{Unit: "园区招商科", Share: 100}, key: key + "/introduced", on: passed}} // who brought it is fixed by its signing
	more, err := pass(c, key, "signed", passed)
	if first = append(first, more...); err != nil || p.Stage == "land_supply" {
		return first, err
	}
	second, err := pass(c, key, "land_supply", p.Since, "company_registered", "filing", "land_contract", "property_certificate")
	return append(first, second...), err
}

// completed takes a project through the acceptance of its buildings.
func completed(c, key string, p projectLine) ([]deed, error) {
	if p.Completed == "" {
		return nil, nil
	}
	first, err := accepted(c, key, p.Completed)
	if err != nil {
		return nil, err
	}
	second, err := pass(c, key, "construction", p.Completed)
	return append(append(built(c, key, p.Completed), first...), second...), err
}

// built puts one plant on file for a completed project, of which the report says no more than that, and finishes it on the day.
func built(c, key, on string) []deed {
	return []deed{{caseID: c, name: project.AddBuildingsName, key: key + "/plant", on: on, actor: inventor(), input: project.AddBuildings{Codes: "1#", Use: "厂房"}},
		{caseID: c, name: project.RecordProgressName, key: key + "/plant/built", on: on, actor: inventor(),
			input: project.RecordProgress{Buildings: []works.Span{"1#"}, Steps: []string{"built"}, State: works.Done}}}
}

// produced takes a completed project into production.
func produced(c, key string, p projectLine) ([]deed, error) {
	if p.Produced == "" {
		return nil, nil
	}
	return pass(c, key, "completed", p.Produced, "discharge_permit", "environment_acceptance")
}

// pass meets a gate's requirements, with the permits among them, and goes through.
func pass(c, key, stage, on string, requirements ...string) ([]deed, error) {
	steps := []deed{}
	for _, r := range requirements {
		if item, ok := permits()[r]; ok {
			more, err := got(c, key, on, item)
			if err != nil {
				return nil, err
			}
			steps = append(steps, more...)
			continue
		}
		steps = append(steps, deed{caseID: c, name: project.AnswerName, input: project.Answer{Requirement: r, Answer: "yes"}, key: key + "/" + r, on: on})
	}
	return append(steps, deed{caseID: c, name: project.AdvanceName, input: project.Advance{From: stage}, key: key + "/advance/" + stage, on: on}), nil
}

// progress puts the buildings on file when the building begins, and records each step on its day.
func progress(steps []deed, c, key string, p projectLine) ([]deed, error) {
	for i, b := range p.Buildings {
		area, err := project.ParseDecimal(b.Area)
		if err != nil {
			return nil, err
		}
		steps = append(steps, deed{caseID: c, name: project.AddBuildingsName, key: fmt.Sprintf("%s/buildings/%d", key, i+1), on: p.Started,
			input: project.AddBuildings{Codes: works.Span(b.Codes), Structure: b.Structure, Area: &area, Use: "厂房"}})
	}
	for i, w := range p.Works {
		record := project.RecordProgress{Steps: w.Steps, State: works.State(w.State)}
		if w.Codes != "" {
			record.Buildings = []works.Span{works.Span(w.Codes)}
		}
		if w.Began != "" {
			began, err := clock.ParseDate(w.Began)
			if err != nil {
				return nil, err
			}
			record.StartedOn = began
		}
		steps = append(steps, deed{caseID: c, name: project.RecordProgressName, input: record, key: fmt.Sprintf("%s/works/%d", key, i+1), on: w.On})
	}
	return steps, nil
}

func factsOf(p projectLine) (project.Given, error) {
	amount, err := project.ParseYuan(p.Yi)
	if err != nil {
		return project.Given{}, err
	}
	amount *= 100_000_000
	site := project.SiteMode(p.Site)
	g := project.Given{Sector: &p.Sector, SiteMode: &site, Investment: &amount, IsKey: &p.Key, LeaderID: id("user", p.Leader), LiaisonID: id("user", p.Liaison)}
	if p.Short != "" {
		g.ShortName = &p.Short
	}
	for _, d := range []struct {
		text   string
		target **clock.Date
	}{{p.Signed, &g.SignedOn}, {p.Planned, &g.PlannedCompletionOn}} {
		if d.text == "" {
			continue
		}
		day, err := clock.ParseDate(d.text)
		if err != nil {
			return g, err
		}
		*d.target = &day
	}
	return g, nil
}
