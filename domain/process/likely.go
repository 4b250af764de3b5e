package process

import (
	"errors"
	"reflect"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
)

// How many years before and after a deed a day in it can lie: land is granted for fifty years, and nothing that a zone works on is older than itself.
const (
	longestBack  = 30
	longestAhead = 70
)

// Likely asks back a day that can hardly be meant: a year mistyped, 1990 for 2024. It is one rule for every day in every command of every kind, and goes by the day on
// which somebody types it; what is closer than that the rules of each command know.
func Likely(command any, today clock.Date) error {
	var faults Faults
	likely(reflect.ValueOf(command), "", today, &faults)
	return faults.Err()
}

func likely(v reflect.Value, path string, today clock.Date, faults *Faults) {
	switch v.Kind() { //nolint:exhaustive // nothing else holds a day
	case reflect.Pointer:
		if !v.IsNil() {
			likely(v.Elem(), path, today, faults)
		}
	case reflect.Slice:
		if !holdsNames(v.Type().Elem()) {
			return
		}
		for i := range v.Len() {
			likely(v.Index(i), join(path, strconv.Itoa(i)), today, faults)
		}
	case reflect.Struct:
		if day, ok := v.Interface().(clock.Date); ok {
			faults.Note(far(day, path, today))
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			at, tag := path, jsonTag(f)
			if !tag.inline {
				at = join(path, tag.name)
			}
			likely(v.Field(i), at, today, faults)
		}
	}
}

func far(day clock.Date, path string, today clock.Date) error {
	switch {
	case day.IsZero():
		return nil
	case day.Year() < today.Year()-longestBack:
		return Refuse(ImpossibleDate, day.Chinese()+" 是 "+strconv.Itoa(today.Year()-day.Year())+" 年以前，请核对年份。", day.String()+" lies "+strconv.Itoa(today.Year()-day.Year())+" years back; check the year.").At(path)
	case day.Year() > today.Year()+longestAhead:
		return Refuse(ImpossibleDate, day.Chinese()+" 在 "+strconv.Itoa(day.Year()-today.Year())+" 年以后，请核对年份。", day.String()+" lies "+strconv.Itoa(day.Year()-today.Year())+" years ahead; check the year.").At(path)
	}
	return nil
}

// besides is what the rules refused with the days that can hardly be meant, so that every fault of a form is told at once; what refuses the deed as a whole stands alone.
func besides(refused, far error) error {
	var rules, days *Refusal
	if refused == nil || !errors.As(far, &days) {
		return far
	}
	if !errors.As(refused, &rules) || len(rules.Fields) == 0 {
		return refused
	}
	all := *rules
	for _, f := range days.Fields {
		if !slices.ContainsFunc(rules.Fields, func(known Field) bool { return known.Name == f.Name }) {
			all = *all.With(f)
		}
	}
	return &all
}
