// Package addressing is what can be done with the further enterprises that a case is addressed to (process.Addressee), whatever its kind: add one, take one off. It
// comes to a kind by being registered with it. One file per command.
package addressing

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// AddressVerb is what Address does.
const AddressVerb process.Verb = "address"

// Address addresses the case to further enterprises as well (厂中厂: 安全生产法 art. 49 binds landlord and tenant). They hear, see and may do from then on what the first one does.
type Address struct {
	AlsoIDs []string `json:"also_ids" ask:"enterprise,required,many" minItems:"1" maxItems:"9" maxLength:"36" doc:"The further enterprises, by their ids."`
	Reason  string   `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why it is put to them too." example:"隐患在其承租的厂房内，出租方和承租方共同整改。"`
}

// About says that whoever runs the case may, and leaders. The enterprises read that it happened.
func (Address) About(of process.Leading) process.About {
	every, own := of.By(process.Of(process.Leader), nil)
	return process.About{Name: of.Kind.Does(AddressVerb), Any: every, Own: own, AddsOnly: true, Readers: process.FactOnly}
}

// SharesSite says that those on the same site are proposed.
func (Address) SharesSite() {}

// Mentions returns the enterprises.
func (c Address) Mentions() []string { return c.AlsoIDs }

// Fits says that it lies at hand where others are on the same site, and nobody has said that it is put to them too.
func (Address) Fits(on process.Subject, _ process.Actor, env process.Env) process.Fit {
	header := on.Header()
	switch {
	case header.Done || header.EnterpriseID == "" || len(header.Also) >= process.MostAddressees:
		return process.Not
	case len(header.Also) == 0 && len(env.Found.Together) > 0:
		return process.Beside
	}
	return process.Fits
}

// Ask names those on the same site, who are offered first.
func (Address) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	if f.Path == "also_ids" {
		f = Propose(f, on.Header(), env.Found.Together)
	}
	return f, true
}

// Propose offers who shares the site with the enterprise of a case, apart from those that it is addressed to.
func Propose(f process.Question, of *process.Case, together []process.Tenancy) process.Question {
	names := process.Text{}
	for _, t := range together {
		if of.Addresses(t.ID) || slices.ContainsFunc(f.Choices, func(c process.Choice) bool { return c.Value == t.ID }) {
			continue
		}
		said := t.Said()
		f.Choices = append(f.Choices, process.Choice{Value: t.ID, Text: said})
		names.Chinese, names.English = names.Chinese+"、"+said.Chinese, names.English+", "+said.English
	}
	if len(f.Choices) > 0 {
		f.Hint = process.Text{Chinese: "同一厂区的有：" + strings.TrimPrefix(names.Chinese, "、") + "。", English: "On the same site: " + strings.TrimPrefix(names.English, ", ") + "."}
	}
	return f
}

// Act refuses an enterprise that is not there or was merged into another, one that the case is addressed to, and a case that is closed or about no enterprise.
func (c Address) Act(on process.Subject, _ process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	if header.Done {
		return process.Deed{}, process.Refuse(process.Closed, "这件事已经办结，不能再增加下达对象。", "The case is closed; it is put to nobody any more.").After(process.MovedDone)
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	if len(c.AlsoIDs) == 0 {
		faults.Note(process.RefuseField("also_ids", "请选择企业。", "Choose the enterprise."))
	}
	faults.Note(Further(header, c.AlsoIDs, env.Directory))
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	return process.Deed{Reason: reason, Notices: changed(on)}, nil
}

// Further addresses a case to the enterprises with the ids as well; also where it is put on file.
func Further(header *process.Case, ids []string, known process.Directory) error {
	var faults process.Faults
	for i, id := range ids {
		at := process.ElementAt("also_ids", i)
		if first := slices.Index(ids, id); first < i {
			faults.Note(process.RefuseField(at, "这家企业选了两次。", "This enterprise is named twice."))
			continue
		}
		firm, err := known.Find(process.HeldByEnterprise, id)
		if err != nil {
			faults.Note(process.Pointing(err, at))
			continue
		}
		if err := header.Address(firm); err != nil {
			faults.Note(process.Pointing(err, at))
		}
	}
	return faults.Err()
}

// changed tells everybody whom the case is addressed to, once its enterprise has heard of it at all, and who runs it.
func changed(on process.Subject) []process.Notice {
	header, told := on.Header(), process.TellTeam(on, process.NoticeAddressed)
	if header.Round > 0 || header.Holder != nil && header.Holder.Kind == process.HeldByEnterprise {
		told = append(told, process.Notice{Kind: process.NoticeAddressed, ToKind: process.HeldByEnterprise, ToID: header.EnterpriseID, As: []process.Function{process.AsContact}})
	}
	return told
}
