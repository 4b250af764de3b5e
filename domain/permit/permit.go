// Package permit is the permit 手续: one approval, filing or certificate that a project needs, from being asked for to being issued, with the clock of the
// department that decides on it, and what has to be done once it is there. It belongs to its project (docs/decisions/0036).
package permit

import (
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "permit"

// The states of a permit.
const (
	Needed      = "needed"       // it will be applied for
	NotNeeded   = "not_needed"   // with a reason; closed
	PreExamined = "pre_examined" // looked through before its time (拿地即开工)
	Applied     = "applied"
	Accepted    = "accepted"
	Deferred    = "deferred" // accepted with papers missing, which are promised by a day (容缺受理)
	Issued      = "issued"   // closed, unless something has to be done with it
	Refused     = "refused"  // may be applied for again
	Expired     = "expired"  // it was not used in time; may be applied for again
	Revoked     = "revoked"  // the authority has revoked it; may be applied for again
	Dropped     = "dropped"  // taken back, or its project has ended; closed
)

// States lists them in their order.
func States() []string {
	return []string{Needed, PreExamined, Applied, Deferred, Accepted, Issued, Refused, Expired, Revoked, NotNeeded, Dropped}
}

// The clocks of a permit.
const (
	ToApply  = "apply"  // until it has to be applied for
	ToDecide = "decide" // the department's
	Papers   = "papers" // until the papers that were missing are promised
	ToBegin  = "begin"  // until it lapses unless it is used (建筑法 art. 9)
	IdleLand = "idle"   // until construction was agreed to begin
	Valid    = "valid"  // until its last day
)

// Permit is one permit as it stands. Which one it is stands in its stage.
type Permit struct {
	process.Plain
	Part          string     `json:"part"` // of a project that has it several times: 一期, 3#厂房
	Sort          string     `json:"sort"` // of one with several sorts: 报告书, 报告表, 登记表
	ManagerID     string     `json:"manager_id"`
	ManagerName   string     `json:"manager_name"`
	Receipt       string     `json:"receipt" paper:"number"` // number of the application
	PreExaminedOn clock.Date `json:"pre_examined_on"`
	AppliedOn     clock.Date `json:"applied_on"`
	AcceptedOn    clock.Date `json:"accepted_on"`
	Missing       string     `json:"missing"`                    // the papers that are missing
	PromisedOn    clock.Date `json:"promised_on"`                // until when
	SuppliedOn    clock.Date `json:"supplied_on,omitzero"`       // when they came
	PapersOwed    bool       `json:"papers_owed,omitempty"`      // it was issued all the same, and they are still missing
	Certificate   string     `json:"certificate" paper:"number"` // its number
	IssuedOn      clock.Date `json:"issued_on"`
	ValidUntil    clock.Date `json:"valid_until"`
	BeginBy       clock.Date `json:"begin_by"` // the day that was agreed for the start of construction
	BegunOn       clock.Date `json:"begun_on"`
	PutOff        int        `json:"put_off"` // how often its use was put off
	Excuse        string     `json:"excuse"`  // why it is not needed, was refused, or was taken back
	Agency        *Agency    `json:"agency"`
	Urges         []Urge     `json:"urges"`
}

// Agency is an agreement under which agents run a permit for the investor (帮办代办).
type Agency struct {
	Number string     `json:"number" paper:"number"`
	Scope  string     `json:"scope"`
	From   clock.Date `json:"from"`
	Until  clock.Date `json:"until"`
	Agents []Agent    `json:"agents"`

	BegunOn clock.Date `json:"begun_on,omitzero"` // since when they have had it in hand
	EndedOn clock.Date `json:"ended_on,omitzero"` // since when the permit is back with whoever is responsible
}

// Agent is one of the zone's people who run a permit.
type Agent struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ElementName is the person's id.
func (a Agent) ElementName(int) string { return a.ID }

// Urge is one urging of the body in whose system the permit lies, and what it answered.
type Urge struct {
	Seq        int        `json:"seq"`
	On         clock.Date `json:"on"`
	Way        string     `json:"way"` // letter, call, visit
	To         string     `json:"to"`  // who was spoken to
	Text       string     `json:"text"`
	ByName     string     `json:"by_name"`
	AnsweredOn clock.Date `json:"answered_on"`
	Answer     string     `json:"answer"`
	Justified  string     `json:"justified"` // yes: it is held up for a good reason; no
}

// ElementName is its number.
func (u Urge) ElementName(int) string { return strconv.Itoa(u.Seq) }

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a permit.
type Command = process.Command[Permit, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Permit, Env]{
		Kind: Kind, Series: "SX", Workflow: "Permit", Path: "permits", Lead: process.ProjectManager,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Commands(), List: listed(), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: Permit.clone,
		Needs: func(p Permit, command any) process.Needs {
			if opening, ok := command.(Require); ok && p.ParentID == "" {
				return process.Needs{Parent: opening.Project, Siblings: true, Slots: func(process.Rules) []string { return []string{opening.Item} }}
			}
			return process.Needs{Parent: p.ParentID, Siblings: command != nil, Slots: func(rules process.Rules) []string { return leadsTo(p.Stage, command, rules) }}
		},
	})
}

// leadsTo is what may be on file of what the permit leads to, where the command says that it is there. Only these are held meanwhile; they stand behind it in the
// catalogue, so that two permits that are issued at once do not wait for each other.
func leadsTo(item string, command any, rules process.Rules) []string {
	d, _ := rules.(Definition)
	x, _ := d.Item(item)
	slots := []string{}
	switch command.(type) {
	case Issue, Correct:
		for _, t := range x.Then {
			slots = append(slots, t.Item)
		}
	}
	slices.Sort(slots)
	return slots
}

func (p Permit) clone() Permit {
	p.Plain, p.Urges = p.Plain.Clone(), slices.Clone(p.Urges)
	if p.Agency != nil {
		agency := *p.Agency
		agency.Agents = slices.Clone(agency.Agents)
		p.Agency = &agency
	}
	return p
}

// Variant is empty: the ladders are the same for all permits.
func (*Permit) Variant() string { return "" }

// Team is whoever runs it, and its agents until their agreement has ended: they too have a successor.
func (p *Permit) Team() []process.Post {
	return append([]process.Post{{Name: "manager", ID: &p.ManagerID, Person: &p.ManagerName, Carries: true}}, p.Agency.posts()...)
}

// People are whom the ladder can mean. While the agreement runs, what the manager is told its agents are told too, also when the permit lies with the department.
func (p *Permit) People() process.People {
	return process.People{Holder: p.Holder, ManagerID: p.ManagerID, EnterpriseID: p.EnterpriseID, AgentIDs: p.Agency.running()}
}

// Own reports whether the actor runs it, is one of its agents on some day, has it in hand, or speaks for its enterprise.
func (p *Permit) Own(a process.Actor) bool {
	switch {
	case a.ID == "":
		return false
	case a.ID == p.ManagerID || p.Agency.has(a.ID):
		return true
	case a.Has(process.Enterprise):
		return a.EnterpriseID != "" && a.EnterpriseID == p.EnterpriseID
	}
	return p.HeldBy(a)
}

// OwnOn is Own on a day: an agent has a part in it while the agreement runs, and not because it has not been passed on yet.
func (p *Permit) OwnOn(a process.Actor, day clock.Date) bool {
	if a.ID == "" || a.ID == p.ManagerID || !p.Agency.has(a.ID) {
		return p.Own(a)
	}
	return p.Agency.runs(day) || !p.Agency.EndedOn.IsZero() && p.HeldBy(a) // somebody gave it to them since
}

// in refuses a command that fits another state. A closed permit says that first.
func (p *Permit) in(states ...string) error {
	if err := process.UnderWay(&p.Case); err != nil {
		return err
	}
	if !slices.Contains(states, p.State) {
		return process.Refuse(process.WrongState, "这项手续现在是「"+words[p.State].Chinese+"」，不能这样办理。", "The permit is "+words[p.State].English+" now; this does not fit.").After(process.MovedState)
	}
	return nil
}

// words name the states in refusals; the pages have theirs in the catalogues.
var words = map[string]process.Text{ //nolint:gochecknoglobals // never written
	Needed: {Chinese: "待申报", English: "to be applied for"}, NotNeeded: {Chinese: "不需要", English: "not needed"}, PreExamined: {Chinese: "已预审", English: "pre-examined"},
	Applied: {Chinese: "已申报", English: "applied for"}, Accepted: {Chinese: "已受理", English: "accepted"}, Deferred: {Chinese: "容缺受理", English: "accepted with papers missing"},
	Issued: {Chinese: "已取得", English: "issued"}, Refused: {Chinese: "不予许可", English: "refused"}, Expired: {Chinese: "已失效", English: "expired"}, Revoked: {Chinese: "已撤销", English: "revoked"},
	Dropped: {Chinese: "已撤回", English: "taken back"},
}

// item is the permit of the catalogue that it is.
func (p Permit) item(env Env) Item {
	x, _ := env.Definition.Item(p.Stage) // Require refused an unknown one
	return x
}

// runner is who runs the permit: the first agent while the agreement runs, else whoever manages it.
func (p Permit) runner(on clock.Date) process.Party {
	if a := p.Agency; a.runs(on) {
		return process.Party{Kind: process.HeldByPerson, ID: a.Agents[0].ID, Name: a.Agents[0].Name}
	}
	return process.Party{Kind: process.HeldByPerson, ID: p.ManagerID, Name: p.ManagerName}
}

// back gives the permit to who runs it now, whenever the deed was done, or whoever takes their place.
func (p *Permit) back(call process.Call, env Env, reason string) string {
	return process.PassTo(p, p.runner(call.Today()), call, env.Env, reason).Reason
}

// builder is what the catalogue calls the department of what the investor does itself: it lies with no other body.
const builder = "建设单位"

// toDepartment lets the permit lie with the department that decides on it. One that was given to somebody else stays there; of the others it lies outside the system, and
// its days count against the department and not against whoever waits for it.
func (p *Permit) toDepartment(call process.Call, env Env) {
	body := p.item(env).Department.Chinese
	if body == "" || body == builder || p.Holder == nil || p.Holder.Kind != process.HeldByPerson || p.Holder.ID != p.ManagerID && !p.Agency.has(p.Holder.ID) {
		return
	}
	p.GiveTo(process.OutsideBody(body), call.OccurredAt)
}

// outside reports whether it lies with a body that does not work with Parkway.
func (p *Permit) outside() bool { return p.Holder != nil && p.Holder.Kind == process.HeldOutside }

// runBy reports whether the actor runs it: its manager, or one of its agents.
func (p *Permit) runBy(a process.Actor) bool {
	return a.ID != "" && (a.ID == p.ManagerID || p.Agency.has(a.ID))
}

// start puts a clock on, in place of the one that runs.
func (p *Permit) start(k clock.Clock, env Env) {
	k.Seq, k.Rule = len(p.Clocks)+1, string(Kind)+" v"+strconv.Itoa(env.Definition.Version)
	p.Clocks = append(p.Clocks, k)
}

// lately refuses a deed dated before another one.
func lately(call process.Call, after clock.Date, chinese, english string) error {
	if !after.IsZero() && call.Day().Before(after) {
		return process.Refuse(process.ImpossibleDate, chinese+" "+after.String()+"。", english+" "+after.String()+".").At("occurred_on")
	}
	return nil
}

// listed is what the list of permits shows and is narrowed by.
func listed() listing.List {
	list := listing.Staged(States()...)
	list.Settled = []string{Issued, NotNeeded}
	list.Also[0].Values = slices.Insert(list.Also[0].Values, 1, listing.Tracked)
	return list
}
