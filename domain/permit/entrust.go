package permit

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Entrust gives the permit to agents of the zone, who run it for the investor under an agreement (帮办代办). They act on it as its manager does.
type Entrust struct {
	Number string     `json:"number" ask:"line,required" minLength:"1" maxLength:"100" doc:"Of the agreement." example:"代办〔2024〕12号"`
	Agent  string     `json:"agent_id" ask:"person,required,from=workers" doc:"Who runs it."`
	Second string     `json:"second_id,omitempty" ask:"person,from=workers" doc:"Who runs it beside them."`
	Scope  string     `json:"scope" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What they do for the investor." example:"代为填报、递交材料、领取证照。"`
	From   clock.Date `json:"from" ask:"day,required" doc:"From which day." example:"2024-11-01"`
	Until  clock.Date `json:"until" ask:"day,required" doc:"Until which day." example:"2025-03-31"`
}

// EntrustName is the name of Entrust.
const EntrustName process.Name = "permit.entrust"

// About says who may, and who reads of it.
func (Entrust) About() process.About {
	return process.About{Name: EntrustName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Mentions returns the agents.
func (c Entrust) Mentions() []string { return []string{c.Agent, c.Second} }

// Fits says that what is under way can be entrusted.
func (Entrust) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!p.Done)
}

// Decide refuses one agent twice, somebody who may not do what they are entrusted with, and an agreement that ends before it begins or has ended.
func (c Entrust) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := process.UnderWay(&p.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	a := Agency{From: c.From, Until: c.Until}
	a.Number = faults.Text(process.Required("number", c.Number, 100))
	a.Scope = faults.Text(process.Required("scope", c.Scope, process.TextLimit))
	switch {
	case c.From.IsZero() || c.Until.IsZero():
		faults.Note(process.RefuseField("until", "请填写代办起止日期。", "Say from which day until which."))
	case c.Until.Before(c.From):
		faults.Note(process.Refuse(process.ImpossibleDate, "代办截止日期早于开始日期。", "The agreement ends before it begins.").At("until"))
	case c.Until.Before(call.Today()):
		faults.Note(process.Refuse(process.ImpossibleDate, "代办期限已经过了。", "The agreement has ended.").At("until"))
	}
	switch {
	case c.Agent == "":
		faults.Note(process.RefuseField("agent_id", "请选择代办员。", "Choose who runs it."))
	case c.Second == c.Agent:
		faults.Note(process.Refuse(process.SamePerson, "两名代办员不能是同一个人。", "Two agents are two people.").At("second_id"))
	}
	for _, named := range []struct{ field, id string }{{"agent_id", c.Agent}, {"second_id", c.Second}} {
		if named.id == "" {
			continue
		}
		person, err := env.Directory.Staff(named.id, named.field)
		if err == nil {
			err = able(person, named.field, ableRoles())
		}
		faults.Note(err)
		a.Agents = append(a.Agents, Agent{ID: person.ID, Name: person.Name})
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	inside := p.Holder != nil && p.Holder.Kind == process.HeldByPerson && (p.Holder.ID == p.ManagerID || p.Agency.has(p.Holder.ID)) // not with the department
	told := p.Agency.former(a)
	if a.runs(call.Today()) {
		a.BegunOn = call.Today()
	}
	p.Agency = &a
	reason := a.Number
	if inside { // also from the agents of the agreement before
		reason = p.back(call, env, reason)
	}
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: reason, Notices: append(agents(a), told...)}, nil
}

// able refuses somebody who has none of the roles that may do what they are given.
func able(person process.Party, field string, roles []process.Role) error {
	if slices.ContainsFunc(roles, func(r process.Role) bool { return slices.Contains(person.Roles, r) }) {
		return nil
	}
	return process.RefuseField(field, person.Name+"的岗位不能办理手续，请另选一人。", person.Name+" cannot run permits in their role; choose somebody else.")
}

// agents tells them that they run it.
func agents(a Agency) []process.Notice {
	var notices []process.Notice
	for _, agent := range a.Agents {
		notices = append(notices, process.Notice{Kind: process.NoticeAssigned, ToKind: process.HeldByPerson, ToID: agent.ID})
	}
	return notices
}
