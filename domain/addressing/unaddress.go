package addressing

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// UnaddressVerb is what Unaddress does.
const UnaddressVerb process.Verb = "unaddress"

// Unaddress takes a further enterprise off again. It hears so, keeps that message, and sees, hears and does no more; the enterprise that the case is about stays.
type Unaddress struct {
	AlsoID string `json:"also_id" ask:"choose,required" minLength:"36" maxLength:"36" doc:"The further enterprise, by its id."`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why it is put to it no more." example:"经核实该企业已经退租。"`
}

// About says who may: as whoever added it.
func (Unaddress) About(of process.Leading) process.About {
	about := Address{}.About(of)
	about.Name, about.AddsOnly = of.Kind.Does(UnaddressVerb), false
	return about
}

// Fits says that there has to be one.
func (Unaddress) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	return process.FitsWhen(!on.Header().Done && len(on.Header().Also) > 0)
}

// Ask offers them.
func (Unaddress) Ask(f process.Question, on process.Subject, _ process.Env) (process.Question, bool) {
	if f.Path == "also_id" {
		for _, a := range on.Header().Also {
			f.Choices = append(f.Choices, process.Choice{Value: a.ID, Text: process.Text{Chinese: a.Name, English: a.Name}})
		}
	}
	return f, true
}

// Act refuses one that the case is not addressed to. What it or one of its people has in hand, or would get back, lies with the first one again.
func (c Unaddress) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	if header.Done {
		return process.Deed{}, process.Refuse(process.Closed, "这件事已经办结，下达对象不再改动。", "The case is closed; to whom it was put stays.").After(process.MovedDone)
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	told := changed(on)
	if !header.Unaddress(c.AlsoID) {
		faults.Note(process.RefuseField("also_id", "这件事没有另外下达给这家企业，请重新选择。", "The case is not addressed to this further enterprise; choose again."))
	}
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	theirs := func(h *process.Holder) bool {
		return h != nil && (h.ID == c.AlsoID || env.Directory[h.ID].EnterpriseID == c.AlsoID)
	}
	first := process.Party{Kind: process.HeldByEnterprise, ID: header.EnterpriseID, Name: header.EnterpriseName}
	if theirs(header.Holder) {
		header.GiveTo(first, call.OccurredAt)
	}
	if theirs(header.DelegatedBy) {
		back := first.Holds(call.OccurredAt)
		header.DelegatedBy = &back
	}
	if slices.ContainsFunc(told, func(n process.Notice) bool { return n.ToKind == process.HeldByEnterprise }) {
		told = append(told, process.Notice{Kind: process.NoticeReleased, ToKind: process.HeldByEnterprise, ToID: c.AlsoID, As: []process.Function{process.AsContact}})
	}
	return process.Deed{Reason: reason, Notices: told}, nil
}
