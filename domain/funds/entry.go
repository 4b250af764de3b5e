package funds

import (
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Sort is what an amount counts as.
type Sort string

// The sorts.
const (
	Done    Sort = "done"     // 完成投资: invested in the month
	InPlace Sort = "in_place" // 到位资金: money that came in the month
)

// Origin says whose money it is.
type Origin string

// The origins.
const (
	Domestic Origin = "domestic" // 内资
	Foreign  Origin = "foreign"  // 外资
)

// Entry is one amount of one month. There is one for each month, sort, origin and currency; one that was taken back does not count.
type Entry struct {
	Seq      int      `json:"seq"`
	Month    Month    `json:"month"`
	Sort     Sort     `json:"sort"`
	Origin   Origin   `json:"origin"`
	Currency Currency `json:"currency"`
	Said
	TakenBack bool     `json:"taken_back"`
	Former    []Former `json:"former"`
}

// Said is what is said of an amount, and may be corrected.
type Said struct {
	Amount     Amount     `json:"amount"`      // in the entry's currency
	Rate       *Rate      `json:"rate"`        // in yuan for one unit; nil of yuan
	RateOn     clock.Date `json:"rate_on"`     // the day of the rate
	RateSource string     `json:"rate_source"` // who gives it
	Purpose    string     `json:"purpose"`
	Excess     string     `json:"excess"` // why it is more than was agreed
	Proof      []int      `json:"proof"`  // the numbers of the files that prove it
	ByName     string     `json:"by_name"`
	On         clock.Date `json:"on"` // the day it was said
}

// Former is what an entry said before it was corrected or taken back. It stays for ever.
type Former struct {
	Seq int `json:"seq"`
	Said
	Reason string `json:"reason"` // why it was corrected
}

// ElementName is its number.
func (e Entry) ElementName(int) string { return strconv.Itoa(e.Seq) }

// Sealed reports whether it was taken back: then it never changes again.
func (e Entry) Sealed() bool { return e.TakenBack }

// ElementName is its number.
func (f Former) ElementName(int) string { return strconv.Itoa(f.Seq) }

// Sealed is always true.
func (Former) Sealed() bool { return true }

// Yuan is what it is worth in yuan, at its own rate where it is in another currency.
func (e Entry) Yuan() Amount {
	if e.Rate == nil {
		return e.Amount
	}
	return e.Amount.In(*e.Rate)
}

// Same reports whether two entries are of the same month, sort, origin and currency.
func (e Entry) Same(other Entry) bool {
	return e.Month == other.Month && e.Sort == other.Sort && e.Origin == other.Origin && e.Currency == other.Currency
}

// Put is the entry with something else said of it; what was said stays beneath.
func (e Entry) Put(now Said, reason string) Entry {
	e.Former = append(append([]Former{}, e.Former...), Former{Seq: len(e.Former) + 1, Said: e.Said, Reason: reason})
	e.Said = now
	return e
}
