package hazard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/domain/tracking"
)

// Kind is the name of the kind.
const Kind process.Kind = "hazard"

// Entry is the kind as the program sees it.
func Entry() process.Entry { return process.Enter(kind()) }

func kind() process.KindOf[Hazard, Env] {
	return process.KindOf[Hazard, Env]{
		Kind: Kind, Series: "YH", Workflow: "HazardRectification", Path: "hazards", Lead: process.SafetySupervisor, LeadsAll: true,
		Inside:   process.Text{Chinese: "安监员", English: "safety supervisor"},
		Commands: Commands(), Common: slices.Concat(casework.Commands(), lettering.Commands(), tracking.Commands(), addressing.Commands()), List: listed(),
		Retired:    []process.Name{"hazard.reassign"}, // now hazard.assign
		Definition: rectification.Definition{},
		Env: func(e process.Env) Env {
			d, _ := e.Rules.(rectification.Definition) // none of a page that asks before there is one
			return Env{Definition: d, Calendar: e.Calendar, Directory: e.Directory, Uploads: e.Uploads, NextNotice: e.Found.NoticeNumber, Campaign: e.Found.Campaign, Parent: e.Found.Parent, ChildrenOf: e.Found.ChildrenOf, Same: e.Found.Same, Projects: e.Found.Others, Offered: e.Found.Projects,
				Departments: e.Found.Departments, Enforces: e.Found.Enforces, Levels: e.Found.Levels, Today: e.Today}
		},
		Clone: Hazard.clone,
		Needs: func(h Hazard, command any) process.Needs {
			if command == nil {
				needs := process.Needs{Parent: h.ParentID}
				if h.Version > 0 { // what was asked for and sent about it
					needs.ChildrenOf = []string{h.ID}
				}
				if !h.Done { // a page that asks where it is, and by whom it was listed
					needs.ProjectsOf, needs.Departments, needs.Levels = h.Firms(), h.Level == Major && h.Listing == nil, h.Version == 0
				}
				return needs
			}
			_, lists := command.(ListMajor)
			issuer, ok := command.(interface{ IssuesNotice() bool })
			record, _ := command.(Record)
			needs := process.Needs{NoticeNumber: ok && issuer.IssuesNotice(), Campaign: record.CampaignID, Parent: record.Inspection, Departments: lists, Levels: record.OwnLevel != "", Same: record.same()}
			if needs.NoticePaper = h.series(); needs.NoticePaper == "" {
				needs.NoticePaper = Advice
			}
			if issue, ok := command.(IssueNotice); ok && issue.Series != "" {
				needs.NoticePaper = issue.Series
			}
			if placing, ok := command.(interface{ On() string }); ok && placing.On() != "" {
				needs.Others = []string{placing.On()}
			}
			return needs
		},
	}
}

// Header is what every case has.
func (h *Hazard) Header() *process.Case { return &h.Case }

// Timed are the clocks of its notice, its rounds and its re-inspections.
func (h *Hazard) Timed() *[]clock.Clock { return &h.Clocks }

// Filed is what is on record.
func (h *Hazard) Filed() *[]process.Attachment { return &h.Attachments }

// Weighty is true of a major hazard: a leader decides on its deadline.
func (h *Hazard) Weighty() bool { return h.Level == Major }

// Variant is its legal level.
func (h *Hazard) Variant() string { return string(h.Level) }

// Team is the safety supervisor who answers for it.
func (h *Hazard) Team() []process.Post {
	return []process.Post{{Name: "supervisor", ID: &h.SupervisorID, Person: &h.SupervisorName, Needs: process.SafetySupervisor, Carries: true}}
}

// Reschedule keeps the day on the round's notice, and counts how often it was moved. It refuses more changes than the definition allows.
func (h *Hazard) Reschedule(to clock.Clock, rules process.Rules) error {
	round := h.Current()
	if to.Name != rectification.Rectify || round == nil {
		return nil
	}
	d, _ := rules.(rectification.Definition) // the kind's rules are always of this type
	if err := h.moved(d); err != nil {
		return err
	}
	round.DueOn = to.DueOn
	return nil // the wake is set by whoever moved it (process.Follow)
}

// moved counts a change of the deadline to a later day. It refuses more than the definition allows.
func (h *Hazard) moved(d rectification.Definition) error {
	if most := d.MaxDeadlineChanges; h.DeadlineChanges >= most {
		return process.Refuse(process.WrongState, fmt.Sprintf("期限最多延后 %d 次。", most), fmt.Sprintf("The deadline can be moved to a later day %d times at most.", most))
	}
	h.DeadlineChanges++
	return nil
}

// Fits says that the notice is the next step of what was found.
func (IssueNotice) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	if h.Done || h.State != rectification.Found {
		return process.Not
	}
	return process.Leads
}

// Fits says that a general hazard can be closed before a notice is issued.
func (FixOnSpot) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	if h.Done || h.State != rectification.Found || h.Level != General {
		return process.Not
	}
	return process.Beside
}

// Fits says that the hand-in is the enterprise's next step.
func (HandIn) Fits(h Hazard, actor process.Actor, _ Env) process.Fit {
	return theirs(h, rectification.Rectifying, actor)
}

// theirs says of what an enterprise does in a state that it is its next step, and that somebody of the zone may type it in for it.
func theirs(h Hazard, state string, actor process.Actor) process.Fit {
	switch {
	case h.Done || h.State != state:
		return process.Not
	case actor.Has(process.Enterprise):
		return process.Leads
	}
	return process.Fits // somebody types it in for the enterprise
}

// Fits says that the re-inspection is the supervisors' next step once a rectification was handed in.
func (Reinspect) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	if h.Done || h.State != rectification.Reported {
		return process.Not
	}
	return process.Leads
}

// Fits says that only the day on a notice can be moved.
func (ChangeDeadline) Fits(h Hazard, actor process.Actor, env Env) process.Fit {
	switch {
	case h.Done || h.State != rectification.Rectifying || h.leadersMove(actor, env.Today) || process.MoreTimeAsked(env.ChildrenOf[h.ID]) != nil:
		return process.Not
	case h.DeadlineChanges >= env.Definition.MaxDeadlineChanges: // to an earlier day alone
		return process.Fits
	}
	return process.Beside
}

// Ask asks for the five points of a major hazard where its definition knows no plan that is filed afterwards, and offers the papers that the zone may issue.
func (IssueNotice) Ask(f process.Question, h Hazard, env Env) (process.Question, bool) {
	switch {
	case strings.HasPrefix(f.Path, "plan."):
		return f, h.Level == Major && env.Definition.Major == nil
	case f.Path == "series" && !env.Enforces:
		f.Choices = slices.DeleteFunc(f.Choices, func(c process.Choice) bool { return c.Value == Order })
	}
	return f, true
}
