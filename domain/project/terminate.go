package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// TerminateName is the name of Terminate.
const TerminateName process.Name = "project.terminate"

// Terminate ends a project that came to nothing before land was supplied (终止、流失). What has its land is withdrawn. A signed deal stays countable.
type Terminate struct {
	Cause  string `json:"cause,omitempty" ask:"choose,required,words=ending" enum:"elsewhere,silent,conditions,policy,site,funds,market,industry,environment,land_idle,breach,demolition,other" doc:"Why, as a code: one of the definition's losses. Of projects whose definition lists none it is left out." example:"elsewhere"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"企业已选址邻县，见来函。"`
}

// About says who may, and who reads of it.
func (Terminate) About() process.About {
	return process.About{Name: TerminateName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Fits says that it fits before land is supplied.
func (Terminate) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(!p.Done && !env.Definition.Committed(p.stage()))
}

// Ask offers the definition's reasons.
func (Terminate) Ask(f process.Question, _ Project, env Env) (process.Question, bool) {
	return endings(f, env.Definition.Losses)
}

// Decide refuses a project that is closed or has its land, and a reason that the definition does not list.
func (c Terminate) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	if !before.Done && env.Definition.Committed(before.stage()) {
		return process.Decision[Project]{}, process.Refuse(process.WrongState, "供地以后的项目不能终止，请登记「退出、清退」。", "A project that has its land is not terminated but withdrawn.").After(process.MovedState)
	}
	return before.ended(lifecycle.Termination{Cause: c.Cause, Reason: c.Reason}, env.Definition.Losses, nil, call, env)
}

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "project.withdraw"

// Withdraw ends a project after land was supplied: it left (退出), or was cleared out (清退).
type Withdraw struct {
	Way    string             `json:"way" ask:"pick,required,words=withdrawal" enum:"left,cleared" doc:"Whether it left by agreement or was cleared out." example:"left"`
	Cause  string             `json:"cause,omitempty" ask:"choose,required,words=ending" enum:"elsewhere,silent,conditions,policy,site,funds,market,industry,environment,land_idle,breach,demolition,other" doc:"Why, as a code: one of the definition's withdrawals. Of projects whose definition lists none it is left out." example:"breach"`
	Reason string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, and what becomes of the land." example:"双方协商一致解除协议，土地由县自规局收回。"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many,when=way:cleared" doc:"The agreement, or the decision."`
}

// About says who may, and who reads of it.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c Withdraw) Brings() []process.Evidence { return c.Files }

// Fits says that it fits from the supply of land on.
func (Withdraw) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(!p.Done && env.Definition.Committed(p.stage()))
}

// Ask offers the definition's reasons.
func (Withdraw) Ask(f process.Question, _ Project, env Env) (process.Question, bool) {
	return endings(f, env.Definition.Withdrawals)
}

// Decide refuses a project that is closed or has no land yet, to be cleared out without a paper, and a reason that the definition does not list.
func (c Withdraw) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	if !before.Done && !env.Definition.Committed(before.stage()) {
		return process.Decision[Project]{}, process.Refuse(process.WrongState, "还没有供地的项目请登记「终止」。", "A project without land is terminated, not withdrawn.").After(process.MovedState)
	}
	if c.Way == "cleared" && len(c.Files) == 0 && !before.Done {
		return process.Decision[Project]{}, process.RefuseField("attachments", "清退要附上解除协议或清退决定。", "Clearing a project out needs its paper: the decision or the agreement.")
	}
	return before.ended(lifecycle.Termination{Cause: c.Cause, Way: c.Way, Reason: c.Reason}, env.Definition.Withdrawals, c.Files, call, env)
}

// endings leaves the reasons in a form that the definition lists, and the question out where it lists none.
func endings(f process.Question, listed []string) (process.Question, bool) {
	if f.Path != "cause" {
		return f, true
	}
	f.Choices = nil
	for _, one := range listed {
		f.Choices = append(f.Choices, process.Choice{Value: one})
	}
	return f, len(listed) > 0
}

// ended is the project after its early end.
func (p Project) ended(end lifecycle.Termination, listed []string, files []process.Evidence, call process.Call, env Env) (process.Decision[Project], error) {
	before := p
	p = p.clone()
	var faults process.Faults
	end.Reason = faults.Text(process.Required("reason", end.Reason, process.TextLimit))
	if !p.Done && !slices.Contains(listed, end.Cause) && (len(listed) > 0 || end.Cause != "") {
		faults.Note(process.RefuseField("cause", "请选择原因。", "Choose one of the reasons that the definition lists."))
	}
	var err error
	p.Attachments, err = process.PutOnRecord(p.Attachments, files, env.Uploads, call, process.Place{})
	faults.Note(err)
	faults.Note(env.Definition.Terminate(p.traveller(env), end, call))
	if err := faults.Err(); err != nil {
		return process.Decision[Project]{}, err
	}
	p.Pool, p.NextContactOn = nil, clock.Date{}
	return process.Decision[Project]{After: p, Reason: end.Reason, Notices: process.TellTeam(&before, process.NoticeClosed)}, nil
}
