package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
	"github.com/parkway-zone/parkway/web/i18n"
)

// structureName names a structure of buildings; one that the definition does not have is called by its id.
func structureName(ctx context.Context, d process.Rules, id string) string {
	if built, ok := d.(interface{ StructureName(id string) process.Text }); ok {
		if name := built.StructureName(id); name.Chinese != "" {
			return i18n.Pick(ctx, name)
		}
	}
	return id
}

// workName names a step of the buildings or of the site; one that the definition does not have is called by its id.
func workName(ctx context.Context, d process.Rules, id string) string {
	if built, ok := d.(interface{ WorkName(id string) process.Text }); ok {
		if name := built.WorkName(id); name.Chinese != "" {
			return i18n.Pick(ctx, name)
		}
	}
	return id
}

// ordered are the steps in the order of the template.
func ordered(v ProjectView, steps []works.Progress) []works.Progress {
	steps = slices.Clone(steps)
	if v.Definition.Works != nil {
		place := func(p works.Progress) int {
			return slices.IndexFunc(v.Definition.Works.Steps, func(s works.Step) bool { return s.ID == p.Step })
		}
		slices.SortStableFunc(steps, func(a, b works.Progress) int { return place(a) - place(b) })
	}
	return steps
}

// milestone is the last milestone that was reached, or "".
func milestone(v ProjectView, steps []works.Progress) string {
	last := ""
	for _, p := range ordered(v, steps) {
		if v.Definition.Works != nil && p.State == works.Done {
			if step, known := v.Definition.Works.Step(p.Step); known && step.Milestone() {
				last = p.Step
			}
		}
	}
	return last
}

// builtOf is how the building is made and how large it is.
func builtOf(ctx context.Context, v ProjectView, b project.Building) string {
	var words []string
	if b.Structure != "" {
		words = append(words, structureName(ctx, v.Definition, b.Structure))
	}
	if b.Area != nil {
		words = append(words, areaWords(ctx, b.Area.String()))
	}
	return strings.Join(words, " · ")
}

// areaWords prints square metres: 38,000 m².
func areaWords(ctx context.Context, area string) string {
	return i18n.T(ctx, "fact.area", "Area", i18n.Thousands(strings.TrimSuffix(area, ".00")))
}

// stepDays are the days of a step, in the order in which they came.
func stepDays(ctx context.Context, c Chrome, p works.Progress) string {
	var days []string
	for _, d := range []struct {
		state works.State
		day   clock.Date
	}{{works.Preparing, p.PreparedOn}, {works.Running, p.StartedOn}, {works.Done, p.DoneOn}} {
		if !d.day.IsZero() {
			days = append(days, i18n.T(ctx, "works_day."+string(d.state), "Day", i18n.Date(ctx, d.day, c.Today.Year())))
		}
	}
	return strings.Join(days, i18n.T(ctx, "comma"))
}

// lastShot is the latest of the pictures that the reader may see.
func lastShot(v ProjectView, photos []project.Photo) (a process.Attachment, day clock.Date, ok bool) {
	for i := len(photos) - 1; i >= 0; i-- {
		for k := len(v.Attachments) - 1; k >= 0; k-- {
			if v.Attachments[k].Number == photos[i].Number {
				return v.Attachments[k], photos[i].On, true
			}
		}
	}
	return a, day, false
}
