package store

import (
	"reflect"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// TextOf is a row's column of words; "" where the row has no such.
func TextOf(r ListRow, column string) string { return columnOf[string](r, column) }

// DayOf is a row's column of a day.
func DayOf(r ListRow, column string) clock.Date { return columnOf[clock.Date](r, column) }

// MomentOf is a row's column of a time; nil for none.
func MomentOf(r ListRow, column string) *time.Time { return columnOf[*time.Time](r, column) }

// CountOf is a row's column of a whole number.
func CountOf(r ListRow, column string) int { return int(columnOf[int32](r, column)) }

// columnOf is the field of the row that a column names: construction_started_on is ConstructionStartedOn.
func columnOf[T any](r ListRow, column string) T {
	var name strings.Builder
	for part := range strings.SplitSeq(column, "_") {
		if part == "" {
			continue
		}
		name.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	value, _ := fieldOf(r, name.String()).(T)
	return value
}

func fieldOf(r ListRow, name string) any {
	if f := reflect.ValueOf(r).FieldByName(name); f.IsValid() {
		return f.Interface()
	}
	return nil
}
