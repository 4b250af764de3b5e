package site

import (
	"cmp"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/ui"
)

// situation is where a case stands for one reader: what the choice of the action that stands out looks at.
type situation struct {
	kind      process.Kind
	state     string
	suspended bool
	held      bool // somebody has it in hand
	mine      bool // the reader, or the enterprise they speak for
	claimable bool // the reader's unit has it, and nobody of it yet
	delegated bool // to the reader, who is to hand it back
	missing   int  // requirements of the gate that are still open
	owed      int  // of these, how many can be answered by a person
}

// arrangement is how what a reader may do now is laid out.
type arrangement struct {
	primary process.Name // "" when nothing stands out
	beside  []process.Name
	more    []process.Name
	folded  bool // there is a 更多, and watching the case is under it too
}

// mostBeside is how many actions stand beside the primary one before the rest goes under 更多.
const mostBeside = 3

// arrange lays out what is offered: the one action that the state calls for from this reader, at most three beside it, and the rest. It goes by
// the state alone, never by the order of what is offered; a command that it does not know stands with the rest. Watching the case takes a place too.
func arrange(s situation, offered []process.Name) arrangement {
	a := arrangement{primary: calledFor(s, offered)}
	rest := []process.Name{}
	for _, name := range offered {
		if name != a.primary {
			rest = append(rest, name)
		}
	}
	slices.SortFunc(rest, func(x, y process.Name) int { return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x, y)) })
	a.beside = rest
	if len(rest)+1 > mostBeside {
		at := min(mostBeside, len(rest))
		a.beside, a.more, a.folded = rest[:at], rest[at:], true
	}
	return a
}

// calledFor is the action that the state calls for from this reader, "" when it calls for none or the reader may not.
func calledFor(s situation, offered []process.Name) process.Name {
	for _, step := range nextSteps(s) {
		if at := slices.IndexFunc(offered, func(n process.Name) bool { return verb(n) == step }); at >= 0 {
			return offered[at]
		}
	}
	return ""
}

// nextSteps are the verbs that fit the state, the fittest first. At most one of them is offered in most states.
func nextSteps(s situation) []string {
	switch {
	case s.suspended:
		return []string{"resume"}
	case s.claimable:
		return []string{"claim"}
	case s.kind == process.Hazard:
		return hazardSteps(s)
	case s.mine && s.owed > 0:
		return []string{"answer"}
	case s.mine && s.delegated:
		return []string{"hand_back"}
	case s.mine && s.missing == 0:
		return []string{"advance", "achieve"}
	case s.held && !s.mine:
		return []string{"nudge"}
	}
	return nil
}

func hazardSteps(s situation) []string {
	switch s.state {
	case "found":
		return []string{"issue_notice", "nudge"}
	case "rectifying":
		if s.mine {
			return []string{"hand_in"}
		}
		return []string{"nudge"}
	case "reported":
		return []string{"reinspect", "nudge"}
	}
	return nil
}

// place is where a command stands among those that do not stand out: what is done often first, what ends things last, the unknown between.
func place(name process.Name) int {
	usual := []string{"advance", "hand_back", "claim", "answer", "issue_notice", "reinspect", "hand_in", "fix_on_spot", "nudge", "hand_over", "comment", "attach", "change_deadline",
		"achieve", "extend", "delegate", "assign", "reassign", "edit"}
	last := []string{"waive", "skip", "send_back", "suspend", "withdraw", "terminate"}
	if at := slices.Index(usual, verb(name)); at >= 0 {
		return at
	}
	if at := slices.Index(last, verb(name)); at >= 0 {
		return len(usual) + 1 + at
	}
	return len(usual)
}

// situated is the part of a situation that every case has.
func situated(c process.Case, actor process.Actor) situation {
	s := situation{kind: c.Kind, state: c.State, held: c.Holder != nil}
	if h := c.Holder; h != nil {
		s.mine = h.ID != "" && (h.ID == actor.ID || (h.Kind == process.HeldByEnterprise && h.ID == actor.EnterpriseID))
		s.claimable = h.Kind == process.HeldByUnit && h.ID == actor.UnitID && h.ID != ""
	}
	return s
}

// actions lays out what the reader may do with a case, as links.
func (s *Site) actions(c echo.Context, id string, where situation, offered []process.Name, watched bool) ui.Actions {
	laid := arrange(where, offered)
	link := func(name process.Name) ui.Action {
		return ui.Action{Link: s.commandLink(c, where.kind, id, name), Locked: verb(name) == "advance" && where.missing > 0}
	}
	a := ui.Actions{CaseID: id, Watched: watched, Folded: laid.folded}
	if laid.primary != "" {
		first := link(laid.primary)
		a.Primary = &first
	}
	for _, name := range laid.beside {
		a.Beside = append(a.Beside, link(name))
	}
	for _, name := range laid.more {
		a.More = append(a.More, link(name))
	}
	return a
}
