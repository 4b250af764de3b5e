// Package hazard is the safety hazard: its facts, and its commands on top of the rectification engine. One file per command.
package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// Hazard is one hazard as it stands. Its JSON form is what history compares and what the store keeps.
type Hazard struct {
	process.Case
	Facts
	Gravity
	rectification.Loop
	process.Correspondence
	Attachments []process.Attachment `json:"attachments"`
}

// Level is the legal level of a hazard (安全生产事故隐患排查治理暂行规定 art. 3).
type Level string

// The levels.
const (
	General Level = "general" // 一般
	Major   Level = "major"   // 重大
)

// How a hazard was closed.
const (
	Passed      = "passed"
	FixedOnSpot = "fixed_on_spot"
	Withdrawn   = "withdrawn" // recorded in error; not counted as found
)

// Facts are what is known of the hazard beside its rounds.
type Facts struct {
	Level           Level                     `json:"level"`
	Clause          string                    `json:"clause"` // of the 判定标准; compulsory for a major hazard
	Category        string                    `json:"category"`
	Location        string                    `json:"location"`
	Description     string                    `json:"description"`
	FoundOn         clock.Date                `json:"found_on"`
	CampaignID      string                    `json:"campaign_id,omitempty"`
	SupervisorID    string                    `json:"supervisor_id"`
	SupervisorName  string                    `json:"supervisor_name"`
	Inspectors      []rectification.Signatory `json:"inspectors"`
	Result          string                    `json:"result"`
	ClosedOn        clock.Date                `json:"closed_on"`
	Plan            *Plan                     `json:"plan"`
	DeadlineChanges int                       `json:"deadline_changes"`
	ProjectID       string                    `json:"project_id,omitempty"` // the project on whose site it is; "": none is named
	ProjectNumber   string                    `json:"project_number"`
	ProjectTitle    string                    `json:"project_title"`
	Elsewhere       bool                      `json:"elsewhere,omitempty"` // it is said to be on no project's site: in the working plant

	Corrections []process.Correction `json:"corrections,omitempty"` // what was put right once it was sealed or closed
	Noted       *Noted               `json:"noted,omitempty"`       // as a device claims; nil: it was typed where it was received
}

// Plan is the 五落实 of a major hazard: a major hazard is not in rectification before it is complete.
type Plan struct {
	Responsible string `json:"responsible" required:"false" ask:"line,required" maxLength:"4000" doc:"Who answers for it (责任)."`
	Measures    string `json:"measures" required:"false" ask:"line,required" maxLength:"4000" doc:"What is done (措施)."`
	Funds       string `json:"funds" required:"false" ask:"line,required" maxLength:"4000" doc:"With what money (资金)."`
	TimeLimit   string `json:"time_limit" required:"false" ask:"line,required" maxLength:"4000" doc:"Until when (时限)."`
	Contingency string `json:"contingency" required:"false" ask:"line,required" maxLength:"4000" doc:"What holds meanwhile (预案)."`
}

// Env is what the door looked up for a decision.
type Env struct {
	Definition rectification.Definition
	Calendar   clock.Calendar
	Directory  process.Directory
	Uploads    map[string]process.Upload
	NextNotice string           // number drawn for a notice, where the command issues one
	Projects   []process.Parent // the project that is named, when there is such a one
	Offered    []process.Parent // of a page that asks: the enterprise's projects under way
	ChildrenOf map[string][]process.Child
	Same       []process.Numbered // what is open in the same words
	Parent     *process.Parent    // the inspection that is named, or that the hazard was found in, when there is such a one
	Campaign   string             // the id of the campaign the command names, when there is one

	Departments []process.Party
	Enforces    bool               // enforcement was delegated to the zone (委托执法)
	Levels      []process.OwnLevel // what the office itself calls levels; none: it has no names of its own
	Today       clock.Date         // of a page that asks what fits
}

// Command is a command on a hazard.
type Command = process.Command[Hazard, Env]

// clone returns a hazard that shares nothing a command may change.
func (h Hazard) clone() Hazard {
	h.Loop, h.Gravity = h.Loop.Clone(), h.Gravity.clone()
	h.Corrections = slices.Clip(h.Corrections)
	h.Attachments, h.UnitIDs = slices.Clone(h.Attachments), slices.Clone(h.UnitIDs)
	return h
}

// turner hands the hazard to the engine.
func (h *Hazard) turner(env Env) rectification.Turner {
	t := rectification.Turner{Case: &h.Case, Loop: &h.Loop, Calendar: env.Calendar, Variant: string(h.Level),
		Enterprise: process.Party{Kind: process.HeldByEnterprise, ID: h.EnterpriseID, Name: h.EnterpriseName},
		Supervisor: h.supervisorOrHeir(env), Plans: h.Level == Major && env.Definition.Major != nil && h.Plan.check() != nil}
	if h.listed() {
		if t.Clears = t.Supervisor; h.Listing.UnitID != "" { // who holds it until there is the paper of a body that does not work with Parkway
			t.Clears = process.Party{Kind: process.HeldByUnit, ID: h.Listing.UnitID, Name: h.Listing.Body}
		}
	}
	return t
}

// People are whom the hazard's ladder can mean.
func (h *Hazard) People() process.People {
	return process.People{Holder: h.Holder, ManagerID: h.SupervisorID, EnterpriseID: h.EnterpriseID}
}

// Own reports whether the actor has a part in the hazard: its supervisor, one of its inspectors, its holder, the body that listed it, or a contact of an enterprise that it is addressed to.
func (h *Hazard) Own(a process.Actor) bool {
	switch {
	case a.ID == "":
		return false
	case a.Has(process.Enterprise):
		return h.Addresses(a.EnterpriseID)
	case a.ID == h.SupervisorID:
		return true
	case h.Listing != nil && a.UnitID != "" && a.UnitID == h.Listing.UnitID: // the body that listed it
		return true
	case slices.ContainsFunc(h.Inspectors, func(s rectification.Signatory) bool { return s.ID == a.ID }):
		return true
	}
	return h.HeldBy(a)
}

// HeardOf is true once a notice was issued.
func (h *Hazard) HeardOf() bool { return h.State != rectification.Found }

// Stands is false of what was recorded in error.
func (h *Hazard) Stands() bool { return h.Result != Withdrawn }

// closedWith notes how and when the hazard was closed.
func (h *Hazard) closedWith(result string, on clock.Date) { h.Result, h.ClosedOn = result, on }

// tellBoth tells the enterprise and the supervisor.
func (h Hazard) tellBoth(kind string) []process.Notice {
	return append([]process.Notice{{Kind: kind, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID, As: []process.Function{process.AsContact}}}, h.tellSupervisor(kind)...)
}

// tellBound tells all to whom the hazard is addressed, where that is not one alone, what one of them has done, and what came of it: the rectification is one.
func (h Hazard) tellBound(kind string) []process.Notice {
	if len(h.Also) == 0 {
		return nil
	}
	return []process.Notice{{Kind: kind, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID, As: []process.Function{process.AsContact}}}
}

// tellHeard tells of the end of a matter those who heard of its beginning, and nobody else: the enterprise only where a notice was issued.
func (h Hazard) tellHeard(kind string) []process.Notice {
	all := h.tellSupervisor(kind)
	if h.Round > 0 {
		all = h.tellBoth(kind)
	}
	return append(all, h.tellLeaders(kind)...)
}

// tellLeaders tells the leaders of a major hazard, the department that its enterprise answers to, and the body that had listed it: they heard of it when it was found
// (the rung major_found), and when it was listed.
func (h Hazard) tellLeaders(kind string) []process.Notice {
	var all []process.Notice
	if h.Level == Major {
		all = append(all, process.Notice{Kind: kind, ToKind: process.ToRole, ToID: string(process.Leader)},
			process.Notice{Kind: kind, ToKind: process.ToRegulator, ToID: h.EnterpriseID, As: []process.Function{process.Function(ladder.Department)}})
	}
	if h.Listing != nil && h.Listing.UnitID != "" {
		all = append(all, process.Notice{Kind: kind, ToKind: process.HeldByUnit, ToID: h.Listing.UnitID})
	}
	return all
}

func (h Hazard) tellSupervisor(kind string) []process.Notice {
	return []process.Notice{{Kind: kind, ToKind: process.HeldByPerson, ToID: h.SupervisorID, As: []process.Function{process.AsManager}}}
}
