// Package founding sets a real zone up: by a command, or in the first browser that opens the link which the program printed.
package founding

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

// The working calendars that a zone can begin with.
const (
	Shipped  = "shipped"  // the holidays of the State Council that Parkway ships
	Weekends = "weekends" // Saturdays and Sundays only, until the administrator brings the holidays in
)

// Calendars lists the calendars to choose from.
func Calendars() []string { return []string{Shipped, Weekends} }

// TimeZones lists the time zones that a zone can have. Days and deadlines are reckoned in the one of all of China.
func TimeZones() []string { return []string{clock.Zone().String()} }

// Wanted is a zone that is to be set up, with its first administrator.
type Wanted struct {
	register.Zone
	TimeZone string // one of TimeZones
	Calendar string // one of Calendars

	Username string // of the first administrator
	Person   string // their name
	Password string // chosen by themselves; "" for one that is made up and has to be changed
}

// Checked returns what is wanted in the form in which it is kept, or a refusal that names every field at fault.
func (w Wanted) Checked() (Wanted, error) {
	var faults []process.Field
	note := func(err error) {
		var refusal *process.Refusal
		if errors.As(err, &refusal) {
			faults = append(faults, refusal.Fields...)
		}
	}
	zone, err := w.Zone.Checked()
	note(err)
	if err == nil {
		w.Zone = zone
	}
	if w.TimeZone != clock.Zone().String() {
		note(process.RefuseField("time_zone", "目前只能用北京时间，全国通用。", "Only China's time can be used at present."))
	}
	if w.Calendar != Shipped && w.Calendar != Weekends {
		note(process.RefuseField("calendar", "请选择工作日历。", "Choose the working calendar."))
	}
	w.Username = strings.ToLower(strings.TrimSpace(w.Username))
	note(register.CheckUsername(w.Username))
	if w.Person, err = process.Required("person", w.Person, 60); err != nil {
		note(err)
	}
	if w.Password != "" {
		note(process.Pointing(auth.Acceptable(w.Username, "", w.Password), "password"))
	}
	if len(faults) > 0 {
		refusal := process.Refuse(process.InvalidInput, "有几项还要改。", "Some of this has to be changed.")
		if len(faults) == 1 {
			refusal = process.Refuse(process.InvalidInput, faults[0].Chinese, faults[0].English)
		}
		return w, refusal.With(faults...)
	}
	return w, nil
}

// ErrFounded means that a zone is there already, and people work in it.
var ErrFounded = errors.New("a zone has been set up already")

// Found sets the zone up and returns the administrator's password: the chosen one, or one that was made up and has to be changed at the first
// sign-in. Where an earlier try was interrupted it goes on from there. It refuses with ErrFounded beside another zone, or once somebody has an
// account; of several at once one does it.
func Found(ctx context.Context, db *store.Store, door *auth.Auth, w Wanted, now time.Time) (password string, err error) {
	if w, err = w.Checked(); err != nil {
		return "", err
	}
	alone, err := db.Founding(ctx)
	if err != nil {
		return "", err
	}
	defer alone()
	vacant, err := db.Vacant(ctx)
	if err != nil {
		return "", err
	}
	if !vacant {
		return "", ErrFounded
	}
	by := process.Actor{Type: process.Import, Name: "setup"}
	park, err := db.Park(ctx)
	switch {
	case errors.Is(err, store.ErrNoPark):
		err = db.AddPark(ctx, store.Park{ID: uuid.NewString(), Code: "zone", Name: w.Name, ShortName: w.ShortName, Letters: w.Letters})
	case err == nil: // an interrupted try has made it, under what may have been a slip of the pen
		_, err = db.Keep(ctx, by, register.ZoneName, []store.Keeping{{ID: park.ID, Record: w.Zone}}, now)
	}
	if errors.Is(err, store.ErrOtherZone) {
		return "", ErrFounded
	}
	if err != nil {
		return "", err
	}
	if w.Calendar == Weekends {
		if err := weekends(ctx, db, now); err != nil {
			return "", err
		}
	}
	if err := seed.Publish(ctx, db); err != nil {
		return "", err
	}
	return door.CreateAdministrator(ctx, by, w.Username, w.Person, w.Password)
}

// weekends puts a calendar without holidays into force where there is none: every year is provisional until its holidays are brought in.
func weekends(ctx context.Context, db *store.Store, now time.Time) error {
	history, err := db.CalendarHistory(ctx)
	if err != nil || len(history) > 0 {
		return err
	}
	_, err = db.PublishCalendar(ctx, clock.Calendar{Version: "v1", Special: map[clock.Date]clock.Special{}},
		store.Change{Reason: "建立园区时只算周末，节假日安排待导入", By: process.Actor{Name: "园程"}, At: now})
	if err != nil {
		return fmt.Errorf("begin with a calendar of weekends: %w", err)
	}
	return nil
}
