package process

import (
	"cmp"
	"slices"

	"github.com/parkway-zone/parkway/domain/ladder"
)

// Successor returns who gets a case that would go to a person by itself: that person while their account is in use; else the head of their
// section, else the leader in charge of the case, else the first leader, else the first administrator, each only with an account in use. The
// door puts them into the directory when somebody's account has ended. With nobody to be found, and for bodies, it is the party itself.
func (d Directory) Successor(party Party, inCharge string) Party {
	known, ok := d[party.ID]
	if !ok || party.Kind != HeldByPerson || !known.Disabled {
		return party
	}
	for _, id := range []string{known.HeadID, inCharge} {
		if heir, ok := d[id]; ok && heir.inUse() {
			return heir
		}
	}
	for _, role := range []Role{Leader, Administrator} {
		if heirs := d.inUse(role); len(heirs) > 0 {
			return heirs[0]
		}
	}
	return party
}

func (p Party) inUse() bool {
	return p.Kind == HeldByPerson && !p.Disabled && p.EnterpriseID == "" && !slices.Contains(p.Roles, Enterprise)
}

// inUse returns the people of the role whose accounts are in use, always in the same order.
func (d Directory) inUse(role Role) []Party {
	found := []Party{}
	for _, p := range d {
		if p.inUse() && slices.Contains(p.Roles, role) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b Party) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return found
}

// PassedOn says in the event that a case went to somebody else than the one it was meant for, after the actor's own words.
func PassedOn(words string, meant, to Party) string {
	passed := meant.Name + "的账号已停用，转给" + to.Name + "。"
	if words == "" {
		return passed
	}
	return words + "（" + passed + "）"
}

// Ended tells the leader in charge, or all leaders, that somebody responsible for the case has an account that has ended: a new one must be named.
func (p People) Ended() []Notice { return p.TellLeader(NoticeEnded) }

// TellLeader tells the leader in charge, or all leaders.
func (p People) TellLeader(kind string) []Notice {
	notices := p.reach(ladder.Leader)
	for i := range notices {
		notices[i].Kind = kind
	}
	return notices
}
