package notify

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// mostOfAReason is how many bytes of an answer are kept.
const mostOfAReason = 1000

// readable turns what the other side said into text that a person can read and a database takes: mail servers here answer in GBK (of which GB 18030 is the
// superset), and whatever else comes, there is nothing in it that no text may hold.
func readable(text string) string {
	quoted := regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	text = quoted.ReplaceAllStringFunc(text, func(part string) string { // as Go writes an answer whose bytes it does not know
		if plain, err := strconv.Unquote(part); err == nil {
			return "「" + decoded(plain) + "」"
		}
		return part
	})
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, decoded(text))
	return cut(strings.TrimSpace(text), mostOfAReason)
}

func decoded(text string) string {
	if !utf8.ValidString(text) {
		if chinese, err := simplifiedchinese.GB18030.NewDecoder().String(text); err == nil {
			text = chinese
		}
	}
	return strings.ToValidUTF8(text, "\ufffd")
}
