// Package ladder says who is told what and when as a deadline comes near and passes: rungs that each fire once, and a floor rhythm that goes
// on for as long as the case is open, so that nothing ever falls silent. It is pure: instants in, instants out.
package ladder

import (
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Audience is who is meant by a rung; the kind of case knows the people.
type Audience string

// The audiences.
const (
	Holder      Audience = "holder"       // whoever has the ball
	Contact     Audience = "contact"      // the enterprise's contacts
	Manager     Audience = "manager"      // the project manager
	Supervisor  Audience = "supervisor"   // the safety supervisor
	Liaison     Audience = "liaison"      // the liaison officer 包保干部
	SectionHead Audience = "section_head" // head of the manager's or supervisor's section 科长
	Leader      Audience = "leader"       // the leader in charge, or all leaders where none is named
	Department  Audience = "department"   // the department in charge of the enterprise's trade 行业主管部门
)

// Level is how loudly somebody is told.
type Level string

// The levels.
const (
	Info   Level = "info"   // with the person's next digest
	Normal Level = "normal" // soon, in working time
	Red    Level = "red"    // at once, also at night and on a day off
)

// Act is what firing a rung means beside telling somebody.
type Act string

// The acts, from mild to severe.
const (
	Remind           Act = "remind"
	FlagOverdue      Act = "flag_overdue"
	SupervisionOrder Act = "supervision_order" // 督办单
	Interview        Act = "interview"         // 约谈
	Refer            Act = "refer"             // 通报主管部门
	List             Act = "list"              // 挂牌督办
)

// Acts lists the acts, the mildest first.
func Acts() []Act { return []Act{Remind, FlagOverdue, SupervisionOrder, Interview, Refer, List} }

// Rung is one step of a ladder. Offset is counted from the due day, before it when negative; or from the start of the clock when From is
// "start".
type Rung struct {
	ID     string     `json:"id" yaml:"id"`
	Offset int        `json:"offset" yaml:"offset"`
	Unit   clock.Unit `json:"unit" yaml:"unit"`
	From   string     `json:"from,omitempty" yaml:"from"`
	Every  int        `json:"every,omitempty" yaml:"every"` // of rungs from the start: again every so many working days until the due day
	Only   []string   `json:"only,omitempty" yaml:"only"`   // variants it is for; none: all
	To     []Audience `json:"to" yaml:"to"`
	Level  Level      `json:"level" yaml:"level"`
	Act    Act        `json:"act" yaml:"act"`
}

// Floor is the rhythm after the last rung.
type Floor struct {
	Every int        `json:"every" yaml:"every"` // working days
	To    []Audience `json:"to" yaml:"to"`
	Level Level      `json:"level" yaml:"level"`
}

// Ladder is all rungs of a deadline, and what goes on after them.
type Ladder struct {
	Rungs []Rung `json:"rungs" yaml:"rungs"`
	Floor Floor  `json:"floor" yaml:"floor"`
}

// FloorID is the id of the floor's rungs; the n-th is "floor#n".
const FloorID = "floor"

// Bare is the ladder of a case whose definition has none: it is flagged when it is late.
func Bare() Ladder {
	return Ladder{Rungs: []Rung{{ID: "due", Unit: clock.WorkingDay, To: []Audience{Holder, Manager, Supervisor}, Level: Normal, Act: FlagOverdue}}}
}

// Or returns the ladder, or the bare one when it has no rungs.
func (l Ladder) Or() Ladder {
	if len(l.Rungs) == 0 {
		return Bare()
	}
	return l
}

// Valid returns an error when the ladder cannot be climbed: it must flag the deadline, tell somebody on every rung, and never fall silent.
func (l Ladder) Valid() error {
	seen, flags := map[string]bool{}, false
	for _, r := range l.Rungs {
		flags = flags || r.Act == FlagOverdue
		switch {
		case r.ID == "" || r.ID == FloorID || seen[r.ID]:
			return fmt.Errorf("ladder: rung %q needs an id of its own", r.ID)
		case len(r.To) == 0:
			return fmt.Errorf("ladder: rung %q tells nobody", r.ID)
		case !slices.Contains(Acts(), r.Act), !slices.Contains([]Level{Info, Normal, Red}, r.Level):
			return fmt.Errorf("ladder: rung %q has an unknown act or level", r.ID)
		case !slices.Contains([]clock.Unit{clock.WorkingDay, clock.Day, clock.Month, clock.WorkingHour}, r.Unit):
			return fmt.Errorf("ladder: rung %q counts in an unknown unit", r.ID)
		case r.From != "" && r.From != "start", r.From == "start" && r.Offset < 0, r.Every < 0, r.Every > 0 && r.From == "":
			return fmt.Errorf("ladder: rung %q is anchored wrongly", r.ID)
		case r.Act == FlagOverdue && r.Offset != 0:
			return fmt.Errorf("ladder: rung %q must flag at the deadline itself", r.ID)
		}
		seen[r.ID] = true
	}
	if len(l.Rungs) > 0 && (!flags || l.Floor.Every < 1 || len(l.Floor.To) == 0 || l.Floor.Level == "") {
		return fmt.Errorf("ladder: it must flag the deadline and go on with a floor rhythm")
	}
	return nil
}

// Step is a rung with the instant at which it fires.
type Step struct {
	ID    string     `json:"rung"`
	At    time.Time  `json:"at"`
	To    []Audience `json:"to"`
	Level Level      `json:"level"`
	Act   Act        `json:"act"`
	Late  bool       `json:"late"` // at the deadline or after it
}
