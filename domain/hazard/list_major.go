package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// ListMajor puts on record that the competent body oversees the treatment of a major hazard itself (挂牌督办). From then on only that body clears it.
type ListMajor struct {
	UnitID   string `json:"unit_id,omitempty" ask:"choose,or=body" maxLength:"36" doc:"The department that listed it, where it works with Parkway."`
	Body     string `json:"body,omitempty" ask:"line,or=unit_id" maxLength:"100" doc:"Otherwise the body that listed it, by name." example:"泗县安全生产委员会"`
	Document string `json:"document_number" ask:"line,required" minLength:"1" maxLength:"80" doc:"Number of the listing notice (挂牌督办通知书)." example:"泗安委督〔2026〕2号"`
	Note     string `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"What the body demands."`

	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The notice."`
}

// ListMajorName is the name of ListMajor.
const ListMajorName process.Name = "hazard.list_major"

// About says who may, and who reads of it.
func (ListMajor) About() process.About {
	return process.About{Name: ListMajorName, Any: process.Of(process.SafetySupervisor, process.Leader), Own: process.Of(process.Department), DatedBack: true, Readers: process.Everyone}
}

// Mentions returns the department.
func (c ListMajor) Mentions() []string { return []string{c.UnitID} }

// Brings returns the notice.
func (c ListMajor) Brings() []process.Evidence { return c.Attachments }

// Fits says that a major hazard is listed once.
func (ListMajor) Fits(h Hazard, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(!h.Done && h.Level == Major && h.Listing == nil && env.Definition.Major != nil)
}

// Ask offers the departments.
func (ListMajor) Ask(f process.Question, _ Hazard, env Env) (process.Question, bool) {
	if f.Path != "unit_id" {
		return f, true
	}
	for _, d := range env.Departments {
		f.Choices = append(f.Choices, process.Choice{Value: d.ID, Text: process.Text{Chinese: d.Name, English: d.Name}})
	}
	return f, len(f.Choices) > 0
}

// Decide refuses a general hazard, one that is listed already, and a listing by nobody.
func (c ListMajor) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	switch {
	case h.Level != Major:
		return none, process.Refuse(process.WrongState, "只有重大隐患可以挂牌督办。", "Only a major hazard is listed.")
	case h.Listing != nil:
		return none, process.Refuse(process.WrongState, "这起隐患已经由"+h.Listing.Body+"挂牌督办。", h.Listing.Body+" has listed it already.")
	case env.Definition.Major == nil:
		return none, process.Refuse(process.WrongState, "这起隐患按旧版流程办理，请管理员先把它迁到新版流程。", "It follows an older version of the process; have it moved to the present one first.")
	}
	var faults process.Faults
	document := faults.Text(process.Required("document_number", c.Document, 80))
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	body := faults.Text(process.Optional("body", c.Body, 100))
	switch {
	case c.UnitID != "" && body != "":
		faults.Note(process.RefuseField("body", "已经选了部门，不再填写名称。", "A department was chosen; name no other body."))
	case c.UnitID != "":
		unit, err := env.Directory.Find(process.HeldByUnit, c.UnitID)
		faults.Note(process.Pointing(err, "unit_id"))
		if err == nil && !slices.ContainsFunc(env.Departments, func(d process.Party) bool { return d.ID == unit.ID }) {
			faults.Note(process.RefuseField("unit_id", "挂牌督办的是主管部门，不是园区科室。", "A competent department lists it, no section of the zone."))
		}
		body = unit.Name
	case body == "":
		faults.Note(process.RefuseField("body", "请选择或写明挂牌督办的部门。", "Choose or name the body that listed it."))
	}
	faults.Note(process.NotBefore(call, h.FoundOn, "挂牌日期早于查出日期", "It cannot have been listed before it was found on"))
	var err error
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.Listing = &Listing{Round: h.Round, UnitID: c.UnitID, Body: body, Document: document, On: call.Day()}
	if c.UnitID != "" {
		h.ShowTo(c.UnitID)
	}
	h.beat(env.Definition, call.Day())
	h.rearm(call, env)
	notices := h.tellBoth(process.NoticeListed)
	if c.UnitID != "" {
		notices = append(notices, process.Notice{Kind: process.NoticeListed, ToKind: process.HeldByUnit, ToID: c.UnitID})
	}
	return process.Decision[Hazard]{After: h, Reason: note, Notices: notices}, nil
}
