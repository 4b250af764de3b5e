package site

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/ui"
)

// element is the path of one element of a list, as rules and the API name it: targets[2].on.
var element = regexp.MustCompile(`^([^\[\]]+)\[(\d+)\]`) //nolint:gochecknoglobals // compiled once

// atInputs lets a refusal point at the inputs of a form: a rule names an element of a list by its place in what was sent, while a form asks for each element in an
// input of its own. What a form asks for in one input stays as the rule says it.
func atInputs(input map[string]any, err error) error {
	refused := refusalOf(err)
	if refused == nil {
		return err
	}
	pointed := *refused
	pointed.Fields = make([]process.Field, len(refused.Fields))
	for i, f := range refused.Fields {
		f.Name = inputAt(input, f.Name)
		pointed.Fields[i] = f
	}
	return &pointed
}

// inputAt is the name of the input that a path of what was sent comes from.
func inputAt(input map[string]any, path string) string {
	m := element.FindStringSubmatch(path)
	if m == nil {
		return path
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return path
	}
	switch all := at(input, m[1]).(type) {
	case []map[string]any: // days, each beside its subject
		if n < len(all) {
			if subject, is := all[n]["subject"].(string); is {
				return ui.PartName(m[1], subject)
			}
		}
	case []string: // what was ticked
		if n < len(all) {
			return ui.PartName(m[1], all[n])
		}
	}
	return path
}

// at is the value at a dotted path, nil where there is none.
func at(tree map[string]any, path string) any {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		return tree[head]
	}
	child, _ := tree[head].(map[string]any)
	return at(child, rest)
}
