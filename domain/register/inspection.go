package register

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Checklist is a checklist of inspections. Each time its lines are changed its next version is published; inspections keep the one that they took.
type Checklist struct {
	Name      string   `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"Its name; no two have the same." example:"通用安全检查表"`
	Basic     []string `json:"basic" ask:"lines,many" maxItems:"100" doc:"What is looked at in papers and organisation (基础管理): each line 'what|what it rests on|当场 or 限期', of which the last two may be left out." example:"[\"建立全员安全生产责任制|安全生产法第二十一条|限期\"]"`
	Site      []string `json:"site" ask:"lines,many" maxItems:"100" doc:"What is looked at on site (现场), written the same way." example:"[\"疏散通道畅通|消防法第二十八条|当场\"]"`
	Serious   []string `json:"serious" ask:"names,many" maxItems:"100" doc:"Words that point to a major hazard: whoever inspects is told where they stand. It decides nothing." example:"[\"液氨\",\"有限空间\"]"`
	Withdrawn string   `json:"withdrawn" ask:"choose,words=checklist_use" enum:",withdrawn" doc:"withdrawn: it can be chosen no more. Inspections that took it keep it."`
}

// itemsMost is how many items a group of a checklist may have.
const itemsMost = 100

// Checked refuses a checklist without a name or an item, and lines that cannot be read.
func (c Checklist) Checked() (Checklist, error) {
	var f faults
	f.line("name", &c.Name, 60, true)
	c.Basic = f.items(checklist.Basic, "basic", c.Basic)
	c.Site = f.items(checklist.Site, "site", c.Site)
	words := []string{}
	for _, word := range c.Serious {
		f.line("serious", &word, 20, false)
		if word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if c.Serious = words; len(words) > itemsMost {
		f.note(process.RefuseField("serious", "提示词最多 100 个。", "At most 100 words."))
	}
	if len(c.Basic)+len(c.Site) == 0 {
		f.note(process.RefuseField("site", "请至少写一项检查内容。", "Write at least one item."))
	}
	if c.Withdrawn != "" && c.Withdrawn != "withdrawn" {
		f.note(process.RefuseField("withdrawn", "请选择在用还是停用。", "Choose whether it is in use."))
	}
	return c, f.refusal()
}

// items are the lines of a group in the form in which they are kept.
func (f *faults) items(group, field string, lines []string) []string {
	kept := []string{}
	for _, line := range lines {
		if line == "" {
			continue
		}
		item, err := checklist.Read(group, line, field)
		f.note(err)
		if err == nil {
			kept = append(kept, item.Line())
		}
	}
	if len(kept) > itemsMost {
		f.note(process.RefuseField(field, fmt.Sprintf("一组最多 %d 项，现在有 %d 项。", itemsMost, len(kept)), fmt.Sprintf("At most %d items in a group.", itemsMost)))
	}
	return kept
}

// Tenancy is an enterprise that sits on the site of another one (厂中厂).
type Tenancy struct {
	EnterpriseID string     `json:"enterprise_id" ask:"enterprise,required" minLength:"36" maxLength:"36" doc:"Whose site it is."`
	TenantID     string     `json:"tenant_id" ask:"enterprise,required" minLength:"36" maxLength:"36" doc:"Who sits there."`
	Place        string     `json:"place" ask:"line,required" minLength:"1" maxLength:"60" doc:"Where on the site; nobody sits twice in one place." example:"3 号厂房二层"`
	From         clock.Date `json:"from" ask:"day" doc:"Since when; null: not known."`
	Until        clock.Date `json:"until" ask:"day" doc:"Until when; null: it goes on."`
}

// Checked refuses a tenancy without either enterprise or a place, of a landlord of its own site, and one that ends before it begins.
func (t Tenancy) Checked() (Tenancy, error) {
	var f faults
	f.id("enterprise_id", t.EnterpriseID)
	f.id("tenant_id", t.TenantID)
	f.line("place", &t.Place, 60, true)
	switch {
	case t.EnterpriseID == "":
		f.note(process.RefuseField("enterprise_id", "请选择厂区所属企业。", "Choose whose site it is."))
	case t.TenantID == "":
		f.note(process.RefuseField("tenant_id", "请选择承租企业。", "Choose who sits there."))
	case t.EnterpriseID == t.TenantID:
		f.note(process.RefuseField("tenant_id", "企业不能承租自己的厂区。", "An enterprise is not its own tenant."))
	case !t.From.IsZero() && !t.Until.IsZero() && t.Until.Before(t.From):
		f.note(process.RefuseField("until", "到期日期不能早于起租日期。", "It cannot end before it begins."))
	}
	return t, f.refusal()
}
