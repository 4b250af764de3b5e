package project

import (
	"fmt"
	"strings"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// farEnough says whether the buildings are as far as a gate asks, and what they lack if they are not: a step on every building that has it, or a percent of the
// whole. A project of which no building is on file has not come so far.
func (p Project) farEnough(r lifecycle.Requirement, env Env) (bool, process.Text) {
	switch {
	case env.Definition.Works == nil:
		return false, process.Text{}
	case len(p.Buildings) == 0:
		return false, process.Text{Chinese: "还没有登记厂房", English: "no building on file"}
	case r.Step == "":
		now := p.Works(env.Definition).Percent
		return now >= r.Percent, process.Text{Chinese: fmt.Sprintf("现在 %d%%，要到 %d%%", now, r.Percent), English: fmt.Sprintf("%d %% now, %d %% asked for", now, r.Percent)}
	}
	step, _ := env.Definition.Works.Step(r.Step)
	var behind []string
	for _, b := range p.Buildings {
		if step.Of(b.made(env)) && !b.has(step.ID) {
			behind = append(behind, b.Name())
		}
	}
	return len(behind) == 0, process.Text{Chinese: strings.Join(behind, "、") + "还没有登记「" + step.Name.Chinese + "」完成", English: "“" + step.Name.English + "” is not done on " + strings.Join(behind, ", ")}
}

// has reports whether the step is done on the building.
func (b Building) has(step string) bool {
	for _, s := range b.Steps {
		if s.Step == step {
			return s.State == works.Done
		}
	}
	return false
}
