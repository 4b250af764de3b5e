package seed

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/project"
)

func (l *loader) projects(ctx context.Context) error {
	for i, p := range l.data.Projects {
		if err := l.project(ctx, fmt.Sprintf("project/%02d", i+1), p); err != nil {
			return err
		}
	}
	return nil
}

// project puts one project on file at the stage it was in when its story begins, and lets it live up to the day of the report.
func (l *loader) project(ctx context.Context, key string, p projectLine) error {
	facts, err := factsOf(p)
	if err != nil {
		return fmt.Errorf("%s: %w", p.Title, err)
	}
	entry, on := p.Stage, p.Entered
	switch {
	case p.Started != "":
		entry, on = "construction", p.Started
	case p.Signed != "":
		on = p.Signed
	}
	open := project.Open{Title: p.Title, EnterpriseID: id("enterprise", p.Enterprise), EntryStage: entry, ManagerID: id("user", p.Manager), Facts: facts}
	c := caseID(project.OpenName, key)
	if err := l.do(ctx, deed{c, project.OpenName, open, key, on}); err != nil {
		return err
	}
	if p.Completed != "" {
		if err := l.pass(ctx, c, key, "construction", p.Completed, "works_done", "planning_verification", "five_party_acceptance"); err != nil {
			return err
		}
	}
	if p.Produced != "" {
		if err := l.pass(ctx, c, key, "completed", p.Produced, "fire_acceptance", "completion_filing", "discharge_permit", "environment_acceptance"); err != nil {
			return err
		}
	}
	return l.progress(ctx, c, key, p)
}

// pass answers a gate's requirements and goes through.
func (l *loader) pass(ctx context.Context, c, key, stage, on string, requirements ...string) error {
	for _, r := range requirements {
		if err := l.do(ctx, deed{c, project.AnswerName, project.Answer{Requirement: r, Answer: "yes"}, key + "/" + r, on}); err != nil {
			return err
		}
	}
	return l.do(ctx, deed{c, project.AdvanceName, project.Advance{From: stage}, key + "/advance/" + stage, on})
}

// progress records the buildings' progress in the report's words.
func (l *loader) progress(ctx context.Context, c, key string, p projectLine) error {
	if len(p.Buildings) == 0 {
		return nil
	}
	day, err := clock.ParseDate(asOf)
	if err != nil {
		return err
	}
	edit := project.Edit{Reason: "按 2024 年工作总结登记厂房形象进度"}
	for _, b := range p.Buildings {
		edit.Buildings = append(edit.Buildings, project.Building{Code: b.Code, Progress: b.Progress, AsOf: day})
	}
	return l.do(ctx, deed{c, project.EditName, edit, key + "/progress", asOf})
}

func factsOf(p projectLine) (project.Given, error) {
	amount, err := project.ParseYuan(p.Yi)
	if err != nil {
		return project.Given{}, err
	}
	amount *= 100_000_000
	site := project.SiteMode(p.Site)
	g := project.Given{Sector: &p.Sector, SiteMode: &site, Investment: &amount, IsKey: &p.Key, LeaderID: id("user", p.Leader), LiaisonID: id("user", p.Liaison)}
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
