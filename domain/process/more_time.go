package process

// MoreTime is the kind of the requests for more time.
const MoreTime Kind = "extension"

// DeadlineMover is a command by which somebody moves a running deadline by their own word. Where a request for more time waits for its decision it is refused: that one
// decides, and would be gone round.
type DeadlineMover interface{ MovesDeadline() }

// MoreTimeAsked refuses to move a deadline for which a request for more time waits.
func MoreTimeAsked(children []Child) error {
	for _, c := range children {
		if c.Kind == MoreTime && !c.Done {
			return Refuse(WrongState, "延期申请 "+c.Number+" 正在等批复，期限先不另行调整。请先批复这份申请，或者由申请人撤回。",
				"The request for more time "+c.Number+" waits to be decided, so the deadline is not moved otherwise. Decide on it first, or let whoever asked take it back.")
		}
	}
	return nil
}
