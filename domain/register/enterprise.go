package register

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/enterprise"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
)

// Enterprise is an enterprise of the zone, as its administrator keeps it.
type Enterprise struct {
	Name         string   `json:"name" ask:"line,required" minLength:"1" maxLength:"200" doc:"Its registered name." example:"泗县丰禾食品有限公司"`
	ShortName    string   `json:"short_name" ask:"line" maxLength:"40" doc:"What people call it; the name without its legal form when empty." example:"丰禾食品"`
	CreditCode   string   `json:"credit_code" ask:"line" maxLength:"40" doc:"统一社会信用代码; empty while there is none."`
	Aliases      []string `json:"aliases" ask:"names,many" maxItems:"20" doc:"Other names, by which it is found too." example:"[\"丰禾\"]"`
	FormerNames  []string `json:"former_names,omitempty" ask:"names,many" maxItems:"50" doc:"Names and short names it had before and those of enterprises merged into it, kept by themselves when a name changes; it is found by them too. Left out they stay as they are." example:"[\"丰禾食品厂\"]"`
	Sector       string   `json:"sector" ask:"choose,words=sector" enum:",ev_parts,photovoltaic,green_food,machinery,textile,wood_furniture,packaging_printing,materials,medical,other" doc:"Its trade; empty: not known." example:"green_food"`
	Address      string   `json:"address" ask:"line" maxLength:"200" doc:"Where it is." example:"泗县开发区朝阳路 8 号"`
	Status       *string  `json:"status,omitempty" ask:"choose,words=enterprise_status" enum:",half_stopped,stopped,renovating,vacant,sealed,moved,closed,demolished" doc:"What is known of it; empty: it works; left out: it stays." example:"stopped"`
	LiaisonID    string   `json:"liaison_id" ask:"person,from=liaisons" maxLength:"36" doc:"Its liaison officer; empty: nobody."`
	DepartmentID string   `json:"department_id" ask:"unit,from=departments" maxLength:"36" doc:"The department in charge of its trade; empty: none."`
}

// Checked fills in what can be filled in, and refuses what enterprise.New refuses.
func (e Enterprise) Checked() (Enterprise, error) {
	var f faults
	n, err := enterprise.New{Name: e.Name, ShortName: e.ShortName, CreditCode: e.CreditCode, Sector: e.Sector}.Checked()
	f.note(err)
	e.Name, e.ShortName, e.CreditCode, e.Sector = n.Name, n.ShortName, n.CreditCode, n.Sector
	e.Aliases = f.aliases(e.Aliases, 100, e.Name, e.ShortName)
	former := make([]string, 0, len(e.FormerNames))
	for _, name := range e.FormerNames {
		f.line("former_names", &name, 200, false)
		if name != "" && !slices.Contains(former, name) && !slices.Contains(e.Aliases, name) && name != e.Name && name != e.ShortName {
			former = append(former, name)
		}
	}
	slices.Sort(former)
	if e.FormerNames != nil { // left out: nothing is said of them
		e.FormerNames = former
	}
	if len(former) > 50 {
		f.note(process.RefuseField("former_names", "曾用名最多 50 个，请去掉不再用来查找的。", "At most 50 former names; take away those nobody looks for."))
	}
	f.line("address", &e.Address, 200, false)
	if e.Status != nil && !process.KnownStatus(*e.Status) {
		f.note(process.RefuseField("status", "请选择企业状态。", "Choose the enterprise's status."))
	}
	f.id("liaison_id", e.LiaisonID)
	f.id("department_id", e.DepartmentID)
	return e, f.refusal()
}

// After returns the enterprise with the names it had before among its former ones: whoever knows it by such a name finds it still. Former names that were left
// out stay.
func (e Enterprise) After(was Enterprise) Enterprise {
	former := slices.Clone(e.FormerNames)
	if e.FormerNames == nil {
		former = slices.Clone(was.FormerNames)
	}
	if was.Name != e.Name {
		former = append(former, was.Name)
	}
	if was.ShortName != e.ShortName {
		former = append(former, was.ShortName)
	}
	if e.FormerNames = append([]string{}, former...); e.Status == nil {
		e.Status = was.Status
	}
	return e
}

// Building is a building on an enterprise's site.
type Building struct {
	EnterpriseID string `json:"enterprise_id" ask:"enterprise,required" minLength:"36" maxLength:"36" doc:"Whose it is."`
	Name         string `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"What it is called on the site; no two of an enterprise have the same." example:"1 号厂房"`
	Purpose      string `json:"purpose" ask:"line" maxLength:"60" doc:"What it is used for." example:"织造车间"`
	Area         string `json:"area" ask:"line" maxLength:"15" pattern:"^([0-9]+(\\.[0-9]{1,2})?)?$" doc:"Floor space in square metres, at most two decimals; empty: not known." example:"4200"`
	Floors       int    `json:"floors" ask:"count" minimum:"0" maximum:"200" doc:"How many floors; 0: not known."`
	Note         string `json:"note" ask:"long" maxLength:"1000" doc:"What else there is to know."`
}

// Checked refuses a building without a name or enterprise, and measures that cannot be.
func (b Building) Checked() (Building, error) {
	var f faults
	if b.EnterpriseID == "" {
		f.note(process.RefuseField("enterprise_id", "请选择企业。", "Choose the enterprise."))
	}
	f.id("enterprise_id", b.EnterpriseID)
	f.line("name", &b.Name, 60, true)
	f.line("purpose", &b.Purpose, 60, false)
	f.line("note", &b.Note, 1000, false)
	b.Area = strings.TrimSpace(b.Area)
	if area, err := typed.Number("area", b.Area, "平方米"); err == nil {
		b.Area = area
	}
	if b.Area != "" {
		area, ok := new(big.Rat).SetString(b.Area)
		if !regexp.MustCompile(`^[0-9]{1,10}(\.[0-9]{1,2})?$`).MatchString(b.Area) || !ok || area.Sign() <= 0 {
			f.note(process.RefuseField("area", "面积请填大于 0 的数字，单位平方米，最多两位小数。", "Give the floor space in square metres, more than 0, with at most two decimals."))
		}
	}
	if whole, cents, split := strings.Cut(b.Area, "."); split { // 4200.50 is 4200.5
		b.Area = strings.TrimSuffix(whole+"."+strings.TrimRight(cents, "0"), ".")
	}
	if b.Floors < 0 || b.Floors > 200 {
		f.note(process.RefuseField("floors", "层数应在 1 到 200 之间。", "Between 1 and 200 floors."))
	}
	return b, f.refusal()
}
