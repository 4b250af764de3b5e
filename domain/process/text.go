package process

import (
	"reflect"
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

// Lines returns the text with every line break as one character: browsers send two (CRLF), old papers hold a lone CR. What is counted, kept and
// compared is this.
func Lines(text string) string {
	if !strings.ContainsRune(text, '\r') {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// lines puts every text of a command that was read into the form of Lines.
func lines(v reflect.Value) {
	switch v.Kind() { //nolint:exhaustive // nothing else holds text
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Kind() == reflect.Pointer {
			lines(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			lines(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			lines(v.Index(i))
		}
	case reflect.String:
		if v.CanSet() {
			v.SetString(Lines(v.String()))
		}
	}
}
