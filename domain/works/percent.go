package works

import (
	"math/big"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// State is how far a step is. A step of which nothing is recorded has not begun.
type State string

// The states of a step.
const (
	Preparing State = "preparing" // 准备: it is being got ready and has not begun
	Running   State = "in_progress"
	Done      State = "done"
)

// States lists them.
func States() []string { return []string{string(Preparing), string(Running), string(Done)} }

// Progress is how far one step is, on one building or on the site.
type Progress struct {
	Step       string     `json:"step"`
	State      State      `json:"state"`
	PreparedOn clock.Date `json:"prepared_on"` // the days on which it came to be so; none of what was not recorded
	StartedOn  clock.Date `json:"started_on"`
	DoneOn     clock.Date `json:"done_on"`
	Note       string     `json:"note"`
}

// On is the day on which the step came to be so, no day where it is not on record.
func (p Progress) On(s State) clock.Date {
	switch s {
	case Preparing:
		return p.PreparedOn
	case Running:
		return p.StartedOn
	case Done:
		return p.DoneOn
	}
	return clock.Date{}
}

// Put says on which day the step came to be so.
func (p *Progress) Put(s State, day clock.Date) {
	switch s {
	case Preparing:
		p.PreparedOn = day
	case Running:
		p.StartedOn = day
	case Done:
		p.DoneOn = day
	}
}

// SameDays reports whether two steps came to be what they are on the same days.
func (p Progress) SameDays(o Progress) bool {
	return p.PreparedOn == o.PreparedOn && p.StartedOn == o.StartedOn && p.DoneOn == o.DoneOn
}

// Disorder is a state that a step reached before one that comes first, with both days; none where the days that are on record are in their order. It is the first
// pair that is not.
func (p Progress) Disorder() (first, then State, disordered bool) {
	order := []State{Preparing, Running, Done}
	for i, then := range order {
		for _, first := range order[:i] {
			if !p.On(then).IsZero() && p.On(then).Before(p.On(first)) {
				return first, then, true
			}
		}
	}
	return "", "", false
}

// ElementName is the step's id.
func (p Progress) ElementName(int) string { return p.Step }

// Building is what is reckoned and said of one building.
type Building struct {
	Code      Code
	Use       string // said behind its number: 厂房
	Structure string
	Area      int64 // in hundredths of m²; 0: unknown
	Steps     []Progress
}

// Site is what is reckoned and said of one project.
type Site struct {
	Name      string
	Steps     []Progress // of the whole site
	Buildings []Building
}

// Ratio is how far a building is: 0 to 1, exactly.
func (t Template) Ratio(b Building) *big.Rat {
	structure := t.made(b.Structure)
	return quotient(t.earned(structure, b.Steps), big.NewRat(int64(t.whole(structure, b.Steps)), 1))
}

// SiteRatio is how far the project is: 0 to 1, exactly. Every building weighs as its area does where all areas are known, else all weigh the same; the
// steps of the site weigh beside them what the template says. A project without buildings is measured against one that is not begun.
func (t Template) SiteRatio(s Site) *big.Rat {
	earned, whole := new(big.Rat), new(big.Rat)
	for _, step := range t.Steps {
		if step.Site && (!step.Optional || known(s.Steps, step.ID)) {
			w := big.NewRat(int64(step.Weight), 1)
			whole.Add(whole, w)
			earned.Add(earned, w.Mul(w, t.siteCounts(step.ID, s)))
		}
	}
	buildings := s.Buildings
	if len(buildings) == 0 {
		buildings = []Building{{}}
	}
	for i, share := range shares(buildings) {
		structure := t.made(buildings[i].Structure)
		all := big.NewRat(int64(t.whole(structure, buildings[i].Steps)), 1)
		whole.Add(whole, all.Mul(all, share))
		part := t.earned(structure, buildings[i].Steps)
		earned.Add(earned, part.Mul(part, share))
	}
	return quotient(earned, whole)
}

// Percent is a ratio in whole percent, rounded down: 100 is only what is wholly done.
func Percent(ratio *big.Rat) int {
	n := new(big.Int).Mul(ratio.Num(), big.NewInt(100))
	return int(n.Quo(n, ratio.Denom()).Int64())
}

// earned is what a building's steps count so far.
func (t Template) earned(structure string, steps []Progress) *big.Rat {
	sum := new(big.Rat)
	for _, s := range t.Steps {
		if s.Of(structure) && (!s.Optional || known(steps, s.ID)) {
			w := big.NewRat(int64(s.weight(structure)), 1)
			sum.Add(sum, w.Mul(w, t.counts(s.ID, steps)))
		}
	}
	return sum
}

// counts is with what part of its weight a step counts: wholly too where a milestone was reached to which it leads, whether it was recorded by itself or not.
func (t Template) counts(step string, steps []Progress) *big.Rat {
	if t.at(step) < t.reached(steps) {
		return big.NewRat(1, 1)
	}
	for _, p := range steps {
		if p.Step != step {
			continue
		}
		switch p.State {
		case Done:
			return big.NewRat(1, 1)
		case Running:
			return big.NewRat(int64(t.StartedCounts), 100)
		case Preparing:
		}
	}
	return new(big.Rat)
}

// siteCounts is counts of a step of the site: no building stands before the ground is levelled, so it is done as well when all buildings have reached a
// milestone behind it.
func (t Template) siteCounts(step string, s Site) *big.Rat {
	behind := len(s.Buildings) > 0
	for _, b := range s.Buildings {
		behind = behind && t.at(step) < t.reached(b.Steps)
	}
	if behind {
		return big.NewRat(1, 1)
	}
	return t.counts(step, s.Steps)
}

// at is the place of a step in the usual order.
func (t Template) at(step string) int {
	return slices.IndexFunc(t.Steps, func(s Step) bool { return s.ID == step })
}

// reached is the place of the furthest milestone that was reached, -1 of none: what comes before it in the usual order is done.
func (t Template) reached(steps []Progress) int {
	furthest := -1
	for _, p := range steps {
		if i := t.at(p.Step); i > furthest && p.State == Done && t.Steps[i].Milestone() {
			furthest = i
		}
	}
	return furthest
}

// shares are the parts of the whole that the buildings are; together they are 1.
func shares(buildings []Building) []*big.Rat {
	area := int64(0)
	for _, b := range buildings {
		if b.Area <= 0 {
			area = 0
			break
		}
		area += b.Area
	}
	all := make([]*big.Rat, 0, len(buildings))
	for _, b := range buildings {
		if area == 0 {
			all = append(all, big.NewRat(1, int64(len(buildings))))
			continue
		}
		all = append(all, big.NewRat(b.Area, area))
	}
	return all
}

func quotient(part, whole *big.Rat) *big.Rat {
	if whole.Sign() == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Quo(part, whole)
}
