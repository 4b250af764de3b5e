package kinds_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestLettersSayWhatTheirKindDeclares: a field that a case fills in and its kind does not declare could be named by no template; what is compulsory is declared too.
func TestLettersSayWhatTheirKindDeclares(t *testing.T) {
	t.Parallel()
	lettered := 0
	for _, kind := range kinds.All() {
		for _, full := range []bool{false, true} {
			on := kind.Blank()
			if full {
				filled(reflect.ValueOf(on).Elem(), "00000000-0000-4000-8000-000000000001", "名称")
				ones(reflect.ValueOf(on).Elem())
			}
			l, ok := on.(process.Lettered)
			if !ok {
				break
			}
			lettered++
			fields := l.Fields()
			require.Subset(t, fields.Texts, fields.Must, "%s", kind.Kind)
			says := process.SaysOf(l, 0, process.Found{})
			for name := range says.Texts {
				require.Contains(t, append(letter.Common().Texts, fields.Texts...), strings.TrimSuffix(name, letter.Iso), "%s", kind.Kind)
			}
			for list, rows := range says.Lists {
				for _, row := range rows {
					for name := range row {
						require.Contains(t, fields.Lists[list], name, "%s: %s", kind.Kind, list)
					}
				}
			}
		}
	}
	require.GreaterOrEqual(t, lettered, 8, "hazards, tracks, requests for more time, inspections: blank and full")
}

// ones makes every number one: the first of what there is.
func ones(v reflect.Value) {
	switch v.Kind() { //nolint:exhaustive // nothing else holds a number
	case reflect.Pointer:
		if !v.IsNil() {
			ones(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			ones(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				ones(v.Field(i))
			}
		}
	case reflect.Int:
		v.SetInt(1)
	}
}
