package clock

// Words says a day as people write it: 11月25日（周三）, with the year when it is not this one, and then without the weekday.
func (d Date) Words(thisYear int) (chinese, english string) {
	if d.Year() != thisYear {
		return d.Start().Format("2006年1月2日"), d.Start().Format("2 Jan 2006")
	}
	return d.Start().Format("1月2日") + d.InWeek(), d.Start().Format("Mon 2 Jan")
}

// InWeek is the day of the week: （周三）.
func (d Date) InWeek() string {
	return "（周" + string([]rune("日一二三四五六")[d.Weekday()]) + "）"
}

// Chinese is the day in a Chinese sentence of the rules, which do not know the year of who reads it: 2026年11月25日.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return d.Start().Format("2006年1月2日")
}
