package process

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rebuild is a case told again by its events, and by nothing else. The zero Rebuild is ready; events are added from the first on.
type Rebuild struct {
	facts Facts
	whole bool
	last  Event
}

// Whole reports whether the events say everything. They do not where the case's history was recorded in the old form and nothing has been
// recorded since that states it in full.
func (r *Rebuild) Whole() bool { return r.whole }

// Add tells one more event. It returns the facts of which the event says that they were otherwise than the events before it said: New is what
// the event says they were.
func (r *Rebuild) Add(e Event) []Change {
	var contradictions []Change
	before := r.facts
	switch {
	case e.Restated != nil:
		stated := e.Restated.plain()
		if r.whole {
			contradictions = before.Differences(stated)
		}
		r.facts, r.whole = stated, e.Form >= WholeForm
	case e.Version == 1:
		r.facts, r.whole = Facts{}, e.Form >= WholeForm
	case e.Form < WholeForm:
		r.whole = false
	}
	if !r.whole {
		r.last = e
		return nil
	}
	for _, c := range e.Changes {
		was, is := plain(c.Old), plain(c.New)
		if !bytes.Equal(orNull(r.facts[c.Path]), was) {
			contradictions = append(contradictions, Change{Path: c.Path, Old: orNull(r.facts[c.Path]), New: was})
		}
		if string(is) == "null" {
			delete(r.facts, c.Path)
		} else {
			r.facts[c.Path] = is
		}
	}
	r.last = e
	return contradictions
}

// Facts returns the case as the events added so far say it stands, with the version and time of the last.
func (r *Rebuild) Facts() Facts {
	facts := Facts{}
	for path, value := range r.facts {
		facts[path] = value
	}
	if at, err := json.Marshal(r.last.RecordedAt.UTC()); err == nil {
		facts["version"], facts["updated_at"] = json.RawMessage(strconv.FormatInt(r.last.Version, 10)), at
	}
	return facts
}

// plain writes every value the way FactsOf does, whatever way it was kept.
func (f Facts) plain() Facts {
	result := Facts{}
	for path, value := range f {
		result[path] = plain(value)
	}
	return result
}

func plain(value json.RawMessage) json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return orNull(value)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return value
	}
	return text
}

// Document puts facts together to the JSON they were taken from, but for what was empty. Lists are ordered by the names of their elements.
func (f Facts) Document() (json.RawMessage, error) {
	root := &node{}
	for path, value := range f {
		at := root
		for _, step := range Steps(path) {
			at = at.child(step)
		}
		at.value = value
	}
	text, err := json.Marshal(root)
	if err != nil {
		return nil, fmt.Errorf("put the case together: %w", err)
	}
	return text, nil
}

// node is an object, a list or a value of a document in the making.
type node struct {
	value    json.RawMessage
	fields   map[string]*node
	elements map[string]*node
}

func (n *node) child(s Step) *node {
	of := &n.fields
	if s.Element {
		of = &n.elements
	}
	if *of == nil {
		*of = map[string]*node{}
	}
	if (*of)[s.Name] == nil {
		(*of)[s.Name] = &node{}
	}
	return (*of)[s.Name]
}

// MarshalJSON writes the document.
func (n *node) MarshalJSON() ([]byte, error) {
	switch {
	case n.elements != nil:
		names := make([]string, 0, len(n.elements))
		for name := range n.elements {
			names = append(names, name)
		}
		slices.SortFunc(names, natural)
		list := make([]*node, 0, len(names))
		for _, name := range names {
			list = append(list, n.elements[name])
		}
		return json.Marshal(list)
	case n.fields != nil:
		return json.Marshal(n.fields)
	}
	return orNull(n.value), nil
}

// natural orders names as people count: 2 before 10, 1.9 before 1.10.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, restA := leading(a)
		y, restB := leading(b)
		if by := compareRuns(x, y); by != 0 {
			return by
		}
		a, b = restA, restB
	}
	return len(a) - len(b)
}

// leading is the run of digits, or of anything else, that a name begins with, and what follows.
func leading(name string) (run, rest string) {
	digit := func(i int) bool { return name[i] >= '0' && name[i] <= '9' }
	n := 1
	for n < len(name) && digit(n) == digit(0) {
		n++
	}
	return name[:n], name[n:]
}

func compareRuns(x, y string) int {
	if p, err := strconv.Atoi(x); err == nil {
		if q, err := strconv.Atoi(y); err == nil && p != q {
			return p - q
		}
	}
	return strings.Compare(x, y)
}
