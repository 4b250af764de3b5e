package casework

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// HandOverVerb is what HandOver does.
const HandOverVerb process.Verb = "hand_over"

// HandOver gives the case to a person, a unit or its enterprise for good (转交): who has to act next.
type HandOver struct {
	ToKind process.HolderKind `json:"to_kind" enum:"person,unit,enterprise" doc:"What sort of party gets it."`
	ToID   string             `json:"to_id" ask:"party,required" doc:"Who gets it."`
	Reason string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What they are asked to do." example:"请出具消防意见。"`
}

// About says that whoever has a part in running a case may hand it over.
func (HandOver) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(HandOverVerb), Any: process.Of(leader), Own: process.With(process.Of(of.Role, dept, liaison), ss), Readers: process.Addressed}
}

// Mentions returns the receiver.
func (c HandOver) Mentions() []string { return []string{c.ToID} }

// Fits says that an open case can be handed over while it does not stand still.
func (HandOver) Fits(on process.Subject, actor process.Actor, _ process.Env) process.Fit {
	c := on.Header()
	switch {
	case c.Done || c.SuspendedSince != nil:
		return process.Not
	case holds(c, actor) && c.DelegatedBy == nil:
		return process.Beside
	}
	return process.Fits
}

// Act refuses another enterprise than the case's, and the present holder.
func (c HandOver) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	if err := movable(on); err != nil {
		return process.Deed{}, err
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	party, err := env.Directory.Find(c.ToKind, c.ToID)
	switch {
	case err != nil:
		faults.Note(process.Pointing(err, "to_id"))
	case party.Kind == process.HeldByEnterprise && !header.Addresses(party.ID),
		party.EnterpriseID != "" && !header.Addresses(party.EnterpriseID):
		faults.Note(process.RefuseField("to_id", "只能交给这件事自己的企业。", "Only the case's own enterprise can be given it."))
	case party.Kind == process.HeldByPerson && OnlyLooksOn(party.Roles):
		faults.Note(process.RefuseField("to_id", party.Name+"只能查看，不能办理，请另选一人。", party.Name+" may only look on; choose somebody else."))
	case asked(on, party):
		faults.Note(process.Refuse(process.SamePerson, party.Name+"是申请人，不能交给申请人自己办理。", party.Name+" asked for it, and can do nothing with it.").At("to_id"))
	case (party.Kind == process.HeldByEnterprise || party.EnterpriseID != "") && unheard(on):
		faults.Note(process.RefuseField("to_id", "还没有下达通知，企业还不能办理，不能交给企业。", "No notice was issued yet: the enterprise can do nothing with it."))
	case header.Holder != nil && header.Holder.ID == party.ID:
		faults.Note(process.Refuse(process.NothingChanged, "现在就在"+party.Name+"手里。", party.Name+" has it already.").At("to_id"))
	}
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	header.GiveTo(party, call.OccurredAt)
	return process.Deed{Reason: reason}, nil
}

// asked reports whether the case is what the party has asked for, which somebody else decides.
func asked(on process.Subject, party process.Party) bool {
	p, is := on.(interface{ Asker(d process.Duty) []string })
	return is && slices.Contains(p.Asker(process.Asks), party.ID)
}

// unheard reports whether the case's enterprise was not told of it yet.
func unheard(on process.Subject) bool {
	h, is := on.(process.Heard)
	return is && !h.HeardOf()
}

// OnlyLooksOn reports whether somebody with the roles can do nothing with a case: auditors and administrators.
func OnlyLooksOn(roles []process.Role) bool {
	for _, r := range roles {
		if r != process.Auditor && r != admin {
			return false
		}
	}
	return len(roles) > 0
}
