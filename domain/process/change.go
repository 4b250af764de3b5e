package process

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Change is one fact before and after a deed. Path names it: "due_on", "rounds[2].verdict", "gate_answers[filing].answer".
type Change struct {
	Path string          `json:"path"`
	Old  json.RawMessage `json:"old"`
	New  json.RawMessage `json:"new"`
}

// Compare returns every fact in which the two cases differ, ordered by path. What the event says anyway is left out: its version, and when it
// was written. A fact that is not serialised is not a fact.
func Compare(before, after any) ([]Change, error) {
	changes, _, err := Examine(before, after)
	return changes, err
}

// Differences returns every fact that is not the same in the other case, ordered by path.
func (f Facts) Differences(other Facts) []Change {
	changes := []Change{}
	for path, value := range other {
		if was := f[path]; !bytes.Equal(was, value) && !meta(path) {
			changes = append(changes, Change{Path: path, Old: orNull(was), New: value})
		}
	}
	for path, was := range f {
		if _, still := other[path]; !still && !meta(path) {
			changes = append(changes, Change{Path: path, Old: was, New: orNull(nil)})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes
}

// meta are the facts that every event carries as its own version and time of recording.
func meta(path string) bool { return path == "version" || path == "updated_at" }

func orNull(value json.RawMessage) json.RawMessage {
	if value == nil {
		return json.RawMessage("null")
	}
	return value
}

// Broken returns the paths of elements that were sealed in the case before and are touched by the changes, or that have left a list in which
// they stay for ever. There are none unless a rule is wrong.
func Broken(before, after any) ([]string, error) {
	_, broken, err := Examine(before, after)
	return broken, err
}

// Examine returns what Compare and Broken return, and takes the two cases apart only once; what is sealed and still the same is not taken apart at all, so that a
// case with a long past costs no more than what is done to it.
func Examine(before, after any) (changes []Change, broken []string, err error) {
	sealed := map[string]reflect.Value{}
	was, is := walk{facts: Facts{}, kept: map[string]bool{}, sealed: sealed}, walk{facts: Facts{}, kept: map[string]bool{}, former: sealed}
	if err := was.value("", reflect.ValueOf(before)); err != nil {
		return nil, nil, fmt.Errorf("take the case before apart: %w", err)
	}
	if err := is.value("", reflect.ValueOf(after)); err != nil {
		return nil, nil, fmt.Errorf("take the case after apart: %w", err)
	}
	was.sealed = nil // what is left of it has changed, or is gone
	for at, element := range sealed {
		if err := was.existing(at, element); err != nil {
			return nil, nil, fmt.Errorf("take the case before apart: %w", err)
		}
	}
	changes, broken = was.facts.Differences(is.facts), []string{}
	for at, sealed := range was.kept {
		_, stays := is.kept[at]
		touched := slices.ContainsFunc(changes, func(c Change) bool {
			return c.Path == at || strings.HasPrefix(c.Path, at+".") || strings.HasPrefix(c.Path, at+"[")
		})
		if !stays || sealed && touched {
			broken = append(broken, at)
		}
	}
	slices.Sort(broken)
	return changes, broken, nil
}
