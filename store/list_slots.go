package store

import (
	"reflect"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// slot is where a condition stands among the parameters of the query List. A condition finds it by its name: state is States, enterprise_id is Enterprises,
// found_on is FoundFrom and FoundTo. So the query's own parameter is the only other place that a new condition is told.
type slot struct{ values, from, to reflect.Value }

// shorter are the conditions whose parameter is not called as they are.
func shorter() map[string]string { return map[string]string{"construction_started_on": "started_on"} }

func slotOf(p *sqlc.ListParams, condition string) slot {
	if name, ok := shorter()[condition]; ok {
		condition = name
	}
	stem := fieldName(strings.TrimSuffix(strings.TrimSuffix(condition, "_id"), "_on"))
	all := reflect.ValueOf(p).Elem()
	return slot{values: all.FieldByName(stem + "s"), from: all.FieldByName(stem + "From"), to: all.FieldByName(stem + "To")}
}

// takes puts the values of a condition in; false where the query has no such parameter.
func (s slot) takes(values []string) bool {
	if !s.values.IsValid() || s.values.Type() != reflect.TypeFor[[]string]() {
		return false
	}
	s.values.Set(reflect.ValueOf(values))
	return true
}

// spans puts the days of a condition in; false where the query has no such parameters.
func (s slot) spans(days Days) bool {
	if !s.from.IsValid() || !s.to.IsValid() || s.from.Type() != reflect.TypeFor[clock.Date]() {
		return false
	}
	s.from.Set(reflect.ValueOf(days.From))
	s.to.Set(reflect.ValueOf(days.To))
	return true
}

// parts puts the percents of a condition in; false where the query has no such parameters.
func (s slot) parts(share Shares) bool {
	if !s.from.IsValid() || !s.to.IsValid() || s.from.Type() != reflect.TypeFor[*int16]() {
		return false
	}
	s.from.Set(reflect.ValueOf(share.From))
	s.to.Set(reflect.ValueOf(share.To))
	return true
}

// likewise copies every parameter that both queries have: the totals are of the very list.
func likewise[P any](into *P, from sqlc.ListParams) {
	to, all := reflect.ValueOf(into).Elem(), reflect.ValueOf(from)
	for i := range to.NumField() {
		if f := all.FieldByName(to.Type().Field(i).Name); f.IsValid() {
			to.Field(i).Set(f)
		}
	}
}

// Unlisted names what the list of a kind describes and the store does not know: a column that no row has, a condition that the query List does not take.
// "" for a kind that can be listed.
func Unlisted(kind process.Entry) string {
	row := reflect.TypeFor[ListRow]()
	for _, c := range kind.List.Columns {
		if _, ok := row.FieldByName(fieldName(c.Name)); !ok {
			return "column " + c.Name
		}
	}
	for _, c := range kind.List.Conditions {
		s, known := slotOf(&sqlc.ListParams{}, c.Name), false
		switch c.By {
		case listing.ByDays:
			known = s.spans(Days{})
		case listing.ByShare:
			known = s.parts(Shares{})
		default:
			known = s.takes(nil)
		}
		if !known {
			return "condition " + c.Name
		}
		if _, ok := kind.List.Column(c.Column); !ok && c.By == listing.ByValue {
			return "column " + c.Column + " of condition " + c.Name
		}
	}
	return ""
}
