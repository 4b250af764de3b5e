package ui

import (
	"context"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/web/i18n"
)

// So many of each a sheet has room for.
const (
	buildingsOnOne  = 16
	datesOnOne      = 8
	conditionsOnOne = 6
)

// dated is what is to happen on a day.
type dated struct {
	On   clock.Date
	Says string
}

// dates are the days that come next, the late ones among them: the stage's deadline, the agreed contact, the permits' deadlines and certificates that lapse, and what the plan has
// not reached yet.
func (b Brief) dates(ctx context.Context) []dated {
	v, all := b.ProjectView, []dated{}
	if v.Done {
		return all
	}
	add := func(on clock.Date, says string) {
		if !on.IsZero() {
			all = append(all, dated{on, says})
		}
	}
	if v.Suspension != nil {
		add(v.Suspension.ExpectedUntil, i18n.T(ctx, "brief.resumes"))
	} else {
		add(v.DueOn, i18n.T(ctx, "brief.stage_due", "Stage", stageName(ctx, v.Definition, v.Stage)))
		add(v.AgreedFirst(), i18n.T(ctx, "field.agreed"))
	}
	for _, k := range b.running() {
		add(k.DueOn, i18n.Pick(ctx, k.Name)+k.Part)
	}
	if b.Plan != nil {
		for _, l := range b.Plan.Lines {
			if l.State == schedule.Open || l.State == schedule.Late {
				add(l.Target, i18n.T(ctx, "brief.planned", "Name", lineName(ctx, l)))
			}
		}
	}
	slices.SortStableFunc(all, func(x, y dated) int { return y.On.DaysUntil(x.On) })
	return all
}

// openConditions are those that a meeting laid on the project and that are not met yet.
func openConditions(v ProjectView) []project.Condition {
	if v.Done {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Conditions), func(x project.Condition) bool {
		shape, _ := conditionStands(v, x)
		return shape == "done" || shape == "waived"
	})
}

// halls are the buildings with their percent.
func halls(v ProjectView, s *project.Standing) []factLine {
	all := []factLine{}
	for _, one := range v.Buildings {
		all = append(all, factLine{one.Name(), strconv.Itoa(s.Of(one.Code)) + " %"})
	}
	return all
}
