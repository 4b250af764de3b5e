package process

import (
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
)

// Case is what every case has: what it is, where it stands, who has it, until when.
type Case struct {
	ID                string      `json:"id"`
	ParkID            string      `json:"park_id"`
	Kind              Kind        `json:"kind"`
	Number            string      `json:"number"`
	Title             string      `json:"title"`
	DefinitionVersion int         `json:"definition_version"` // pinned: rules published later do not touch this case
	Version           int64       `json:"version"`            // grows by one with every event
	State             string      `json:"state"`
	Stage             string      `json:"stage"` // of staged journeys; of a child its slot: what it is to its parent
	Round             int         `json:"round"` // of loops; 0 before the first notice
	Done              bool        `json:"done"`
	ParentID          string      `json:"parent_id,omitempty"` // the case it belongs to, for ever; "": it stands by itself
	EnterpriseID      string      `json:"enterprise_id"`
	EnterpriseName    string      `json:"enterprise_name"`
	Also              []Addressee `json:"also,omitempty"` // further enterprises that it is addressed to
	Holder            *Holder     `json:"holder"`         // nil when done
	Aliases           []string    `json:"aliases"`        // names it had before; it is still found by them
	UnitIDs           []string    `json:"unit_ids"`
	DueOn             clock.Date  `json:"due_on"`      // the day the running clock ends on; none while suspended or done
	DueAt             *time.Time  `json:"due_at"`      // the instant from which it is late
	TargetOn          clock.Date  `json:"target_on"`   // the earlier aim, where the definition has one
	Provisional       bool        `json:"provisional"` // the day leans on a year whose holidays are not published (暂定)
	Escalation        ladder.Act  `json:"escalation"`  // the most severe act of the running clock's ladder so far
	NudgedAt          *time.Time  `json:"nudged_at"`
	DelegatedBy       *Holder     `json:"delegated_by"` // to whom the case returns when the holder hands it back
	OverdueSince      *time.Time  `json:"overdue_since"`
	SuspendedSince    *time.Time  `json:"suspended_since"`
	NextWake          *time.Time  `json:"next_wake"` // when the clock has something to do
	Wake              string      `json:"wake"`      // what it is: the clock, its end and the rung; it names the wake, which its instant does not
	OpenedAt          time.Time   `json:"opened_at"`
	ClosedAt          *time.Time  `json:"closed_at"`
	UpdatedAt         time.Time   `json:"updated_at"`
}

// Rename gives the case another title and keeps the one that it had: it is found by both. A title that it takes up again is no former one any more.
func (c *Case) Rename(title string) {
	if title == c.Title {
		return
	}
	c.Aliases = append(slices.DeleteFunc(slices.Clone(c.Aliases), func(a string) bool { return a == title || a == c.Title }), c.Title)
	c.Title = title
}

// GiveTo makes the party the holder from the instant on, and lets a unit see the case from then on.
func (c *Case) GiveTo(party Party, at time.Time) {
	if c.Holder != nil && c.Holder.Kind == party.Kind && c.Holder.ID == party.ID {
		return
	}
	holder := party.Holds(at)
	c.Holder, c.DelegatedBy, c.NudgedAt = &holder, nil, nil
	if party.Kind == HeldByUnit {
		c.UnitIDs = withID(c.UnitIDs, party.ID)
	}
}

// ShowTo lets a unit see the case from now on, without giving it.
func (c *Case) ShowTo(unitID string) { c.UnitIDs = withID(c.UnitIDs, unitID) }

// Follow shows the running clock on the case and arms the wake-up for the next rung of its ladder. A clock that stands still or has stopped
// shows nothing and wakes nobody.
func (c *Case) Follow(climb ladder.Climb, now time.Time) {
	k := climb.Clock
	if !k.Live() || k.DueOn.IsZero() {
		c.NoDeadline()
		return
	}
	end := k.Deadline().UTC()
	c.DueOn, c.DueAt, c.TargetOn, c.Provisional = k.DueOn, &end, k.TargetOn, k.Provisional
	switch {
	case c.OverdueSince != nil && end.After(now):
		c.OverdueSince, c.Escalation = nil, ""
	case c.OverdueSince != nil || climb.Flagged(now): // also when it comes back from a pause
		c.OverdueSince = &end
	}
	if c.Escalation == "" {
		c.Escalation = climb.Reached()
	}
	c.NextWake, c.Wake = nil, ""
	if next, ok := climb.Next(); ok {
		c.NextWake, c.Wake = &next.At, climb.Name(next)
	}
}

// NoDeadline says that nothing is due: never late, never reminded.
func (c *Case) NoDeadline() {
	c.DueOn, c.DueAt, c.TargetOn, c.Provisional, c.OverdueSince, c.NextWake, c.Escalation = clock.Date{}, nil, clock.Date{}, false, nil, nil, ""
	c.Wake = ""
}

// Fire fires every rung that has come: it records them on the clock, which it returns, flags the case when its deadline has passed and
// raises its escalation. Several rungs that were missed, for instance while the machine was off, fire together. It refuses with
// NothingChanged when none has come and the wake-up stands as it was.
func (c *Case) Fire(climb ladder.Climb, now time.Time) (clock.Clock, []ladder.Step, error) {
	steps := climb.Due(now)
	if len(steps) == 0 {
		before, named := c.NextWake, c.Wake
		c.Follow(climb, now)
		if c.Done || same(before, c.NextWake) && (named == c.Wake || named == "") {
			return climb.Clock, nil, Refuse(NothingChanged, "没有到期的事项。", "Nothing has become due.")
		}
		return climb.Clock, nil, nil
	}
	climb.Clock = ladder.Fire(climb.Clock, steps, now)
	for _, s := range steps {
		if s.Act == ladder.FlagOverdue && c.OverdueSince == nil {
			since := climb.Clock.Deadline().UTC()
			c.OverdueSince = &since
		}
		if ladder.Severity(s.Act) > max(ladder.Severity(c.Escalation), ladder.Severity(ladder.FlagOverdue)) {
			c.Escalation = s.Act
		}
	}
	c.Follow(climb, now)
	return climb.Clock, steps, nil
}

// SwitchOn puts another ladder on the running clock, which it returns: what lies before is on record and was not sent.
func (c *Case) SwitchOn(climb ladder.Climb, now time.Time) clock.Clock {
	climb.Clock = climb.SwitchOn(now)
	c.Follow(climb, now)
	return climb.Clock
}

// Close ends the case: nobody holds it and nothing is due.
func (c *Case) Close(at time.Time) {
	c.Done, c.ClosedAt, c.Holder = true, &at, nil
	c.SuspendedSince, c.DelegatedBy = nil, nil
	c.NoDeadline()
}

// Standing is where a case stands after an event: what the workflow keeps and what a caller is told.
type Standing struct {
	CaseID   string     `json:"case_id"`
	Kind     Kind       `json:"kind"`
	Number   string     `json:"number"`
	Title    string     `json:"title"`
	Version  int64      `json:"version"`
	State    string     `json:"state"`
	Stage    string     `json:"stage"`
	Round    int        `json:"round"`
	Done     bool       `json:"done"`
	Holder   *Holder    `json:"holder"`
	DueOn    clock.Date `json:"due_on"`
	NextWake *time.Time `json:"next_wake"`
	Wake     string     `json:"wake,omitempty"`

	Ahead time.Duration `json:"ahead,omitempty"` // how far a demo's time is ahead of the machine's; not part of any event
}

// Standing returns where the case stands.
func (c Case) Standing() Standing {
	return Standing{CaseID: c.ID, Kind: c.Kind, Number: c.Number, Title: c.Title, Version: c.Version, State: c.State, Stage: c.Stage,
		Round: c.Round, Done: c.Done, Holder: c.Holder, DueOn: c.DueOn, NextWake: c.NextWake, Wake: c.Wake}
}

func withID(ids []string, id string) []string {
	for _, known := range ids {
		if known == id {
			return ids
		}
	}
	return append(append([]string{}, ids...), id)
}
