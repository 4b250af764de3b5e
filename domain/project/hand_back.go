package project

import "github.com/parkway-zone/parkway/domain/process"

// HandBackName is the name of HandBack.
const HandBackName process.Name = "project.hand_back"

// HandBack returns a delegated project to whoever delegated it, with a word on what was done.
type HandBack struct {
	Text string `json:"text"`
}

// Name returns "project.hand_back".
func (HandBack) Name() process.Name { return HandBackName }

// Decide refuses a project that was not delegated to the actor.
func (c HandBack) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	text, err := process.Required("text", c.Text, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Holder == nil || p.Holder.ID != call.Actor.ID {
		return none, process.Taken(p.Holder)
	}
	if p.DelegatedBy == nil {
		return none, process.Refuse(process.WrongState, "这件事没有委托给你。", "It was not delegated to you.")
	}
	to := *p.DelegatedBy
	return p.goesTo(process.Party{Kind: to.Kind, ID: to.ID, Name: to.Name}, call, env, text), nil
}
