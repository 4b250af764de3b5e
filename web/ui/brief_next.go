package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/web/i18n"
)

// buildingsOnOne is how many buildings a sheet names.
const buildingsOnOne = 16

// room is how many lines of each sort a sheet has: fewer of each where it has to hold most of them, so that it stays one sheet.
type room struct{ Permits, Gate, Dates, Conditions int }

func (b Brief) room() room {
	full := 0
	for _, fills := range []bool{len(b.Buildings) > 0, len(b.Money) > 0, len(openConditions(b.ProjectView)) > 0, missing(b.Gate) > namedInLine} {
		if fills {
			full++
		}
	}
	if len(b.running()) > namedInLine {
		full += 2
	}
	if full > 2 {
		return room{Permits: 3, Gate: 4, Dates: 4, Conditions: 4}
	}
	return room{Permits: permitsOnOne, Gate: gateOnSheet, Dates: 8, Conditions: 6}
}

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

// halls are the buildings with their percent, in one line.
func halls(ctx context.Context, v ProjectView, s *project.Standing) string {
	all := []string{}
	for _, one := range v.Buildings[:min(len(v.Buildings), buildingsOnOne)] {
		all = append(all, one.Name()+" "+strconv.Itoa(s.Of(one.Code))+" %")
	}
	line := strings.Join(all, i18n.T(ctx, "names.separator"))
	if len(v.Buildings) > buildingsOnOne {
		line = i18n.T(ctx, "aim.more", "Items", line)
	}
	return line
}
