package config

import (
	"fmt"
	"reflect"
	"strings"
)

// Variable is one setting.
type Variable struct{ Name, Default, Meaning string }

// Variables lists every setting of every part, in the order of the README's table.
func Variables() []Variable {
	all := []Variable{}
	for _, part := range []any{Database{}, Owner{}, Flush{}, Temporal{}, Web{}, Keys{}, Channels{}, Files{}, Log{}, Metrics{}, Traces{}, Standalone{}, Upgrades{}} {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(part)) {
			if !field.Anonymous { // what it is made of has settings of its own
				all = append(all, Variable{Name: field.Tag.Get("env"), Default: field.Tag.Get("default"), Meaning: field.Tag.Get("help")})
			}
		}
	}
	return all
}

// Table prints the settings as a Markdown table.
func Table() string {
	lines := []string{"| variable | default | meaning |", "| --- | --- | --- |"}
	for _, v := range Variables() {
		value := "—"
		if v.Default != "" {
			value = "`" + v.Default + "`"
		}
		lines = append(lines, fmt.Sprintf("| `%s` | %s | %s |", v.Name, value, v.Meaning))
	}
	return strings.Join(lines, "\n") + "\n"
}
