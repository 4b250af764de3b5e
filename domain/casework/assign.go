package casework

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// AssignVerb is what Assign does.
const AssignVerb process.Verb = "assign"

// Assign names a person of the case's team: a project's manager 责任人, leader 包保领导 or liaison officer 联络员, a hazard's supervisor 安监员.
type Assign struct {
	Role   string `json:"role" ask:"choose,required,words=team" doc:"The function on the case's team." example:"manager"`
	UserID string `json:"user_id" ask:"person,required,from=workers" doc:"Who has it from now on."`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"分工调整"`
}

// About says that who runs a case, or a leader, may change its team.
func (Assign) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(AssignVerb), Any: process.Of(leader), Own: process.Of(of.Role), Readers: process.Offices}
}

// Mentions returns the person.
func (c Assign) Mentions() []string { return []string{c.UserID} }

// Fits says that it fits a case that has a team.
func (Assign) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	return process.FitsWhen(!on.Header().Done && len(on.Team()) > 0)
}

// Ask offers the functions of the case's team.
func (Assign) Ask(f process.Question, on process.Subject, _ process.Env) (process.Question, bool) {
	if f.Path != "role" {
		if team := on.Team(); f.Path == "user_id" && len(team) == 1 && team[0].Needs == ss {
			f.From = "supervisors"
		}
		return f, true
	}
	for _, post := range on.Team() {
		f.Choices = append(f.Choices, process.Choice{Value: post.Name})
	}
	if len(f.Choices) == 1 {
		f.Kind, f.Value = process.Seen, f.Choices[0].Value
	}
	return f, true
}

// Act moves the ball with a function that carries it, from whoever had it or took the place of whoever had it. It refuses somebody who cannot have it.
func (c Assign) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	pool, pooled := on.(process.Pooling)
	pooled = pooled && pool.InPool()
	if err := open(header); err != nil {
		return process.Deed{}, err
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	person := faults.Party(env.Directory.Staff(c.UserID, "user_id"))
	team := on.Team()
	at := slices.IndexFunc(team, func(p process.Post) bool { return p.Name == c.Role })
	if at < 0 {
		names := []string{}
		for _, p := range team {
			names = append(names, p.Name)
		}
		faults.Note(process.RefuseField("role", "请选择要调整的责任人。", "Choose one of the case's team: "+strings.Join(names, ", ")+"."))
	}
	if at >= 0 && person.ID != "" {
		faults.Note(unfit(team[at], person))
	}
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	post := team[at]
	old := process.Party{Kind: process.HeldByPerson, ID: *post.ID, Name: *post.Person}
	if pooled && post.Carries {
		header.GiveTo(person, call.OccurredAt)
		pool.LeavePool(call, env)
	}
	if post.Carries && header.Holder != nil && header.Holder.ID == env.Directory.Successor(old, on.People().LeaderID).ID {
		header.GiveTo(person, call.OccurredAt)
	}
	*post.ID, *post.Person = person.ID, person.Name
	if r, ok := on.(process.Reseated); ok {
		r.Reseated()
	}
	return process.Deed{Reason: reason, Notices: []process.Notice{{Kind: process.NoticeAssigned, ToKind: process.HeldByPerson, ToID: person.ID, As: []process.Function{post.Function()}}}}, nil
}

// unfit refuses somebody who cannot have the post, or has it.
func unfit(post process.Post, person process.Party) error {
	switch {
	case !post.Suits(person.Roles):
		return process.RefuseField("user_id", person.Name+"不担任这一岗位，请另选一人。", person.Name+" does not have the role for this; choose somebody else.")
	case *post.ID == person.ID:
		return process.Refuse(process.NothingChanged, person.Name+"已经担任这一角色。", person.Name+" has this role already.").At("user_id")
	}
	return nil
}
