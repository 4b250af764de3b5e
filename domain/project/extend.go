package project

import "github.com/parkway-zone/parkway/domain/process"

// ExtendName is the name of Extend.
const ExtendName process.Name = "project.extend"

// Extend gives the present stage more time, in the unit of its limit (working days, days or months).
type Extend struct {
	Amount int    `json:"amount"`
	Reason string `json:"reason"`
}

// Name returns "project.extend".
func (Extend) Name() process.Name { return ExtendName }

// Decide refuses a stage without a deadline, and a project that stands still.
func (c Extend) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err == nil {
		err = env.Definition.Extend(p.traveller(env), c.Amount, reason, call)
	}
	if err != nil {
		return process.Decision[Project]{}, err
	}
	return process.Decision[Project]{After: p, Reason: reason, Notices: p.teamNotices(process.NoticeDeadline)}, nil
}
