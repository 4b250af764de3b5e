package process

import (
	"bytes"
	"encoding/json"
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

// LinesIn is Lines for every text of a command's JSON form: here command texts are read once, wherever they come from. What is no JSON stays as it is.
func LinesIn(input json.RawMessage) json.RawMessage {
	if !bytes.Contains(input, []byte(`\r`)) && !bytes.Contains(bytes.ToLower(input), []byte(`\u000d`)) {
		return input
	}
	out := make(json.RawMessage, 0, len(input))
	for at := 0; at < len(input); {
		n := carriage(input[at:])
		switch {
		case n > 0:
			at += n
			out = append(out, `\n`...)
			at += feed(input[at:])
		case input[at] == '\\' && at+1 < len(input): // an escaped sign, perhaps a backslash before a plain r
			out = append(out, input[at], input[at+1])
			at += 2
		default:
			out = append(out, input[at])
			at++
		}
	}
	return out
}

// carriage is how long the escape is by which the text begins, when it is a CR's; else 0.
func carriage(text []byte) int { return escaped(text, `\r`, `\u000d`) }

// feed is carriage of an LF.
func feed(text []byte) int { return escaped(text, `\n`, `\u000a`) }

func escaped(text []byte, short, long string) int {
	switch {
	case bytes.HasPrefix(text, []byte(short)):
		return len(short)
	case len(text) >= len(long) && strings.EqualFold(string(text[:len(long)]), long) && text[1] == 'u':
		return len(long)
	}
	return 0
}
