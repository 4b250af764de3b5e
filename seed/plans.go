package seed

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// plans gives the projects that are being built a plan: the day that completion is planned for, and what follows from it. Some were planned step by step since.
// The plans are invented.
func (l *loader) plans() ([]deed, error) {
	all := []deed{}
	for i, p := range l.data.Projects {
		if p.Started == "" || p.Planned == "" {
			continue
		}
		done, err := clock.ParseDate(p.Planned)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Title, err)
		}
		first := []schedule.Target{{Subject: "stage:construction", On: done}, {Subject: "stage:completed", On: done.AddMonths(3)}, {Subject: "permit:completion_filing", On: done.AddDays(45)}}
		all = append(all, plan(i, p.Started, "", first))
		if len(p.Steps) == 0 {
			continue
		}
		later := []schedule.Target{}
		for _, s := range p.Steps {
			on, err := clock.ParseDate(s.On)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Title, err)
			}
			later = append(later, schedule.Target{Subject: schedule.Subject(s.Of), On: on})
		}
		all = append(all, plan(i, "2024-11-11", "按施工单位月度计划细化到栋、到工序（虚构示例）", later))
	}
	return all, nil
}

func plan(i int, on, reason string, targets []schedule.Target) deed {
	return deed{caseID: caseID(project.OpenName, projectKey(i)), name: project.PlanName, input: project.Plan{Targets: targets, Reason: reason}, key: projectKey(i) + "/plan/" + on, on: on, actor: inventor()}
}

// stepLine is by which day a step is to be done.
type stepLine struct {
	Of string `yaml:"of"`
	On string `yaml:"on"`
}
