package hazard

import "github.com/parkway-zone/parkway/domain/process"

// NudgeName is the name of Nudge.
const NudgeName process.Name = "hazard.nudge"

// Nudge urges the holder on (催办). It is recorded, and possible once in process.NudgeEvery.
type Nudge struct {
	Text string `json:"text"`
}

// Name returns "hazard.nudge".
func (Nudge) Name() process.Name { return NudgeName }

// Decide refuses a second nudge within a day, and one to oneself.
func (c Nudge) Decide(before Hazard, call process.Call, _ Env) (process.Decision[Hazard], error) {
	h := before.clone()
	text, err := process.Optional("text", c.Text, process.TextLimit)
	if err == nil {
		err = h.Case.Nudge(call)
	}
	if err != nil {
		return process.Decision[Hazard]{}, err
	}
	return process.Decision[Hazard]{After: h, Reason: text, Notices: []process.Notice{
		{Kind: process.NoticeNudge, ToKind: h.Holder.Kind, ToID: h.Holder.ID}}}, nil
}
