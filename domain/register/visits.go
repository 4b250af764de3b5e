package register

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// VisitPlan is a template of recurring inspections (安全生产法 art. 62, the yearly plan): whom it means, what is looked at, and how often. The year's plan follows from
// it; each inspection is opened by a person.
type VisitPlan struct {
	Name         string     `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"Its name; no two have the same." example:"光伏企业季度检查"`
	EnterpriseID string     `json:"enterprise_id" ask:"enterprise" maxLength:"36" doc:"The one enterprise that it means; empty: all of the class below."`
	Sector       string     `json:"sector" ask:"choose,words=sector" enum:",ev_parts,photovoltaic,green_food,machinery,textile,wood_furniture,packaging_printing,materials,medical,other" doc:"The trade of the enterprises that it means; empty: of any." example:"photovoltaic"`
	DepartmentID string     `json:"department_id" ask:"unit,from=departments" maxLength:"36" doc:"The department in charge of the enterprises that it means; empty: whichever."`
	Sort         string     `json:"visit_sort" ask:"choose,required,words=visit_sort" enum:"daily,regular,temporary,special,seasonal,before_holiday,before_work" doc:"What sort of inspection." example:"regular"`
	ChecklistID  string     `json:"checklist_id" ask:"checklist" maxLength:"36" doc:"By which checklist, in the version that is in force then; empty: none."`
	EveryMonths  int        `json:"every_months" ask:"count,required" minimum:"1" maximum:"24" doc:"How many months after one the next is due." example:"3"`
	From         clock.Date `json:"from" ask:"day,required" doc:"When the first is due." example:"2026-03-02"`
	SectionID    string     `json:"section_id" ask:"unit" maxLength:"36" doc:"The section that goes; empty: nobody has said."`
	FirstID      string     `json:"first_id" ask:"person,from=supervisors" maxLength:"36" doc:"Who inspects; empty: nobody yet."`
	SecondID     string     `json:"second_id" ask:"person,from=supervisors" maxLength:"36" doc:"Who inspects beside them; empty: nobody yet."`
	Withdrawn    string     `json:"withdrawn" ask:"choose,words=checklist_use" enum:",withdrawn" doc:"withdrawn: nothing follows from it any more."`
}

// Checked refuses a template without a name, a sort, how often or a first day, one enterprise together with a class, and one person as two inspectors.
func (p VisitPlan) Checked() (VisitPlan, error) {
	const mostMonths = 24
	var f faults
	f.line("name", &p.Name, 60, true)
	f.id("enterprise_id", p.EnterpriseID)
	f.id("department_id", p.DepartmentID)
	f.id("checklist_id", p.ChecklistID)
	f.id("section_id", p.SectionID)
	f.id("first_id", p.FirstID)
	f.id("second_id", p.SecondID)
	if p.EnterpriseID != "" && (p.Sector != "" || p.DepartmentID != "") {
		f.note(process.RefuseField("enterprise_id", "选了一家企业，就不再选行业和主管部门。", "Choose one enterprise or a class, not both."))
	}
	if p.Sort == "" {
		f.note(process.RefuseField("visit_sort", "请选择检查类型。", "Choose the sort of inspection."))
	}
	if p.EveryMonths < 1 || p.EveryMonths > mostMonths {
		f.note(process.RefuseField("every_months", "间隔应在 1 到 24 个月之间。", "Between 1 and 24 months."))
	}
	if p.From.IsZero() {
		f.note(process.RefuseField("from", "请填写首次检查日期。", "Say when the first is due."))
	}
	if p.FirstID != "" && p.FirstID == p.SecondID {
		f.note(process.RefuseField("second_id", "两名检查人员不能是同一个人。", "Two inspectors are two people."))
	}
	if p.Withdrawn != "" && p.Withdrawn != "withdrawn" {
		f.note(process.RefuseField("withdrawn", "请选择在用还是停用。", "Choose whether it is in use."))
	}
	return p, f.refusal()
}

// Timely asks back a first day that can hardly be meant.
func (p VisitPlan) Timely(today clock.Date) error { return process.Likely(p, today) }

// OtherVisit is a visit of an enterprise by another body (a county department, the city), as far as the zone knows of it: it counts before the next one is planned.
type OtherVisit struct {
	EnterpriseID string     `json:"enterprise_id" ask:"enterprise,required" minLength:"36" maxLength:"36" doc:"Who was visited."`
	On           clock.Date `json:"on" ask:"day,required" doc:"On which day." example:"2026-03-12"`
	Body         string     `json:"body" ask:"line,required" minLength:"1" maxLength:"60" doc:"Who came." example:"县消防救援大队"`
	Purpose      string     `json:"purpose" ask:"line,required" minLength:"1" maxLength:"100" doc:"What for." example:"消防监督抽查"`
	Result       string     `json:"result" ask:"long" maxLength:"1000" doc:"What came of it, penalties too, as far as it is known."`
	Withdrawn    string     `json:"withdrawn,omitempty" ask:"choose,words=checklist_use" enum:",withdrawn" doc:"withdrawn: it was written down in error and counts no more."`
}

// Checked refuses a visit without an enterprise, a day, whose it was, or what it was for.
func (v OtherVisit) Checked() (OtherVisit, error) {
	var f faults
	f.id("enterprise_id", v.EnterpriseID)
	if v.EnterpriseID == "" {
		f.note(process.RefuseField("enterprise_id", "请选择企业。", "Choose the enterprise."))
	}
	if v.On.IsZero() {
		f.note(process.RefuseField("on", "请填写检查日期。", "Say on which day."))
	}
	f.line("body", &v.Body, 60, true)
	f.line("purpose", &v.Purpose, 100, true)
	f.text("result", &v.Result, false)
	if v.Withdrawn != "" && v.Withdrawn != "withdrawn" {
		f.note(process.RefuseField("withdrawn", "请选择在用还是停用。", "Choose whether it counts."))
	}
	return v, f.refusal()
}

// Timely refuses a visit that has not taken place yet, and asks back a day that can hardly be meant.
func (v OtherVisit) Timely(today clock.Date) error {
	if v.On.After(today) {
		return process.Refuse(process.ImpossibleDate, "检查日期不能晚于今天（"+today.Chinese()+"）：去过以后再登记，请核对年份。", "It cannot lie after today ("+today.String()+"): it is put on record once it took place; check the year.").At("on")
	}
	return process.Likely(v, today)
}
