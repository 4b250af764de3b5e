package registers_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestATemplateAsItCameSaysThatNothingIsInIt: of every register, what the program gives out is taken again as it is: of one with records each is as it was, of
// one without any the one thing that is wrong is that nobody has written anything yet. How it is filled in stands on a sheet of its own, in both languages.
func TestATemplateAsItCameSaysThatNothingIsInIt(t *testing.T) {
	t.Parallel()
	b, _ := setup(t)
	empty := 0
	for _, r := range register.All() {
		if r.Single {
			continue
		}
		records, err := b.Store.Records(t.Context(), r.Name)
		require.NoError(t, err)
		for _, language := range []string{"zh", "en"} {
			ctx := i18n.With(t.Context(), b.desk.Words.Speak(language))
			text, err := b.desk.Write(ctx, r)
			require.NoError(t, err)
			explained(t, text, r)
			sheet, err := b.desk.Read(ctx, r, bytes.NewReader(text))
			if len(records) > 0 {
				require.NoError(t, err, r.Name)
				require.Empty(t, sheet.Ignored, r.Name)
				report, err := b.desk.Import(ctx, b.admin, r, sheet.Rows, true)
				require.NoError(t, err)
				require.Equal(t, map[registers.Verdict]int{registers.Same: len(sheet.Rows)}, report.Counts, "%s: %+v", r.Name, report.Lines)
				continue
			}
			empty++
			var refused *process.Refusal
			require.ErrorAs(t, err, &refused, r.Name)
			require.Len(t, refused.Fields, 1, r.Name)
			require.Equal(t, "file", refused.Fields[0].Name)
			require.Contains(t, refused.Chinese, "还没有填写", r.Name)
			require.Contains(t, refused.English, "Nothing has been filled in", r.Name)
		}
	}
	require.GreaterOrEqual(t, empty, 10, "most registers of a new zone")
}

// explained holds that every column of a workbook stands on its second sheet.
func explained(t *testing.T, text []byte, r register.Register) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(text))
	require.NoError(t, err)
	defer book.Close()
	require.Len(t, book.GetSheetList(), 2, r.Name)
	rows, err := book.GetRows(book.GetSheetName(1))
	require.NoError(t, err)
	require.Len(t, rows, 1+len(r.Questions()), r.Name)
	for i, q := range r.Questions() {
		if len(q.Choices) > 0 || q.Kind == process.Day || register.Refers(q) != "" {
			require.Greater(t, len(slices.Concat(rows[1+i], []string{"", "", ""})[2]), 0, "%s.%s: how it is written", r.Name, q.Path)
		}
	}
}
