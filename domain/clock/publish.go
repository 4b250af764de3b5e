package clock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Year is one year of the calendar as the State Council publishes it: the paper, and the days that depart from Monday to Friday. The paper of a year
// also rules the last days of December before it, where New Year's holiday reaches back (2007, 2008, 2012, 2019, 2023).
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
	if err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &file); err != nil {
		return Year{}, fmt.Errorf("文件不是 holiday-cn 的格式（year、papers、days）：%w", err)
	}
	y, faults := Year{Year: file.Year, Paper: strings.Join(file.Papers, " "), Days: map[Date]Special{}}, Faults{}
	for _, d := range file.Days {
		kind := MakeUpDay
		if d.IsOffDay {
			kind = Holiday
		}
		if _, twice := y.Days[d.Date]; twice {
			faults.Note(OfDays, fmt.Sprintf("%s 写了两次", d.Date))
		}
		y.Days[d.Date] = Special{Kind: kind, Name: d.Name}
	}
	return y, y.Besides(faults)
}

// ParseLines reads a year as people type it, one day a line: "2026-10-01 休 国庆节", "2026/10/10 上班 国庆节". What is wrong is told of every line (Faults).
func ParseLines(year int, paper, text string) (Year, error) {
	y, faults := Year{Year: year, Paper: strings.TrimSpace(paper), Days: map[Date]Special{}}, Faults{}
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := y.line(line); err != nil {
			faults.Note(OfDays, fmt.Sprintf("第 %d 行%s", n+1, err))
		}
	}
	return y, y.Besides(faults)
}

func (y Year) line(line string) error {
	words := strings.Fields(line)
	if len(words) < 3 {
		return fmt.Errorf("「%s」应写成「2026-10-01 休 国庆节」", strings.TrimSpace(line))
	}
	return y.Add(words[0], words[1], strings.Join(words[2:], " "))
}

// Add takes a day as somebody wrote it. It refuses, in words that follow the place it stands at ("第 3 行…"), what it cannot read and a day that is there
// already.
func (y Year) Add(day, kind, name string) error {
	date, err := written(day)
	if err != nil {
		return fmt.Errorf("的日期「%s」应写成 2026-10-01 的样子", day)
	}
	k, ok := dayKind(kind)
	if !ok {
		return fmt.Errorf("的「%s」应是「休」或「班」", kind)
	}
	if _, twice := y.Days[date]; twice {
		return fmt.Errorf("的 %s 写了两次", date)
	}
	y.Days[date] = Special{Kind: k, Name: name}
	return nil
}

// dayKind reads whether a day is off or worked, in the words of the notices and of the sheets made from them.
func dayKind(word string) (DayKind, bool) {
	switch strings.ToLower(word) {
	case "休", "休息", "放假", "off":
		return Holiday, true
	case "班", "上班", "补班", "work":
		return MakeUpDay, true
	}
	return "", false
}

// written reads a day in the ways people write one: 2026-10-01, 2026-10-1, 2026/10/1, 2026.10.1, 2026年10月1日, 20261001.
func written(text string) (Date, error) {
	if len(text) == len("20261001") && strings.Trim(text, "0123456789") == "" {
		return ParseDate(text[:4] + "-" + text[4:6] + "-" + text[6:])
	}
	parts := strings.Split(strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-", "日", "").Replace(text), "-")
	for i := range parts {
		if len(parts[i]) == 1 {
			parts[i] = "0" + parts[i]
		}
	}
	return ParseDate(strings.Join(parts, "-"))
}

// Lines prints what ParseLines reads, in the order of the days.
func (y Year) Lines() string {
	var b strings.Builder
	for _, day := range y.inOrder() {
		word := "休"
		if y.Days[day].Kind == MakeUpDay {
			word = "班"
		}
		fmt.Fprintf(&b, "%s %s %s\n", day, word, y.Days[day].Name)
	}
	return b.String()
}

// Valid returns Faults, for a person to read, when the year cannot be what was published.
func (y Year) Valid() error { return y.Besides(nil) }

// Besides returns the faults that were found while the year was read, and those of what could be read of it; nil where there are none.
func (y Year) Besides(read Faults) error {
	faults := read
	if y.Year < 2000 || y.Year > 2100 { // of which no day can be
		faults.Note(OfYear, fmt.Sprintf("年份 %d 不对，应在 2000 到 2100 之间", y.Year))
		return faults
	}
	if y.Paper == "" {
		faults.Note(OfPaper, fmt.Sprintf("请写明 %d 年放假安排的文件（文号或网址）", y.Year))
	}
	if len(y.Days) == 0 {
		if len(read) == 0 {
			faults.Note(OfDays, fmt.Sprintf("%d 年一天也没有，文件可能还没有公布", y.Year))
		}
		return faults.Err()
	}
	own := false
	for _, day := range y.inOrder() {
		special := y.Days[day]
		own = own || day.Year() == y.Year
		switch {
		case day.Year() == y.Year+1:
			faults.Note(OfDays, fmt.Sprintf("%s 是下一年的日子：%d 年的安排只管当年和上一年 12 月，请把它录在 %d 年的安排里", day, y.Year, y.Year+1))
		case day.Year() != y.Year && (day.Year() != y.Year-1 || day.t.Month() != time.December):
			faults.Note(OfDays, fmt.Sprintf("%s 不属于 %d 年的安排：一年的安排只管当年和上一年 12 月", day, y.Year))
		case special.Name == "":
			faults.Note(OfDays, fmt.Sprintf("%s 没有写节日名称", day))
		case special.Kind == MakeUpDay && !day.weekend() && !y.returns(day) && len(read) == 0: // the line that makes it right may be one of those
			faults.Note(OfDays, fmt.Sprintf("%s 不是周末，也不是假期结束后开始上班的日子，不能写成上班", day))
		}
	}
	if !own && len(read) == 0 {
		faults.Note(OfYear, fmt.Sprintf("没有一天在 %d 年，请核对年份", y.Year))
	}
	return faults.Err()
}

// returns reports whether the day is the one on which the paper has people come back: the day before is off, the day itself and the next one are not.
// So the notice of 27 January 2020 names Monday 3 February ("2月3日（星期一）起正常上班"). Anywhere else a worked Monday to Friday is a slip of the pen.
func (y Year) returns(day Date) bool {
	return y.Days[day.AddDays(-1)].Kind == Holiday && y.Days[day.AddDays(1)].Kind != Holiday
}

func (y Year) inOrder() []Date {
	return slices.SortedFunc(maps.Keys(y.Days), func(a, b Date) int { return b.DaysUntil(a) })
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
