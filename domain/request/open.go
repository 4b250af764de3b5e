package request

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Open puts a request on file. It follows from what is asked on the case, whose rules have looked at it then.
type Open struct{ process.Sought }

// OpenName is the name of Open.
const OpenName = process.OpenRequest

// About says that nobody issues it: it only follows from another deed.
func (Open) About() process.About {
	return process.About{Name: OpenName, By: process.ByBatch, Readers: process.Offices, Opens: true, Follows: true, Owed: true}
}

// Carries names what is put on file.
func (c Open) Carries(rules process.Rules) process.Text {
	name := rules.StageName(c.Sort)
	return process.Text{Chinese: name.Chinese + "：" + c.What, English: name.English + ": " + c.What}
}

// Mentions returns who decides.
func (c Open) Mentions() []string { return []string{c.Decider} }

// Same is what is asked for, and of what several can wait for at once which fact it is.
func (c Open) Same(rules process.Rules) string {
	d, _ := rules.(Definition)
	if sort, known := d.Sort(c.Sort); known && sort.Several {
		return c.Sort + "\n" + c.What
	}
	return c.Sort
}

// Waits refuses to ask for the same again.
func (Open) Waits(number string) *process.Refusal { return process.AskedAlready(number) }

// Decide gives it to whoever decides, within the limit. It refuses a second one for the same.
func (c Open) Decide(r Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, parent := process.Decision[Request]{}, env.Found.Parent
	sort, known := env.Definition.Sort(c.Sort)
	decider, there := env.Directory[c.Decider]
	waiting := slices.DeleteFunc(slices.Clone(env.Found.Children), func(o process.Child) bool {
		return o.Kind != Kind || o.Done || o.Slot != c.Sort || sort.Several && o.What != c.What
	})
	switch {
	case r.Version > 0:
		return none, process.Unmoved()
	case parent == nil || !known:
		return none, process.Refuse(process.WrongState, "没有这种申请。", "There is no such request.")
	case !there:
		return none, process.Refuse(process.UnknownParty, "没有找到批准的领导。", "The leader who decides is not known.")
	case len(waiting) > 0:
		return none, process.AskedAlready(waiting[0].Number)
	}
	r.ParentID, r.State, r.Stage, r.DefinitionVersion, r.UnitIDs = parent.ID, Asked, sort.ID, env.Definition.Version, []string{}
	r.Title = env.Definition.titled(sort.ID, parent.Title)
	r.What, r.Was, r.Becomes, r.Does, r.With = c.What, c.Was, c.Becomes, string(c.Does), c.With
	r.Ask(c.ByID, c.ByName, c.Reason)
	r.Clocks, r.Attachments = []clock.Clock{}, []process.Attachment{}
	r.Begin(clock.Start(ToDecide, sort.Limit, call.OccurredAt, env.Calendar), process.RuleName(Kind, env.Definition.Version))
	deed := process.PassTo(&r, decider, call, env.Env, c.ByName+"："+r.Why)
	process.Follow(&r, call, env.Env)
	return process.Decision[Request]{After: r, Reason: deed.Reason, Notices: deed.Notices}, nil
}
