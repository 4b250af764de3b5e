package permit

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Known is a permit of a project as its diagram shows it.
type Known struct {
	ID          string          `json:"id"`
	Number      string          `json:"number"`
	Title       string          `json:"title"`
	Item        string          `json:"item"`
	Part        string          `json:"part"`
	State       string          `json:"state"`
	Done        bool            `json:"done"`
	Round       int             `json:"round"`
	Holder      *process.Holder `json:"holder"`
	DueOn       clock.Date      `json:"due_on"`
	Overdue     bool            `json:"overdue"`
	Provisional bool            `json:"provisional"`
	AppliedOn   clock.Date      `json:"applied_on"`
	IssuedOn    clock.Date      `json:"issued_on"`
	ValidUntil  clock.Date      `json:"valid_until"`
	Certificate string          `json:"certificate"`
	Agents      []string        `json:"agents" doc:"Who runs it for the investor."`
	Urges       []Urge          `json:"urges" doc:"How often the body in whose system it lies was urged, and what it answered; empty for readers of an enterprise."`
	Days        int             `json:"days" doc:"Calendar days from the application to the certificate, or to today."`
}

// Progress is how far a permit of the catalogue is for one project.
type Progress string

// How far a permit is. Later is one that waits for others.
const (
	IsDone   Progress = "done"
	IsNow    Progress = "now"
	IsNext   Progress = "next"
	IsLater  Progress = "later"
	IsSpared Progress = "spared" // it is not needed
	IsPast   Progress = "past"   // it belongs to a stage that the project has left, and nobody has said anything of it
	IsOver   Progress = "over"   // the project has ended, and it was not got
	IsMaybe  Progress = "maybe"  // only some projects need it, and nobody has said anything of this one
)

// Step is one permit of the catalogue on a project's way.
type Step struct {
	Item  Item     `json:"item"`
	Is    Progress `json:"is" enum:"done,now,next,later,spared,past,over,maybe"`
	Cases []Known  `json:"cases"`
}

// Stretch is a phase with its permits.
type Stretch struct {
	Phase Phase  `json:"phase"`
	Steps []Step `json:"steps"`
}

// Way is all permits of a project in their order: done, now, next, with the time spent.
type Way struct {
	Stretches []Stretch        `json:"phases"`
	Count     map[Progress]int `json:"count"`
	Unmet     []Unmet          `json:"unmet" doc:"What the law calls for because of a permit that is there, and could not be put on file by itself: a person has to see to it."`
}

// Unmet is a permit that should have been put on file by itself from a deed, and was refused.
type Unmet struct {
	process.Unmet
	Asked Asked `json:"asked"`
}

// Asked is what should have followed, as far as a person has to know.
type Asked struct {
	Item    string     `json:"item"`
	Part    string     `json:"part"`
	ApplyBy clock.Date `json:"apply_by"`
	Because string     `json:"because"`
}

// WayOf lays a project's permits out on the catalogue. One that is on file stands there whatever the site mode; of a project that has ended nothing is next and what it has not got is over, and
// what belongs to a stage that it has left and is not on file waits for nobody.
func (d Definition) WayOf(site string, ended bool, left map[string]bool, known []Known, today clock.Date) Way {
	way := Way{Count: map[Progress]int{}, Stretches: []Stretch{}, Unmet: []Unmet{}}
	settled, overtaken, works := map[string]bool{}, d.overtaken(known), d.works()
	var steps []Step
	for _, x := range d.Items {
		step := Step{Item: x, Cases: []Known{}}
		for _, k := range known {
			if k.Item == x.ID && (k.State != Dropped || ended) {
				k.Days = spent(k, today)
				step.Cases = append(step.Cases, k)
			}
		}
		if len(step.Cases) == 0 && len(x.Only) > 0 && !slices.Contains(x.Only, site) {
			settled[x.ID] = true // such a project does not go through it
			continue
		}
		switch step.Is = step.progress(settled, works[x.Phase]); {
		case ended && (len(step.Cases) == 0 || step.dropped()):
			step.Is = IsOver
		case len(step.Cases) > 0:
		case step.Is != IsMaybe && (left[d.stageOf(x)] || overtaken[x.ID]):
			step.Is = IsPast
		}
		settled[x.ID] = step.Is == IsDone || step.Is == IsSpared || step.Is == IsMaybe || step.Is == IsPast || step.Is == IsOver
		way.Count[step.Is]++
		steps = append(steps, step)
	}
	for _, p := range d.Phases {
		s := Stretch{Phase: p, Steps: []Step{}}
		for _, step := range steps {
			if step.Item.Phase == p.ID {
				s.Steps = append(s.Steps, step)
			}
		}
		slices.SortStableFunc(s.Steps, func(a, b Step) int { return slices.Index(inOrder, a.Is) - slices.Index(inOrder, b.Is) })
		if len(s.Steps) > 0 {
			way.Stretches = append(way.Stretches, s)
		}
	}
	return way
}

// inOrder is how the permits of a stretch stand below one another: what is behind the project, what runs, what comes, what has yet to wait, and what nobody waits for.
var inOrder = []Progress{IsDone, IsPast, IsOver, IsNow, IsNext, IsLater, IsMaybe, IsSpared} //nolint:gochecknoglobals // never written

// overtaken are the permits that come before one which is there: nobody has said anything of them, and they do not come next any more.
func (d Definition) overtaken(known []Known) map[string]bool {
	all := map[string]bool{}
	for i := len(d.Items) - 1; i >= 0; i-- { // what comes before stands before
		x := d.Items[i]
		got := slices.ContainsFunc(known, func(k Known) bool {
			return k.Item == x.ID && k.State == Issued
		})
		if got || all[x.ID] {
			for _, before := range x.After {
				all[before] = true
			}
		}
	}
	return all
}

// works says, of each phase behind the one in which construction is permitted, by which permit it is: nothing is accepted, and nothing produced, where nothing may be built.
func (d Definition) works() map[string]string {
	i := slices.IndexFunc(d.Items, func(x Item) bool { return x.StartBy != nil })
	if i < 0 {
		return nil
	}
	behind := map[string]string{}
	at := slices.IndexFunc(d.Phases, func(p Phase) bool { return p.ID == d.Items[i].Phase })
	for _, p := range d.Phases[at+1:] {
		behind[p.ID] = d.Items[i].ID
	}
	return behind
}

// stageOf is the project's stage in which the permit is usually run.
func (d Definition) stageOf(x Item) string {
	if i := slices.IndexFunc(d.Phases, func(p Phase) bool { return p.ID == x.Phase }); i >= 0 {
		return d.Phases[i].Stage
	}
	return ""
}

// dropped reports whether one of its cases ended with the project.
func (s Step) dropped() bool {
	return slices.ContainsFunc(s.Cases, func(k Known) bool { return k.State == Dropped })
}

// progress is how far the permit is: as far as the part of it that is furthest behind. works is the permit without which there is nothing yet that it could be about.
func (s Step) progress(settled map[string]bool, works string) Progress {
	ready := (works == "" || settled[works]) && !slices.ContainsFunc(s.Item.After, func(before string) bool { return !settled[before] })
	if len(s.Cases) == 0 {
		switch {
		case s.Item.Sometimes:
			return IsMaybe
		case ready:
			return IsNext
		}
		return IsLater
	}
	spared, done := true, true
	for _, k := range s.Cases {
		spared = spared && k.State == NotNeeded
		done = done && Settled(k.State)
		if slices.Contains([]string{PreExamined, Applied, Accepted, Deferred, Refused, Expired, Revoked}, k.State) {
			return IsNow
		}
	}
	switch {
	case spared:
		return IsSpared
	case done:
		return IsDone
	case ready:
		return IsNext
	}
	return IsLater
}

// Settled reports whether nothing more has to be got in the state.
func Settled(state string) bool { return state == Issued || state == NotNeeded }

// spent is how many calendar days the permit took from the application on.
func spent(k Known, today clock.Date) int {
	switch {
	case k.AppliedOn.IsZero():
		return 0
	case !k.IssuedOn.IsZero():
		return k.AppliedOn.DaysUntil(k.IssuedOn)
	case k.Done:
		return 0
	}
	return max(k.AppliedOn.DaysUntil(today), 0)
}

// Outside is the permit as its enterprise reads it: without the urgings, which are between the zone and other bodies.
func (p *Permit) Outside() process.Subject {
	shown := p.clone()
	shown.Urges, shown.ManagerID, shown.ManagerName = []Urge{}, "", "园区管委会"
	if shown.State != Refused { // why it was refused, the department says to the enterprise; the rest are words of the zone
		shown.Excuse = ""
	}
	if shown.Agency != nil {
		shown.Agency.Agents = []Agent{}
	}
	return &shown
}
