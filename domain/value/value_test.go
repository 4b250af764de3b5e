package value_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/parkway-zone/parkway/domain/value"
)

func TestText(t *testing.T) {
	t.Parallel()
	for given, kept := range map[string]string{
		"灭火器过期":             "灭火器过期",
		"e\u0301":           "é",
		"a\r\nb\rc\vd":      "a\nb\nc\nd",
		"\u202egpj.exe":     "gpj.exe",
		"电\u200b话\ufeff":    "电话",
		"\u202a138\u202c":   "138",
		"a\x07b\u0085c\x7f": "ab\nc",
		"👨\u200d👩\u200d👧":   "👨\u200d👩\u200d👧",
		"葛\U000e0100":       "葛\U000e0100", // which form of the character is meant in a name
		"𠮷田":                "𠮷田",
		"a\tb":              "a\tb",
	} {
		text, err := value.Text(given)
		require.NoError(t, err)
		require.Equal(t, kept, text, "%q", given)
	}
	for _, none := range []string{"a\x00", "\xff", "\xed\xa0\x80", "中\xe4\xb8"} {
		_, err := value.Text(none)
		require.ErrorIs(t, err, value.ErrNoText, "%q", none)
	}
	line, err := value.Line("一\r\n二\t三")
	require.NoError(t, err)
	require.Equal(t, "一 二 三", line)
}

func TestBlank(t *testing.T) {
	t.Parallel()
	for _, nothing := range []string{"", " ", "\u3000", "\u200b", "\u200d", "\u2060\ufeff", "\u202e", "\u3164", "\u115f", "\u2800", "\u0301", "\ufe0f", "\u00a0\n\t"} {
		require.True(t, value.Blank(nothing), "%q", nothing)
	}
	for _, something := range []string{"。", "a", "无", "-", "👍", " x ", "\ue000"} {
		require.False(t, value.Blank(something), "%q", something)
	}
	require.Equal(t, "甲 乙", value.Trim("\u3000\u200b甲 乙\u200d \n"))
}

func TestID(t *testing.T) {
	t.Parallel()
	id, ok := value.ID("0F8E3C52-6D0B-4C6E-9A51-2F6F1D1B7A44")
	require.True(t, ok)
	require.Equal(t, "0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44", id)
	for _, none := range []string{"", "abc", "urn:uuid:0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44", "{0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44}", "0f8e3c526d0b4c6e9a512f6f1d1b7a44",
		"0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a4g", "0f8e3c52-6d0b-4c6e-9a512-f6f1d1b7a44", " f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44"} {
		_, ok := value.ID(none)
		require.False(t, ok, none)
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"a", "表单-1", strings.Repeat("x", 200)} {
		require.True(t, value.Key(key), key)
	}
	for _, none := range []string{"", " ", "a\x00", "\xff", "\u200b", "a\u202e", "a\nb\r", strings.Repeat("x", 201)} {
		require.False(t, value.Key(none), "%q", none)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for given, kept := range map[string]string{
		`{"a": "e\u0301", "b": [1.50, "x", null]}`: `{"a": "é", "b": [1.50, "x", null]}`,
		`{"a":"plain <b>","n":1e5}`:                `{"a":"plain <b>","n":1e5}`,
		`{"a":"\ud83d\ude00","b":"\u202e<&>"}`:     `{"a":"\ud83d\ude00","b":"<&>"}`,
		`"a\r\nb"`:                                 `"a\nb"`,
		`{"a":{"a":1},"b":{"a":2}}`:                `{"a":{"a":1},"b":{"a":2}}`,
		`[{"a":"\\"},{"a":"\""}]`:                  `[{"a":"\\"},{"a":"\""}]`,
	} {
		text, err := value.JSON([]byte(given))
		require.NoError(t, err)
		require.Equal(t, kept, string(text))
	}
	for given, want := range map[string]value.Fault{
		`{"a":"\u0000"}`:                        {Path: "a", Err: value.ErrNoText},
		`{"f":{"list":[{},{"note":"\ud800"}]}}`: {Path: "f.list[1].note", Err: value.ErrNoText},
		`["\ude00\ud83d"]`:                      {Path: "[0]", Err: value.ErrNoText},
		"{\"a\":\"\xff\"}":                      {Err: value.ErrNoText},
		`{"a":1,"b":2,"a":3}`:                   {Path: "a", Err: value.ErrTwice},
		`{"a":1,"\u0061":3}`:                    {Path: "a", Err: value.ErrTwice},
		`{`:                                     {Err: value.ErrNoJSON},
		``:                                      {Err: value.ErrNoJSON},
	} {
		_, err := value.JSON([]byte(given))
		var fault *value.Fault
		require.ErrorAs(t, err, &fault, given)
		require.Equal(t, want, *fault, given)
	}
	many := make([]string, 40)
	for i := range many {
		many[i] = fmt.Sprintf(`"n%d":%d`, i, i)
	}
	_, err := value.JSON([]byte("{" + strings.Join(many, ",") + "}"))
	require.NoError(t, err)
	for _, i := range []int{0, 15, 16, 17, 39} {
		_, err = value.JSON([]byte("{" + strings.Join(many, ",") + "," + many[i] + "}"))
		require.ErrorIs(t, err, value.ErrTwice, "%d", i)
	}
	_, err = value.JSON([]byte(strings.Repeat("[", 5000) + strings.Repeat("]", 5000)))
	require.ErrorIs(t, err, value.ErrTooDeep)
}

// FuzzText: what is kept is text, shows what was typed, and is kept as it is the second time.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"灭火器", "e\u0301", "\u202e", "a\r\n", "\x00", "👨\u200d👩"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		text, err := value.Text(given)
		if err != nil {
			require.True(t, !utf8.ValidString(given) || strings.Contains(given, "\x00"))
			return
		}
		require.True(t, norm.NFC.IsNormalString(text))
		for _, r := range text {
			require.False(t, unicode.Is(unicode.Bidi_Control, r) || (unicode.IsControl(r) && r != '\n' && r != '\t'), "%q", r)
		}
		again, err := value.Text(text)
		require.NoError(t, err)
		require.Equal(t, text, again)
	})
}

// FuzzJSON: what is kept says the same as what was sent, but for the texts, and is kept as it is the second time.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":"e\u0301"}`, `[1,"\r\n",{"b":null}]`, `"\ud83d\ude00"`, `{"a":1,"a":2}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, given []byte) {
		kept, err := value.JSON(given)
		if err != nil {
			return
		}
		require.True(t, json.Valid(kept))
		again, err := value.JSON(kept)
		if err != nil { // two names that are the same only once they are kept
			require.ErrorIs(t, err, value.ErrTwice)
			return
		}
		require.Equal(t, string(kept), string(again))
	})
}
