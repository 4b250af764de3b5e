package register

import (
	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/process"
)

// Finding is an entry of the hazard library 隐患库: something that is found again and again, as the office words it. Whoever records a hazard takes the words over and
// may change them; the case keeps what it took.
type Finding struct {
	Name        string `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"What it is called when it is looked for; no two have the same." example:"灭火器过期或压力不足"`
	Category    string `json:"category" ask:"line,required" minLength:"1" maxLength:"40" doc:"Its category." example:"消防设施"`
	Clause      string `json:"clause" ask:"line" maxLength:"200" doc:"The law or standard and its clause; compulsory for a major hazard." example:"消防法第十六条第一款第二项"`
	Wording     string `json:"wording" ask:"long,required" minLength:"1" maxLength:"1000" doc:"The standard wording of what was found." example:"灭火器压力不足（指针在红区）或超过有效期。"`
	Requirement string `json:"requirement" ask:"long" maxLength:"1000" doc:"The standard wording of what is to be done; empty: the inspector says." example:"更换失效的灭火器，每月检查并做记录。"`
	Level       string `json:"level" ask:"pick,required,words=level" enum:"general,major" doc:"The level that it suggests; whoever inspects decides." example:"general"`
	Handling    string `json:"handling" ask:"pick,required,words=handling" enum:"at_once,deadline" doc:"Whether it suggests to have it removed on the spot or by a day." example:"deadline"`
	Days        int    `json:"days" ask:"count" minimum:"0" maximum:"365" doc:"How many days it suggests for the rectification; 0: nobody has said." example:"7"`
	Withdrawn   string `json:"withdrawn" ask:"choose,words=checklist_use" enum:",withdrawn" doc:"withdrawn: it is offered no more."`
}

// Checked refuses an entry without name, category or wording, and a major one without its clause (判定标准) or to be removed on the spot.
func (l Finding) Checked() (Finding, error) {
	var f faults
	f.line("name", &l.Name, 60, true)
	f.line("category", &l.Category, 40, true)
	f.line("clause", &l.Clause, 200, false)
	f.text("wording", &l.Wording, true)
	f.text("requirement", &l.Requirement, false)
	switch l.Level {
	case "general":
	case "major":
		if l.Clause == "" {
			f.note(process.RefuseField("clause", "重大隐患要写明判定标准和条款。", "A major hazard needs the standard and clause that make it one."))
		}
		if l.Handling == checklist.AtOnce {
			f.note(process.RefuseField("handling", "重大隐患不能当场销号，请选择限期整改。", "A major hazard cannot be closed on the spot; choose a deadline."))
		}
	default:
		f.note(process.RefuseField("level", "请选择一般或重大。", "Choose general or major."))
	}
	if l.Handling != checklist.AtOnce && l.Handling != checklist.Deadline {
		f.note(process.RefuseField("handling", "请选择当场整改或限期整改。", "Choose on the spot or by a deadline."))
	}
	if l.Days < 0 || l.Days > 365 {
		f.note(process.RefuseField("days", "建议天数应在 0 到 365 之间。", "Between 0 and 365 days."))
	}
	if l.Withdrawn != "" && l.Withdrawn != "withdrawn" {
		f.note(process.RefuseField("withdrawn", "请选择在用还是停用。", "Choose whether it is in use."))
	}
	return l, f.refusal()
}

// text checks a text of several lines.
func (f *faults) text(field string, text *string, required bool) {
	f.line(field, text, 1000, required)
}
