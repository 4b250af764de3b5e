// Package letter is the official letter 文书: what is on record of one that was issued, and the description by which a sort of letter is issued. A description is
// data (letters/sorts): the next sort costs a description and a template, whatever kind of case it is about. It knows nothing of cases.
package letter

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Letter is a letter as it was issued. What it says stands in its file, which never changes; afterwards only its service and its end are noted.
type Letter struct {
	Seq      int        `json:"seq"` // within its case
	Sort     string     `json:"sort"`
	Title    string     `json:"title"` // what its sort was called when it was issued
	Number   string     `json:"number" paper:"number"`
	Deed     string     `json:"deed"`  // that called for it; "": none did
	Of       int        `json:"round"` // the round of that deed; 0: it is about the whole case
	ToID     string     `json:"to_id"`
	ToName   string     `json:"to_name" names:"then"`
	AlsoTo   []string   `json:"also_to,omitempty"` // the further enterprises that it is addressed to, by their ids; their names stand with the first
	Outside  bool       `json:"outside"`           // it is addressed to the case's enterprise, which reads it
	Copies   []Copy     `json:"copies"`            // and who receives each
	IssuedOn clock.Date `json:"issued_on"`
	ByID     string     `json:"by_id"`
	ByName   string     `json:"by_name" names:"then"`
	At       time.Time  `json:"at"`
	Template int        `json:"template"` // its version; 0: the one that came with the program
	Code     string     `json:"code"`     // behind its QR code: whoever holds the letter can ask whether it was issued
	SHA256   string     `json:"sha256"`   // of its file
	Size     int        `json:"size"`
	Served   *Service   `json:"served"`
	Void     *Voided    `json:"void"`
	Receipts []Receipt  `json:"receipts,omitempty"` // of a letter to several enterprises: how it was served on each; it is served once all have it
}

// Addressees are the enterprises that the letter is addressed to, each by its name on it.
func (l Letter) Addressees() []Receipt {
	ids, names := append([]string{l.ToID}, l.AlsoTo...), strings.Split(l.ToName, "、")
	all := make([]Receipt, len(ids))
	for i, id := range ids {
		if all[i] = (Receipt{ToID: id, ToName: l.ToName}); len(names) == len(ids) {
			all[i].ToName = names[i]
		}
	}
	return all
}

// Unserved are those of them who have yet to receive it.
func (l Letter) Unserved() []Receipt {
	if l.Served != nil {
		return nil
	}
	return slices.DeleteFunc(l.Addressees(), func(a Receipt) bool {
		return slices.ContainsFunc(l.Receipts, func(r Receipt) bool { return r.ToID == a.ToID })
	})
}

// Receipt is how a letter was served on one of several enterprises that it is addressed to.
type Receipt struct {
	ToID   string `json:"to_id"`
	ToName string `json:"to_name" names:"then"`
	Service
}

// ReceivedBy is how a letter to several enterprises was served on the one whose id it is; nil: it was not yet.
func ReceivedBy(receipts []Receipt, is func(id string) bool) *Service {
	i := slices.IndexFunc(receipts, func(r Receipt) bool { return is(r.ToID) })
	if i < 0 {
		return nil
	}
	served := receipts[i].Service
	return &served
}

// ElementName is the enterprise.
func (r Receipt) ElementName(int) string { return r.ToID }

// Sealed is always true: who received it, and when, stays.
func (Receipt) Sealed() bool { return true }

// Copy is one copy of a letter and who receives it.
type Copy struct {
	For string `json:"for"`
}

// Service is how a letter was served: on whom, when and how, and who signed for it (安全生产法 art. 68: a refusal to sign is put on record).
type Service struct {
	On       clock.Date `json:"on"`
	How      string     `json:"how"`
	By       string     `json:"by"`        // who served it
	SignedBy string     `json:"signed_by"` // who signed for it; "": nobody, for the reason in the note
	SignedOn clock.Date `json:"signed_on"`
	Note     string     `json:"note"`
}

// The ways of serving a letter (民事诉讼法 art. 88–92 names them; administrative bodies follow it).
const (
	InPerson   = "in_person"  // 直接送达
	LeftThere  = "left_there" // 留置送达
	ByPost     = "by_post"    // 邮寄送达
	Electronic = "electronic" // 电子送达
	Published  = "published"  // 公告送达
)

// Voided is how a letter ended that should not have been issued. Its number stays used.
type Voided struct {
	On     clock.Date `json:"on"`
	ByID   string     `json:"by_id"`
	ByName string     `json:"by_name" names:"then"`
	Reason string     `json:"reason"`
}

// ElementName is the letter's place among those of its case.
func (l Letter) ElementName(int) string { return strconv.Itoa(l.Seq) }

// Sealed reports whether it can never change again: it is void. That its file never changes the store sees to.
func (l Letter) Sealed() bool { return l.Void != nil }

// Valid reports whether it stands.
func (l Letter) Valid() bool { return l.Void == nil }

// ElementName is the copy's place.
func (Copy) ElementName(position int) string { return strconv.Itoa(position + 1) }

// Call says that a deed on a case calls for a letter: the enterprise is to have on paper what was decided.
type Call struct {
	Deed   string // the verb of the command
	Paper  string // which of the deed's papers it is; "": it has one
	Of     int    // the round
	Number string // drawn with the deed already; "": none was
	On     clock.Date
	Ends   bool // the deed ends the case: its letter is what is left to do, although the case is closed
	After  int  // letters of the case up to this one answer others: a deed may call for one more than once in a round
}

// Answers reports whether the letter is the one that was called for.
func (c Call) Answers(l Letter) bool {
	return l.Valid() && l.Deed == c.Deed && l.Of == c.Of && l.Seq > c.After
}

// Unanswered are the calls for which no valid letter was issued.
func Unanswered(calls []Call, issued []Letter) []Call {
	return slices.DeleteFunc(slices.Clone(calls), func(c Call) bool { return slices.ContainsFunc(issued, c.Answers) })
}

// NumberFor is the number that a letter takes which answers the call: the one that the deed drew, unless a letter bore it that is void.
func (c Call) NumberFor(issued []Letter) string {
	if slices.ContainsFunc(issued, func(l Letter) bool { return l.Number == c.Number }) {
		return ""
	}
	return c.Number
}
