package waiver

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// Open puts a request on file. It follows from what is asked on the project, whose gate has been looked at then.
type Open struct{ project.WaiverAsked }

// OpenName is the name of Open.
const OpenName = project.OpenWaiver

// About says that nobody issues it: it only follows from another deed.
func (Open) About() process.About {
	return process.About{Name: OpenName, By: process.ByBatch, Readers: process.Offices, Opens: true, Follows: true}
}

// Carries names what is put on file.
func (c Open) Carries(process.Rules) process.Text {
	return process.Text{Chinese: "容缺申请：" + c.Name.Chinese, English: "Request for a waiver: " + c.Name.English}
}

// Mentions returns who decides.
func (c Open) Mentions() []string { return []string{c.Decider} }

// Same is the requirement.
func (c Open) Same(process.Rules) string { return c.Requirement }

// Waits refuses to ask for the same again.
func (Open) Waits(number string) *process.Refusal {
	return process.AskedAlready(number).At("requirement")
}

// Decide gives it to whoever decides, within the limit.
func (c Open) Decide(r Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, parent := process.Decision[Request]{}, env.Found.Parent
	switch {
	case r.Version > 0:
		return none, process.Unmoved()
	case parent == nil || parent.Kind != project.Kind || parent.Done:
		return none, process.Refuse(process.Closed, "项目已经结束。", "The project has ended.")
	}
	decider, known := env.Directory[c.Decider]
	if !known {
		return none, process.Refuse(process.UnknownParty, "没有找到批复的领导。", "The leader who decides is not known.")
	}
	r.ParentID, r.State, r.Stage, r.DefinitionVersion, r.UnitIDs = parent.ID, Asked, c.Requirement, env.Definition.Version, []string{}
	r.Requirement, r.Until = c.Name.Chinese, c.Until
	r.Title = r.titled(parent.Title)
	r.Ask(c.ByID, c.ByName, c.Reason)
	r.Clocks, r.Attachments = []clock.Clock{}, []process.Attachment{}
	r.Begin(clock.Start(ToDecide, env.Definition.Limit, call.OccurredAt, env.Calendar), process.RuleName(Kind, env.Definition.Version))
	deed := process.PassTo(&r, decider, call, env.Env, c.ByName+"："+r.Why)
	process.Follow(&r, call, env.Env)
	return process.Decision[Request]{After: r, Reason: deed.Reason, Notices: deed.Notices}, nil
}

// Settle ends a request that nobody decided where it stands: the requirement was met, or waived on the project itself.
type Settle struct{ project.WaiverSettled }

// About says that nobody issues it: it only follows from another deed.
func (Settle) About() process.About {
	return process.About{Name: project.SettleWaiver, By: process.ByBatch, Follows: true, Readers: process.FactOnly}
}

// Decide closes it.
func (c Settle) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if r.Done {
		return none, process.Unmoved()
	}
	state, reason, told := Moot, c.By+"：这一项已经填报，不需要容缺了", []process.Notice(nil)
	if c.Granted {
		state, reason, told = Granted, c.By+"在项目上批准了容缺", process.TellTeam(&before, process.NoticeAgreed)
		r.Opinion, r.DecidedOn, r.GrantedUntil = c.Says, call.Day(), c.Until
	}
	r.end(state, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason, Notices: told}, nil
}
