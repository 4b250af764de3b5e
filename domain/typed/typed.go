// Package typed reads what people write into the fields of a form, as they write it: 2.6亿元, １２３．５, 2026年12月4日. It never guesses: what can
// be read in two ways is asked back. What it prints, it reads as exactly the same.
package typed

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/parkway-zone/parkway/domain/process"
)

// longest is how many characters a number or a day can have.
const longest = 40

// Plain returns the text with full-width letters, digits and signs as the ordinary ones (１２３．５ is 123.5), every dash as -, and without blanks.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '￥':
			return '¥'
		case r >= '‐' && r <= '―' || r == '−':
			return '-'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, text)
}

// digits is a number in ordinary digits; commas may set off thousands and nothing else, because 1,5 is 1.5 to some and 15 to others.
const digits = `(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?`

var number = regexp.MustCompile(`^` + digits + `$`) //nolint:gochecknoglobals // compiled once

// Number reads a number without a sign and with at most two decimals, in the unit the field asks for, which may stand behind it. It returns the
// number as JSON takes it: 62.5.
func Number(path, text, unit string) (string, error) {
	plain := Plain(text)
	if unit != "" {
		plain = strings.TrimSuffix(plain, unit)
	}
	_, decimals, _ := strings.Cut(plain, ".")
	switch {
	case !number.MatchString(plain) || len(plain) > longest:
		return "", process.RefuseField(path, "看不懂「"+shown(text)+"」，请只写数字，单位是"+orNumber(unit)+"，例如 62.5。", "Write a number, like 62.5.")
	case len(strings.TrimRight(decimals, "0")) > 2:
		return "", process.RefuseField(path, "最多两位小数。", "At most two decimals.")
	}
	return strings.ReplaceAll(plain, ",", ""), nil
}

func orNumber(unit string) string {
	if unit == "" {
		return "个"
	}
	return unit
}

// Count reads a whole number.
func Count(path, text string) (int, error) {
	plain := Plain(text)
	n, err := strconv.Atoi(strings.ReplaceAll(plain, ",", ""))
	if err != nil || !number.MatchString(strings.TrimPrefix(plain, "-")) {
		return 0, process.RefuseField(path, "请填写整数。", "Write a whole number.")
	}
	return n, nil
}

// shown is what was written, short enough to be quoted.
func shown(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return string(runes)
}
