package casework

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// HeedVerb is what Heed does.
const HeedVerb process.Verb = "heed"

// Heed is the machinery's command: the case that this one belongs to has moved on, or another person manages it. It follows from every deed that does so to a
// case with open children.
type Heed struct {
	ManagerWas string     `json:"manager_was,omitempty" doc:"Who managed the case that it belongs to, where that is another person now."`
	TitleWas   string     `json:"title_was,omitempty" doc:"What the case that it belongs to was called, where it has another name now."`
	BeganWas   clock.Date `json:"began_was,omitzero" doc:"When what that case is about began in the world, where another day is recorded now, or none."`
	Names      string     `json:"names,omitempty" doc:"The case that is called otherwise now, or goes on within another one, where this one names it and does not belong to it: by its id."`
	Within     string     `json:"within,omitempty" doc:"The case that it goes on within, by its id; none: it stands by itself."`
	Addressed  bool       `json:"addressed,omitempty" doc:"To whom the case that it belongs to is addressed has changed."`
	Rearm      bool       `json:"rearm,omitempty" doc:"What happens in the case by itself was not watched for: an upgrade brought it."`
}

// Refers is the case that is named from now on, where this one names another: the door looks it up.
func (c Heed) Refers() string {
	if c.Within != "" {
		return c.Within
	}
	return c.Names
}

// About says that nobody issues it: it only follows from another deed.
func (Heed) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(HeedVerb), By: process.ByBatch, Follows: true, Readers: process.Offices}
}

// Act asks the case what that is to it, and refuses when it is nothing.
func (c Heed) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	if c.Names != "" {
		return c.refer(on, env)
	}
	if c.Rearm {
		return rearm(on, call, env)
	}
	if env.Found.Parent == nil {
		return process.Deed{}, process.Unmoved()
	}
	called := c.called(on, *env.Found.Parent, env)
	if r, ok := on.(process.Readdressed); ok && c.Addressed && r.Readdress(*env.Found.Parent) {
		called = process.Joined(called, belongsTo(*env.Found.Parent)+"的下达对象有变化："+env.Found.Parent.FirmNames())
	}
	if r, ok := on.(process.Rebeginning); ok && !c.BeganWas.IsZero() {
		if why := r.Rebegin(c.BeganWas, *env.Found.Parent, call, env); why != "" {
			if !on.Header().Done {
				c.carried(on, *env.Found.Parent, call, env) // one deed may have moved the day, the name and who manages it
			}
			if called != "" {
				why += "；" + called
			}
			process.Follow(on, call, env)
			return process.Deed{Reason: why}, nil
		}
	}
	if on.Header().Done {
		if called == "" {
			return process.Deed{}, process.Unmoved()
		}
		return process.Deed{Reason: called}, nil
	}
	reason := c.carried(on, *env.Found.Parent, call, env)
	if h, ok := on.(process.Heeding); ok {
		if why := h.Heed(*env.Found.Parent, call, env); why != "" {
			reason = why
		}
	}
	if reason == "" {
		reason = called
	}
	if reason == "" {
		return process.Deed{}, process.Unmoved()
	}
	if on.Header().Done {
		notices := process.TellTeam(on, process.NoticeClosed)
		if s, ok := on.(process.Sending); ok {
			notices = append(notices, s.TellOther(process.NoticeClosed)...)
		}
		return process.Deed{Reason: reason, Notices: notices}, nil
	}
	process.Follow(on, call, env)
	return process.Deed{Reason: reason}, nil
}

// refer lets a case that names another one name it as it is now.
func (c Heed) refer(on process.Subject, env process.Env) (process.Deed, error) {
	naming, ok := on.(process.Referring)
	if !ok || len(env.Found.Others) == 0 {
		return process.Deed{}, process.Unmoved()
	}
	reason := naming.Refer(c.Names, env.Found.Others[0])
	if reason == "" {
		return process.Deed{}, process.Unmoved()
	}
	return process.Deed{Reason: reason}, nil
}

// rearm lets an open case wake for what happens in it by itself, where it does not yet.
func rearm(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	was := header.Wake
	if !header.Done {
		process.Follow(on, call, env)
	}
	if header.Done || header.Wake == was {
		return process.Deed{}, process.Unmoved()
	}
	return process.Deed{Reason: "系统升级：到期的事由系统自动办理"}, nil
}

// called lets a case whose title says what it belongs to follow that one's new name, also once it is closed, and returns why; it is found by the old title too.
func (c Heed) called(on process.Subject, parent process.Parent, env process.Env) string {
	t, ok := on.(process.Retitled)
	if !ok || c.TitleWas == "" {
		return ""
	}
	header := on.Header()
	title := t.TitleUnder(parent, env)
	if title == header.Title {
		return ""
	}
	header.Rename(title)
	return belongsTo(parent) + "改名为" + parent.Title
}

// carried gives the case to whoever manages the one that it belongs to now, where it was managed by whoever did before, and returns why; "" where somebody of
// its own runs it.
func (c Heed) carried(on process.Subject, parent process.Parent, call process.Call, env process.Env) string {
	person, known := env.Directory[parent.Team.ManagerID]
	if c.ManagerWas == "" || !known || person.ID == c.ManagerWas {
		return ""
	}
	for _, post := range on.Team() {
		if post.Name != "manager" || *post.ID != c.ManagerWas {
			continue
		}
		old, header := process.Party{Kind: process.HeldByPerson, ID: *post.ID, Name: *post.Person}, on.Header()
		if post.Carries && header.Holder != nil && header.Holder.ID == env.Directory.Successor(old, on.People().LeaderID).ID {
			header.GiveTo(person, call.OccurredAt)
		}
		*post.ID, *post.Person = person.ID, person.Name
		return belongsTo(parent) + "责任人改为" + person.Name
	}
	return ""
}

// belongsTo is what the case that another one belongs to is called in that one's history.
func belongsTo(parent process.Parent) string {
	if parent.Kind == "project" {
		return "项目"
	}
	return "所属事项"
}
