// Package process holds what every case shares, whatever its kind: the case, its holder, the call that asks for a change,
// the event that records it, and the refusal that explains why not. It knows nothing of SQL, HTTP or Temporal.
package process

import "strings"

// Kind is the name of a sort of case.
type Kind string

// Verb is what a command does, without the kind it does it to: "comment".
type Verb string

// Does is the name of a command on cases of the kind: "project.comment".
func (k Kind) Does(verb Verb) Name { return Name(string(k) + "." + string(verb)) }

// Name is the name of a command: one string for the API operation, the Temporal update, the event and the metric.
type Name string

// KindOf returns the kind of case a command belongs to: the part before the dot.
func (n Name) KindOf() Kind {
	kind, _, found := strings.Cut(string(n), ".")
	if !found {
		return ""
	}
	return Kind(kind)
}

// Verb returns the part behind the dot.
func (n Name) Verb() Verb {
	_, verb, _ := strings.Cut(string(n), ".")
	return Verb(verb)
}
