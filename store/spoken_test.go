package store_test

import (
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/parkway-zone/parkway/store"
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

// block returns the text with what stands between the two marks of a name replaced.
func block(t *testing.T, text, name, body string) string {
	t.Helper()
	begin, end := "-- "+name+": written by TestTheMigrationIsWhatTheProgramKnows\n", "    -- "+name+" end\n"
	head, rest, found := strings.Cut(text, begin)
	require.True(t, found, name)
	_, tail, found := strings.Cut(rest, end)
	require.True(t, found, name)
	return head + begin + body + end + tail
}

// TestTheMigrationIsWhatTheProgramKnows holds the tables in the migration against the modules they come from, and against the program's own. UPDATE=1 writes them.
func TestTheMigrationIsWhatTheProgramKnows(t *testing.T) {
	t.Parallel()
	const file, wide = "migrations/0043_heard.sql", 1000
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	hexed := func(bytes []byte) string {
		lines := []string{`'\x'`}
		for line := range slices.Chunk([]byte(hex.EncodeToString(bytes)), wide) {
			lines = append(lines, "'"+string(line)+"'")
		}
		return strings.Join(lines, "\n") + "\n"
	}
	high, low := []byte{}, []byte{}
	for place := range slices.Chunk(ranks(), 2) {
		high, low = append(high, place[0]), append(low, place[1])
	}
	heard := ""
	for _, table := range store.HeardTables() {
		heard += "    " + table.Name + " CONSTANT text := '" + table.Signs + "';\n"
	}
	want := block(t, string(kept), "heard", heard)
	want = block(t, block(t, want, "high", hexed(high)), "low", hexed(low))
	want = block(t, want, "letters", quoted(letters())+"\n")
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o600))
		return
	}
	require.True(t, want == string(kept), "the tables have drifted: UPDATE=1 go test ./store -run TheProgramKnows")
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
	speak := collate.New(language.Chinese, collate.Numeric, collate.IgnoreCase, collate.IgnoreWidth)
	slices.SortFunc(wanted, func(a, b string) int { return speak.CompareString(store.Heard(a), store.Heard(b)) })
	literals := []string{}
	for _, name := range names {
		literals = append(literals, "('"+name+"')")
	}
	require.Equal(t, wanted, b.rows(t, `SELECT n FROM (VALUES `+strings.Join(literals, ",")+`) AS v (n) ORDER BY spoken(n) COLLATE "C"`))
}
