package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// AskWaiver asks a leader to waive a requirement of the present gate until a day (申请容缺). Whoever asks cannot grant it. What is asked becomes a small case in the
// hands of the leader who decides (package waiver, docs/decisions/0076).
type AskWaiver struct {
	Requirement string     `json:"requirement" ask:"choose,required" doc:"A requirement of the present gate that may be waived." example:"filing"`
	Reason      string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"已受理，承诺月底补齐。"`
	Until       clock.Date `json:"until" ask:"day,required" doc:"Until which day." example:"2024-12-31"`
	Decider     string     `json:"decider_id,omitempty" ask:"person,required,from=leaders,not=me" doc:"The leader who decides; the project's leader when left out."`
}

// AskWaiverName is the name of AskWaiver.
const AskWaiverName process.Name = "project.ask_waiver"

// The small case that a request becomes; a project knows no more of it (package waiver knows projects).
const (
	WaiverKind   process.Kind = "waiver"
	OpenWaiver   process.Name = "waiver.open"
	SettleWaiver process.Name = "waiver.settle"
)

// WaiverAsked is what a request is opened with.
type WaiverAsked struct {
	Project     string       `json:"project" maxLength:"60"`
	Requirement string       `json:"requirement" maxLength:"60"`
	Name        process.Text `json:"name" doc:"What the definition calls the requirement."`
	Reason      string       `json:"reason" maxLength:"4000"`
	Until       clock.Date   `json:"until"`
	ByID        string       `json:"by_id" maxLength:"60"`
	ByName      string       `json:"by_name" maxLength:"200"`
	Decider     string       `json:"decider_id" maxLength:"60"`
}

// WaiverSettled is how a request ended without being decided where it stands.
type WaiverSettled struct {
	Granted bool       `json:"granted"`
	Until   clock.Date `json:"until,omitzero"`
	Says    string     `json:"says" maxLength:"4000"`
	By      string     `json:"by" maxLength:"200"`
}

// About says who may, and who reads of it.
func (AskWaiver) About() process.About {
	return process.About{Name: AskWaiverName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Duty: process.Asks, Readers: process.Offices}
}

// Concerns is the requirement.
func (c AskWaiver) Concerns() string { return c.Requirement }

// PassesGate is true: what stands in the way decides what can be waived.
func (AskWaiver) PassesGate() bool { return true }

// Mentions returns who decides.
func (c AskWaiver) Mentions() []string { return []string{c.Decider} }

// Fits says that something that is missing could be waived.
func (AskWaiver) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.underWay() && p.lacks(env, func(i lifecycle.Item) bool { return i.Waivable && !i.WaiverAsked() }) > 0)
}

// Ask offers what may be waived of the present gate and is missing, and begins with the project's leader.
func (AskWaiver) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	if f.Path == "decider_id" {
		f.Value = p.LeaderID
	}
	return requirements(f, p, env, func(r lifecycle.Requirement) bool { return r.Waivable }), true
}

// Decide refuses requirements that cannot be waived, a day in the past, and a second request for the same. The leader who decides gets it in hand.
func (c AskWaiver) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := process.UnderWay(&p.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	if open, ok := waiting(env.Children, c.Requirement); ok {
		faults.Note(process.AskedAlready(open.Number).At("requirement"))
	}
	decider, err := c.decider(p, call, env)
	faults.Note(err)
	name := process.Text{}
	reason, err := p.waiver(c.Requirement, c.Reason, c.Until, call, env, func(stage lifecycle.Stage, asked lifecycle.Answer) error {
		requirement, _ := stage.Requirement(c.Requirement) // refused by what follows where there is none
		name = requirement.Name
		return p.Journey.AskWaiver(stage, asked, p.view(env, call.Day()))
	})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	opened := WaiverAsked{Project: p.ID, Requirement: c.Requirement, Name: name, Reason: reason, Until: c.Until, ByID: call.Actor.ID, ByName: call.Actor.Name, Decider: decider}
	if call.Actor.Type == process.Import { // whoever loaded it asked for nothing
		opened.ByID, opened.ByName = p.ManagerID, p.ManagerName
	}
	return process.Decision[Project]{After: p, Reason: reason, Follow: []process.FollowUp{{Kind: WaiverKind, Command: OpenWaiver, Input: opened}}}, nil
}

// decider is the leader who decides: the one named, else the project's. Nobody decides what they asked for.
func (c AskWaiver) decider(p Project, call process.Call, env Env) (string, error) {
	id := c.Decider
	if id == "" && p.LeaderID != call.Actor.ID {
		id = p.LeaderID
	}
	switch id {
	case "":
		return "", process.RefuseField("decider_id", "请选择由哪位领导批复。", "Choose the leader who decides.")
	case call.Actor.ID:
		return "", process.Refuse(process.SamePerson, "申请人不能批复自己的申请，请选择别的领导。", "Nobody decides what they asked for; choose another leader.").At("decider_id")
	case p.LeaderID:
		return id, nil
	}
	party, err := env.Directory.Staff(id, "decider_id")
	if err != nil {
		return "", err
	}
	if !slices.Contains(party.Roles, process.Leader) {
		return "", process.RefuseField("decider_id", "请选择一位领导。", "Choose a leader.")
	}
	return id, nil
}

// waiting is the request for a waiver of the requirement that nobody has decided.
func waiting(children []process.Child, requirement string) (process.Child, bool) {
	i := slices.IndexFunc(children, func(c process.Child) bool { return c.Kind == WaiverKind && c.Slot == requirement && !c.Done })
	if i < 0 {
		return process.Child{}, false
	}
	return children[i], true
}

// settled ends the request for a waiver of the requirement that waits, if there is one.
func settled(children []process.Child, requirement string, s WaiverSettled) []process.FollowUp {
	open, ok := waiting(children, requirement)
	if !ok {
		return nil
	}
	return []process.FollowUp{{Kind: WaiverKind, CaseID: open.ID, Command: SettleWaiver, Input: s}}
}
