package value

import "strings"

// ID returns the id as it is kept, and whether the text is one: a UUID as PostgreSQL prints it, in letters of either size. Other spellings of the same
// number (urn:uuid:…, braces, without dashes) are none: to the engine they would be the names of other cases.
func ID(text string) (string, bool) {
	if len(text) != 36 {
		return "", false
	}
	for i := range len(text) {
		c := text[i]
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (c == '-') || (!dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(c))) {
			return "", false
		}
	}
	return strings.ToLower(text), true
}

// LongestKey is how many bytes a key has at most.
const LongestKey = 200

// Key reports whether a text can be the key that makes a request count once: 1 to 200 bytes of text without anything that nobody sees.
func Key(text string) bool {
	same, err := Text(text)
	return err == nil && same == text && !Blank(text) && len(text) <= LongestKey
}
