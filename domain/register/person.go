package register

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
)

// Person is somebody with an account.
type Person struct {
	Username     string   `json:"username" ask:"line,required" minLength:"1" maxLength:"40" doc:"What they sign in with: small letters, digits, dots and dashes." example:"luzhiyuan"`
	Name         string   `json:"name" ask:"line,required" minLength:"1" maxLength:"60" doc:"Their name." example:"陆志远"`
	Roles        []string `json:"roles" ask:"pick,required,many,words=role" enum:"project_manager,safety_supervisor,liaison_officer,department,enterprise,leader,auditor,administrator" minItems:"1" doc:"One or several; an enterprise's contact has that role alone." example:"[\"project_manager\"]"`
	UnitID       string   `json:"unit_id" ask:"unit" maxLength:"36" doc:"Their section or department; empty: none."`
	EnterpriseID string   `json:"enterprise_id" ask:"enterprise" maxLength:"36" doc:"Of an enterprise's contact; empty otherwise."`
	Mobile       string   `json:"mobile" ask:"line" maxLength:"20" doc:"Mobile number, for channels that need one."`
	CardNumber   *string  `json:"card_number,omitempty" ask:"line" maxLength:"40" doc:"Number of the card that they show when they inspect (检查证号); empty: they have none; left out: it stays." example:"皖L-2024-018"`
	Email        string   `json:"email" ask:"line" maxLength:"200" doc:"Mailbox, for channels that need one."`
}

// Checked refuses a name that cannot be an account's, no role, roles that exclude each other, and contacts and departments without their body.
func (p Person) Checked() (Person, error) {
	var f faults
	p.Username = strings.ToLower(strings.TrimSpace(p.Username))
	f.note(CheckUsername(p.Username))
	f.line("name", &p.Name, 60, true)
	p.Mobile = narrow(p.Mobile)
	f.line("mobile", &p.Mobile, 20, false)
	f.line("email", &p.Email, 200, false)
	f.maybe("card_number", &p.CardNumber, 40)
	if p.Mobile != "" && !regexp.MustCompile(`^\+?[0-9 -]{6,20}$`).MatchString(p.Mobile) {
		f.note(process.RefuseField("mobile", "手机号只能有数字。", "A mobile number has digits only."))
	}
	if p.Email != "" && !regexp.MustCompile(`^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$`).MatchString(p.Email) {
		f.note(process.RefuseField("email", "邮箱应写成 name@example.org 的样子。", "Write the mailbox like name@example.org."))
	}
	p.Roles = sorted(p.Roles)
	switch contact := slices.Contains(p.Roles, string(process.Enterprise)); {
	case len(p.Roles) == 0 || slices.ContainsFunc(p.Roles, func(r string) bool { return !known(r) }):
		f.note(process.RefuseField("roles", "请选择角色，可以多选。", "Choose a role, or several."))
	case contact && len(p.Roles) > 1:
		f.note(process.RefuseField("roles", "企业联系人不能兼任园区的角色。", "An enterprise's contact has no other role."))
	case Clashes(p.Roles):
		f.note(process.RefuseField("roles", "审计不能兼任别的角色：否则审计的是自己办的事。请为审计单独建账号，由另一个人使用。",
			"An auditor holds no other role: they would audit what they did themselves. Give the audit to an account of somebody else."))
	case contact && p.EnterpriseID == "":
		f.note(process.RefuseField("enterprise_id", "企业账号要选择企业。", "Choose the enterprise the account is for."))
	case !contact && p.EnterpriseID != "":
		f.note(process.RefuseField("enterprise_id", "只有企业联系人属于企业；园区和部门的人请留空。", "Only an enterprise's contact belongs to an enterprise; leave it empty for everybody else."))
	case slices.Contains(p.Roles, string(process.Department)) && p.UnitID == "":
		f.note(process.RefuseField("unit_id", "部门账号要选择部门。", "Choose the department the account is for."))
	case contact && p.CardNumber != nil && *p.CardNumber != "":
		f.note(process.RefuseField("card_number", "企业联系人不作检查人员，没有检查证。", "An enterprise's contact inspects nobody and has no card."))
	case contact && p.UnitID != "":
		f.note(process.RefuseField("unit_id", "企业联系人不属于园区的科室。", "An enterprise's contact belongs to no section."))
	}
	f.id("unit_id", p.UnitID)
	f.id("enterprise_id", p.EnterpriseID)
	return p, f.refusal()
}

// Clashes reports whether roles are kept apart: whoever audits records, decides and administers nothing, so that no deed is audited by whoever did it
// (不相容职务分离, 行政事业单位内部控制规范（试行） art. 13).
func Clashes(roles []string) bool {
	return len(roles) > 1 && slices.Contains(roles, string(process.Auditor))
}

// After keeps the number of a card of which nothing was said.
func (p Person) After(was Person) Person {
	if p.CardNumber == nil {
		p.CardNumber = was.CardNumber
	}
	return p
}

// Held are the roles the person holds.
func (p Person) Held() []process.Role {
	roles := make([]process.Role, 0, len(p.Roles))
	for _, r := range p.Roles {
		roles = append(roles, process.Role(r))
	}
	return roles
}

// narrow returns a number with full-width digits and signs as the ordinary ones; blanks between groups of digits stay.
func narrow(text string) string {
	parts := strings.Fields(text)
	for i, part := range parts {
		parts[i] = typed.Plain(part)
	}
	return strings.Join(parts, " ")
}

// sorted returns the roles in their usual order, each once.
func sorted(roles []string) []string {
	kept := []string{}
	for _, role := range Roles() {
		if slices.Contains(roles, role) {
			kept = append(kept, role)
		}
	}
	for _, role := range roles {
		if !known(role) {
			kept = append(kept, role)
		}
	}
	return kept
}

// CheckUsername refuses what cannot be an account's name.
func CheckUsername(name string) error {
	if name == "" {
		return process.RefuseField("username", "请填写账号。", "Give the account a name.")
	}
	if len(name) > 40 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") != "" {
		return process.RefuseField("username", "账号只能用小写字母、数字、点、横线，最多 40 个字符。", "An account's name has up to 40 small letters, digits, dots and dashes.")
	}
	return nil
}
