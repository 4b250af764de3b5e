package typed

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

var (
	parts    = regexp.MustCompile(`^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?|([0-9]{2})([0-9]{2}))$`) //nolint:gochecknoglobals // compiled once
	ofWeek   = regexp.MustCompile(`[（(]?(?:周|星期|礼拜)([一二三四五六日天])[）)]?$`)                                                                                                                      //nolint:gochecknoglobals // compiled once
	yearless = regexp.MustCompile(`^([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})[日号]?$`)                                                                                                              //nolint:gochecknoglobals // compiled once
)

// Day reads a day written as 2026-12-04, 2026/12/4, 2026.12.4, 2026年12月4日 or 20261204, with its day of the week behind it or without. A day
// without its year, with two digits of it, or with another day of the week than it has, is asked back.
func Day(path, text string) (clock.Date, error) {
	refuse := func(chinese, english string) (clock.Date, error) {
		return clock.Date{}, process.RefuseField(path, chinese, english)
	}
	plain := Plain(text)
	week := ""
	if m := ofWeek.FindStringSubmatch(plain); m != nil {
		plain, week = strings.TrimSuffix(plain, m[0]), strings.Replace(m[1], "天", "日", 1)
	}
	m := parts.FindStringSubmatch(plain)
	if m == nil {
		if yearless.MatchString(plain) {
			return refuse("请把年份也写上，例如 2026年12月4日。", "Write the year too, like 2026-12-04.")
		}
		return refuse("看不懂日期「"+shown(text)+"」，请写成 2026-12-04、2026/12/4 或 2026年12月4日 的样子。", "Write the day like 2026-12-04, 2026/12/4 or 2026年12月4日.")
	}
	found := []int{}
	for _, part := range m[1:] {
		if part != "" {
			n, _ := strconv.Atoi(part) // at most four digits
			found = append(found, n)
		}
	}
	day := clock.NewDate(found[0], time.Month(found[1]), found[2])
	y, month, d := day.Start().Date()
	switch {
	case y != found[0] || int(month) != found[1] || d != found[2]:
		return refuse("没有「"+shown(text)+"」这一天，请核对。", "There is no such day; check it.")
	case y < 1900 || y > 2199:
		return refuse("年份应在 1900 到 2199 之间。", "The year must lie between 1900 and 2199.")
	}
	if is := string([]rune("日一二三四五六")[day.Weekday()]); week != "" && week != is {
		return refuse(day.Chinese()+"是星期"+is+"，不是星期"+week+"，请核对。", day.String()+" is another day of the week; check it.")
	}
	return day, nil
}
