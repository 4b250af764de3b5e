package clock

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Year is one year of the calendar as the State Council publishes it: the paper, and the days that depart from Monday to Friday.
type Year struct {
	Year  int
	Paper string
	Days  map[Date]Special
}

// ParseHolidays reads the JSON in which NateScarlet/holiday-cn republishes the yearly notice: {year, papers[], days[{name, date, isOffDay}]}.
func ParseHolidays(text []byte) (Year, error) {
	var file struct {
		Year   int      `json:"year"`
		Papers []string `json:"papers"`
		Days   []struct {
			Name     string `json:"name"`
			Date     Date   `json:"date"`
			IsOffDay bool   `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Year{}, fmt.Errorf("the file is not in the shape of holiday-cn: %w", err)
	}
	y := Year{Year: file.Year, Days: map[Date]Special{}}
	if len(file.Papers) > 0 {
		y.Paper = file.Papers[0]
	}
	for _, d := range file.Days {
		kind := MakeUpDay
		if d.IsOffDay {
			kind = Holiday
		}
		y.Days[d.Date] = Special{Kind: kind, Name: d.Name}
	}
	return y, y.Valid()
}

// ParseLines reads a year as people type it, one day a line: "2026-10-01 休 国庆节", "2026-10-10 班 国庆节".
func ParseLines(year int, paper, text string) (Year, error) {
	y := Year{Year: year, Paper: strings.TrimSpace(paper), Days: map[Date]Special{}}
	for n, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) < 3 {
			return y, fmt.Errorf("第 %d 行「%s」应写成「2026-10-01 休 国庆节」", n+1, strings.TrimSpace(line))
		}
		day, err := ParseDate(words[0])
		if err != nil {
			return y, fmt.Errorf("第 %d 行的日期「%s」应写成 2026-10-01 的样子", n+1, words[0])
		}
		kind := map[string]DayKind{"休": Holiday, "off": Holiday, "班": MakeUpDay, "work": MakeUpDay}[words[1]]
		if kind == "" {
			return y, fmt.Errorf("第 %d 行的「%s」应是「休」或「班」", n+1, words[1])
		}
		if _, twice := y.Days[day]; twice {
			return y, fmt.Errorf("第 %d 行的 %s 写了两次", n+1, day)
		}
		y.Days[day] = Special{Kind: kind, Name: strings.Join(words[2:], " ")}
	}
	return y, y.Valid()
}

// Lines prints what ParseLines reads, in the order of the days.
func (y Year) Lines() string {
	var b strings.Builder
	for _, day := range slices.SortedFunc(maps.Keys(y.Days), func(a, b Date) int { return b.DaysUntil(a) }) {
		word := "休"
		if y.Days[day].Kind == MakeUpDay {
			word = "班"
		}
		fmt.Fprintf(&b, "%s %s %s\n", day, word, y.Days[day].Name)
	}
	return b.String()
}

// Valid returns an error, for a person to read, when the year cannot be what was published.
func (y Year) Valid() error {
	switch {
	case y.Year < 2000 || y.Year > 2100:
		return fmt.Errorf("年份 %d 不对，应在 2000 到 2100 之间", y.Year)
	case y.Paper == "":
		return fmt.Errorf("请写明 %d 年放假安排的文件（文号或网址）", y.Year)
	case len(y.Days) == 0:
		return fmt.Errorf("%d 年一天也没有，文件可能还没有公布", y.Year)
	}
	for day, special := range y.Days {
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		switch {
		case day.Year() < y.Year-1 || day.Year() > y.Year+1:
			return fmt.Errorf("%s 不属于 %d 年的安排", day, y.Year)
		case special.Name == "":
			return fmt.Errorf("%s 没有写节日名称", day)
		case special.Kind == MakeUpDay && !weekend:
			return fmt.Errorf("%s 不是周末，不能是调休上班日", day)
		}
	}
	return nil
}

// Year returns the days of one year as the calendar has them.
func (c Calendar) Year(year int) Year {
	y := Year{Year: year, Paper: c.Years[year], Days: map[Date]Special{}}
	for day, special := range c.Special {
		if day.Year() == year {
			y.Days[day] = special
		}
	}
	return y
}

// With returns a calendar in which the year is as given; all other years stay.
func (c Calendar) With(y Year) Calendar {
	next := Calendar{Version: c.Version, Hours: c.Hours, Years: maps.Clone(c.Years), Special: maps.Clone(c.Special)}
	if next.Years == nil {
		next.Years = map[int]string{}
	}
	if next.Special == nil {
		next.Special = map[Date]Special{}
	}
	maps.DeleteFunc(next.Special, func(day Date, _ Special) bool { return day.Year() == y.Year })
	maps.Copy(next.Special, y.Days)
	next.Years[y.Year] = y.Paper
	return next
}

// Warning says that next year's list is missing: from 1 November on, and urgently from 1 December on, when deadlines run into the new year.
type Warning struct {
	Year   int
	Urgent bool
}

// Missing returns the warning that is due on the day, or nil.
func (c Calendar) Missing(today Date) *Warning {
	if _, known := c.Years[today.Year()]; !known {
		return &Warning{Year: today.Year(), Urgent: true}
	}
	month := today.t.Month()
	if _, known := c.Years[today.Year()+1]; known || month < time.November {
		return nil
	}
	return &Warning{Year: today.Year() + 1, Urgent: month == time.December}
}

// ParseHours reads office hours as people write them: "08:30-12:00, 14:00-17:30".
func ParseHours(text string) ([]Span, error) {
	var spans []Span
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		var a, b, c, d int
		if _, err := fmt.Sscanf(strings.ReplaceAll(strings.TrimSpace(part), "–", "-"), "%d:%d-%d:%d", &a, &b, &c, &d); err != nil {
			return nil, fmt.Errorf("办公时间「%s」应写成 08:30-12:00", strings.TrimSpace(part))
		}
		s := Span{From: a*60 + b, To: c*60 + d}
		if s.From < 0 || s.To > 24*60 || s.From >= s.To || (len(spans) > 0 && s.From < spans[len(spans)-1].To) {
			return nil, fmt.Errorf("办公时间「%s」前后颠倒或重叠", strings.TrimSpace(part))
		}
		spans = append(spans, s)
	}
	if len(spans) == 0 {
		return nil, fmt.Errorf("请填写办公时间，例如 08:30-12:00，14:00-17:30")
	}
	return spans, nil
}
