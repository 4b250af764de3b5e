package site

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/ui"
)

// mostBeside is how many actions stand beside the primary one before the rest goes under 更多.
const mostBeside = 3

// arrange lays out what a reader may do with a case: the one action that the case asks of them now, as the commands themselves say it, at most
// three beside it, and the rest. It never goes by the order of what is offered. Watching the case takes a place too.
func arrange(offered []ui.Action) (primary *ui.Action, beside, more []ui.Action, folded bool) {
	rest := slices.Clone(offered)
	slices.SortFunc(rest, func(x, y ui.Action) int {
		return cmp.Or(cmp.Compare(placeOf(x), placeOf(y)), strings.Compare(string(x.Name), string(y.Name)))
	})
	for _, calls := range []func(a ui.Action) bool{
		func(a ui.Action) bool { return a.Fit == process.Leads },
		func(a ui.Action) bool { return a.Fit == process.Urges && a.Name.Verb() != casework.NudgeVerb }, // what is left to oneself goes before reminding others
		func(a ui.Action) bool { return a.Fit == process.Urges },
	} {
		if at := slices.IndexFunc(rest, calls); at >= 0 {
			first := rest[at]
			primary, rest = &first, slices.Delete(rest, at, at+1)
			break
		}
	}
	if len(rest)+1 <= mostBeside {
		return primary, rest, nil, false
	}
	at := min(mostBeside, len(rest)-1) // nothing is opened for the sake of watching alone
	return primary, rest[:at], rest[at:], true
}

// placeOf is where an action stands: what decides beside the primary one first, what the enterprise does stands behind what the zone itself does often.
func placeOf(a ui.Action) int {
	if ends(a.Name.Verb()) && a.Fit == process.Beside { // to refuse lies beside agreeing, and is no less of a decision
		return -1
	}
	if a.ForThem {
		return max(place(a.Name.Verb()), len(usual()))
	}
	return place(a.Name.Verb())
}

// usual are the commands that are done often, in their order.
func usual() []process.Verb {
	return []process.Verb{"advance", "hand_back", "claim", "answer", "issue_notice", "reinspect", "check", "conclude", "hand_in", "fix_on_spot", "report", "apply", "accept", "supply", "issue", "begin", "answer_urge", "urge", "record_progress", "achieve", "nudge", "hand_over", "comment", "attach", "change_deadline",
		"extend", "delegate", "assign", "edit"}
}

// ending are the commands that end, skip or stop things, in their order.
func ending() []process.Verb {
	return []process.Verb{"refuse", "excuse", "settle", "waive", "skip", "send_back", "suspend", "withdraw", "terminate"}
}

func ends(verb process.Verb) bool { return slices.Contains(ending(), verb) }

// place is where a command stands among those that do not stand out: what is done often first, what ends things last, the unknown between.
func place(verb process.Verb) int {
	usual := usual()
	if at := slices.Index(usual, verb); at >= 0 {
		return at
	}
	if at := slices.Index(ending(), verb); at >= 0 {
		return len(usual) + 1 + at
	}
	return len(usual)
}
