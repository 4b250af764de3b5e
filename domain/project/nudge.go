package project

import "github.com/parkway-zone/parkway/domain/process"

// NudgeName is the name of Nudge.
const NudgeName process.Name = "project.nudge"

// Nudge urges the holder on (催办). It is recorded, and possible once in process.NudgeEvery.
type Nudge struct {
	Text string `json:"text"`
}

// Name returns "project.nudge".
func (Nudge) Name() process.Name { return NudgeName }

// Decide refuses a second nudge within a day, and one to oneself.
func (c Nudge) Decide(before Project, call process.Call, _ Env) (process.Decision[Project], error) {
	p := before.clone()
	text, err := process.Optional("text", c.Text, process.TextLimit)
	if err == nil {
		err = p.Case.Nudge(call)
	}
	if err != nil {
		return process.Decision[Project]{}, err
	}
	return process.Decision[Project]{After: p, Reason: text, Notices: []process.Notice{
		{Kind: process.NoticeNudge, ToKind: p.Holder.Kind, ToID: p.Holder.ID}}}, nil
}
