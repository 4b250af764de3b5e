package store

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	written "github.com/parkway-zone/parkway/domain/typed"
)

// AskedOf reads from an address what narrows the list of a kind by the conditions that the kind describes. It refuses a day that cannot be read, and
// days that end before they begin: all of them at once.
func AskedOf(kind process.Entry, query url.Values) (Conditions, error) {
	asked, faults := Conditions{In: map[string][]string{}, Days: map[string]Days{}, Shares: map[string]Shares{}}, process.Faults{}
	for _, one := range kind.List.Narrowing() {
		switch one.By {
		case listing.ByDays:
		case listing.ByShare, listing.ByCount:
			share, fault := sharesAsked(query, one)
			if fault != nil {
				faults.Note(process.RefuseField(fault.Name, fault.Chinese, fault.English))
			}
			asked.Shares[one.Name] = share
			continue
		default:
			asked.In[one.Name] = slices.DeleteFunc(slices.Clone(query[one.Name]), func(v string) bool { return v == "" })
			continue
		}
		from, err := dayAsked(query, one.Name+"_from")
		faults.Note(err)
		to, err := dayAsked(query, one.Name+"_to")
		faults.Note(err)
		if fault := reversed(query, one.Name); fault != nil {
			faults.Note(process.RefuseField(fault.Name, fault.Chinese, fault.English))
		}
		asked.Days[one.Name] = Days{From: from, To: to}
	}
	return asked, faults.Err()
}

func dayAsked(query url.Values, name string) (clock.Date, error) {
	if text := query.Get(name); text != "" {
		return written.Day(name, text)
	}
	return clock.Date{}, nil
}

// sharesAsked are the percents between which a condition asks, and what is wrong with them.
func sharesAsked(query url.Values, one listing.Condition) (Shares, *process.Field) {
	var share Shares
	name := one.Name
	for _, end := range []struct {
		name string
		into **int16
	}{{name + "_from", &share.From}, {name + "_to", &share.To}} {
		if text := query.Get(end.name); text != "" {
			var fault *process.Field
			if *end.into, fault = shareAsked(end.name, text, one.By); fault != nil {
				return Shares{}, fault
			}
		}
	}
	if share.From != nil && share.To != nil && *share.From > *share.To {
		return Shares{}, &process.Field{Name: name + "_from", Chinese: fmt.Sprintf("开始的数（%d）大于结束的（%d），请改正其中一个。", *share.From, *share.To),
			English: fmt.Sprintf("It begins (%d) above where it ends (%d): correct one of the two.", *share.From, *share.To)}
	}
	return share, nil
}

// mostCounted is up to which number a list is narrowed by how many of something there are.
const mostCounted = 9999

// shareAsked reads a percent or a count, or says why it cannot be read.
func shareAsked(name, text string, by listing.By) (*int16, *process.Field) {
	if by == listing.ByCount {
		if n, err := strconv.ParseUint(text, 10, 15); err == nil && n <= mostCounted {
			return new(int16(n)), nil //nolint:gosec // it is below 10,000
		}
		return nil, &process.Field{Name: name, Chinese: fmt.Sprintf("请写 0 到 %d 的整数。", mostCounted), English: fmt.Sprintf("Write a whole number from 0 to %d.", mostCounted)}
	}
	if n, err := strconv.ParseUint(text, 10, 7); err == nil && n <= 100 && text[0] != '+' {
		return new(int16(n)), nil
	}
	return nil, &process.Field{Name: name, Chinese: "请写 0 到 100 的整数（百分比）。", English: "Write a whole number from 0 to 100 (percent)."}
}

// During narrows to the days of a year, where one is given and the days themselves are not.
func (c *Conditions) During(name string, year int) {
	if year != 0 && c.Days[name] == (Days{}) {
		c.Days[name] = InYear(year)
	}
}

// dayFault is why a day cannot be read; nil where it can.
func dayFault(name, text string) *process.Refusal {
	var refusal *process.Refusal
	if _, err := written.Day(name, text); errors.As(err, &refusal) {
		return refusal
	}
	return nil
}
