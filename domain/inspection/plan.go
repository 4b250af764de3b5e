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

// counts reports whether a visit counts beside the inspection with the id: one that found nobody has bothered nobody.
func counts(v process.Visit, but string) bool {
	return v.Outcome == "" && (v.CaseID == "" || v.CaseID != but)
}

// Nearest is the visit that lies closest to a day, made or planned and whoever comes, less than so many days away from it; nil: none does. The door goes by it, and so
// does the plan before it proposes a day.
func Nearest(visits []process.Visit, on clock.Date, days int, but string) *process.Visit {
	var near *process.Visit
	away := func(v process.Visit) int { return max(v.On.DaysUntil(on), on.DaysUntil(v.On)) }
	for n, v := range visits {
		if counts(v, but) && away(v) < days && (near == nil || away(v) < away(*near)) {
			near = &visits[n]
		}
	}
	return near
}

// FreeFrom is the first day, not before the given one, on which no visit is too near, and the visit that stands in the way of the given one; nil: none does.
func FreeFrom(visits []process.Visit, on clock.Date, days int) (clock.Date, *process.Visit) {
	first := Nearest(visits, on, days, "")
	for near := first; near != nil; near = Nearest(visits, on, days, "") {
		on = near.On.AddDays(days)
	}
	return on, first
}

// planned refuses a template that is not there or does not mean the enterprise, one by which somebody is on the way already, and one that asks for no visit yet:
// so of two who open the same one the second is told, and nothing is opened twice (visits of an enterprise are held while one is planned).
func (c Arrange) planned(i *Inspection, env Env, today clock.Date) error {
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
	for _, v := range env.Found.Visited.Visits {
		if v.PlanID == p.ID && v.CaseID != i.ID && !v.Done {
			return process.RefuseField("plan_id", fmt.Sprintf("已按“%s”安排了检查（%s，%s），不再重复安排。", p.Name, v.Number, v.On.Chinese()), fmt.Sprintf("An inspection by %q is planned already (%s, %s).", p.Name, v.Number, v.On))
		}
	}
	i.PlanID, i.PlanName = p.ID, p.Name
	due := i.dueBy(env.Found)
	if c.On.DaysUntil(due) > Early {
		return process.RefuseField("plan_id", fmt.Sprintf("按“%s”，下一次在 %s，最早提前 %d 天安排；现在要去的，不选模板。", p.Name, due.Chinese(), Early),
			fmt.Sprintf("By %q the next one is due on %s, and is opened at most %d days before; to go now, choose no template.", p.Name, due, Early))
	}
	return i.putOff(due, c.On, today, i.Why)
}

// putOff refuses a day so long after the one on which the template asks for the visit that the plan would be kept by its name alone (安全生产法 art. 62), unless it is said why.
func (i *Inspection) putOff(due, on, today clock.Date, why string) error {
	if due.Before(today) {
		due = today
	}
	if why != "" || due.DaysUntil(on) <= Early {
		return nil
	}
	return process.RefuseField("why", fmt.Sprintf("按“%s”应在 %s 前后去，推迟一个月以上的请写明原因。", i.PlanName, due.Chinese()), fmt.Sprintf("By %q it is due around %s; say why it is put off by more than a month.", i.PlanName, due))
}

// dueBy is the day on which the template that the inspection follows from asks for it, beside this one; zero: it follows from none in use.
func (i *Inspection) dueBy(found process.Found) clock.Date {
	p, v := found.VisitPlan, found.Visited
	if i.PlanID == "" || p == nil || v == nil {
		return clock.Date{}
	}
	last := clock.Date{}
	for _, x := range v.Visits {
		if x.PlanID == p.ID && x.Done && counts(x, i.ID) && x.On.After(last) {
			last = x.On
		}
	}
	return DueOn(p.From, p.EveryMonths, last)
}

// Gap is within how many days another visit needs a reason: as the zone has set it, or as the definition says.
func (d Definition) Gap(zone *int) int {
	if zone != nil {
		return *zone
	}
	return d.GapDays
}
