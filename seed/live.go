package seed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/track"
)

// deed is one imported command.
type deed struct {
	caseID   string
	name     process.Name
	input    any
	key      string
	on       string // the day it happened
	recorded string // the day it was typed in, where that was later
	actor    process.Actor
	person   string    // the account of whoever did it, where it is not brought over in nobody's name; such a deed is invented
	opens    bool      // a case of its own follows from it
	of       string    // the key of the deed that opened the case, where that one's id is known only once it has been opened
	at, by   time.Time // when it happened and when it was recorded: noon of those days
}

// importer is who brings the report's data over.
func importer() process.Actor {
	return process.Actor{Type: process.Import, Name: "2024 年工作总结导入"}
}

// inventor is who adds examples to the report: the history says that they are invented.
func inventor() process.Actor {
	return process.Actor{Type: process.Import, Name: "演示样例（虚构）"}
}

// caseID is the id of an imported case.
func caseID(name process.Name, key string) string {
	return app.NewCaseID(name, importer(), "demo/"+key)
}

// live lets the zone's past happen: every deed in the order of time, and between them every reminder that comes due, as the workflows would
// have had it. So each entry of a history is recorded when it happened, and lateness, rungs and notices are what they would be.
func (l *loader) live(ctx context.Context) error {
	deeds, err := l.deeds()
	if err != nil {
		return err
	}
	known := map[string]process.Standing{}
	var taken time.Time // when the last deed of an interrupted run was recorded: what follows from it may not have happened
	for _, d := range deeds {
		if l.done["demo/"+d.key] {
			if known[d.caseID], err = l.store.Standing(ctx, d.caseID); err != nil {
				return fmt.Errorf("read where %s stands: %w", d.key, err)
			}
			taken = d.by
			continue
		}
		if !taken.IsZero() {
			if err := l.follow(ctx, known, "", taken); err != nil {
				return err
			}
			taken = time.Time{}
		}
		if err := l.remind(ctx, known, d.by); err != nil {
			return err
		}
		if err := l.do(ctx, known, d); err != nil {
			return err
		}
	}
	return l.remind(ctx, known, Begin())
}

// deeds are all deeds in the order in which they were recorded.
func (l *loader) deeds() ([]deed, error) {
	all := []deed{}
	for _, tell := range []func() ([]deed, error){l.projects, l.reviews, l.plans, l.money, l.visits, l.hazards, l.samples, l.tracks, l.tasks, l.leads} {
		told, err := tell()
		if err != nil {
			return nil, err
		}
		all = append(all, told...)
	}
	for i := range all {
		d := &all[i]
		day, err := clock.ParseDate(d.on)
		if err != nil {
			return nil, fmt.Errorf("%s of %s: %w", d.name, d.key, err)
		}
		d.at = day.Start().Add(12 * time.Hour)
		d.by = d.at
		if d.recorded != "" {
			if day, err = clock.ParseDate(d.recorded); err != nil {
				return nil, fmt.Errorf("%s of %s: %w", d.name, d.key, err)
			}
			d.by = day.Start().Add(12 * time.Hour)
		}
		switch {
		case d.person != "":
			if d.actor, err = l.person(d.person); err != nil {
				return nil, err
			}
		case d.actor.Name == "":
			d.actor = importer()
		}
	}
	slices.SortStableFunc(all, func(a, b deed) int { return a.by.Compare(b.by) })
	return all, nil
}

// do passes a deed through the door. In a zone that an older program began to load, cases stand where that program put them: what no longer fits
// is left out, and nothing is added.
func (l *loader) do(ctx context.Context, known map[string]process.Standing, d deed) error {
	if serve, ok := d.input.(lettering.Serve); ok { // its number is drawn when it is issued
		serve.Number = l.issued[d.caseID]
		d.input = serve
	}
	if d.of != "" && !l.old {
		at, err := l.sent(d.of)
		if err != nil {
			return err
		}
		d.caseID = at
	}
	input, err := json.Marshal(d.input)
	if err != nil {
		return fmt.Errorf("write %s of %s: %w", d.name, d.key, err)
	}
	if l.old {
		if d.actor.Name == inventor().Name || d.person != "" {
			return nil
		}
		d.by = l.now
	}
	outcome, err := l.store.Apply(ctx, process.Order{CaseID: d.caseID, Command: d.name, Input: input, Call: process.Call{Key: "demo/" + d.key, Actor: d.actor,
		OccurredAt: d.at, RecordedAt: d.by}})
	var refusal *process.Refusal
	if l.old && errors.As(err, &refusal) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s of %s: %w", d.name, d.key, err)
	}
	l.alive, known[d.caseID] = true, outcome.Standing
	for _, c := range outcome.Event.Changes {
		var number string
		if process.Shape(c.Path) == "letters.number" && json.Unmarshal(c.New, &number) == nil {
			l.issued[d.caseID] = number
		}
	}
	if d.opens { // also where it was done by an earlier run of this program
		l.opened[d.key] = opening{d.caseID, outcome.Event.Version}
	}
	if outcome.Follows || outcome.Replayed { // an earlier run may have ended between a deed and what follows from it
		return l.follow(ctx, known, d.caseID, d.by)
	}
	return nil
}

// remind lets every reminder happen that comes due until the instant, each at its own time.
func (l *loader) remind(ctx context.Context, known map[string]process.Standing, until time.Time) error {
	for {
		next, found := process.Standing{}, false
		for _, s := range known {
			if s.NextWake != nil && !s.NextWake.After(until) && (!found || s.NextWake.Before(*next.NextWake) || s.NextWake.Equal(*next.NextWake) && s.CaseID < next.CaseID) {
				next, found = s, true
			}
		}
		if !found || l.old {
			return nil
		}
		outcome, err := l.store.Apply(ctx, process.Order{CaseID: next.CaseID, Command: next.Kind.Does(casework.RemindVerb), Input: []byte("{}"), Call: process.Call{
			Key: fmt.Sprintf("clock/v%d/%s", next.Version, next.Wake), Actor: process.TheClock(), OccurredAt: *next.NextWake, RecordedAt: *next.NextWake}})
		if err != nil {
			return fmt.Errorf("remind of %s: %w", next.Number, err)
		}
		if again := outcome.Standing.NextWake; again != nil && !again.After(*next.NextWake) && outcome.Standing.Version == next.Version {
			return fmt.Errorf("remind of %s: the clock does not move on", next.Number)
		}
		l.alive, known[next.CaseID] = true, outcome.Standing
	}
}

// settle makes the past the past: the examples are marked, what was told before the report's day has been read, the leaders have this morning's
// digest, the auditor has looked before, and the clock begins.
func (l *loader) settle(ctx context.Context) error {
	ids := []string{}
	for i := range l.data.Samples {
		ids = append(ids, caseID(hazard.RecordName, sampleKey(i)))
	}
	for i := range l.data.Tasks {
		ids = append(ids, caseID(plantask.RecordName, taskKey(i)))
		if l.data.Tasks[i].Asked != nil {
			ids = append(ids, requestID(taskKey(i)))
		}
	}
	ids = append(ids, l.visitIDs()...)
	ids = append(ids, caseID(track.ReceiveName, received))
	for key := range l.opened {
		at, err := l.sent(key)
		if err != nil {
			return err
		}
		ids = append(ids, at)
	}
	for i := range l.data.Leads {
		ids = append(ids, caseID(project.OpenName, leadKey(i)))
	}
	for i := range l.data.Projects {
		for _, x := range slices.Concat(slices.Collect(maps.Values(permits())), []string{"land_use_permit", "scheme_review", "drawing_review"}) {
			ids = append(ids, permitID(projectKey(i), x))
		}
		ids = append(ids, reviewIDs(projectKey(i))...)
		if w := l.data.Projects[i].Waiver; w.Requirement != "" {
			ids = append(ids, waiverID(projectKey(i), w))
		}
	}
	if err := l.store.MarkSamples(ctx, ids); err != nil {
		return fmt.Errorf("mark the examples: %w", err)
	}
	if l.old || !l.alive {
		return nil
	}
	day, err := clock.ParseDate(asOf)
	if err != nil {
		return err
	}
	if err := l.store.SettleNotices(ctx, day.Start()); err != nil {
		return fmt.Errorf("settle what was told: %w", err)
	}
	if _, err := l.store.TellMorning(ctx, clock.DateOf(Begin()).Start().Add(8*time.Hour+30*time.Minute)); err != nil {
		return err
	}
	for _, p := range l.data.People {
		if p.Role == string(process.Auditor) {
			if _, err := l.store.Arrive(ctx, id("user", p.Username), day.AddDays(-1).Start().Add(17*time.Hour)); err != nil {
				return err
			}
		}
	}
	return l.store.SetDemoClock(ctx, Begin().Sub(l.now))
}
