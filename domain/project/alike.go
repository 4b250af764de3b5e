package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// leads reports whether what is put on file is a lead, or is still negotiated: that may be known under another name. What was signed elsewhere has its agreement.
func (c Open) leads() bool { return slices.Contains(Courted(), c.EntryStage) }

// Courted lists the stages in which a project may be known under another name: it is found out about, or talked about, and no paper is signed.
func Courted() []string { return []string{"lead", "negotiation"} }

// likeness is by what it may be known.
func (c Open) likeness() *process.Likeness {
	l := &process.Likeness{Title: c.Title, EnterpriseID: c.EnterpriseID}
	if c.Facts.ContactPhone != nil {
		l.Phone = *c.Facts.ContactPhone
	}
	return l
}

// phone refuses what no number of a telephone is: six to twenty digits, with the signs that are written between them.
func phone(field, text string) error {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case slices.Contains([]rune{'+', '-', ' ', '(', ')', '（', '）', '转', '/'}, r):
		default:
			return process.RefuseField(field, "电话只写数字，例如 13900001234 或 0557-7021234。", "Write a telephone number in digits, for example 13900001234.")
		}
	}
	if text != "" && (digits < 6 || digits > 20) {
		return process.RefuseField(field, "电话号码的位数不对，请核对。", "The telephone number has too few or too many digits.")
	}
	return nil
}
