package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// A sheet of paper holds so many lines of each sort; what is left out is counted.
const (
	namedInLine  = 3
	gateOnSheet  = 8
	permitsOnOne = 8
)

// Brief is a project on one sheet of paper, as it is laid before a meeting.
type Brief struct {
	ProjectView
	Way  permit.Way
	Plan *store.ProjectPlan // nil for whom plans are not for
}

// BriefURL is the page of a project on one sheet.
func BriefURL(id string) string { return CaseURL(project.Kind, id) + "/brief" }

// aim is the first line of a project's page: what comes next, and what stands in its way. It is "" of a project that has ended.
func aim(ctx context.Context, v ProjectView, today clock.Date) string {
	line := onward(ctx, v, today)
	if day := v.AgreedFirst(); line != "" && !day.IsZero() && v.Suspension == nil {
		return i18n.T(ctx, "aim.agreed", "Day", i18n.Date(ctx, day, today.Year()), "Then", line)
	}
	return line
}

// onward is how the project gets into its next stage.
func onward(ctx context.Context, v ProjectView, today clock.Date) string {
	next, ok := v.Definition.Next(lifecycle.StageID(v.Stage), string(v.SiteMode))
	stage := i18n.Pick(ctx, next.Name)
	switch {
	case v.Done:
		return ""
	case v.Suspension != nil && v.Suspension.ExpectedUntil.IsZero():
		return i18n.T(ctx, "aim.suspended")
	case v.Suspension != nil:
		return i18n.T(ctx, "aim.suspended_until", "Day", i18n.Date(ctx, v.Suspension.ExpectedUntil, today.Year()))
	case !ok:
		return i18n.T(ctx, "aim.last")
	}
	lacking := slices.DeleteFunc(slices.Clone(v.Gate), func(i lifecycle.Item) bool { return i.Status != lifecycle.Missing })
	if n := deferred(v.Gate); len(lacking) == 0 && n > 0 {
		return i18n.T(ctx, "aim.ready_deferred", "Stage", stage, "Count", n)
	}
	if len(lacking) == 0 {
		return i18n.T(ctx, "aim.ready", "Stage", stage)
	}
	names := []string{}
	for _, i := range lacking[:min(len(lacking), namedInLine)] {
		names = append(names, i18n.T(ctx, "aim.item", "Name", i18n.Pick(ctx, i.Name), "By", i18n.Pick(ctx, i.OwedBy)))
	}
	items := strings.Join(names, i18n.T(ctx, "comma"))
	if len(lacking) > namedInLine {
		items = i18n.T(ctx, "aim.more", "Items", items)
	}
	return i18n.T(ctx, "aim.missing", "Stage", stage, "Count", len(lacking), "Items", items)
}

// runs is a permit that lies with somebody.
type runs struct {
	permit.Known
	Name process.Text
}

// running are the permits that lie with somebody, the most urgent first.
func (b Brief) running() []runs {
	all := []runs{}
	for _, s := range b.Way.Stretches {
		for _, step := range s.Steps {
			for _, k := range step.Cases {
				if !k.Done && k.Holder != nil {
					all = append(all, runs{Known: k, Name: step.Item.Name})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b runs) int {
		switch {
		case a.DueOn.IsZero() != b.DueOn.IsZero():
			return map[bool]int{true: 1, false: -1}[a.DueOn.IsZero()]
		case a.DueOn.Before(b.DueOn):
			return -1
		case b.DueOn.Before(a.DueOn):
			return 1
		}
		return 0
	})
	return all
}

// next names the permits that come next, as far as the sheet has room.
func (b Brief) next(ctx context.Context) string {
	names := []string{}
	for _, s := range b.Way.Stretches {
		for _, step := range s.Steps {
			if step.Is == permit.IsNext {
				names = append(names, i18n.Pick(ctx, step.Item.Name))
			}
		}
	}
	left := len(names) - permitsOnOne
	line := strings.Join(names[:min(len(names), permitsOnOne)], i18n.T(ctx, "names.separator"))
	if left > 0 {
		line = i18n.T(ctx, "aim.more", "Items", line)
	}
	return line
}

// factLine is a fact with its name.
type factLine struct{ Name, Value string }

// briefFacts are what a sheet says of the project beside its stage.
func briefFacts(ctx context.Context, c Chrome, v ProjectView) []factLine {
	date := func(d clock.Date) string { return i18n.Date(ctx, d, c.Today.Year()) }
	facts := []factLine{
		{i18n.T(ctx, "field.investment"), i18n.Money(ctx, v.Investment.String())},
		{i18n.T(ctx, "team.manager"), Who(ctx, orDash(v.ManagerName))},
		{i18n.T(ctx, "team.leader"), Who(ctx, orDash(v.LeaderName))},
		{i18n.T(ctx, "team.liaison"), Who(ctx, orDash(v.LiaisonName))},
		{i18n.T(ctx, "team.department"), orDash(v.Department)},
		{i18n.T(ctx, "field.facts.signed_on"), date(v.SignedOn)},
		{i18n.T(ctx, "field.facts.construction_started_on"), date(v.ConstructionStartedOn)},
		{i18n.T(ctx, "field.facts.planned_completion_on"), date(v.PlannedCompletionOn)},
		{i18n.T(ctx, "field.facts.production_on"), date(v.ProductionOn)},
	}
	if v.LandAreaMu != nil {
		facts = append(facts, factLine{i18n.T(ctx, "field.facts.land_area_mu"), v.LandAreaMu.String()})
	}
	return facts
}
