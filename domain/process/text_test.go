package process_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestALineBreakIsOneCharacter, however it is written and escaped, and nothing else of a text is touched.
func TestALineBreakIsOneCharacter(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a\nb\nc\n\nd", process.Lines("a\r\nb\rc\n\r\nd"))
	for given, want := range map[string]string{`{"a":"x\r\ny"}`: `{"a":"x\ny"}`, `{"a":"x\u000D\u000ay"}`: `{"a":"x\ny"}`, `{"a":"C:\\r\\n"}`: `{"a":"C:\\r\\n"}`, `{"a":"\\\r"}`: `{"a":"\\\n"}`} {
		tidy, err := process.Tidy(json.RawMessage(given))
		require.NoError(t, err)
		require.Equal(t, want, string(tidy))
	}
	_, err := process.Tidy(json.RawMessage(`{"a":`))
	require.True(t, process.NoJSON(err))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab\r\n\\ru000d\"字"))).Draw(t, "text")
		raw, err := json.Marshal(map[string]string{"text": text})
		if err != nil {
			t.Fatal(err)
		}
		tidy, err := process.Tidy(raw)
		if err != nil {
			t.Fatal(err)
		}
		var read map[string]string
		if err := json.Unmarshal(tidy, &read); err != nil || read["text"] != process.Lines(text) {
			t.Fatalf("%q became %q (%v)", text, read["text"], err)
		}
		if again, err := process.Tidy(tidy); err != nil || string(again) != string(tidy) {
			t.Fatalf("%s became %s the second time (%v)", tidy, again, err)
		}
	})
}

// TestTextsAreCountedByLinesOfOneCharacter: 3,990 characters with ten line breaks are 4,000.
func TestTextsAreCountedByLinesOfOneCharacter(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(strings.Repeat("字", 399)+"\r\n", 10)
	kept, err := process.Required("text", process.Lines(text), process.TextLimit)
	require.NoError(t, err)
	require.Equal(t, 3999, len([]rune(kept)), "the last line break is trimmed")
}
