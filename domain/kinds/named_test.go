package kinds_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// filled gives every list an element, every pointer what it points to, and every name the old one, beside the id of whoever it is of.
func filled(v reflect.Value, id, name string) {
	switch v.Kind() { //nolint:exhaustive // nothing else holds a name
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), id, name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0), id, name)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(v.Field(i), id, name)
			}
		}
		for i := range v.NumField() {
			tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			switch {
			case v.Field(i).Kind() != reflect.String || !v.Type().Field(i).IsExported():
			case tag == "id" || strings.HasSuffix(tag, "_id"):
				v.Field(i).SetString(id)
			case tag == "name" || strings.HasSuffix(tag, "_name"):
				v.Field(i).SetString(name)
			}
		}
	}
}

// beside returns the paths of a document at which somebody is named beside an id, and how.
func beside(doc any, path string, found map[string]string) {
	switch v := doc.(type) {
	case []any:
		for _, one := range v {
			beside(one, path+"[]", found)
		}
	case map[string]any:
		for key, value := range v {
			beside(value, strings.TrimPrefix(path+"."+key, "."), found)
			if stem, ok := strings.CutSuffix(key, "id"); ok && (stem == "" || strings.HasSuffix(stem, "_")) {
				if name, there := v[stem+"name"].(string); there {
					found[strings.TrimPrefix(path+"."+stem+"name", ".")] = name
				}
			}
		}
	}
}

// TestNoNameOfAnyKindIsLeftBehind: whatever a kind names beside an id, at the top or deep in a list, says the new name once the party goes by it, and what stood
// before does not change with it. A name that stays is that of a sealed element or says names:"then".
func TestNoNameOfAnyKindIsLeftBehind(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds.All() {
		t.Run(string(kind.Kind), func(t *testing.T) {
			t.Parallel()
			on := kind.Blank()
			filled(reflect.ValueOf(on).Elem(), me, "原来的名字")
			on.Header().Done = false
			before, err := json.Marshal(on)
			require.NoError(t, err)
			shared := reflect.New(reflect.TypeOf(on).Elem())
			shared.Elem().Set(reflect.ValueOf(on).Elem())
			require.True(t, process.Rename(shared.Interface(), me, "现在的名字"))
			after, err := json.Marshal(shared.Interface())
			require.NoError(t, err)
			stood, err := json.Marshal(on)
			require.NoError(t, err)
			require.Equal(t, string(before), string(stood), "what stood before was written into")
			var doc any
			require.NoError(t, json.Unmarshal(after, &doc))
			says := map[string]string{}
			beside(doc, "", says)
			require.GreaterOrEqual(t, len(says), 3, "%v", says)
			for path, name := range says {
				if name == "原来的名字" {
					require.Regexp(t, `^(attachments\[\]|passages\[\]\.seal|contacts\[\]|told_progress\[\]|letters\[\])\.|^decided_by_name$`, path, "%s names somebody who goes by another name now", path) // sealed, each for ever
				}
			}
			require.False(t, process.Rename(shared.Interface(), me, "现在的名字"), "it says so already")
		})
	}
}
