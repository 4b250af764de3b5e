package kinds_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

const found = `{"enterprise_id":"0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44","location":"二号车间","description":"灭火器过期，消防通道堆放杂物，应急照明不亮。","level":"general",` +
	`"attachments":[{"upload_id":"1f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44","caption":"现场"},{"upload_id":"2f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44","caption":"近景"}]}`

// BenchmarkRead measures how a command is read where it comes in: as nearly all come, with line breaks as Windows writes them, and long.
func BenchmarkRead(b *testing.B) {
	entry := hazard.Entry()
	for name, input := range map[string]string{"Usual": found, "CRLF": strings.Replace(found, "，", `\r\n`, 1), "Long": strings.Replace(found, "灭火器过期", strings.Repeat("灭火器过期", 700), 1)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := entry.Read(hazard.RecordName, json.RawMessage(input))
				require.NoError(b, err)
			}
		})
	}
}

// TestACommandIsReadTidyWhoeverSendsIt: there is one way from JSON to a command, and what comes out of it is what Tidy makes of the input, or its refusal.
func TestACommandIsReadTidyWhoeverSendsIt(t *testing.T) {
	t.Parallel()
	entry := hazard.Entry()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("e\u0301\u202e\u200b\r\n\x00\x07字 \"\\")), rapid.Rune())).Draw(t, "text")
		raw, err := json.Marshal(map[string]string{"enterprise_id": "0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44", "location": "车间", "level": "general", "description": text})
		if err != nil {
			t.Fatal(err)
		}
		command, refused := entry.Read(hazard.RecordName, raw)
		tidy, err := process.Tidy(raw)
		if err != nil {
			var refusal *process.Refusal
			if !errors.As(refused, &refusal) || refusal.Fields[0].Name != "description" {
				t.Fatalf("%q: %v, but %v", text, err, refused)
			}
			return
		}
		kept, err := value.Text(text)
		if err != nil {
			t.Fatal(err)
		}
		if value.Blank(kept) { // a description that shows nothing is none
			return
		}
		if refused != nil {
			t.Fatalf("%q is refused: %v", text, refused)
		}
		if read, _ := command.Input.(hazard.Record); string(command.Given) != string(tidy) || read.Description != value.Trim(kept) {
			t.Fatalf("%q was read as %q, given as %s", text, read.Description, command.Given)
		}
	})
}
