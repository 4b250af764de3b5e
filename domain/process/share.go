package process

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Holding is since when somebody had the ball, as an event recorded it; an empty Holder means nobody.
type Holding struct {
	From   time.Time
	Holder Holder
}

// Share is how much of a stretch of time one party had the ball.
type Share struct {
	Holder Holder `json:"holder"`
	Days   int    `json:"days"` // counted as the clock counts: working days, or days
	Late   int    `json:"late"` // of them, after the due day
}

// Shares splits a clock's days by who had the ball when the day began, as every count of days here leaves out the day it begins on: who is handed a case
// today has it for no day yet. It says how many of each lie after the due day. until is the last day to look
// at: the day it was stopped, or today. Days of a suspension count for nobody.
func Shares(k clock.Clock, holdings []Holding, until clock.Date, cal clock.Calendar) []Share {
	var shares []Share
	working := k.Unit == clock.WorkingDay || k.Unit == clock.WorkingHour
	for day := k.StartedOn.AddDays(1); !day.After(until); day = day.AddDays(1) {
		if (working && !cal.Works(day)) || paused(k, day) {
			continue
		}
		h, held := heldAt(holdings, day.Start())
		if !held {
			continue
		}
		i := 0
		for i < len(shares) && shares[i].Holder.ID != h.ID {
			i++
		}
		if i == len(shares) {
			shares = append(shares, Share{Holder: h})
		}
		shares[i].Days++
		if day.After(k.DueOn) {
			shares[i].Late++
		}
	}
	for _, h := range holdings { // of several, the name they went by last, also since no day began with it yet
		for i := range shares {
			if shares[i].Holder.ID == h.Holder.ID && h.Holder.ID != "" {
				shares[i].Holder.Name = h.Holder.Name
			}
		}
	}
	return shares
}

func heldAt(holdings []Holding, at time.Time) (Holder, bool) {
	var found Holder
	for _, h := range holdings {
		if h.From.After(at) {
			break
		}
		found = h.Holder
	}
	return found, found.ID != ""
}

func paused(k clock.Clock, day clock.Date) bool {
	for _, p := range k.Pauses {
		if !day.Before(p.From) && (p.To.IsZero() || day.Before(p.To)) {
			return true
		}
	}
	return false
}
