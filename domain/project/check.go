package project

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// checks is what the project finds out by itself about a requirement of a gate as of a day, and what a seal keeps of it.
func (p Project) checks(env Env) func(lifecycle.Requirement, clock.Date) lifecycle.Checked {
	return func(r lifecycle.Requirement, on clock.Date) lifecycle.Checked {
		switch r.Kind {
		case lifecycle.Permit:
			h := permit.Held(env.Children, r.Permit, on)
			return lifecycle.Checked{Met: h.Held || r.Defers && h.Deferred, Waives: true, Says: h.Says, Promised: !h.Held && r.Defers && h.Deferred, PromisedOn: h.PromisedOn, Proofs: proofs(env.Children, func(c process.Child) bool {
				return c.Kind == permit.Kind && c.Slot == r.Permit && c.State != permit.Dropped
			})}
		case lifecycle.Built:
			built, says := p.farEnough(r, env)
			if built {
				says = process.Text{} // it says what is behind
			}
			return lifecycle.Checked{Met: built, Waives: true, Says: says}
		case lifecycle.Opinions:
			return assessed(r, env, on)
		case lifecycle.Review:
			return p.reviewed(env)
		case lifecycle.Agreement:
			return p.signed(on)
		case lifecycle.Contact:
			return p.met(on)
		case lifecycle.NoHazard:
			return safe(env.Hazards)
		case lifecycle.Check, lifecycle.Document, lifecycle.Fact, lifecycle.NoMajorHazard, lifecycle.Condition:
		}
		return lifecycle.Checked{}
	}
}

// proofs are the cases that fit, with their papers as they stand.
func proofs(children []process.Child, fits func(process.Child) bool) []lifecycle.Proof {
	var all []lifecycle.Proof
	for _, c := range children {
		if fits(c) {
			all = append(all, lifecycle.Proof{CaseID: c.ID, Kind: c.Kind, Number: c.Number, Title: c.Title, State: c.State, Says: c.Says, Papers: process.PapersOf(c.Papers)})
		}
	}
	return all
}

// needed are the departments whose opinions a requirement names, as far as the zone's pre-assessment knows them.
func needed(r lifecycle.Requirement, env Env) []process.Choice {
	return slices.DeleteFunc(slices.Clone(env.Desks), func(d process.Choice) bool { return !slices.Contains(r.Departments, d.Value) })
}

// assessed: every department that is needed, and every other one that was asked, has answered. Whether one that disagrees stops the project is for the review to say.
func assessed(r lifecycle.Requirement, env Env, on clock.Date) lifecycle.Checked {
	standing := opinion.StandingOf(env.Children)
	met, says := standing.Complete(needed(r, env), on)
	if met {
		says = standing.Said()
	}
	return lifecycle.Checked{Met: met, Says: says, Proofs: proofs(standing.Last, func(process.Child) bool { return true })}
}

// reviewed: the last meeting since the project came into the stage has passed it.
func (p Project) reviewed(env Env) lifecycle.Checked {
	opinions := proofs(opinion.StandingOf(env.Children).Last, func(process.Child) bool { return true })
	last, ok := p.lastReview()
	if !ok {
		return lifecycle.Checked{Says: process.Text{Chinese: "还没有上会", English: "not before a meeting yet"}, Proofs: opinions}
	}
	says := process.Text{Chinese: last.On.Chinese() + " " + Resulted(last.Result).Chinese, English: Resulted(last.Result).English + " on " + last.On.String()}
	if last.Says != "" {
		says.Chinese, says.English = says.Chinese+"："+last.Says, says.English+": "+last.Says
	}
	for _, c := range p.Conditions {
		if c.Review == last.Seq {
			says.Chinese, says.English = says.Chinese+"；条件："+c.Text+"（"+c.OwedBy+"）", says.English+"; condition: "+c.Text+" ("+c.OwedBy+")"
		}
	}
	meeting := lifecycle.Proof{CaseID: last.MeetingID, Kind: MeetingCommand.KindOf(), Number: last.Meeting, Title: last.Title, State: last.Result, Says: last.Minutes, Papers: last.Papers}
	return lifecycle.Checked{Met: last.passes(), Says: says, Proofs: append([]lifecycle.Proof{meeting}, opinions...)}
}

// safe: a major hazard where the project is built blocks; a lesser one on it needs a waiver that ends. A hazard of the enterprise that is said to be elsewhere is
// none of the project's.
func safe(h process.Hazards) lifecycle.Checked {
	found := lifecycle.Checked{Met: h.Open() == 0, Waives: h.Major == 0}
	switch {
	case h.Major > 0:
		found.Says = process.Text{Chinese: fmt.Sprintf("重大隐患 %d 条未销号", h.Major), English: strconv.Itoa(h.Major) + " major hazards are open"}
		if h.Unsaid > 0 {
			found.Says.Chinese += fmt.Sprintf("，其中 %d 条还没有注明是不是在本项目，由安监员注明", h.Unsaid)
			found.Says.English += fmt.Sprintf(", of which the safety supervisor has yet to say of %d whether they are on this project", h.Unsaid)
		}
	case h.General > 0:
		found.Says = process.Text{Chinese: fmt.Sprintf("一般隐患 %d 条未销号，可以由领导限期容缺", h.General), English: strconv.Itoa(h.General) + " lesser hazards are open: a leader can waive them until a day"}
	}
	return found
}
