package casework

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// ReaddressVerb is what Readdress does.
const ReaddressVerb process.Verb = "readdress"

// Readdress says which enterprise the case is about, by its present name: after two records of one enterprise were merged, or it got another name.
// Closed cases follow too: they belong to the enterprise all the same.
type Readdress struct {
	EnterpriseID string `json:"enterprise_id" doc:"The enterprise."`
	Was          string `json:"was,omitempty" doc:"The further addressee that became it, by its id; none: the enterprise that the case is about did."`
	Reason       string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why."`
}

// About says that it comes with a change in the register of enterprises.
func (Readdress) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(ReaddressVerb), Any: process.Of(admin), Readers: process.Addressed, By: process.ByBatch}
}

// Mentions returns the enterprise.
func (c Readdress) Mentions() []string { return []string{c.EnterpriseID} }

// Act refuses with NothingChanged a case that says so already. The enterprise keeps what it has in hand.
func (c Readdress) Act(on process.Subject, _ process.Call, env process.Env) (process.Deed, error) {
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return process.Deed{}, err
	}
	firm, err := env.Directory.Find(process.HeldByEnterprise, c.EnterpriseID)
	if err != nil {
		return process.Deed{}, process.Pointing(err, "enterprise_id")
	}
	header := on.Header()
	if c.Was != "" && c.Was != header.EnterpriseID {
		if i := slices.IndexFunc(header.Also, func(a process.Addressee) bool { return a.ID == c.Was }); i < 0 || header.Also[i].ID == firm.ID && header.Also[i].Name == firm.Name {
			return process.Deed{}, process.Unmoved()
		}
		follow(header, c.Was, firm)
		header.Became(c.Was, firm)
		return process.Deed{Reason: reason}, nil
	}
	if header.EnterpriseID == firm.ID && header.EnterpriseName == firm.Name {
		return process.Deed{}, process.Unmoved()
	}
	follow(header, header.EnterpriseID, firm)
	if was := header.EnterpriseID; was == firm.ID {
		header.EnterpriseName = firm.Name
	} else {
		header.Became(was, firm)
	}
	return process.Deed{Reason: reason}, nil
}

// follow lets the enterprise keep what it has in hand.
func follow(header *process.Case, was string, firm process.Party) {
	for _, holder := range []*process.Holder{header.Holder, header.DelegatedBy} {
		if holder != nil && holder.Kind == process.HeldByEnterprise && holder.ID == was {
			holder.ID, holder.Name = firm.ID, firm.Name
		}
	}
}
