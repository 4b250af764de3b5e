package casework

import "github.com/parkway-zone/parkway/domain/process"

// HandBackVerb is what HandBack does.
const HandBackVerb process.Verb = "hand_back"

// HandBack returns a case with a word on what was done: one that was delegated to whoever delegated it, one that a department was handed to whoever is
// responsible for it.
type HandBack struct {
	Text string `json:"text" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was done." example:"现场已看过，材料齐了。"`
}

// About says that whoever was asked may hand the case back.
func (HandBack) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(HandBackVerb), Own: process.Of(pm, ss, liaison, dept, leader), Readers: process.Offices}
}

// Fits says that it is the next step for whoever was asked, and lies beside a department's own work.
func (HandBack) Fits(on process.Subject, actor process.Actor, _ process.Env) process.Fit {
	c := on.Header()
	switch {
	case holds(c, actor) && c.DelegatedBy != nil:
		return process.Urges
	case c.SuspendedSince == nil && ownersOf(on, actor) != nil:
		return process.Beside
	}
	return process.Not
}

// Act refuses a case that was not delegated to the actor, and that the actor's department was not handed either.
func (c HandBack) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	text, err := process.Required("text", c.Text, process.TextLimit)
	if err != nil {
		return process.Deed{}, err
	}
	header := on.Header()
	if err := movable(on); err != nil {
		return process.Deed{}, err
	}
	to := ownersOf(on, call.Actor)
	switch {
	case holds(header, call.Actor) && header.DelegatedBy != nil:
		to = header.DelegatedBy
	case to != nil:
	case holds(header, call.Actor):
		return process.Deed{}, process.Refuse(process.WrongState, "这件事没有委托给你。", "It was not delegated to you.")
	default:
		return process.Deed{}, process.Taken(*header)
	}
	return process.PassTo(on, process.Party{Kind: to.Kind, ID: to.ID, Name: to.Name}, call, env, text), nil
}

// ownersOf is whoever is responsible for a case that the actor's department was handed, nil when it has nothing of it in hand.
func ownersOf(on process.Subject, actor process.Actor) *process.Holder {
	c := on.Header()
	if c.Done || c.Holder == nil || c.DelegatedBy != nil || !actor.Has(dept) || !c.HeldBy(actor) {
		return nil
	}
	id := on.People().ManagerID
	for _, post := range on.Team() {
		if id != "" && id != c.Holder.ID && id != actor.ID && *post.ID == id {
			return &process.Holder{Kind: process.HeldByPerson, ID: id, Name: *post.Person}
		}
	}
	return nil
}
