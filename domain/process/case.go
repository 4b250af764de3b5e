package process

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Case is what every case has: what it is, where it stands, who has it, until when.
type Case struct {
	ID                string     `json:"id"`
	ParkID            string     `json:"park_id"`
	Kind              Kind       `json:"kind"`
	Number            string     `json:"number"`
	Title             string     `json:"title"`
	DefinitionVersion int        `json:"definition_version"` // pinned: rules published later do not touch this case
	Version           int64      `json:"version"`            // grows by one with every event
	State             string     `json:"state"`
	Stage             string     `json:"stage"` // of staged journeys
	Round             int        `json:"round"` // of loops; 0 before the first notice
	Done              bool       `json:"done"`
	EnterpriseID      string     `json:"enterprise_id"`
	EnterpriseName    string     `json:"enterprise_name"`
	Holder            *Holder    `json:"holder"` // nil when done
	UnitIDs           []string   `json:"unit_ids"`
	DueOn             clock.Date `json:"due_on"` // the day the running clock ends on; none while suspended or done
	OverdueSince      *time.Time `json:"overdue_since"`
	SuspendedSince    *time.Time `json:"suspended_since"`
	NextWake          *time.Time `json:"next_wake"` // when the clock has something to do
	OpenedAt          time.Time  `json:"opened_at"`
	ClosedAt          *time.Time `json:"closed_at"`
	UpdatedAt         time.Time  `json:"updated_at"`
}

// HandTo makes the party the holder from the instant on, and lets a unit see the case from then on.
func (c *Case) HandTo(party Party, at time.Time) {
	if c.Holder != nil && c.Holder.Kind == party.Kind && c.Holder.ID == party.ID {
		return
	}
	holder := party.Holds(at)
	c.Holder = &holder
	if party.Kind == HeldByUnit {
		c.UnitIDs = withID(c.UnitIDs, party.ID)
	}
}

// SetDue sets the day the case must be acted on by, clears a flag that no longer holds and arms the wake-up.
func (c *Case) SetDue(due clock.Date, now time.Time) {
	c.DueOn = due
	if due.IsZero() {
		c.OverdueSince, c.NextWake = nil, nil
		return
	}
	end := due.End()
	if c.OverdueSince != nil && end.After(now) {
		c.OverdueSince = nil
	}
	c.NextWake = nil
	if c.OverdueSince == nil {
		c.NextWake = &end
	}
}

// Close ends the case: nobody holds it and nothing is due.
func (c *Case) Close(at time.Time) {
	c.Done, c.ClosedAt, c.Holder = true, &at, nil
	c.SuspendedSince = nil
	c.SetDue(clock.Date{}, at)
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
}

// Standing returns where the case stands.
func (c Case) Standing() Standing {
	return Standing{CaseID: c.ID, Kind: c.Kind, Number: c.Number, Title: c.Title, Version: c.Version, State: c.State, Stage: c.Stage,
		Round: c.Round, Done: c.Done, Holder: c.Holder, DueOn: c.DueOn, NextWake: c.NextWake}
}

func withID(ids []string, id string) []string {
	for _, known := range ids {
		if known == id {
			return ids
		}
	}
	return append(append([]string{}, ids...), id)
}

// MarkOverdue flags a case whose day has passed. It refuses with NothingChanged when the case is closed, not due, or flagged already.
func (c *Case) MarkOverdue(now time.Time) error {
	if c.Done || c.DueOn.IsZero() || c.OverdueSince != nil || c.DueOn.End().After(now) {
		return Refuse(NothingChanged, "没有到期的事项。", "Nothing has become due.")
	}
	since := c.DueOn.End()
	c.OverdueSince, c.NextWake = &since, nil
	return nil
}
