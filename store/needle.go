package store

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/parkway-zone/parkway/domain/process"
)

// needle is what somebody typed to find cases by. Every word has to be found; blanks, capitals, full-width signs and the kind of bracket do not count.
type needle struct {
	whole    string   // all words without the blanks between them, as the SQL function sought has it
	keys     []int32  // what the index is asked, as the SQL function codes has it: each pair of neighbouring characters, or the one character of a word
	patterns []string // one for LIKE per word: its signs mean themselves
}

// needleOf reads what was typed; nil when nothing was.
func needleOf(text string) (*needle, error) {
	text, err := process.Optional("q", text, mostTyped)
	if err != nil {
		return nil, err
	}
	n := needle{}
	for _, word := range strings.Fields(text) {
		if word = sought(word); word == "" {
			continue
		}
		n.whole += word
		signs := []rune(word)
		if len(signs) == 1 {
			n.keys = append(n.keys, signs[0]%65536)
		}
		for i := range len(signs) - 1 {
			n.keys = append(n.keys, signs[i]%32768*65536+signs[i+1]%65536)
		}
		n.patterns = append(n.patterns, "%"+itself.Replace(word)+"%")
	}
	if n.whole == "" {
		return nil, nil
	}
	slices.Sort(n.keys)
	n.keys = slices.Compact(n.keys)
	return &n, nil
}

// everywhere reports whether the index is asked for nothing but single letters and digits, which most labels have: to count those that do, each is looked at, and
// what it says is looked at three times as fast as its codes.
func everywhere(keys []int32) bool {
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key int32) bool { return key < 0 || key >= utf8.RuneSelf })
}

// Sought is the form in which names are compared and cases searched: what two people type differently is the same in it.
func Sought(word string) string { return sought(word) }

// sought gives a word the form in which cases are searched and names compared: the same as the SQL function sought.
func sought(word string) string {
	word = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(unseen, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(word))
	return oneKind.Replace(strings.ToLower(word))
}

// unseen are the signs that have no width.
const unseen = "\u200b\u200c\u200d\u2060\ufeff"

var (
	itself  = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	oneKind = strings.NewReplacer("〔", "(", "〕", ")", "[", "(", "]", ")", "【", "(", "】", ")", "{", "(", "}", ")", "「", "(", "」", ")", "『", "(", "』", ")",
		"—", "-", "–", "-", "‐", "-", "‑", "-", "−", "-")
)
