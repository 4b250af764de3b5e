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
	for _, part := range []any{Database{}, Owner{}, Flush{}, Temporal{}, Web{}, Keys{}, Channels{}, Files{}, Log{}, Metrics{}, Traces{}, Standalone{}} {
		t := reflect.TypeOf(part)
		for i := range t.NumField() {
			tag := t.Field(i).Tag
			all = append(all, Variable{Name: tag.Get("env"), Default: tag.Get("default"), Meaning: tag.Get("help")})
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
