package register

import (
	"slices"
	"strings"
	"unicode"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Zone is what the zone is called.
type Zone struct {
	Name      string `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"Its full name." example:"泗县经济开发区"`
	ShortName string `json:"short_name" ask:"line,required" minLength:"1" maxLength:"20" doc:"What people call it." example:"泗县开发区"`
	Letters   string `json:"letters" ask:"line,required" minLength:"1" maxLength:"20" doc:"What the numbers of official letters begin with. Letters that were issued keep theirs." example:"泗开安监"`
	Authority string `json:"authority,omitempty" ask:"pick,words=authority" enum:"supervises,delegated" doc:"Whether the zone supervises and advises (安全生产法 art. 9), or enforcement was delegated to it: only then does it issue orders; supervises when left out." example:"supervises"`
	VisitGap  *int   `json:"visit_gap,omitempty" ask:"count" minimum:"0" maximum:"365" doc:"Within how many days of another visit an inspection of the same enterprise needs a reason (安全生产法 art. 65); 0: never; left out: it stays." example:"30"`
}

// Checked refuses names that are missing or too long.
func (z Zone) Checked() (Zone, error) {
	var f faults
	f.line("name", &z.Name, 60, true)
	f.line("short_name", &z.ShortName, 20, true)
	f.line("letters", &z.Letters, 20, true)
	if strings.ContainsFunc(z.Letters, noLetter) {
		f.note(process.RefuseField("letters", "字头只写机关代字，如“泗开安监”：汉字、字母、数字和连字符；年份和括号由系统加上。", "Only the letters of the office, made of letters, digits and hyphens: year and brackets are added."))
	}
	if g := z.VisitGap; g != nil && (*g < 0 || *g > 365) {
		f.note(process.RefuseField("visit_gap", "天数应在 0 到 365 之间。", "Between 0 and 365 days."))
	}
	switch z.Authority {
	case "":
		z.Authority = "supervises"
	case "supervises", "delegated":
	default:
		f.note(process.RefuseField("authority", "请选择：监督检查，或受委托执法。", "Choose: it supervises, or enforcement was delegated to it."))
	}
	return z, f.refusal()
}

// noLetter is what no office's letters consist of (GB/T 9704-2012, 7.2.5: 机关代字, then the year in brackets and the number).
func noLetter(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-·", r)
}

// After lets the days between visits stay that were left out.
func (z Zone) After(was Zone) Zone {
	if z.VisitGap == nil {
		z.VisitGap = was.VisitGap
	}
	return z
}

// Unit is a section of the zone (科室) or a department of the county (县直部门).
type Unit struct {
	Name     string   `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"Its name; no two have the same." example:"安监科"`
	Aliases  []string `json:"aliases,omitempty" ask:"names,many" maxItems:"20" doc:"Other names, by which it is found too; a department by the one that the definitions call it." example:"[\"住建局\"]"`
	Kind     string   `json:"kind" ask:"pick,required,words=unit_kind" enum:"zone,department" doc:"zone: a section of the zone; department: a county body that answers what is handed to it." example:"zone"`
	HeadID   string   `json:"head_id" ask:"person,from=workers" maxLength:"36" doc:"Its head, whom a ladder means; empty: nobody."`
	DeputyID string   `json:"deputy_id" ask:"person,from=workers" maxLength:"36" doc:"Takes the head's place once the head's account has ended; empty: nobody."`
}

// Checked refuses a unit without a name or kind, and one person in both places.
func (u Unit) Checked() (Unit, error) {
	var f faults
	f.line("name", &u.Name, 60, true)
	u.Aliases = f.aliases(u.Aliases, 60, u.Name)
	if u.Kind != "zone" && u.Kind != "department" {
		f.note(process.RefuseField("kind", "请选择：园区科室，或县直部门。", "Choose: a section of the zone, or a county department."))
	}
	f.id("head_id", u.HeadID)
	f.id("deputy_id", u.DeputyID)
	if u.HeadID != "" && u.HeadID == u.DeputyID {
		f.note(process.RefuseField("deputy_id", "正职和副职不能是同一个人。", "Head and deputy cannot be the same person."))
	}
	return u, f.refusal()
}

// Campaign is a campaign of inspections (专项行动).
type Campaign struct {
	Name      string     `json:"name" ask:"line,required" minLength:"1" maxLength:"100" doc:"Its name; no two have the same." example:"2026 年消防专项检查"`
	StartedOn clock.Date `json:"started_on" ask:"day,required" doc:"Its first day."`
	EndedOn   clock.Date `json:"ended_on" ask:"day" doc:"Its last day; null while it goes on."`
}

// Checked refuses a campaign without a name or first day, and one that ends before it begins.
func (c Campaign) Checked() (Campaign, error) {
	var f faults
	f.line("name", &c.Name, 100, true)
	switch {
	case c.StartedOn.IsZero():
		f.note(process.RefuseField("started_on", "请填写开始日期。", "Give its first day."))
	case !c.EndedOn.IsZero() && c.EndedOn.Before(c.StartedOn):
		f.note(process.RefuseField("ended_on", "结束日期不能早于开始日期。", "It cannot end before it begins."))
	}
	return c, f.refusal()
}

// Level is what the office itself calls a level of hazards (较大, 重点, B …), and which of the statutory two it is: reports to the state know only those.
type Level struct {
	Name      string `json:"name" ask:"line,required" minLength:"1" maxLength:"20" doc:"What the office calls it; no two have the same." example:"较大"`
	Code      string `json:"code" ask:"line,required" minLength:"1" maxLength:"20" doc:"Its code; no two have the same." example:"B"`
	Statutory string `json:"statutory" ask:"pick,required,words=level" enum:"general,major" doc:"Which it is by law." example:"general"`
}

// Checked refuses a level without a name, a code or a statutory level.
func (l Level) Checked() (Level, error) {
	var f faults
	f.line("name", &l.Name, 20, true)
	f.line("code", &l.Code, 20, true)
	if l.Statutory != "general" && l.Statutory != "major" {
		f.note(process.RefuseField("statutory", "请选择一般或重大。", "Choose general or major."))
	}
	return l, f.refusal()
}

// Roles lists the roles that a person may be given together: an enterprise's contact has that one alone.
func Roles() []string {
	roles := []string{}
	for _, r := range process.Roles() {
		roles = append(roles, string(r))
	}
	return roles
}

func known(role string) bool { return slices.Contains(Roles(), role) }
