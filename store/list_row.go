package store

import (
	"reflect"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// TextOf is a row's column of words; "" where the row has no such.
func TextOf(r ListRow, column string) string { return columnOf[string](r, column) }

// DayOf is a row's column of a day.
func DayOf(r ListRow, column string) clock.Date { return columnOf[clock.Date](r, column) }

// MomentOf is a row's column of a time; nil for none.
func MomentOf(r ListRow, column string) *time.Time { return columnOf[*time.Time](r, column) }

// CountOf is a row's column of a whole number.
func CountOf(r ListRow, column string) int { return int(columnOf[int32](r, column)) }

// ShareOf is a row's column of a percent; nil where it is not said.
func ShareOf(r ListRow, column string) *int16 { return columnOf[*int16](r, column) }

// columnOf is the field of the row that a column names: construction_started_on is ConstructionStartedOn.
func columnOf[T any](r ListRow, column string) T {
	value, _ := fieldOf(r, fieldName(column)).(T)
	return value
}

// fieldName is what a field is called in Go: construction_started_on is ConstructionStartedOn, enterprise_id is EnterpriseID.
func fieldName(column string) string {
	var name strings.Builder
	for part := range strings.SplitSeq(column, "_") {
		switch part {
		case "":
		case "id":
			name.WriteString("ID")
		default:
			name.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return name.String()
}

// fieldOf is the field of a row with the name; nil where it has none.
func fieldOf(r any, name string) any {
	if f := reflect.ValueOf(r).FieldByName(name); f.IsValid() {
		return f.Interface()
	}
	return nil
}

// blanked are rows without the columns that the actor's list of the kind does not have.
func blanked(rows []ListRow, actor process.Actor, kind process.Kind) []ListRow {
	entry, _ := kinds.Of(kind)
	list := ListOf(actor, entry)
	for _, c := range entry.List.Columns {
		if _, has := list.Column(c.Name); has {
			continue
		}
		for i := range rows {
			if f := reflect.ValueOf(&rows[i]).Elem().FieldByName(fieldName(c.Name)); f.IsValid() {
				f.SetZero()
			}
		}
	}
	return rows
}
