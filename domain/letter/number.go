package letter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A format of numbers is what stands on the paper, with three places to fill in: {代字}, what the zone's letters begin with; {年}, the year in four figures; and
// {序号}, which counts from 1 every year, or {序号:3} with zeros in front of it up to three figures: {代字}责改〔{年}〕{序号:3}号.

// formatLimit is how long a format may be, in characters; a number is at most 80.
const formatLimit = 60

func places() *regexp.Regexp { return regexp.MustCompile(`\{([^{}]*)\}`) }

// Number is the n-th number of a year in the format.
func Number(format, letters string, year, n int) string {
	return places().ReplaceAllStringFunc(format, func(place string) string {
		name, width, _ := strings.Cut(strings.Trim(place, "{}"), ":")
		switch name {
		case "代字":
			return letters
		case "年":
			return strconv.Itoa(year)
		case "序号":
			w, _ := strconv.Atoi(width) // CheckFormat has looked at it
			return fmt.Sprintf("%0*d", w, n)
		}
		return place
	})
}

// Fault is why a format cannot be.
type Fault Words

// Error makes it an error.
func (f Fault) Error() string { return f.English }

// CheckFormat refuses a format by which two numbers could be the same, or which cannot stand on one line of paper.
func CheckFormat(format string) error {
	years, counts := 0, 0
	for _, place := range places().FindAllStringSubmatch(format, -1) {
		name, width, wide := strings.Cut(place[1], ":")
		n, err := strconv.Atoi(width)
		switch {
		case name == "代字" && !wide:
		case name == "年" && !wide:
			years++
		case name == "序号" && (!wide || err == nil && n >= 1 && n <= 6):
			counts++
		default:
			return Fault{fmt.Sprintf("文号格式里的 %s 不认识，可以用 {代字}、{年}、{序号}、{序号:3}。", place[0]), fmt.Sprintf("%s is not known; {代字}, {年}, {序号} and {序号:3} are.", place[0])}
		}
	}
	rest := places().ReplaceAllString(format, "")
	switch {
	case strings.TrimSpace(format) == "":
		return Fault{"请填写文号格式，例如 {代字}整改〔{年}〕{序号}号。", "Give the format, for instance {代字}整改〔{年}〕{序号}号."}
	case utf8.RuneCountInString(format) > formatLimit:
		return Fault{"文号格式最长 60 个字。", "A format has 60 characters at most."}
	case strings.ContainsAny(rest, "{}"):
		return Fault{"文号格式里的花括号要成对。", "Braces come in pairs."}
	case strings.ContainsAny(rest, "0123456789０１２３４５６７８９") && regexp.MustCompile(`[0-9０-９]\{|\}[0-9０-９]`).MatchString(format):
		return Fault{"数字不能紧挨着 {年} 或 {序号}，否则看不出是第几号。", "A figure must not touch {年} or {序号}: nobody could tell which number it is."}
	case years != 1:
		return Fault{"文号格式要有一个 {年}：序号每年从 1 开始，没有年份就会重号。", "A format needs {年} once: numbers begin anew every year, and would come twice without it."}
	case counts != 1:
		return Fault{"文号格式要有一个 {序号}。", "A format needs {序号} once."}
	case regexp.MustCompile(`\{年\}\{序号|\{序号(:\d)?\}\{年`).MatchString(format):
		return Fault{"{年} 和 {序号} 之间要有别的字，例如 〔{年}〕{序号}号。", "Something has to stand between {年} and {序号}, as in 〔{年}〕{序号}号."}
	}
	return nil
}

// Clash reports whether two formats could make the same number: then one of them has to be another.
func Clash(one, other string) bool {
	plain := func(f string) string {
		return regexp.MustCompile(`\{序号(:\d)?\}`).ReplaceAllString(strings.Join(strings.Fields(f), ""), "{序号}")
	}
	return plain(one) == plain(other)
}
