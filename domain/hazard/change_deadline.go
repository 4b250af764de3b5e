package hazard

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// ChangeDeadlineName is the name of ChangeDeadline.
const ChangeDeadlineName process.Name = "hazard.change_deadline"

// ChangeDeadline moves the day of the round under way. Old day, new day, who and why stay in the history.
type ChangeDeadline struct {
	DueOn  clock.Date `json:"due_on"`
	Reason string     `json:"reason"`
}

// Name returns "hazard.change_deadline".
func (ChangeDeadline) Name() process.Name { return ChangeDeadlineName }

// Decide refuses more changes than the definition allows.
func (c ChangeDeadline) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if most := env.Definition.MaxDeadlineChanges; h.DeadlineChanges >= most {
		return none, process.Refuse(process.WrongState, fmt.Sprintf("期限最多调整 %d 次。", most), fmt.Sprintf("The deadline can be changed %d times at most.", most))
	}
	if err := env.Definition.ChangeDeadline(h.turner(env), c.DueOn, reason, call); err != nil {
		return none, err
	}
	h.DeadlineChanges++
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: []process.Notice{
		{Kind: process.NoticeDeadline, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID},
		{Kind: process.NoticeDeadline, ToKind: process.HeldByPerson, ToID: h.SupervisorID}}}, nil
}
