package process

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Change is one fact before and after a deed. Path names it: "due_on", "rounds[2].verdict", "answers[filing].answer".
type Change struct {
	Path string          `json:"path"`
	Old  json.RawMessage `json:"old"`
	New  json.RawMessage `json:"new"`
}

// Compare returns every fact in which the two cases differ, ordered by path. Bookkeeping (version, times of writing) is left out.
// It works on the JSON form, so a fact that is not serialised is not a fact.
func Compare(before, after any) ([]Change, error) {
	old, err := leaves(before)
	if err != nil {
		return nil, fmt.Errorf("flatten the case before: %w", err)
	}
	current, err := leaves(after)
	if err != nil {
		return nil, fmt.Errorf("flatten the case after: %w", err)
	}
	changes := []Change{}
	for path, value := range current {
		if was := orNull(old[path]); !bytes.Equal(was, value) && !bookkeeping(path) {
			changes = append(changes, Change{Path: path, Old: was, New: value})
		}
	}
	for path, was := range old {
		if _, still := current[path]; !still && !bookkeeping(path) && string(was) != "null" {
			changes = append(changes, Change{Path: path, Old: was, New: orNull(nil)})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, nil
}

func bookkeeping(path string) bool {
	switch path {
	case "version", "updated_at", "next_wake", "wake", "id", "park_id":
		return true
	}
	return false
}

func orNull(value json.RawMessage) json.RawMessage {
	if value == nil {
		return json.RawMessage("null")
	}
	return value
}

// leaves flattens a value's JSON form to path → scalar. Empty strings, lists and nulls are dropped: they are the absence of a fact.
func leaves(value any) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	found := map[string]json.RawMessage{}
	return found, collect(found, "", tree)
}

func collect(found map[string]json.RawMessage, path string, node any) error {
	switch node := node.(type) {
	case nil:
		return nil
	case map[string]any:
		for name, child := range node {
			if path != "" {
				name = path + "." + name
			}
			if err := collect(found, name, child); err != nil {
				return err
			}
		}
	case []any:
		for i, child := range node {
			if err := collect(found, path+"["+keyOf(child, i)+"]", child); err != nil {
				return err
			}
		}
	default:
		if node == "" {
			return nil
		}
		text, err := json.Marshal(node)
		if err != nil {
			return err
		}
		found[path] = text
	}
	return nil
}

// keyOf names an element of a list by what identifies it, so that paths stay true when the list grows.
func keyOf(element any, index int) string {
	if object, ok := element.(map[string]any); ok {
		for _, field := range []string{"round", "seq", "requirement", "code", "number"} {
			switch key := object[field].(type) {
			case json.Number:
				if revision, ok := object["revision"].(json.Number); ok {
					return key.String() + "." + revision.String()
				}
				return key.String()
			case string:
				if key != "" {
					return key
				}
			}
		}
	}
	return strconv.Itoa(index + 1)
}
