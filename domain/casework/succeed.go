package casework

import (
	"github.com/parkway-zone/parkway/domain/process"
)

// SucceedVerb is what Succeed does.
const SucceedVerb process.Verb = "succeed"

// Succeed puts a person into every place that somebody who leaves has on the case (离任交接): each function on its team, and who has it in hand.
type Succeed struct {
	FromID string `json:"from_id" doc:"Who leaves."`
	ToID   string `json:"to_id" doc:"Who takes their place."`
	Reason string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why."`
}

// About says that it comes with somebody's departure, on all their cases.
func (Succeed) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(SucceedVerb), Any: process.Of(admin), Readers: process.Offices, By: process.ByBatch}
}

// Mentions returns both people.
func (c Succeed) Mentions() []string { return []string{c.FromID, c.ToID} }

// Act refuses a closed case, a successor who cannot have one of the places, and somebody who has none.
func (c Succeed) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	if err := open(header); err != nil {
		return process.Deed{}, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return process.Deed{}, err
	}
	heir, err := c.heir(on, env)
	if err != nil {
		return process.Deed{}, err
	}
	moved := false
	for _, post := range on.Team() {
		if *post.ID != c.FromID {
			continue
		}
		if !post.Suits(heir.Roles) {
			return process.Deed{}, process.RefuseField("to_id", heir.Name+"不担任这一岗位，请为这件事另选一人。", heir.Name+" does not have the role for this; choose somebody else for this case.")
		}
		*post.ID, *post.Person, moved = heir.ID, heir.Name, true
	}
	lent := header.DelegatedBy
	if lent != nil && lent.ID == c.FromID {
		back := heir.Holds(lent.Since)
		lent, moved = &back, true
	}
	if header.Holder != nil && header.Holder.ID == c.FromID {
		if OnlyLooksOn(heir.Roles) {
			return process.Deed{}, process.RefuseField("to_id", heir.Name+"只能查看，不能办理，请另选一人。", heir.Name+" may only look on; choose somebody else.")
		}
		header.GiveTo(heir, call.OccurredAt)
		moved = true
	}
	if r, ok := on.(process.Reseated); ok {
		r.Reseated()
	}
	header.DelegatedBy = lent
	if !moved {
		return process.Deed{}, process.Unmoved()
	}
	return process.Deed{Reason: reason, Notices: []process.Notice{{Kind: process.NoticeAssigned, ToKind: process.HeldByPerson, ToID: heir.ID}}}, nil
}

// heir is who takes the place: of the staff, or for an enterprise's contact somebody of the same enterprise.
func (c Succeed) heir(on process.Subject, env process.Env) (process.Party, error) {
	heir, err := env.Directory.Find(process.HeldByPerson, c.ToID)
	switch {
	case err != nil:
		return heir, process.Pointing(err, "to_id")
	case c.FromID == c.ToID:
		return heir, process.RefuseField("to_id", "请选择另一个人。", "Choose somebody else.")
	case heir.EnterpriseID != "" && !on.Header().Addresses(heir.EnterpriseID):
		return heir, process.RefuseField("to_id", "只能交给园区工作人员，或这件事自己的企业的人。", "Choose somebody of the zone's staff, or of the case's own enterprise.")
	}
	return heir, nil
}
