package inspection

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Early is how many days before its day a recurring inspection may be opened from its template.
const Early = 31

// DueOn is the day on which the next inspection by a template is due: the template's first day, or so many months after the last visit that was made by it.
func DueOn(first clock.Date, months int, last clock.Date) clock.Date {
	if last.IsZero() {
		return first
	}
	return last.AddMonths(months)
}

// planned refuses a template that is not there or does not mean the enterprise, one by which somebody is on the way already, and one that asks for no visit yet:
// so of two who open the same one the second is told, and nothing is opened twice (visits of an enterprise are held while one is planned).
func (c Arrange) planned(i *Inspection, env Env) error {
	if c.PlanID == "" {
		return nil
	}
	p := env.Found.VisitPlan
	if p == nil || env.Found.Visited == nil {
		return process.RefuseField("plan_id", "没有这份检查计划模板，或者已经停用，请重新选择。", "There is no such template, or it is in use no more; choose again.")
	}
	if !p.Covers {
		return process.RefuseField("plan_id", fmt.Sprintf("“%s”不包括%s，请重新选择。", p.Name, env.Found.Visited.Name), fmt.Sprintf("%q does not mean %s; choose again.", p.Name, env.Found.Visited.Name))
	}
	last := clock.Date{}
	for _, v := range env.Found.Visited.Visits {
		switch {
		case v.PlanID != p.ID || v.CaseID == i.ID:
		case !v.Done:
			return process.RefuseField("plan_id", fmt.Sprintf("已按“%s”安排了检查（%s，%s），不再重复安排。", p.Name, v.Number, v.On.Chinese()), fmt.Sprintf("An inspection by %q is planned already (%s, %s).", p.Name, v.Number, v.On))
		case v.Outcome == "" && v.On.After(last):
			last = v.On
		}
	}
	if due := DueOn(p.From, p.EveryMonths, last); c.On.DaysUntil(due) > Early {
		return process.RefuseField("plan_id", fmt.Sprintf("按“%s”，下一次在 %s，最早提前 %d 天安排；现在要去的，不选模板。", p.Name, due.Chinese(), Early),
			fmt.Sprintf("By %q the next one is due on %s, and is opened at most %d days before; to go now, choose no template.", p.Name, due, Early))
	}
	i.PlanID, i.PlanName = p.ID, p.Name
	return nil
}

// Gap is within how many days another visit needs a reason: as the zone has set it, or as the definition says.
func (d Definition) Gap(zone *int) int {
	if zone != nil {
		return *zone
	}
	return d.GapDays
}
