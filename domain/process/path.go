package process

import "strings"

// escape keeps a name from being taken for the end of its bracket, or a key for two. Hardly any name needs it.
func escape(name string) string {
	if !strings.ContainsAny(name, `\[]`) {
		return name
	}
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(name)
}

// join puts a field's name behind the path of the thing it belongs to.
func join(path, name string) string {
	name = strings.ReplaceAll(escape(name), ".", `\.`)
	if path == "" {
		return name
	}
	return path + "." + name
}

// Step is one part of a path: a field, or an element of a list.
type Step struct {
	Name    string
	Element bool
}

// Steps takes a path apart: "rounds[2].verdict" is the field rounds, its element 2, and that one's field verdict.
func Steps(path string) []Step {
	var steps []Step
	var name strings.Builder
	element, open := false, false // inside brackets; a name has begun
	flush := func() {
		if open {
			steps = append(steps, Step{Name: name.String(), Element: element})
		}
		name.Reset()
		element, open = false, false
	}
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '\\' && i+1 < len(path):
			i++
			name.WriteByte(path[i])
			open = true
		case c == '[' && !element:
			flush()
			element, open = true, true
		case c == ']' && element, c == '.' && !element:
			flush()
		default:
			name.WriteByte(c)
			open = true
		}
	}
	flush()
	return steps
}

// Shape is a path without the names of elements: what sort of fact it is. "rounds[2].verdict" has the shape "rounds.verdict".
func Shape(path string) string {
	var names []string
	for _, s := range Steps(path) {
		if !s.Element {
			names = append(names, s.Name)
		}
	}
	return strings.Join(names, ".")
}

// Elements are the names of the elements a path goes through, the outermost first.
func Elements(path string) []string {
	var names []string
	for _, s := range Steps(path) {
		if s.Element {
			names = append(names, s.Name)
		}
	}
	return names
}
