// Package track is what goes back and forth about a matter 往来与督办: a copy-notice to or from a department 抄告, a referral 移送, an interview 约谈, a supervision order 督办.
// Each sort says in the definition which answers it waits for, one after the other, and within which time; so the next sort is data (docs/decisions/0082). A track belongs
// to the case it is about, where there is one, and whoever it waits for has it in hand.
package track

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "track"

// The states of a track: what it waits for, and how it ended.
const (
	Reply     = "reply"     // does the receiver take it
	Attend    = "attend"    // the head is to come
	Feedback  = "feedback"  // what came of it
	Finished  = "finished"  // closed with its result
	Declined  = "declined"  // the receiver does not take it: it is somebody else's duty
	Withdrawn = "withdrawn" // taken back by whoever sent it
)

// States lists them in their order.
func States() []string { return []string{Reply, Attend, Feedback, Finished, Declined, Withdrawn} }

// Track is one track as it stands. Which sort it is stands in its stage.
type Track struct {
	process.Plain
	process.Correspondence
	ManagerID   string     `json:"manager_id"`
	ManagerName string     `json:"manager_name"` // who answers for it in the zone
	Other       Party      `json:"other"`        // who received it, or, of one that came in, who sent it
	CopiedTo    string     `json:"copied_to"`
	Subject     string     `json:"subject"`
	Tells       string     `json:"tells"` // what is told, or why they are called
	Wants       string     `json:"wants"` // what is wanted of the receiver
	SentOn      clock.Date `json:"sent_on"`
	Paper       string     `json:"paper" paper:"number"` // its number: of the letter, or as the sender wrote it
	FeedbackOn  clock.Date `json:"feedback_on"`          // until when the result is wanted, where a day was named
	Called      Called     `json:"called"`               // of an interview
	Firm        Firm       `json:"firm"`                 // whom the matter is about
	Firms       string     `json:"firms,omitempty"`      // all that the case was addressed to, by name, where they were several
	Of          Matter     `json:"of"`
	Answers     []Answer   `json:"answered"`
	Excuse      string     `json:"excuse"` // why it was taken back
}

// Party is who is on the other side.
type Party struct {
	Kind string `json:"kind"` // "": a body that does not work with Parkway, by name
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Called is by what a party is known: its id, or the name of one that does not work with Parkway.
func (p Party) Called() string { return cmp.Or(p.ID, strings.Join(strings.Fields(p.Name), "")) }

// Called is who is called to an interview, by whom, when and where.
type Called struct {
	Who   string     `json:"who"`
	By    string     `json:"by"`
	On    clock.Date `json:"on"`
	At    string     `json:"at"`
	Where string     `json:"where"`
	Bring string     `json:"bring"`
}

// Firm is the enterprise that the matter is about. It reads only the tracks that are addressed to it.
type Firm struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Matter is what the case said when it was sent: its letters say it.
type Matter struct {
	Number  string     `json:"number"`
	FoundOn clock.Date `json:"found_on"`
	Problem string     `json:"problem"`
	Place   string     `json:"place"`
	Level   string     `json:"level"`
	Basis   string     `json:"basis"`
}

// Answer is what came back, step by step.
type Answer struct {
	Seq    int        `json:"seq"`
	Step   string     `json:"step"`
	On     clock.Date `json:"on"`
	Result string     `json:"result"`
	Says   string     `json:"says"`
	Wants  string     `json:"wants"`   // of an interview: what was required
	Vowed  string     `json:"vowed"`   // and what was promised
	Person string     `json:"person"`  // who handles it there, or who came
	Paper  string     `json:"paper"`   // number of their letter
	ByName string     `json:"by_name"` // who recorded it
}

// ElementName is its number.
func (a Answer) ElementName(position int) string { return process.At(position) }

// Sealed is always true: another answer is put beside it.
func (Answer) Sealed() bool { return true }

// The results of a step.
const (
	Taken   = "taken"
	Refused = "refused"
	Held    = "held"
	Absent  = "absent" // nobody came, or somebody else than who was called
	Interim = "interim"
	Result  = "result"
)

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a track.
type Command = process.Command[Track, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Track, Env]{
		Kind: Kind, Series: "WL", Workflow: "Track", Path: "tracks", Lead: process.SafetySupervisor, LeadsAll: true,
		Inside:   process.Text{Chinese: "安监员", English: "safety supervisor"},
		Commands: Commands(), Common: slices.Concat(casework.Commands(), lettering.Commands()), List: listing.Staged(States()...), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: Track.clone,
		Needs: func(t Track, command any) process.Needs {
			switch c := command.(type) {
			case Open:
				if t.ParentID == "" {
					return process.Needs{Parent: c.Case}
				}
			case Receive:
				return process.Needs{Parent: c.Case, Departments: true, Numbered: strings.TrimSpace(c.Paper)}
			case nil:
				return process.Needs{Parent: t.ParentID, Departments: t.Version == 0}
			}
			return process.Needs{Parent: t.ParentID}
		},
	})
}

func (t Track) clone() Track {
	t.Plain, t.Answers = t.Plain.Clone(), slices.Clone(t.Answers)
	return t
}

// Variant is its sort: a ladder may have rungs for one of them alone.
func (t *Track) Variant() string { return t.Stage }

// Team is who answers for it in the zone.
func (t *Track) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &t.ManagerID, Person: &t.ManagerName, Carries: true}}
}

// People are whom the ladder can mean.
func (t *Track) People() process.People {
	return process.People{Holder: t.Holder, ManagerID: t.ManagerID, EnterpriseID: t.EnterpriseID}
}

// Own reports whether the actor answers for it, has it in hand, or is on the other side of it.
func (t *Track) Own(a process.Actor) bool {
	if a.Has(process.Enterprise) {
		return t.EnterpriseID != "" && a.EnterpriseID == t.EnterpriseID
	}
	return a.ID != "" && (a.ID == t.ManagerID || t.HeldBy(a) || a.UnitID != "" && a.UnitID == t.Other.ID)
}

// Outside is what the enterprise reads that a track is addressed to: what it is about and what is wanted, and what it answered itself.
func (t *Track) Outside() process.Subject {
	shown := &Track{Subject: t.Subject, Tells: t.Tells, Wants: t.Wants, SentOn: t.SentOn, Paper: t.Paper, FeedbackOn: t.FeedbackOn, Called: t.Called}
	shown.Called.By = ""
	for _, a := range t.Answers {
		a.ByName = ""
		shown.Answers = append(shown.Answers, a)
	}
	return shown
}

// Heed closes what the zone demanded of the enterprise or of its own people, where what it was demanded for does not stand. What another body was told of, that body
// decides on itself.
func (t *Track) Heed(parent process.Parent, call process.Call, _ process.Env) string {
	s, ok := parent.Subject.(process.Grounded)
	demanded := t.Other.Kind == string(process.HeldByEnterprise) || t.Other.Kind == string(process.HeldByPerson)
	if !ok || s.Stands() || !demanded {
		return ""
	}
	t.Supersede(call)
	t.State, t.Excuse = Withdrawn, "所属事项"+parent.Number+"已经作废"
	t.Close(call.OccurredAt)
	return t.Excuse
}

// in refuses a command that fits another state.
func (t *Track) in(states ...string) error {
	if err := process.UnderWay(&t.Case); err != nil {
		return err
	}
	if !slices.Contains(states, t.State) {
		return process.Refuse(process.WrongState, "现在不能做这一步，请先看看进展到哪里。", "This step does not fit where it stands.").After(process.MovedState)
	}
	return nil
}

// awaits puts the track where it waits for the next of its sort's steps after the one that was answered, or closes it with its result.
func (t *Track) awaits(after string, call process.Call, env Env) {
	sort, _ := env.Definition.Sort(t.Stage) // it was there when it was opened
	at := slices.IndexFunc(sort.Steps, func(s Step) bool { return s.ID == after }) + 1
	t.Judge(call, env.Calendar)
	if at >= len(sort.Steps) {
		t.State = Finished
		t.Close(call.OccurredAt)
		return
	}
	step := sort.Steps[at]
	t.State = step.ID
	k := clock.Start(step.ID, step.Limit, call.OccurredAt, env.Calendar)
	// The day that the paper names is the deadline of the result, also where it has come: who answers late is late, and gains no time. A reply is due no later.
	if named := t.FeedbackOn; !named.IsZero() && (step.ID == Feedback || step.ID == Reply && k.DueOn.After(named)) {
		k = clock.StartUntil(step.ID, step.Limit.Basis, call.Day(), t.FeedbackOn, env.Calendar)
	}
	t.Begin(k, process.RuleName(Kind, env.Definition.Version))
	switch {
	case step.ID == Attend || sort.Inward || t.Other.ID == "": // the zone itself: it holds the interview, answers what came in, and records what others write
		process.PassTo(t, process.Party{Kind: process.HeldByPerson, ID: t.ManagerID, Name: t.ManagerName}, call, env.Env, "")
	default:
		t.GiveTo(t.receiver(after), call.OccurredAt)
	}
	process.Follow(t, call, env.Env)
}

// answered notes what came back.
func (t *Track) answered(a Answer, call process.Call) {
	a.Seq, a.Step, a.On, a.ByName = len(t.Answers)+1, t.State, call.Day(), call.Actor.Name
	t.Answers = append(t.Answers, a)
}

// speaks refuses who answers for a body that works with Parkway and is not theirs: of one that does not, whoever runs the track records its letter.
func (t *Track) speaks(call process.Call, env Env) error {
	sort, _ := env.Definition.Sort(t.Stage)
	a := call.Actor
	switch {
	case a.Type != process.Person:
		return nil
	case sort.Inward && (a.UnitID != "" && a.UnitID == t.Other.ID || !a.OfStaff()): // the answer is owed to the sender: theirs would keep the zone's limit for it
		return process.Refuse(process.NotAllowed, "要由园区答复。", "The zone answers it.")
	case t.Other.ID == "" || sort.Inward || t.succeeds(a):
		return nil
	}
	if t.theirs(a) || t.Other.Kind == string(process.HeldByEnterprise) { // on paper: somebody types it in for the enterprise
		return nil
	}
	return process.Refuse(process.NotAllowed, "要由"+t.Other.Name+"自己答复。", t.Other.Name+" answers itself.")
}

// theirs reports whether the actor is of the other side: of an enterprise that became part of another one, of that.
func (t *Track) theirs(a process.Actor) bool {
	if t.Other.ID == "" {
		return false
	}
	return a.ID == t.Other.ID || a.UnitID == t.Other.ID || a.EnterpriseID == t.Other.ID || t.EnterpriseID != "" && a.EnterpriseID == t.EnterpriseID
}

// succeeds reports whether it came into the actor's hands from whoever received it: an order that changed hands is answered by who has it now, and what a department
// received by the one that it became part of. Whoever sent it answers nothing of theirs, also with it in hand.
func (t *Track) succeeds(a process.Actor) bool {
	if !t.HeldBy(a) || a.ID == t.ManagerID {
		return false
	}
	return t.Other.Kind == string(process.HeldByPerson) && a.OfStaff() || t.Other.Kind == string(process.HeldByUnit) && a.Has(process.Department) && !a.OfStaff()
}

// receiver is whoever the track waits for on the other side: who received it, or to whom it was handed over since.
func (t *Track) receiver(after string) process.Party {
	to := process.Party{Kind: process.HolderKind(t.Other.Kind), ID: t.Other.ID, Name: t.Other.Name}
	if to.Kind == process.HeldByEnterprise { // the one that it became part of
		to.ID, to.Name = t.EnterpriseID, t.EnterpriseName
	}
	h := t.Holder
	if t.DelegatedBy != nil {
		h = t.DelegatedBy
	}
	if after == Reply && h != nil && h.Kind == to.Kind && h.ID != t.ManagerID {
		to.ID, to.Name = h.ID, h.Name
	}
	return to
}

// TellOther tells the other side.
func (t *Track) TellOther(kind string) []process.Notice {
	if t.Other.ID == "" {
		return nil
	}
	to := t.receiver("")
	return []process.Notice{{Kind: kind, ToKind: to.Kind, ToID: to.ID}}
}
