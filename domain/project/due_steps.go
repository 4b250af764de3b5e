package project

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// ahead is how many steps behind the last that has begun are offered at once: works go side by side, and none has a fixed order.
const ahead = 3

// due orders the steps of a form by what can be recorded now: those under way, those passed over, and the next few, each with the buildings where it is so. What is
// finished everywhere and what cannot begin yet stand behind them, each together: a form on a phone begins with what is next, and whatever it folds can still be ticked.
func (p Project) due(q process.Question, env Env) process.Question {
	if q.Path != "steps" {
		return q
	}
	standing := map[string]*stands{}
	count := func(list []works.Progress, named string, of func(works.Step) bool) {
		last, behind := -1, -1 // a milestone that is reached has what comes before it behind it, recorded or not
		own := slices.DeleteFunc(slices.Clone(env.Definition.Works.Steps), func(s works.Step) bool { return !of(s) })
		for i, s := range own {
			if on := at(list, s); on >= 0 {
				if last = i; s.Milestone() && list[on].State == works.Done {
					behind = i
				}
			}
		}
		for i, s := range own {
			if standing[s.ID] == nil {
				standing[s.ID] = &stands{}
			}
			one, on := standing[s.ID], at(list, s)
			switch {
			case on >= 0 && list[on].State == works.Done, on < 0 && i < behind:
				one.done++
			case on >= 0:
				one.running = append(one.running, named)
			case i <= last+ahead:
				one.next++
			default:
				one.later++
			}
		}
	}
	count(p.SiteSteps, "", func(s works.Step) bool { return s.Site })
	for _, b := range p.Buildings {
		count(b.Steps, b.Code, func(s works.Step) bool { return !s.Site && s.Of(b.made(env)) })
	}
	now, later, done := []process.Choice{}, []process.Choice{}, []process.Choice{}
	for _, c := range q.Choices {
		switch one := standing[c.Value]; {
		case one == nil || len(one.running)+one.next > 0:
			if one != nil {
				c.Says = one.says()
			}
			now = append(now, c)
		case one.later > 0:
			c.Group = process.Text{Chinese: "还没轮到的步骤", English: "Steps that come later"}
			later = append(later, c)
		default:
			c.Group = process.Text{Chinese: "已经完成的步骤", English: "Steps that are done"}
			done = append(done, c)
		}
	}
	q.Choices = slices.Concat(now, later, done)
	return q
}

// stands is how one step stands over all buildings that have it.
type stands struct {
	running           []string // where it is being prepared or is under way; "" on the site
	next, later, done int
}

// says names the buildings that are at the step; nothing where none is.
func (s stands) says() process.Text {
	if len(s.running) == 0 {
		return process.Text{}
	}
	where := strings.Join(slices.DeleteFunc(slices.Clone(s.running), func(code string) bool { return code == "" }), "、")
	return process.Text{Chinese: strings.TrimSpace(where + " 进行中"), English: strings.TrimSpace("under way " + where)}
}
