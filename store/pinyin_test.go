package store_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The block of characters whose readings the database knows: the common ideographs and extension A.
const (
	firstCharacter = 0x3400
	lastCharacter  = 0x9FFF
	perLine        = 200
)

// readings are the letters with which the readings of a character begin.
func readings(r rune) []string {
	found := []string{}
	for _, letter := range pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.FirstLetter, Heteronym: true}) {
		if letter >= "a" && letter <= "z" && len(letter) == 1 {
			found = append(found, letter)
		}
	}
	return found
}

// letters returns, for every character of the block, the first letter of its usual reading; "-" where there is none.
func letters() string {
	var all strings.Builder
	for r := rune(firstCharacter); r <= lastCharacter; r++ {
		if found := readings(r); len(found) > 0 {
			all.WriteString(found[0])
		} else {
			all.WriteByte('-')
		}
	}
	return all.String()
}

// quoted is a long word as an SQL literal over several lines, which SQL reads as one.
func quoted(word string) string {
	lines := []string{}
	for ; len(word) > perLine; word = word[perLine:] {
		lines = append(lines, "'"+word[:perLine]+"'")
	}
	return strings.Join(append(lines, "'"+word+"'"), "\n")
}

// TestBothReadingsAreReal: the letters that the migration gives to characters with two readings are letters of these characters.
func TestBothReadingsAreReal(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("migrations/0043_heard.sql")
	require.NoError(t, err)
	listed := regexp.MustCompile(`twins CONSTANT text := '([^']+)'`).FindSubmatch(text)
	require.NotNil(t, listed)
	signs := []rune(string(listed[1]))
	require.Zero(t, len(signs)%3)
	for i := 0; i < len(signs); i += 3 {
		for _, letter := range signs[i+1 : i+3] {
			assert.Contains(t, readings(signs[i]), string(letter), string(signs[i]))
		}
	}
}
