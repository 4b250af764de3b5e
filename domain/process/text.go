package process

import (
	"strings"
	"unicode/utf8"
)

// Text is a phrase in the two languages of the pages.
type Text struct {
	Chinese string `json:"zh" yaml:"zh"`
	English string `json:"en" yaml:"en"`
}

// Longest texts, in characters.
const (
	TitleLimit = 200
	TextLimit  = 4000
)

// Required trims a text and refuses an empty or overlong one, naming the field.
func Required(field, text string, limit int) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", RefuseField(field, "这一项必须填写。", "This field is required.")
	}
	return Optional(field, text, limit)
}

// Optional trims a text and refuses an overlong or unprintable one, naming the field.
func Optional(field, text string, limit int) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > limit {
		return "", RefuseField(field, "内容太长，请精简。", "The text is too long.")
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", RefuseField(field, "内容含有无法保存的字符。", "The text contains characters that cannot be kept.")
	}
	return text, nil
}
