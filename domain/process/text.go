package process

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parkway-zone/parkway/domain/value"
)

// Text is a phrase in the two languages of the pages.
type Text struct {
	Chinese string `json:"zh" yaml:"zh"`
	English string `json:"en" yaml:"en"`
}

// Longest texts, in characters. What has at most LineLimit is one line.
const (
	TitleLimit = 200
	LineLimit  = 400
	TextLimit  = 4000
)

// Required returns the text as it is kept (see value.Text), without what shows nothing around it. It refuses, naming the field, what shows nothing
// at all, what is too long, and what is no text.
func Required(field, text string, limit int) (string, error) {
	text, err := Optional(field, text, limit)
	if err == nil && value.Blank(text) {
		return "", RefuseField(field, "这一项必须填写。", "This field is required.")
	}
	return text, err
}

// Optional is Required for a text that may be empty: what shows nothing is none. A text of at most LineLimit characters is one line.
func Optional(field, text string, limit int) (string, error) {
	keep := value.Text
	if limit <= LineLimit {
		keep = value.Line
	}
	text, err := keep(text)
	if err != nil {
		return "", NoText(field)
	}
	if text = value.Trim(text); value.Blank(text) {
		return "", nil
	}
	if utf8.RuneCountInString(text) > limit {
		return "", RefuseField(field, "内容太长，最多 "+strconv.Itoa(limit)+" 个字，请精简。", "The text is too long: at most "+strconv.Itoa(limit)+" characters.")
	}
	return text, nil
}

// NoText refuses a field whose bytes are no text.
func NoText(field string) *Refusal {
	return RefuseField(field, "内容含有无法保存的字符。", "The text contains characters that cannot be kept.")
}

// Lines returns the text with every line break as one character: browsers send two (CRLF), old papers hold a lone CR. What is counted, kept and
// compared is this.
func Lines(text string) string {
	if !strings.ContainsRune(text, '\r') {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
