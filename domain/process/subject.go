package process

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
)

// Subject is a case with its facts, whatever its kind: what every case can do is written over it. A pointer to a kind's struct is one.
type Subject interface {
	Header() *Case
	Timed() *[]clock.Clock // every clock it ever had, the running one last
	Filed() *[]Attachment  // what is on record
	Variant() string       // which limits and rungs of its definition apply
	Team() []Post          // who answers for it, by function
	People() People        // whom its ladder can mean
	Own(Actor) bool        // whether the actor has a part in it
}

// Overrun is a case that changes by itself when the deadline of its running clock passes: what lapses then. It says who is told beside the ladder.
type Overrun interface {
	Overrun(k clock.Clock, call Call) []Notice
}

// Heeding is a case that changes when the one it belongs to has moved on. It returns why, or "" when that is nothing to it.
type Heeding interface {
	Heed(parent Parent, call Call, env Env) (reason string)
}

// Grounded is a case that can turn out not to stand: it was recorded in error. What was demanded because of it falls with it.
type Grounded interface{ Stands() bool }

// Sending is a case that has another side, which hears of its end.
type Sending interface{ TellOther(kind string) []Notice }

// Rescheduled is a case that keeps the running clock's day elsewhere too, or counts how often it was moved. It may refuse.
type Rescheduled interface {
	Reschedule(to clock.Clock, rules Rules) error
}

// Adopting is a case that begins what a version of its definition asks for to which it is moved.
type Adopting interface{ Adopted(call Call, rules Rules) }

// Petitioned is a case that says until when more time for its running deadline can be asked for. It refuses a request that comes later.
type Petitioned interface {
	Petition(call Call, env Env) error
}

// Reseated is a case that looks at its team again once somebody took another one's place on it: one person may have two of its posts now.
type Reseated interface{ Reseated() }

// Weighty is a case whose running deadline is not moved by the head of a section, however early that is asked for: a leader decides.
type Weighty interface{ Weighty() bool }

// OwnLevel is what the office itself calls a level of what it finds (较大, B …), and which of the statutory two it is.
type OwnLevel struct{ Code, Name, Statutory string }

// Outward is a case that says which of its own facts its enterprise may read: a copy with those alone.
type Outward interface{ Outside() Subject }

// Post is a function on a case's team, and who has it.
type Post struct {
	Name    string // manager, supervisor …
	ID      *string
	Person  *string // the name
	Needs   Role    // "": anybody of the zone's staff
	OneOf   []Role  // one of which whoever has it holds; none: Needs says it
	Carries bool    // whoever has it has the case in hand as long as it is not given to somebody else
	Beside  bool    // beside whoever answers for the case, and not as them
}

// Suits reports whether somebody with these roles can have the post.
func (p Post) Suits(roles []Role) bool {
	return (p.Needs == "" || slices.Contains(roles, p.Needs)) && (len(p.OneOf) == 0 || slices.ContainsFunc(p.OneOf, func(r Role) bool { return slices.Contains(roles, r) }))
}

// Function is what whoever has the post is told as.
func (p Post) Function() Function {
	switch {
	case p.Beside:
		return AsAgent
	case p.Carries:
		return AsManager
	}
	return Function(p.Name)
}

// Rules are a published version of a kind's definition, as far as every kind has it.
type Rules interface {
	Valid() error // why it cannot be published
	Edition() int
	LadderOf(clock string) ladder.Ladder // of the clock with the name; empty: late is flagged, and nothing else
	Covers(Case) error                   // refuses a case that stands where the definition has no place for it
	StageName(id string) Text            // of staged kinds
}

// Staged are the rules of a kind whose stages have an order: a list is sorted by it.
type Staged interface {
	StageOrder() []string
}

// InOrder lists what the parts of a definition are called inside it, in their order.
func InOrder[T any](parts []T, id func(T) string) []string {
	order := make([]string, 0, len(parts))
	for _, p := range parts {
		order = append(order, id(p))
	}
	return order
}

// Find returns the part of a definition that has the id, and whether there is one.
func Find[T any](parts []T, id string, of func(T) string) (part T, found bool) {
	if i := slices.IndexFunc(parts, func(p T) bool { return of(p) == id }); i >= 0 {
		return parts[i], true
	}
	return part, false
}

// Env is what the door looked up for a decision.
type Env struct {
	Rules     Rules
	Calendar  clock.Calendar
	Directory Directory
	Uploads   map[string]Upload
	Found     Found
	Today     clock.Date // of a page that asks what fits; a decision goes by its call
}

// Heard is a case that its enterprise hears of at some time: before that it can do nothing with it.
type Heard interface{ HeardOf() bool }

// Needs is what a command's decision asks of other cases and of the zone's registers. The zero value asks nothing.
type Needs struct {
	Levels       bool                   // what the office itself calls the levels of what is found
	NoticeNumber bool                   // the next number of a rectification notice, which is then used up
	NoticePaper  string                 // which paper it is: an opinion, a notice, an order; each has a series of its own
	Campaign     string                 // whether there is a campaign (专项行动) with the id
	Visits       string                 // what the enterprise with the id was visited for, this year and lately, and what is planned; it is held until the command is done, so that two who plan see each other
	VisitsNear   clock.Date             // the day around which visits and tenants are asked for
	VisitPlan    string                 // the template of recurring inspections with the id, and whether it means the enterprise to be visited
	VisitPlans   bool                   // the templates that can be chosen
	Checklists   bool                   // the checklists that can be chosen
	Checklist    string                 // the one with the id
	Tenants      string                 // who sits on the site of the enterprise with the id
	Together     string                 // who shares a site with the enterprise with the id: its tenants, and whose tenant it is
	Parent       string                 // the case it belongs to or is about to, by id or number
	InPlace      bool                   // whether the actor stands in for somebody away who has a part in the case that it belongs to
	Head         bool                   // who heads the section of whoever is responsible for the case that it belongs to
	Siblings     bool                   // what else belongs to that one, of the same kind
	Slots        func(Rules) []string   // of the siblings that are asked for, so that nothing else is held; nil: all
	Children     bool                   // what belongs to this one
	RulesOf      Kind                   // the rules of another kind in force
	Departments  bool                   // the zone's departments, to whom something is handed by their names
	Waiting      bool                   // the cases that wait in a stage that the rules name (Summoning)
	Others       []string               // cases that it is about beside the one it belongs to, by id or number
	ChildrenOf   []string               // what belongs to each of these cases, as it stands
	ProjectsOf   []string               // the projects under way of the enterprises with the ids
	HazardsOf    string                 // how many hazards are open on the project with the id, and major ones at its enterprise
	Desk         bool                   // what letters are written with
	Letter       func(*Desk) LetterNeed // a letter that is about to be issued; its number is then used up
	Numbered     string                 // which other cases of the kind have an official paper of the number
	Same         *Sameness              // what is open of the kind at the same place in the same words; nil: nobody asks
	Alike        *Likeness              // what may be the same as what is to be put on file; nil: nobody asks
}

// Found answers Needs.
type Found struct {
	NoticeNumber string
	Campaign     string // its id when there is such a campaign
	CampaignName string
	Visited      *Visited   // the enterprise asked for, and its visits; nil: there is none
	VisitPlan    *VisitPlan // the template asked for; nil: there is none in use
	VisitPlans   []VisitPlan
	VisitGap     *int        // within how many days another visit needs a reason, as the zone has set it; nil: it has not
	Checklists   []Checklist // those that can be chosen, or the one asked for
	Tenants      []Tenancy
	Together     []Tenancy
	Parent       *Parent
	InPlace      bool               // the actor stands in for somebody who has a part in the case that it belongs to
	Head         Party              // the head asked for; none: there is none, or it is whoever is responsible
	Numbered     []Numbered         // with the number asked for
	Children     []Child            // of the case, or of its parent, with itself
	ChildrenOf   map[string][]Child // by the case's id
	Rules        Rules              // of the kind asked for
	Departments  []Party
	UnitAliases  map[string][]string // by which other names they go, by id
	Waiting      []Parent            // without their people
	Projects     []Parent            // the same
	Others       []Parent            // in the order asked for; one that is not there, or not the actor's to see, is left out
	Hazards      Hazards
	Same         []Numbered // the case that says the same and is open
	Alike        []Alike
	Desk         *Desk
	Levels       []OwnLevel
	Enforces     bool        // enforcement was delegated to the zone (委托执法)
	Took         []DutyTaken // who had a part in the case that bears on the command; on a page, on any of them
}

// Hazards is how many hazards are open where a project is built. A major one of which nobody has said where it is counts for every project of its enterprise; a
// lesser one counts only for the project that it names.
type Hazards struct {
	Major    int
	General  int
	Unsaid   int // of the major ones: nobody has said whether they are on the project
	Anywhere int // major ones of the whole enterprise, also those that are said to be elsewhere
}

// Open is how many there are.
func (h Hazards) Open() int { return h.Major + h.General }

// Summoning are rules under which cases of other kinds are called up: from these of their stages.
type Summoning interface{ Summons() []string }

// Running returns the clock that has not been stopped, or nil.
func Running(clocks []clock.Clock) *clock.Clock {
	if n := len(clocks); n > 0 && clocks[n-1].StoppedOn.IsZero() {
		return &clocks[n-1]
	}
	return nil
}

// ClimbOf returns the ladder of the case's running clock; without a running clock it is empty.
func ClimbOf(s Subject, env Env) ladder.Climb {
	climb := ladder.Climb{Calendar: env.Calendar, Variant: s.Variant(), CaseID: s.Header().ID}
	if k := Running(*s.Timed()); k != nil {
		climb.Clock, climb.Ladder = *k, env.Rules.LadderOf(k.Name)
	}
	return climb
}

// Follow carries the running clock to the case.
func Follow(s Subject, call Call, env Env) {
	s.Header().Follow(ClimbOf(s, env), call.RecordedAt)
	Arm(s)
}

// UnderWay refuses what needs a case that is neither closed nor standing still.
func UnderWay(c *Case) error {
	switch {
	case c.Done:
		return Refuse(Closed, "这件事已经办结，不能再办理。", "The case is closed.").After(MovedDone)
	case c.SuspendedSince != nil:
		return Refuse(Suspended, "这件事已暂停，请先恢复。", "The case is suspended; resume it first.").After(MovedSuspension)
	}
	return nil
}

// TellTeam returns one notice of the kind for everybody who answers for the case.
func TellTeam(s Subject, kind string) []Notice {
	var notices []Notice
	for _, post := range s.Team() {
		if *post.ID != "" {
			notices = gathered(notices, Notice{Kind: kind, ToKind: HeldByPerson, ToID: *post.ID, As: []Function{post.Function()}})
		}
	}
	return notices
}

// PassTo gives the case to the party by itself, or to whoever takes its place when its account has ended, which the event and the leaders are
// then told. words are the actor's own.
func PassTo(s Subject, party Party, call Call, env Env, words string) Deed {
	c := s.Header()
	to := env.Directory.Successor(party, s.People().LeaderID)
	c.GiveTo(to, call.OccurredAt)
	c.DelegatedBy = nil // also when it stays where it was delegated to, because nobody else is there to take it back
	if to.ID == party.ID {
		return Deed{Reason: words}
	}
	return Deed{Reason: PassedOn(words, party, to), Notices: s.People().Ended()}
}
