package opinion

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Standing is where a project's pre-assessment stands: the last opinion of every department that was asked, in the definition's order as far as it is known.
type Standing struct {
	Last []process.Child
}

// StandingOf lays the opinions among a project's children out: of a department that was asked twice the later one counts. What was taken back does not.
func StandingOf(children []process.Child) Standing {
	var s Standing
	at := map[string]int{}
	for _, c := range children { // in the order of their numbers
		if c.Kind != Kind || c.State == Dropped {
			continue
		}
		if i, again := at[c.Slot]; again {
			s.Last[i] = c
			continue
		}
		at[c.Slot] = len(s.Last)
		s.Last = append(s.Last, c)
	}
	return s
}

// Unasked are those of the departments that nobody has asked.
func (s Standing) Unasked(desks []process.Choice) []process.Choice {
	return slices.DeleteFunc(slices.Clone(desks), func(d process.Choice) bool {
		return slices.ContainsFunc(s.Last, func(c process.Child) bool { return c.Slot == d.Value })
	})
}

// Complete reports whether departments were asked, those that are needed among them, and all of them have answered by the day; says tells what is missing, whose it is, and whose is late.
func (s Standing) Complete(needed []process.Choice, on clock.Date) (complete bool, says process.Text) {
	if len(s.Last) == 0 {
		return false, process.Text{Chinese: "还没有征求部门意见", English: "no department has been asked yet"}
	}
	var zh, en []string
	for _, d := range s.Unasked(needed) {
		zh, en = append(zh, d.Text.Chinese+"还没有征求"), append(en, d.Text.English+" has not been asked")
	}
	for _, c := range s.Last {
		if Given(c.State) {
			continue
		}
		desk, _, _ := strings.Cut(c.Title, "意见（")
		late, since := "", ""
		if !c.DueOn.IsZero() && on.After(c.DueOn) {
			late, since = "（应于 "+c.DueOn.Chinese()+"前答复，已逾期）", " (due on "+c.DueOn.String()+", late)"
		}
		zh, en = append(zh, desk+Named(c.State).Chinese+late), append(en, desk+" "+Named(c.State).English+since)
	}
	return len(zh) == 0, process.Text{Chinese: strings.Join(zh, "；"), English: strings.Join(en, "; ")}
}

// Said is how many departments say what, and why those that do not simply agree.
func (s Standing) Said() process.Text {
	var zh, en, why, because []string
	for _, state := range []string{Agreed, Conditional, Disagreed} {
		n := 0
		for _, c := range s.Last {
			if c.State != state {
				continue
			}
			n++
			if desk, _, _ := strings.Cut(c.Title, "意见（"); state != Agreed {
				why, because = append(why, desk+Named(state).Chinese+after("：", c.Says)), append(because, desk+" "+Named(state).English+after(": ", c.Says))
			}
		}
		if n > 0 {
			zh, en = append(zh, Named(state).Chinese+" "+strconv.Itoa(n)), append(en, strconv.Itoa(n)+" "+Named(state).English)
		}
	}
	return process.Text{Chinese: strings.Join(append([]string{strings.Join(zh, "，")}, why...), "；"), English: strings.Join(append([]string{strings.Join(en, ", ")}, because...), "; ")}
}

// after is a text behind a mark, and nothing where there is none.
func after(mark, text string) string {
	if text == "" {
		return ""
	}
	return mark + text
}

// Owed is how many opinions a department has not given yet, and how many of them are late.
type Owed struct {
	Department string       `json:"department" doc:"Its id in the definition of the pre-assessment."`
	Name       process.Text `json:"name"`
	Open       int          `json:"open"`
	Overdue    int          `json:"overdue"`
}
