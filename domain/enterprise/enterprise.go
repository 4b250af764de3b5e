// Package enterprise holds what is laid down about putting an enterprise on file.
package enterprise

import (
	"errors"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// New is an enterprise that is not on file yet. Only its name has to be known: a lead's company is often still to be registered.
type New struct {
	Name       string
	ShortName  string // how people call it; the name without its legal form when left out
	CreditCode string // 统一社会信用代码, once there is one
	Sector     string // one of project.Sectors; empty: not known
}

// ShortLimit is how long a short name may be, in characters.
const ShortLimit = 40

// forms are the legal forms that nobody says, the longest first.
func forms() []string {
	return []string{"股份有限责任公司", "集团股份有限公司", "集团有限公司", "股份有限公司", "有限责任公司", "有限公司"}
}

// Checked returns the enterprise with what can be filled in filled in. It refuses, naming every field at fault, an empty or overlong name, a credit
// code that cannot be one, and an unknown trade.
func (n New) Checked() (New, error) {
	var wrong *process.Refusal
	note := func(err error) {
		var refusal *process.Refusal
		switch {
		case !errors.As(err, &refusal):
		case wrong == nil:
			wrong = refusal
		default:
			wrong = wrong.With(refusal.Fields...)
		}
	}
	var err error
	n.Name, err = process.Required("name", n.Name, process.TitleLimit)
	note(err)
	n.ShortName, err = process.Optional("short_name", n.ShortName, ShortLimit)
	note(err)
	if n.ShortName == "" {
		n.ShortName = short(n.Name)
	}
	n.CreditCode = strings.ToUpper(strings.Join(strings.Fields(n.CreditCode), ""))
	if n.CreditCode != "" && !creditCode(n.CreditCode) {
		note(process.RefuseField("credit_code", "统一社会信用代码应是 18 位，请对照营业执照核对。", "A credit code has 18 characters; check it against the business licence."))
	}
	if n.Sector != "" && !slices.Contains(project.Sectors(), n.Sector) {
		note(process.RefuseField("sector", "请选择行业。", "Choose a trade."))
	}
	if wrong != nil {
		return n, wrong
	}
	return n, nil
}

// short is the name without its legal form.
func short(name string) string {
	for _, form := range forms() {
		if base, cut := strings.CutSuffix(name, form); cut && base != "" {
			name = base
			break
		}
	}
	if all := []rune(name); len(all) > ShortLimit {
		return string(all[:ShortLimit])
	}
	return name
}

// creditCode reports whether the 18 characters are a unified social credit code: its last one checks the others (GB 32100-2015).
func creditCode(code string) bool {
	const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(code) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		value := strings.IndexByte(signs, code[i])
		if value < 0 {
			return false
		}
		sum, weight = sum+value*weight, weight*3%31
	}
	return signs[(31-sum%31)%31] == code[17]
}
