// Package process holds what every case shares, whatever its kind: the case, its holder, the call that asks for a change,
// the event that records it, and the refusal that explains why not. It knows nothing of SQL, HTTP or Temporal.
package process

// Kind is a sort of case.
type Kind string

// The kinds of case.
const (
	Project Kind = "project"
	Hazard  Kind = "hazard"
)

// Name is the name of a command: one string for the API operation, the Temporal update, the event and the metric.
type Name string

// KindOf returns the kind of case a command belongs to: the part before the dot.
func (n Name) KindOf() Kind {
	for i := range n {
		if n[i] == '.' {
			return Kind(n[:i])
		}
	}
	return ""
}
