package registers

import (
	"context"
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// Columns are the fields that the list of a register shows: what tells records apart, and no long texts.
func Columns(r register.Register) []process.Question {
	shown := []process.Question{}
	for _, q := range r.Questions() {
		switch q.Path {
		case "aliases", "former_names", "note", "mobile", "email", "credit_code":
		default:
			shown = append(shown, q)
		}
	}
	return shown
}

// ColumnNames are those of Columns.
func ColumnNames(r register.Register) []string {
	names := []string{}
	for _, q := range Columns(r) {
		names = append(names, q.Path)
	}
	return names
}

// Sortable describes the list of a register by its questions: what is chosen from few sorts in their order, and what refers to something by its name.
func Sortable(ctx context.Context, r register.Register, titles func(register.Name) map[string]string) store.Sortable[store.Recorded] {
	l := store.Sortable[store.Recorded]{Name: string(r.Name), ID: func(record store.Recorded) string { return record.ID }, Columns: ColumnNames(r), Of: map[string]func(store.Recorded) any{}}
	for _, q := range Columns(r) {
		l.Of[q.Path] = func(record store.Recorded) any {
			value := Value(record.Doc, q.Path)
			if at := slices.IndexFunc(q.Choices, func(c process.Choice) bool { return c.Value == value }); at >= 0 {
				return at
			}
			return Shown(ctx, q, value, titles)
		}
	}
	return l
}
