package store_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// ranks are the places of the common ideographs among all of them by pinyin, two bytes each.
func ranks() []byte {
	speak := collate.New(language.Chinese)
	all := []rune{}
	for r := rune(0x4E00); r <= lastCharacter; r++ {
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b rune) int {
		if by := speak.CompareString(string(a), string(b)); by != 0 {
			return by
		}
		return int(a - b)
	})
	places := make([]byte, 2*len(all))
	for i, r := range all {
		places[2*(r-0x4E00)], places[2*(r-0x4E00)+1] = byte(i>>8), byte(i) //nolint:gosec // i is below 20,992
	}
	return places
}

// TestTheMigrationKnowsTheOrderOfCharacters holds the ranks in the migration against the module they come from. UPDATE=1 writes them.
func TestTheMigrationKnowsTheOrderOfCharacters(t *testing.T) {
	t.Parallel()
	const file, wide = "migrations/0034_spoken.sql", 1000
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	lines, digits := []string{`'\x'`}, hex.EncodeToString(ranks())
	for line := range slices.Chunk([]byte(digits), wide) {
		lines = append(lines, "'"+string(line)+"'")
	}
	begin, end := "    -- ranks: written by TestTheMigrationKnowsTheOrderOfCharacters\n", "    -- ranks end\n"
	head, rest, found := strings.Cut(string(text), begin)
	require.True(t, found)
	_, tail, found := strings.Cut(rest, end)
	require.True(t, found)
	want := fmt.Sprintf("%s%s    ranks CONSTANT bytea := %s;\n%s%s", head, begin, strings.Join(lines, "\n"), end, tail)
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o600))
		return
	}
	require.True(t, want == string(text), "the order has drifted: UPDATE=1 go test ./store -run OrderOfCharacters")
}

// TestTheDatabaseSortsAsTheProgramDoes: names by pinyin, whole, and numbers within them by what they are; so the lists of cases, which the database sorts, and the
// other lists, which the program sorts, have one order.
func TestTheDatabaseSortsAsTheProgramDoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	long := strings.Repeat("泗县经济开发区", 5)
	names := []string{"安徽莱卡织造", "安徽蓝天", "博达", "长江", "行政中心", "银行", "第9号厂房", "第10号厂房", "第100号厂房", "XM-2024-9", "XM-2024-10", "XM-2024-0011", "XM-2023-0002",
		long + "二期", long + "一期", "吕氏", "略阳", "李四", "张三", "赵六", "3号", "２号", "Ａ区", "b区"}
	wanted := slices.Clone(names)
	collate.New(language.Chinese, collate.Numeric, collate.IgnoreCase, collate.IgnoreWidth).SortStrings(wanted)
	literals := []string{}
	for _, name := range names {
		literals = append(literals, "('"+name+"')")
	}
	require.Equal(t, wanted, b.rows(t, `SELECT n FROM (VALUES `+strings.Join(literals, ",")+`) AS v (n) ORDER BY spoken(n) COLLATE "C"`))
}
