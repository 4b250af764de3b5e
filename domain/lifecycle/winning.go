package lifecycle

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Winning is what a definition says of journeys that have to be won first: who hears that nobody has spoken to the other side, and why one ends early.
type Winning struct {
	ContactLadder ladder.Ladder `json:"contact_ladder,omitzero" yaml:"contact_ladder"`
	Losses        []string      `json:"losses,omitempty" yaml:"losses"`           // why one ends before the committed stage; none: in words alone
	Withdrawals   []string      `json:"withdrawals,omitempty" yaml:"withdrawals"` // why one ends from the committed stage on
}

// Promised is the basis of a next contact that was agreed: nobody but the two laid it down.
const Promised = "约定的下次跟进"

// ContactClock is the name of the clock that runs until the other side has to be spoken to again.
const ContactClock = "contact"

// Endings lists every reason why a journey ends early; a definition says which of them can be chosen, and when.
func Endings() []string {
	return []string{"elsewhere", "silent", "conditions", "policy", "site", "funds", "market", "industry", "environment", "land_idle", "breach", "demolition", "other"}
}

// Steps lists every step that can be noted within a stage: those of negotiation in practice.
func Steps() []string {
	return []string{"tracking", "visited", "intent", "agreement", "contract", "registration"}
}

func (w Winning) valid(d Definition) error {
	for _, reason := range slices.Concat(w.Losses, w.Withdrawals) {
		if !slices.Contains(Endings(), reason) {
			return fmt.Errorf("there is no reason %q to end early", reason)
		}
	}
	for _, s := range d.Stages {
		for _, step := range s.Steps {
			if !slices.Contains(Steps(), step) {
				return fmt.Errorf("stage %s: there is no step %q", s.ID, step)
			}
		}
		if s.Contact == nil {
			continue
		}
		if err := s.Contact.Valid(); err != nil {
			return fmt.Errorf("stage %s: %w", s.ID, err)
		}
		if s.Contact.Unit != clock.Day || s.Limit != nil || s.PlannedBy != "" || len(w.ContactLadder.Rungs) == 0 {
			return fmt.Errorf("stage %s: the next contact is counted in days, has a ladder, and is the only clock of its stage", s.ID)
		}
	}
	return w.ContactLadder.Valid()
}

// Spoken starts the clock until the next contact anew on the day on which the other side was spoken to, in a stage that has one. It ends on the day that was
// agreed for the next contact where that is later. A day before the last one leaves the clock as it is. In a stage without any limit what was agreed is the limit: it
// is the manager's promise, and would else pass in silence.
func (d Definition) Spoken(t Traveller, on, next clock.Date, call process.Call) {
	d.spoken(t, on, next)
	d.follow(t, call)
}

func (d Definition) spoken(t Traveller, on, next clock.Date) {
	stage, err := d.Stage(StageID(t.Case.Stage))
	if err != nil || t.Journey.Suspension != nil {
		return
	}
	k := t.Journey.Running()
	if k != nil && (k.Name != ContactClock || on.Before(k.StartedOn)) {
		return
	}
	if k != nil {
		*k = k.Stop(on.Start(), t.Calendar)
	}
	if stage.Contact == nil {
		if len(d.ContactLadder.Rungs) > 0 && !next.IsZero() && !next.Before(on) {
			d.startClock(t, clock.StartUntil(ContactClock, Promised, on, next, t.Calendar))
		}
		return
	}
	fresh := clock.Start(ContactClock, *stage.Contact, on.Start(), t.Calendar)
	if next.After(fresh.DueOn) {
		fresh = clock.StartUntil(ContactClock, stage.Contact.Basis, on, next, t.Calendar)
	}
	d.startClock(t, fresh)
}
