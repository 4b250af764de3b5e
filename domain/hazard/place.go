package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Place says whether the hazard is on a project's site, and on whose: of the projects of an enterprise that it is addressed to, or of those within which one of them goes on. A project's gate looks at the hazards on it, and at the major ones of its enterprise of
// which nobody has said where they are; one that is said to be elsewhere holds no project up.
type Place struct {
	Where   string `json:"where" ask:"pick,required,words=hazard_where,is=project" enum:"project,elsewhere" doc:"On a project's site, or elsewhere in the enterprise." example:"project"`
	Project string `json:"project,omitempty" ask:"choose,when=where:project" maxLength:"60" doc:"The project, by number or id; compulsory where it is on one." example:"XM-2024-0001"`
	Reason  string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"How one knows." example:"隐患在二期在建厂房内。"`
}

// PlaceName is the name of Place.
const PlaceName process.Name = "hazard.place"

// About says who may, and who reads of it.
func (Place) About() process.About {
	return process.About{Name: PlaceName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// On is the project named.
func (c Place) On() string { return c.Project }

// Ask offers the projects under way of the enterprises that it is addressed to.
func (Place) Ask(f process.Question, _ Hazard, env Env) (process.Question, bool) {
	if f.Path == "project" {
		for _, p := range env.Offered {
			text := p.Number + " " + p.Title
			f.Choices = append(f.Choices, process.Choice{Value: p.Number, Text: process.Text{Chinese: text, English: text}})
		}
	}
	return f, true
}

// Decide refuses a project that is not there or is another enterprise's, and what is on record already.
func (c Place) Decide(before Hazard, _ process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	project := c.Project
	switch c.Where {
	case "elsewhere":
		if project != "" {
			faults.Note(process.RefuseField("project", "不在项目工地上的不填项目。", "A hazard that is elsewhere names no project."))
		}
		h.ProjectID, h.ProjectNumber, h.ProjectTitle, h.Elsewhere = "", "", "", true
	case "project":
		if project == "" {
			faults.Note(process.RefuseField("project", "请填写在哪个项目。", "Say on which project."))
		}
		faults.Note(h.place(project, env))
	default:
		faults.Note(process.RefuseField("where", "请选择在项目工地上还是在别处。", "Choose whether it is on a project or elsewhere."))
	}
	switch err := faults.Err(); {
	case err != nil:
		return none, err
	case h.ProjectID == before.ProjectID && h.Elsewhere == before.Elsewhere:
		return none, process.Refuse(process.NothingChanged, "内容没有变化。", "Nothing was changed.")
	}
	return process.Decision[Hazard]{After: h, Reason: reason}, nil
}

// place notes the project that is named; "" names none.
func (h *Hazard) place(named string, env Env) error {
	if named == "" {
		return nil
	}
	if len(env.Projects) == 0 {
		return process.RefuseField("project", "没有找到这个项目，请核对项目编号。", "There is no such project; check its number.")
	}
	p := env.Projects[0]
	theirs := h.Addresses(p.EnterpriseID) || slices.ContainsFunc(p.Firms, h.Addresses)
	if !theirs || !p.Sited {
		return process.RefuseField("project", p.Number+" 不是这家企业的项目，请核对。", p.Number+" is no project of this enterprise; check it.")
	}
	h.ProjectID, h.ProjectNumber, h.ProjectTitle, h.Elsewhere = p.ID, p.Number, p.Title, false
	return nil
}

// Refer follows the project on whose site the hazard is: by its new name, also once the hazard is closed; and an open one onto the project that it goes on within,
// whose gates look at it from then on.
func (h *Hazard) Refer(named string, to process.Parent) string {
	switch {
	case named != h.ProjectID, to.ID != named && h.Done, to.ID == named && to.Title == h.ProjectTitle:
		return ""
	}
	reason := "项目改名为" + to.Title
	if to.ID != named {
		reason = h.ProjectNumber + " 并入 " + to.Number + " " + to.Title
	}
	h.ProjectID, h.ProjectNumber, h.ProjectTitle = to.ID, to.Number, to.Title
	return reason
}
