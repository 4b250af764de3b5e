package process

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/ladder"
)

// People are the parties of a case whom a ladder can mean.
type People struct {
	Holder       *Holder
	ManagerID    string // or the safety supervisor
	LeaderID     string // "": all leaders
	LiaisonID    string // "": the enterprise's liaison officer
	EnterpriseID string
	AgentIDs     []string // of agents who run it beside whoever manages it; they are told what that one is
}

// Notices turns the steps that fired together into who is told what: one notice per audience, the most severe first, so that somebody
// reached in three roles reads the most important sentence.
func (p People) Notices(steps []ladder.Step) []Notice {
	ordered := slices.Clone(steps)
	slices.SortStableFunc(ordered, func(a, b ladder.Step) int { return ladder.Severity(b.Act) - ladder.Severity(a.Act) })
	var notices []Notice
	for _, s := range ordered {
		for _, audience := range s.To {
			for _, n := range p.reach(audience) {
				n.Kind, n.Level, n.Rung, n.Act = noticeKind(s), s.Level, s.ID, s.Act
				notices = gathered(notices, n)
			}
		}
	}
	return notices
}

// gathered adds a notice, or, where its party is told already, what it is told as.
func gathered(notices []Notice, n Notice) []Notice {
	i := slices.IndexFunc(notices, func(other Notice) bool { return other.ToKind == n.ToKind && other.ToID == n.ToID })
	if i < 0 {
		return append(notices, n)
	}
	for _, as := range n.As {
		if !slices.Contains(notices[i].As, as) {
			notices[i].As = append(notices[i].As, as)
		}
	}
	return notices
}

// IsFloor reports whether a rung's id is one of the floor rhythm.
func IsFloor(id string) bool { return strings.HasPrefix(id, ladder.FloorID+"#") }

func noticeKind(s ladder.Step) string {
	switch s.Act {
	case ladder.FlagOverdue:
		return NoticeOverdue
	case ladder.SupervisionOrder, ladder.Interview, ladder.Refer, ladder.List:
		return NoticeEscalate
	case ladder.Remind:
		if s.Late {
			return NoticeStill
		}
	}
	return NoticeReminder
}

// reach says where an audience is found.
func (p People) reach(a ladder.Audience) []Notice {
	as := Function(a)
	if a == ladder.Supervisor {
		as = AsManager
	}
	to := func(kind HolderKind, id string) []Notice {
		if id == "" {
			return nil
		}
		return []Notice{{ToKind: kind, ToID: id, As: []Function{as}}}
	}
	switch a {
	case ladder.Holder:
		if p.Holder != nil && p.Holder.Kind != HeldOutside {
			return to(p.Holder.Kind, p.Holder.ID)
		}
	case ladder.Contact:
		return to(HeldByEnterprise, p.EnterpriseID)
	case ladder.Manager, ladder.Supervisor:
		notices := to(HeldByPerson, p.ManagerID)
		for _, id := range p.AgentIDs {
			notices = append(notices, Notice{ToKind: HeldByPerson, ToID: id, As: []Function{AsAgent}})
		}
		return notices
	case ladder.SectionHead:
		return to(ToHead, p.ManagerID)
	case ladder.Liaison:
		if p.LiaisonID != "" {
			return to(HeldByPerson, p.LiaisonID)
		}
		return to(ToLiaison, p.EnterpriseID)
	case ladder.Leader:
		if p.LeaderID != "" {
			return to(HeldByPerson, p.LeaderID)
		}
		return to(ToRole, string(Leader))
	case ladder.Department:
		return to(ToRegulator, p.EnterpriseID)
	}
	return nil
}

// Concerned are who is told when the machinery moves a case: whoever has it, and whoever manages it.
func (p People) Concerned() []Notice {
	var notices []Notice
	for _, n := range append(p.reach(ladder.Holder), p.reach(ladder.Manager)...) {
		notices = gathered(notices, n)
	}
	return notices
}

// TellShared tells the enterprise of words that staff share with it: what is written for it must not lie unread.
func TellShared(call Call, enterpriseID string) []Notice {
	if call.Audience != Shared || call.Actor.Has(Enterprise) {
		return nil
	}
	return []Notice{{Kind: NoticeComment, ToKind: HeldByEnterprise, ToID: enterpriseID, As: []Function{AsContact}}}
}
