package works

import (
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// One is the span that names this building alone, in 「」 where its code cannot be read as itself.
func One(c Code) Span {
	if codes, unread := Codes(Span(c)); len(unread) == 0 && len(codes) == 1 && codes[0] == c {
		return Span(c)
	}
	return Span("「" + strings.ReplaceAll(string(c), "」", "」」") + "」")
}

// Proper is a code as it is kept: what a person wrote for one building in its one form, 1# of 1号 and 01#厂房, and the name behind the number, if there is one. It
// says what is wrong with what names no building or several.
func Proper(text string) (c Code, use string, unread []process.Text) {
	codes, unread := Codes(Span(text))
	switch {
	case len(unread) > 0:
		return "", "", unread
	case len(codes) != 1 || codes[0] != Code(text) && strings.ContainsRune(text, '「'):
		return "", "", []process.Text{{Chinese: "「" + shorten(text) + "」不是一栋的编号，请每栋分开写，例如 1#、2#。", English: "“" + shorten(text) + "” is not the code of one building: write each apart, like 1#, 2#."}}
	case codes[0].Numbered() && strings.HasSuffix(ordinary(text), "#厂房"):
		use = "厂房"
	}
	return codes[0], use, nil
}

// quoted parts a text at its first 「」: what stands before it, in it and behind it.
func quoted(text string) (plain, exact, rest string) {
	plain, inner, found := strings.Cut(text, "「")
	if !found {
		return text, "", ""
	}
	for at := 0; ; {
		end := strings.Index(inner[at:], "」")
		switch {
		case end < 0: // it is never closed: it cannot be read, and is asked back
			return text, "", ""
		case strings.HasPrefix(inner[at+end:], "」」"):
			at += end + 2*len("」")
			continue
		}
		return plain, strings.ReplaceAll(inner[:at+end], "」」", "」"), inner[at+end+len("」"):]
	}
}
