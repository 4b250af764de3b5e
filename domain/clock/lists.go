package clock

import "maps"

// A day belongs to the list that rules it, not to the year it lies in: 29 to 31 December 2018 are ruled by the paper of 2019. So lists can be imported in
// any order, and each can be replaced without touching what another one rules. Where two lists rule a day, the later one does, whichever came first.

// RuledBy is the year whose paper rules the day.
func (s Special) RuledBy(day Date) int {
	if s.List == 0 {
		return day.Year()
	}
	return s.List
}

// Year returns the days of one year as the calendar has them, whichever paper rules them.
func (c Calendar) Year(year int) Year {
	return c.of(year, func(day Date, _ Special) bool { return day.Year() == year })
}

// List returns what the paper of a year rules, the days of the December before it too: what With takes.
func (c Calendar) List(year int) Year {
	y := c.of(year, func(day Date, s Special) bool { return s.RuledBy(day) == year })
	for day, special := range c.Beneath {
		if special.RuledBy(day) == year {
			y.Days[day] = special
		}
	}
	for day, special := range y.Days {
		special.List = 0
		y.Days[day] = special
	}
	return y
}

func (c Calendar) of(year int, take func(Date, Special) bool) Year {
	y := Year{Year: year, Paper: c.Years[year], Days: map[Date]Special{}}
	for day, special := range c.Special {
		if take(day, special) {
			y.Days[day] = special
		}
	}
	return y
}

// With returns a calendar in which the list of the year is as given; what the lists of other years rule stays.
func (c Calendar) With(y Year) Calendar {
	next := c
	next.Years, next.Special, next.Beneath = copied(c.Years), copied(c.Special), copied(c.Beneath)
	next.let(y.Year)
	for day, special := range y.Days {
		special.List = y.Year
		next.Lay(day, special)
	}
	next.Years[y.Year] = y.Paper
	return next
}

// Lay puts what a list says of a day into the calendar's own maps: on top of what an earlier list says, beneath what a later one does.
func (c Calendar) Lay(day Date, special Special) {
	other, ruled := c.Special[day]
	switch {
	case !ruled:
		c.Special[day] = special
	case other.RuledBy(day) < special.RuledBy(day):
		c.Special[day], c.Beneath[day] = special, other
	default:
		c.Beneath[day] = special
	}
}

// let makes the calendar forget a list: days that an earlier one rules beneath are ruled by it again.
func (c Calendar) let(year int) {
	mine := func(day Date, s Special) bool { return s.RuledBy(day) == year }
	maps.DeleteFunc(c.Beneath, mine)
	maps.DeleteFunc(c.Special, mine)
	for day, special := range c.Beneath {
		if _, ruled := c.Special[day]; !ruled {
			c.Special[day] = special
			delete(c.Beneath, day)
		}
	}
}

func copied[K comparable, V any](from map[K]V) map[K]V {
	to := make(map[K]V, len(from))
	maps.Copy(to, from)
	return to
}
