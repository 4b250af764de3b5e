package store

import (
	"errors"
	"net/url"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	written "github.com/parkway-zone/parkway/domain/typed"
)

// AskedOf reads from an address what narrows the list of a kind by the conditions that the kind describes. It refuses a day that cannot be read, and
// days that end before they begin: all of them at once.
func AskedOf(kind process.Entry, query url.Values) (Conditions, error) {
	asked, faults := Conditions{In: map[string][]string{}, Days: map[string]Days{}}, process.Faults{}
	for _, one := range kind.List.Conditions {
		if one.By != listing.ByDays {
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
