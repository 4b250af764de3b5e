package project

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// Lack is a permit that a gate asks for and that was not there on a day.
type Lack struct {
	Permit string       `json:"permit"`
	Name   process.Text `json:"name"`
	Says   process.Text `json:"says"`
}

// Early is something that happened in the world before the permits that it needs were there: 未批先建, 未验先投.
type Early struct {
	Stage process.Text `json:"stage" doc:"What was begun."`
	On    clock.Date   `json:"on"`
	Lacks []Lack       `json:"lacks" doc:"What was not there on that day."`
}

// Early lists what the project began before its permits were there, by what is on record now.
func (p Project) Early(env Env) []Early {
	found := []Early{}
	for _, s := range p.begins(env) {
		on := orZero(p.Facts.date(s.OnEnter))
		if lacks := p.lacked(s, on, env); !on.IsZero() && len(lacks) > 0 {
			found = append(found, Early{Stage: s.Name, On: on, Lacks: lacks})
		}
	}
	return found
}

// begins are the stages whose beginning is a day on record and needs permits: building, completion, production.
func (p Project) begins(env Env) []lifecycle.Stage {
	stages := []lifecycle.Stage{}
	for _, s := range env.Definition.Stages {
		if gate, ok := p.gateBefore(s, env); ok && p.Facts.date(s.OnEnter) != nil && slices.ContainsFunc(gate.Gate, func(r lifecycle.Requirement) bool { return r.Kind == lifecycle.Permit }) {
			stages = append(stages, s)
		}
	}
	return stages
}

// gateBefore is the stage through whose gate the project comes to another one.
func (p Project) gateBefore(s lifecycle.Stage, env Env) (lifecycle.Stage, bool) {
	earlier := env.Definition.Earlier(s.ID, string(p.SiteMode))
	if len(earlier) == 0 {
		return lifecycle.Stage{}, false
	}
	return earlier[len(earlier)-1], true
}

// lacked lists the permits that were not there on the day on which a stage is said to have begun in the world. What the gate was passed without (容缺) lacks
// nothing, nor does what nobody has said anything of where the gate lies behind the project.
func (p Project) lacked(s lifecycle.Stage, on clock.Date, env Env) []Lack {
	gate, ok := p.gateBefore(s, env)
	if !ok || on.IsZero() {
		return nil
	}
	behind, waived := p.behind(gate.ID, on)
	if behind == lifecycle.Skipped {
		return nil
	}
	lacks := []Lack{}
	for _, r := range gate.Gate {
		if r.Kind != lifecycle.Permit || slices.Contains(waived, r.ID) {
			continue
		}
		h := permit.Held(env.Children, r.Permit, on)
		if h.Held || r.Defers && h.Deferred || !h.OnFile && behind != "" {
			continue
		}
		lacks = append(lacks, Lack{Permit: r.Permit, Name: r.Name, Says: h.Says})
	}
	return lacks
}

// behind says how the gate was left that the project has behind it, "" where it has not, and what of it is waived on the day.
func (p Project) behind(gate lifecycle.StageID, on clock.Date) (outcome string, waived []string) {
	for _, passage := range p.Passages {
		if passage.Stage != gate {
			continue
		}
		outcome, waived = "", nil
		if passage.Outcome != lifecycle.Passed && passage.Outcome != lifecycle.Skipped && passage.Outcome != lifecycle.TakenOver {
			continue
		}
		outcome = passage.Outcome
		if passage.Seal == nil {
			continue
		}
		for _, i := range passage.Seal.Items {
			if i.Status == lifecycle.Waived {
				waived = append(waived, i.ID)
			}
		}
	}
	if p.stage() == gate {
		for _, a := range p.Answers {
			if a.Answer == lifecycle.WaivedUntil && !a.Until.Before(on) {
				waived = append(waived, a.Requirement)
			}
		}
	}
	return outcome, waived
}

// lawful refuses to say by the way that something began before its permits were there: that is a violation, and is recorded as one (RecordEarly).
func (p Project) lawful(before Project, env Env) error {
	var faults process.Faults
	for _, s := range p.begins(env) {
		on := orZero(p.Facts.date(s.OnEnter))
		if on == orZero(before.Facts.date(s.OnEnter)) {
			continue
		}
		if lacks := p.lacked(s, on, env); len(lacks) > 0 {
			says := sayLacks(lacks)
			faults.Note(process.Refuse(process.ImpossibleDate, on.Chinese()+"「"+s.Name.Chinese+"」时手续还不齐："+says.Chinese+"。确实已经提前动手的，请用「登记未批先行」如实登记。",
				"On "+on.String()+", “"+s.Name.English+"” lacked: "+says.English+". If that is what happened, record it as begun before its permits.").At(s.OnEnter))
		}
	}
	return faults.Err()
}

// sayLacks names each permit, and since when it is there.
func sayLacks(lacks []Lack) process.Text {
	var chinese, english []string
	for _, l := range lacks {
		chinese, english = append(chinese, l.Name.Chinese+" "+l.Says.Chinese), append(english, l.Name.English+" ("+l.Says.English+")")
	}
	return process.Text{Chinese: strings.Join(chinese, "；"), English: strings.Join(english, "; ")}
}
