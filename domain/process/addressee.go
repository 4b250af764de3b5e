package process

import (
	"slices"
	"strings"
)

// Addressee is a further enterprise that a case is addressed to, beside the one that it is about: where one plant stands within another (厂中厂) what is found is put to the
// landlord and to the tenant, and both are bound (安全生产法 art. 49: the landlord coordinates and supervises what the tenant does). It is told, sees, may do and is
// written to as the first one; where the case is counted, and whose register it moves, stays with the first (decisions/0090).
type Addressee struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ElementName is the enterprise.
func (a Addressee) ElementName(int) string { return a.ID }

// Addresses reports whether the case is addressed to the enterprise: it is about it, or it is a further one.
func (c Case) Addresses(enterpriseID string) bool {
	return enterpriseID != "" && slices.Contains(c.Firms(), enterpriseID)
}

// Firms are the enterprises that the case is addressed to: the one that it is about, and the further ones.
func (c Case) Firms() []string {
	ids := []string{}
	for _, a := range c.Addressees() {
		ids = append(ids, a.ID)
	}
	return ids
}

// Addressees are they with their names.
func (c Case) Addressees() []Addressee {
	all := []Addressee{}
	if c.EnterpriseID != "" {
		all = append(all, Addressee{ID: c.EnterpriseID, Name: c.EnterpriseName})
	}
	return append(all, c.Also...)
}

// FirmNames are what they are called, one after the other.
func (c Case) FirmNames() string {
	names := []string{}
	for _, a := range c.Addressees() {
		names = append(names, a.Name)
	}
	return strings.Join(names, "、")
}

// FirmOf is what the enterprise of somebody who acts for it is called, where the case is addressed to several; "" else: there is nothing to tell apart.
func (c Case) FirmOf(a Actor) string {
	if len(c.Also) == 0 || !a.Has(Enterprise) {
		return ""
	}
	if a.EnterpriseID == c.EnterpriseID {
		return c.EnterpriseName
	}
	i := slices.IndexFunc(c.Also, func(other Addressee) bool { return other.ID == a.EnterpriseID })
	if i < 0 {
		return ""
	}
	return c.Also[i].Name
}

// MostAddressees is to how many further enterprises a case can be addressed: as many as sit on one site at the most that anybody has heard of.
const MostAddressees = 9

// Address addresses the case to a further enterprise as well. It refuses a case that is about none, and one that it is addressed to already.
func (c *Case) Address(firm Party) error {
	switch {
	case c.EnterpriseID == "":
		return Refuse(WrongState, "这件事没有对应的企业，不能再下达给别的企业。", "The case is about no enterprise, so there is no further one.")
	case firm.ID == c.EnterpriseID:
		return Refuse(InvalidInput, firm.Name+"就是这件事对应的企业，不用再下达。", firm.Name+" is the enterprise that the case is about already.")
	case c.Addresses(firm.ID):
		return Refuse(NothingChanged, "已经下达给"+firm.Name+"。", "It is addressed to "+firm.Name+" already.")
	case len(c.Also) >= MostAddressees:
		return Refuse(WrongState, "一件事最多下达给十家企业。", "A case is addressed to ten enterprises at most.")
	}
	c.Also = append(slices.Clone(c.Also), Addressee{ID: firm.ID, Name: firm.Name})
	return nil
}

// Unaddress takes a further enterprise off, and reports whether it was one.
func (c *Case) Unaddress(id string) bool {
	kept := slices.DeleteFunc(slices.Clone(c.Also), func(a Addressee) bool { return a.ID == id })
	if len(kept) == len(c.Also) {
		return false
	}
	if c.Also = kept; len(kept) == 0 {
		c.Also = nil
	}
	return true
}

// Became lets the case name an enterprise in the place of one that was merged into it, wherever it is addressed to that, and each of them once. It reports whether
// anything changed.
func (c *Case) Became(was string, firm Party) bool {
	if was == firm.ID && c.EnterpriseID == firm.ID || !c.Addresses(was) {
		return false
	}
	also := []Addressee{}
	if c.EnterpriseID == was {
		c.EnterpriseID, c.EnterpriseName = firm.ID, firm.Name
	}
	for _, a := range c.Also {
		if a.ID == was {
			a = Addressee{ID: firm.ID, Name: firm.Name}
		}
		if a.ID != c.EnterpriseID && !slices.ContainsFunc(also, func(o Addressee) bool { return o.ID == a.ID }) {
			also = append(also, a)
		}
	}
	if c.Also = also; len(also) == 0 {
		c.Also = nil
	}
	return true
}

// ToEach lets every notice that reaches somebody by the enterprise that the case is about, its contacts, who looks after it, whom it answers to, reach the same
// of each further one: whatever the rule is that tells the first, the others hear it too. What waits for one of them waits for all, so what is said to the one
// that has it in hand is said to each, whichever that is.
func (c Case) ToEach(notices []Notice) []Notice {
	if len(c.Also) == 0 {
		return notices
	}
	all := make([]Notice, 0, len(notices)+len(c.Also))
	for _, n := range notices {
		all = append(all, n)
		holder := n.ToKind == HeldByEnterprise && slices.Contains(n.As, AsHolder)
		if n.ToID != c.EnterpriseID && (!holder || !c.Addresses(n.ToID)) {
			continue
		}
		for _, firm := range c.Firms() {
			if one := n; firm != n.ToID {
				one.ToID = firm
				all = append(all, one)
			}
		}
	}
	return all
}
