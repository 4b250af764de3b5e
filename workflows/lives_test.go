package workflows_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/workflows"
)

// life is a door with the real rules over a case in memory, which now and then cannot be reached, or loses its answer.
type life struct {
	row     sync.Mutex // as the row's lock: a try that was given up may still be under way
	t       *rapid.T
	kind    process.Entry
	subject process.Subject
	env     func() process.Env
	climb   func() ladder.Climb // with the ladder that the case follows
	trouble func() string       // what is wrong with the next call
	seen    map[string]process.Event
	past    []moment
	wakes   int // calls of the clock
	troubles,
	deeds int // of anybody else, that were recorded
}

// moment is the running clock as it stood from an instant on.
type moment struct {
	at    time.Time
	climb ladder.Climb
	live  bool
	count int // of clocks
	by    process.Name
}

func (l *life) standing() process.Standing { return l.subject.Header().Standing() }

// Apply is the door: a repeated key of the same maker is answered with what was recorded, everything else goes by the rules.
func (l *life) Apply(_ context.Context, order process.Order) (process.Outcome, error) {
	l.row.Lock()
	defer l.row.Unlock()
	byClock := order.Call.Actor.Type == process.Clock
	if byClock {
		l.wakes++
	}
	trouble := l.trouble()
	if trouble == "away" {
		l.troubles++
		return process.Outcome{}, errors.New("the database is away")
	}
	if n := len(l.past); n > 0 && order.Call.RecordedAt.Before(l.past[n-1].at.Add(-late)) {
		return process.Outcome{}, errors.New("given up") // virtual time ran away from a slow machine; a real try ends with its few seconds
	}
	key := order.Call.Actor.KeyOwner() + "/" + order.Call.Key
	if event, ok := l.seen[key]; ok {
		return process.Outcome{Event: event, Standing: l.standing(), Replayed: true}, nil
	}
	command, err := l.kind.Read(order.Command, order.Input)
	if err != nil {
		return process.Outcome{}, refusal(err)
	}
	decision, err := command.Decide(l.subject, order.Call, l.env())
	if err != nil {
		return process.Outcome{}, refusal(err)
	}
	l.subject = decision.After
	l.subject.Header().Version++
	event := process.Event{Version: l.subject.Header().Version, Command: order.Command}
	l.seen[key] = event
	l.remember(order.Call.RecordedAt, order.Command)
	if !byClock {
		l.deeds++
	}
	if trouble == "answer lost" {
		l.troubles++
		return process.Outcome{}, errors.New("the answer was lost")
	}
	return process.Outcome{Event: event, Standing: l.standing()}, nil
}

// Standing says where the case stands.
func (l *life) Standing(context.Context, string) (process.Standing, error) {
	l.row.Lock()
	defer l.row.Unlock()
	return l.standing(), nil
}

func refusal(err error) error {
	var r *process.Refusal
	if !errors.As(err, &r) {
		return err
	}
	return temporal.NewApplicationErrorWithOptions(r.Error(), workflows.RefusalType, temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{r}})
}

func (l *life) remember(at time.Time, by process.Name) {
	all := *l.subject.Timed()
	m := moment{at: at, count: len(all), by: by}
	if n := len(all); n > 0 && !l.subject.Header().Done {
		m.climb, m.live = l.climb(), all[n-1].Live()
	}
	l.past = append(l.past, m)
}

// open puts the case on file.
func (l *life) open(input any, name process.Name, call process.Call) {
	text, err := json.Marshal(input)
	if err != nil {
		l.t.Fatal(err)
	}
	command, err := l.kind.Read(name, text)
	if err != nil {
		l.t.Fatal(err)
	}
	blank := l.kind.Blank()
	blank.Header().ID = "x"
	opened, err := command.Decide(blank, call, l.env())
	if err != nil {
		l.t.Fatal(err)
	}
	l.subject = opened.After
	l.subject.Header().Version = 1
}

// step is one deed of a person after a while.
type step struct {
	after time.Duration
	name  process.Name
	input func(now time.Time) any
	actor process.Actor
}

// play lets the case live through the steps under the real workflow on virtual time.
func (l *life) play(kind string, workflowOf any, start time.Time, steps []step, horizon time.Duration) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(start)
	env.SetTestTimeout(time.Minute)
	env.RegisterWorkflowWithOptions(workflowOf, workflow.RegisterOptions{Name: kind})
	env.RegisterActivityWithOptions(l.Apply, activity.RegisterOptions{Name: workflows.ApplyActivity})
	env.RegisterActivityWithOptions(l.Standing, activity.RegisterOptions{Name: workflows.StandingActivity})
	for i, s := range steps {
		failed := false
		env.RegisterDelayedCallback(func() { // the watchdog, which looks after a case whose workflow could not hear what was recorded
			if failed {
				env.SignalWorkflow(workflows.PokeSignal, nil)
			}
		}, s.after+2*time.Minute)
		env.RegisterDelayedCallback(func() {
			now := env.Now()
			input, err := json.Marshal(s.input(now))
			if err != nil {
				l.t.Fatal(err)
			}
			env.UpdateWorkflow(string(s.name), fmt.Sprint("u", i), &testsuite.TestUpdateCallback{OnAccept: func() {}, OnReject: func(error) {}, OnComplete: func(_ any, err error) { failed = err != nil }},
				process.Order{Input: input, Call: process.Call{Key: fmt.Sprint("k", i), Actor: s.actor, OccurredAt: now, RecordedAt: now}})
		}, s.after)
	}
	env.RegisterDelayedCallback(env.CancelWorkflow, horizon)
	env.ExecuteWorkflow(kind, workflows.Input{CaseID: "x", Standing: l.standing(), Loop: rapid.IntRange(1, 2).Draw(l.t, "loop")})
	l.row.Lock()
	defer l.row.Unlock()
	if !env.IsWorkflowCompleted() {
		l.t.Fatal("the workflow did not end")
	}
}

// late is how much later than planned a rung may fire: people's commands go first, and the door may be away for a while.
const late = 20 * time.Minute

// judge holds what fired against what the ladders name for the history as it was: every rung once, at its time, and nothing else.
func (l *life) judge(end time.Time) {
	due := map[string]time.Time{}
	for i, m := range l.past {
		until := end
		if i+1 < len(l.past) {
			until = l.past[i+1].at
		}
		if !m.live {
			continue
		}
		for _, s := range m.climb.Ahead(until) { // what must have fired by the next deed
			if at := later(s.At, m.at); at.Before(until.Add(-late)) {
				due[fmt.Sprintf("%d/%s/%s", m.count, m.climb.Clock.Deadline().UTC(), s.ID)] = at
			}
		}
	}
	fired := map[string]clock.Firing{}
	for i, k := range *l.subject.Timed() {
		for _, f := range k.Fired {
			name := fmt.Sprintf("%d/%s/%s", i+1, f.Deadline.UTC(), f.Rung)
			if _, twice := fired[name]; twice {
				l.t.Fatalf("%s fired twice", name)
			}
			fired[name] = f
			if !f.Unsent && f.At.Before(f.Due) {
				l.t.Fatalf("%s fired before its time: %+v", name, f)
			}
		}
	}
	for name, at := range due {
		f, ok := fired[name]
		if !ok {
			l.t.Fatalf("%s was due at %s and never fired\n%s", name, at, l.story())
		}
		if f.At.Sub(at) > late {
			l.t.Fatalf("%s was due at %s and fired at %s\n%s", name, at, f.At, l.story())
		}
	}
	for name, f := range fired { // a wake is for something that had been planned when it fired
		if f.At.After(end) {
			l.t.Fatalf("%s fired after the end", name)
		}
	}
	if most := 2*len(fired) + 2*l.troubles*4 + 3*l.deeds + 10; l.wakes > most {
		l.t.Fatalf("the clock called the door %d times, for %d rungs, %d deeds and %d troubles", l.wakes, len(fired), l.deeds, l.troubles)
	}
}

// story is what happened, for a person who looks for the fault.
func (l *life) story() string {
	var text strings.Builder
	for _, m := range l.past {
		fmt.Fprintf(&text, "%s %s: clock %d due %s live %t fired %d\n", m.at.Format(time.DateTime), m.by, m.count, m.climb.Clock.DueOn, m.live, len(m.climb.Clock.Fired))
	}
	fmt.Fprintf(&text, "next %v, %d wakes\n", l.standing().NextWake, l.wakes)
	for i, k := range *l.subject.Timed() {
		for _, f := range k.Fired {
			fmt.Fprintf(&text, "clock %d %s for %s: planned %s fired %s unsent %t\n", i+1, f.Rung, f.Deadline.Format(time.DateTime), f.Due.Format(time.DateTime), f.At.Format(time.DateTime), f.Unsent)
		}
	}
	return text.String()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

// troubled draws what goes wrong: mostly nothing.
func troubled(t *rapid.T) func() string {
	bad := rapid.SliceOfN(rapid.SampledFrom([]string{"", "", "", "", "", "", "away", "answer lost"}), 50, 50).Draw(t, "troubles")
	n := 0
	return func() string { n++; return bad[n%len(bad)] }
}

// holidays are calendars that differ: a change moves dates, and back.
func holidays(t *rapid.T, start clock.Date) []clock.Calendar {
	base, err := definitions.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	other := clock.Calendar{Version: "other", Years: base.Years, Hours: base.Hours, Special: map[clock.Date]clock.Special{}}
	for day, s := range base.Special {
		other.Special[day] = s
	}
	for range 8 {
		day := start.AddDays(rapid.IntRange(0, 60).Draw(t, "holiday"))
		other.Special[day] = clock.Special{Kind: clock.Holiday, Name: "临时放假"}
	}
	return []clock.Calendar{base, other}
}

var (
	inspector = process.Actor{Type: process.Person, ID: "finder", Name: "孟庆岚", Roles: []process.Role{process.SafetySupervisor}}                  //nolint:gochecknoglobals // fixed test data
	contact   = process.Actor{Type: process.Person, ID: "contact", Name: "贺连舟", Roles: []process.Role{process.Enterprise}, EnterpriseID: "firm"} //nolint:gochecknoglobals // fixed test data
	boss      = process.Actor{Type: process.Person, ID: "leader", Name: "邵景和", Roles: []process.Role{process.Leader}}                            //nolint:gochecknoglobals // fixed test data
)

func between(t *rapid.T) time.Duration {
	return rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 7 * time.Hour, 24 * time.Hour, 48 * time.Hour, 9 * 24 * time.Hour, 30 * 24 * time.Hour}).Draw(t, "after") +
		time.Duration(rapid.IntRange(0, 3).Draw(t, "hours"))*time.Hour
}

// TestHazardsLiveRandomLives: whatever people do to a hazard, and whatever the door answers, every rung that its ladders name fires once, at
// its time, and the clock never spins.
func TestHazardsLiveRandomLives(t *testing.T) {
	t.Parallel()
	all, err := definitions.Hazards()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "begin")) * time.Hour) // now and then at midnight in the zone
		calendars := holidays(t, clock.DateOf(begin))
		current := calendars[0]
		env := func() process.Env {
			return process.Env{Rules: all[len(all)-1], Calendar: current, Found: process.Found{NoticeNumber: "测〔2026〕1号"},
				Uploads: map[string]process.Upload{"theirs": {ID: "theirs", Name: "b.jpg", UploadedBy: contact.ID}},
				Directory: process.Directory{"finder": {Kind: process.HeldByPerson, ID: "finder", Name: "孟庆岚", Roles: inspector.Roles},
					"second": {Kind: process.HeldByPerson, ID: "second", Name: "丁文笙", Roles: inspector.Roles}, "firm": {Kind: process.HeldByEnterprise, ID: "firm", Name: "三虎机械"},
					"contact": {Kind: process.HeldByPerson, ID: "contact", Roles: contact.Roles, EnterpriseID: "firm"}}}
		}
		l := &life{t: t, kind: hazard.Entry(), env: env, trouble: troubled(t), seen: map[string]process.Event{}}
		l.climb = func() ladder.Climb { return process.ClimbOf(l.subject, env()) }
		level := rapid.SampledFrom([]hazard.Level{hazard.General, hazard.Major}).Draw(t, "level")
		l.open(hazard.Record{EnterpriseID: "firm", Location: "成品库", Description: "堆垛过高", Level: level, Clause: "第4条"}, hazard.RecordName,
			process.Call{Key: "open", Actor: inspector, OccurredAt: begin, RecordedAt: begin})
		l.remember(begin, "open")
		var steps []step
		at := time.Duration(0)
		plan := &hazard.Plan{Responsible: "a", Measures: "b", Funds: "c", TimeLimit: "d", Contingency: "e"}
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			at += between(t)
			s := step{after: at, actor: inspector}
			days, which := rapid.IntRange(0, 12).Draw(t, "days"), rapid.IntRange(0, 1).Draw(t, "calendar")
			due := func(now time.Time) clock.Date { return clock.DateOf(now).AddDays(days) }
			switch rapid.SampledFrom([]string{"notice", "hand in", "fail", "fail", "deadline", "calendar", "comment"}).Draw(t, "deed") {
			case "notice":
				s.name, s.input = hazard.IssueNoticeName, func(now time.Time) any {
					return hazard.IssueNotice{Requirement: "清理", DueOn: due(now), InspectorIDs: []string{"second"}, Plan: plan}
				}
			case "hand in":
				s.name, s.actor, s.input = hazard.HandInName, contact, func(time.Time) any {
					return hazard.HandIn{Measures: "已清理", Attachments: []process.Evidence{{UploadID: "theirs"}}}
				}
			case "fail":
				s.name, s.input = hazard.ReinspectName, func(now time.Time) any {
					return hazard.Reinspect{Result: rectification.Fail, Opinion: "不合格", InspectorIDs: []string{"second"}, Requirement: "再清理", DueOn: due(now)}
				}
			case "deadline":
				s.name, s.input = hazard.ChangeDeadlineName, func(now time.Time) any { return hazard.ChangeDeadline{DueOn: due(now), Reason: "协商"} }
			case "calendar":
				s.actor = boss
				s.name, s.input = hazard.Kind.Does(casework.RecalendarVerb), func(time.Time) any {
					current = calendars[which]
					return casework.Recalendar{Calendar: current.Version, Reason: "放假安排"}
				}
			default:
				s.name, s.input = hazard.Kind.Does(casework.CommentVerb), func(time.Time) any { return casework.Comment{Text: "看过"} }
			}
			steps = append(steps, s)
		}
		horizon := at + 40*24*time.Hour
		l.play(hazard.Entry().Workflow, workflows.Of(hazard.Entry()), begin, steps, horizon)
		l.judge(begin.Add(horizon))
	})
}
