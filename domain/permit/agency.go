package permit

import (
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// has reports whether somebody is one of the agents, on whatever day.
func (a *Agency) has(id string) bool {
	return a != nil && slices.ContainsFunc(a.Agents, func(g Agent) bool { return g.ID == id })
}

// posts are the agents' places on the team, until the agreement has ended.
func (a *Agency) posts() []process.Post {
	if a == nil || !a.EndedOn.IsZero() {
		return nil
	}
	posts := make([]process.Post, 0, len(a.Agents))
	for i, name := range []string{"agent", "second_agent"}[:min(2, len(a.Agents))] {
		posts = append(posts, process.Post{Name: name, ID: &a.Agents[i].ID, Person: &a.Agents[i].Name, OneOf: ableRoles(), Carries: true, Beside: true})
	}
	return posts
}

// Reseated lets somebody who took an agent's place beside themselves be one agent.
func (p *Permit) Reseated() {
	if a := p.Agency; a != nil && len(a.Agents) > 1 {
		a.Agents = slices.CompactFunc(a.Agents, func(one, other Agent) bool { return one.ID == other.ID })
	}
}

// running are the agents by whom it is run now.
func (a *Agency) running() []string {
	if a == nil || a.BegunOn.IsZero() || !a.EndedOn.IsZero() {
		return nil
	}
	return ids(a.Agents)
}

// ableRoles are those of which an agent holds one: they may do what runs a permit.
func ableRoles() []process.Role {
	return process.Of(process.ProjectManager, process.LiaisonOfficer, process.Leader)
}

// runs reports whether the agents run the permit on the day.
func (a *Agency) runs(day clock.Date) bool {
	return a != nil && len(a.Agents) > 0 && !day.Before(a.From) && (a.Until.IsZero() || !day.After(a.Until))
}

// former tells the agents who are agents no longer under a new agreement.
func (a *Agency) former(next Agency) []process.Notice {
	var told []process.Notice
	if a == nil || !a.EndedOn.IsZero() {
		return told
	}
	for _, g := range a.Agents {
		if !next.has(g.ID) {
			told = append(told, process.Notice{Kind: process.NoticeAgency, ToKind: process.HeldByPerson, ToID: g.ID})
		}
	}
	return told
}

// Wakes is when the agreement with the agents begins or ends by itself; who may do what goes by the day alone.
func (p *Permit) Wakes() (at time.Time, name string) {
	switch a := p.Agency; {
	case a == nil || !a.EndedOn.IsZero() || a.Until.IsZero():
		return time.Time{}, ""
	case a.BegunOn.IsZero():
		return a.From.Start().Add(process.Morning), process.OwnWake + "agency/from/" + a.From.String()
	default:
		return a.Until.AddDays(1).Start().Add(process.Morning), process.OwnWake + "agency/until/" + a.Until.String()
	}
}

// Wake lets the agreement begin, when its agents get the permit from whoever runs it meanwhile; or end, when the permit goes back to whoever is responsible for it
// unless it lies with somebody else, and both sides are told.
func (p *Permit) Wake(call process.Call, env process.Env) process.Deed {
	agency := *p.Agency
	p.Agency = &agency
	if agency.BegunOn.IsZero() {
		agency.BegunOn = agency.From
		if p.Holder == nil || p.Holder.Kind != process.HeldByPerson || p.Holder.ID != p.ManagerID {
			return process.Deed{Reason: "代办协议 " + agency.Number + " 开始"}
		}
		deed := process.PassTo(p, p.runner(agency.From), call, env, "代办协议 "+agency.Number+" 开始")
		deed.Notices = append(deed.Notices, agents(agency)...)
		return deed
	}
	agency.EndedOn = agency.Until.AddDays(1)
	words := "代办协议 " + agency.Number + " 到 " + agency.Until.Chinese() + " 期满"
	deed := process.Deed{Reason: words}
	if p.Holder != nil && p.Holder.Kind == process.HeldByPerson && agency.has(p.Holder.ID) {
		deed = process.PassTo(p, process.Party{Kind: process.HeldByPerson, ID: p.ManagerID, Name: p.ManagerName}, call, env, words)
	}
	for _, id := range append([]string{p.ManagerID}, ids(agency.Agents)...) {
		if id != "" {
			deed.Notices = append(deed.Notices, process.Notice{Kind: process.NoticeAgency, ToKind: process.HeldByPerson, ToID: id})
		}
	}
	return deed
}

func ids(agents []Agent) []string {
	all := []string{}
	for _, a := range agents {
		all = append(all, a.ID)
	}
	return all
}
