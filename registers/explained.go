package registers

import (
	"context"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/web/i18n"
)

// unfilled refuses a workbook in which nobody has written anything yet, such as the template as it was given out.
func unfilled() error {
	return process.RefuseField("file", "这张表还没有填写，只有表头。请从表头下面一行起填，每行一条，保存后再试导入。", "Nothing has been filled in yet: there are only the headings. Write a record in each row below them, save it and try again.")
}

// explain adds a sheet that says of each column whether it has to be filled in, and how: the first sheet alone is read, so whatever is written here is no record.
func explain(ctx context.Context, book *excelize.File, r register.Register) error {
	name := i18n.T(ctx, "import.explained")
	if _, err := book.NewSheet(name); err != nil {
		return fmt.Errorf("add the sheet of explanations: %w", err)
	}
	rows := [][]any{{i18n.T(ctx, "import.explained.column"), i18n.T(ctx, "import.explained.must"), i18n.T(ctx, "import.explained.how")}}
	for _, q := range r.Questions() {
		must := ""
		if q.Required && !madeUp(r, q.Path) {
			must = i18n.T(ctx, "import.explained.yes")
		}
		rows = append(rows, []any{Label(ctx, r.Name, q.Path), must, howTo(ctx, r, q)})
	}
	for i, row := range rows {
		if err := book.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return fmt.Errorf("explain the columns: %w", err)
		}
	}
	for column, width := range map[string]float64{"A": 24, "B": 8, "C": 90} {
		if err := book.SetColWidth(name, column, column, width); err != nil {
			return fmt.Errorf("give the explanations room: %w", err)
		}
	}
	return nil
}

// howTo is how a field is written in a cell.
func howTo(ctx context.Context, r register.Register, q process.Question) string {
	how := []string{}
	if len(q.Choices) > 0 {
		words := []string{}
		for _, choice := range q.Choices {
			if word := Shown(ctx, q, choice.Value, nil); word != "" {
				words = append(words, word)
			}
		}
		how = append(how, i18n.T(ctx, "import.explained.one_of", "Choices", strings.Join(words, i18n.T(ctx, "names.separator"))))
	}
	if refers := register.Refers(q); refers != "" {
		how = append(how, i18n.T(ctx, "import.explained.refers", "Register", i18n.T(ctx, "register."+string(refers))))
	}
	if q.Kind == process.Day {
		how = append(how, i18n.T(ctx, "import.explained.day"))
	}
	if q.Many && q.Kind != register.Lines {
		how = append(how, i18n.T(ctx, "import.explained.many"))
	}
	if hint := Hint(ctx, r.Name, q.Path); hint != "" {
		how = append(how, hint)
	}
	return strings.Join(how, i18n.T(ctx, "import.explained.and"))
}
