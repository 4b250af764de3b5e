package project

import (
	"github.com/parkway-zone/parkway/domain/process"
)

// HandOverName is the name of HandOver.
const HandOverName process.Name = "project.hand_over"

// HandOver gives the ball to a person, a unit or the project's enterprise: who has to act next.
type HandOver struct {
	ToKind process.HolderKind `json:"to_kind"`
	ToID   string             `json:"to_id"`
	Reason string             `json:"reason"`
}

// Name returns "project.hand_over".
func (HandOver) Name() process.Name { return HandOverName }

// Mentions returns the receiver.
func (c HandOver) Mentions() []string { return []string{c.ToID} }

// Decide refuses another enterprise than the project's, and the present holder.
func (c HandOver) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if p.Done {
		return none, process.Refuse(process.Closed, "项目已经结束。", "The project is closed.").After(process.MovedDone)
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	party, err := env.Directory.Find(c.ToKind, c.ToID)
	switch {
	case err != nil:
		return none, process.Pointing(err, "to_id")
	case party.Kind == process.HeldByEnterprise && party.ID != p.EnterpriseID,
		party.EnterpriseID != "" && party.EnterpriseID != p.EnterpriseID:
		return none, process.RefuseField("to_id", "只能交给这个项目自己的企业。", "Only the project's own enterprise can be given it.")
	case party.Kind == process.HeldByPerson && onlyLooksOn(party.Roles):
		return none, process.RefuseField("to_id", party.Name+"只能查看，不能办理，请另选一人。", party.Name+" may only look on; choose somebody else.")
	case p.Holder != nil && p.Holder.ID == party.ID:
		return none, process.Refuse(process.NothingChanged, "现在就在"+party.Name+"手里。", party.Name+" has it already.").At("to_id")
	}
	p.HandTo(party, call.OccurredAt)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// onlyLooksOn reports whether somebody with the roles can do nothing with a project: auditors and administrators.
func onlyLooksOn(roles []process.Role) bool {
	for _, r := range roles {
		if r != process.Auditor && r != process.Administrator {
			return false
		}
	}
	return len(roles) > 0
}
