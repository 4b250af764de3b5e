package project

import "github.com/parkway-zone/parkway/domain/process"

// AssignName is the name of Assign.
const AssignName process.Name = "project.assign"

// Assign names a person of the project's team: its manager 责任人, leader 包保领导 or liaison officer 联络员.
type Assign struct {
	Role   string `json:"role"` // manager, leader or liaison
	UserID string `json:"user_id"`
	Reason string `json:"reason"`
}

// Name returns "project.assign".
func (Assign) Name() process.Name { return AssignName }

// Mentions returns the person.
func (c Assign) Mentions() []string { return []string{c.UserID} }

// Decide moves the ball to a new manager when the old one had it, or whoever took the old one's place. It refuses somebody who is not active staff.
func (c Assign) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if p.Done {
		return none, process.Refuse(process.Closed, "项目已经结束。", "The project is closed.").After(process.MovedDone)
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	person, err := staff(env, c.UserID, "user_id")
	if err != nil {
		return none, err
	}
	var id, name *string
	switch c.Role {
	case "manager":
		id, name = &p.ManagerID, &p.ManagerName
	case "leader":
		id, name = &p.LeaderID, &p.LeaderName
	case "liaison":
		id, name = &p.LiaisonID, &p.LiaisonName
	default:
		return none, process.RefuseField("role", "请选择责任人、包保领导或联络员。", "Choose manager, leader or liaison officer.")
	}
	if *id == person.ID {
		return none, process.Refuse(process.NothingChanged, person.Name+"已经担任这一角色。", person.Name+" has this role already.").At("user_id")
	}
	if c.Role == "manager" && p.Holder != nil && p.Holder.ID == env.Directory.Successor(p.manager(), p.LeaderID).ID {
		p.HandTo(person, call.OccurredAt)
	}
	*id, *name = person.ID, person.Name
	return process.Decision[Project]{After: p, Reason: reason,
		Notices: []process.Notice{{Kind: process.NoticeHandedTo, ToKind: process.HeldByPerson, ToID: person.ID}}}, nil
}
