package process

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/value"
)

// mostOf is how many elements a list may have that does not say so itself.
const mostOf = 200

// Check holds what came in against what its type says it may be, and gives every text, and every id, the one form in which it is kept. The tags are
// those that the contract, its checks and the forms are made of: enum, minLength, maxLength, minimum, maximum, minItems, maxItems. Where a type says
// nothing of a text it has at most TextLimit characters. So whatever face a command came through, it meets the same limits. A field that must be
// there and is not is left to the rules, which know what to say. what is a pointer to a struct.
func Check(what any) error {
	return check(reflect.ValueOf(what).Elem(), "", "")
}

// Bounded is a value whose type says itself what it may be. It refuses, naming the field.
type Bounded interface{ Bounds(field string) error }

func check(v reflect.Value, path string, tags reflect.StructTag) error {
	if b, ok := v.Interface().(Bounded); ok && v.Kind() != reflect.Pointer {
		return b.Bounds(path)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return check(v.Elem(), path, tags)
	case reflect.Struct:
		return checkStruct(v, path)
	case reflect.Slice, reflect.Array:
		return checkList(v, path, tags)
	case reflect.String:
		return checkText(v, path, tags)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return checkNumber(v.Int(), path, tags)
	default: // yes or no
		return nil
	}
}

func checkStruct(v reflect.Value, path string) error {
	if day, ok := v.Interface().(clock.Date); ok {
		if !day.IsZero() && !day.Plausible() {
			return Refuse(ImpossibleDate, "日期应在 1900 年到 2199 年之间，请核对。", "A day lies between 1900 and 2199.").At(path)
		}
		return nil
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
		if err := check(v.Field(i), at, f.Tag); err != nil {
			return err
		}
	}
	return nil
}

func checkList(v reflect.Value, path string, tags reflect.StructTag) error {
	if v.Type().Elem().Kind() == reflect.Uint8 { // JSON that is kept as it is
		return nil
	}
	most := limit(tags, "maxItems", mostOf)
	if v.Len() > most {
		return RefuseField(path, fmt.Sprintf("最多 %d 项。", most), fmt.Sprintf("At most %d of them.", most))
	}
	for i := range v.Len() {
		if err := check(v.Index(i), fmt.Sprintf("%s[%d]", path, i), tags); err != nil {
			return err
		}
	}
	return nil
}

func checkText(v reflect.Value, path string, tags reflect.StructTag) error {
	given := v.String()
	if id, ok := value.ID(given); ok {
		v.SetString(id)
		return nil
	}
	text, err := Optional(path, given, limit(tags, "maxLength", TextLimit))
	if err != nil {
		return err
	}
	if text == "" && given != "" && limit(tags, "minLength", 0) > 0 {
		return RefuseField(path, "这一项必须填写。", "This field is required.")
	}
	if choices := tags.Get("enum"); choices != "" && text != "" && !slices.Contains(strings.Split(choices, ","), text) {
		return RefuseField(path, "请从列出的选项中选择。", "Choose one of "+strings.ReplaceAll(choices, ",", ", ")+".")
	}
	v.SetString(text)
	return nil
}

func checkNumber(n int64, path string, tags reflect.StructTag) error {
	least, most := limit(tags, "minimum", -1<<31), limit(tags, "maximum", 1<<31-1)
	switch {
	case n == 0: // left out, as far as one can tell
	case n < int64(least):
		return RefuseField(path, fmt.Sprintf("不能小于 %d。", least), fmt.Sprintf("It is at least %d.", least))
	case n > int64(most):
		return RefuseField(path, fmt.Sprintf("不能大于 %d。", most), fmt.Sprintf("It is at most %d.", most))
	}
	return nil
}

func limit(tags reflect.StructTag, name string, otherwise int) int {
	if n, err := strconv.Atoi(tags.Get(name)); err == nil {
		return n
	}
	return otherwise
}
