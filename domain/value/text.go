// Package value says what the single values may be that come from outside: text, ids, days, JSON. Every face and the door ask it, so that none of
// them keeps what another one refuses.
package value

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ErrNoText means that something is no text that can be kept: it is not UTF-8, or holds the sign NUL, which PostgreSQL cannot keep.
var ErrNoText = errors.New("it holds bytes that are no text") //nolint:gochecknoglobals // a sentinel

// Text returns the text as it is kept: in the one form in which equal texts are equal (NFC), with every break of a line as \n, and without the signs
// that nobody sees and that come along when something is copied: control characters, marks that turn the direction of reading (a file "gpj.exe" reads
// "exe.jpg" behind U+202E), blanks without width. What joins an emoji or chooses the form of a character stays.
func Text(text string) (string, error) {
	if plain(text) {
		return text, nil
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", ErrNoText
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return norm.NFC.String(strings.Map(kept, text)), nil
}

// Line is Text on one line: a break is a blank.
func Line(text string) (string, error) {
	text, err := Text(text)
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(text), err
}

// Said is what somebody sent as a sentence can quote it: one line of what Text keeps, and nothing of bytes that are no text. It is for showing only.
func Said(text string) string {
	text, err := Line(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", ""))
	if err != nil { // there is nothing left that is no text
		return ""
	}
	return text
}

// plain reports whether a text is ASCII without control characters, and so is as it is kept: most ids, words of a choice and numbers are.
func plain[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// kept maps a sign to what is kept of it, -1 for nothing.
func kept(r rune) rune {
	switch {
	case r >= '\u3000' && r < 0xd800: // nearly all that is written here, and nothing of what is looked for below
		return r
	case r == '\n', r == '\t':
		return r
	case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029': // each breaks a line somewhere: Word writes \v
		return '\n'
	case r < ' ', r >= 0x7f && r < 0xa0:
		return -1
	case r == '\u200c', r == '\u200d': // they join and part the signs of an emoji, and of some scripts
		return r
	case unicode.Is(unicode.Bidi_Control, r), r == '\u200b', r == '\u2060', r == '\ufeff', r == '\u00ad', r == '\u180e', r >= '\u206a' && r <= '\u206f',
		r >= '\ufff9' && r <= '\ufffb', r >= 0xe0000 && r <= 0xe007f:
		return -1
	}
	return r
}

// Blank reports whether a text shows nothing: it has only spaces, signs without width or ink, and marks without a letter to stand on.
func Blank(text string) bool {
	for _, r := range text {
		if !bare(r) {
			return false
		}
	}
	return true
}

func bare(r rune) bool {
	return unicode.IsSpace(r) || r == '\u2800' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.M, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Trim takes what shows nothing from both ends of a text.
func Trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return bare(r) && !unicode.In(r, unicode.M) })
}
