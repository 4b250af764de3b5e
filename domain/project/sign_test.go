package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestTheGateOfSigningAsksForWhatWasSigned: number, day and paper, each of them; the project was signed on the day on the paper, whenever the gate was passed.
func TestTheGateOfSigningAsksForWhatWasSigned(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "signed", project.OwnLand), 3, project.Introduce{Unit: "泗涂园区", Share: 100})
	require.Equal(t, process.InvalidInput, code(t, p, project.Answer{Requirement: "agreement", Answer: lifecycle.Yes}, 3), "a press says nothing of it")
	require.Equal(t, process.GateIncomplete, code(t, p, project.Advance{From: "signed"}, 3))
	for field, c := range map[string]project.Sign{
		"number":      {SignedOn: call(1).Day(), Files: signedOn(1).Files},
		"signed_on":   {Number: "泗涂招〔2026〕3号", Files: signedOn(1).Files},
		"attachments": {Number: "泗涂招〔2026〕3号", SignedOn: call(1).Day()},
	} {
		fields, _ := faulty(t, p, c)
		require.Contains(t, fields, field)
	}
	require.Equal(t, process.ImpossibleDate, code(t, p, signedOn(4), 3), "it is signed tomorrow")

	p = then(t, p, 3, signedOn(1))
	require.Equal(t, call(1).Day(), p.SignedOn)
	require.Equal(t, []int{1}, p.Agreement.Papers)
	early, at := env(t), issued(project.Advance{}, 0)
	at.RecordedAt = call(3).RecordedAt
	_, err := project.Advance{From: "signed"}.Decide(p, at, early)
	require.ErrorContains(t, err, "not complete", "the gate was not passed before it was signed")
	passed := then(t, p, 9, project.Advance{From: "signed"})
	require.Equal(t, call(1).Day(), passed.SignedOn, "the press is no signing")
	require.Equal(t, "2026-06-09", passed.DueOn.String(), "the stage's limit runs from when it was entered")

	later := call(0).Day()
	fields, _ := faulty(t, passed, project.Edit{Reason: "x", Facts: project.Given{SignedOn: &later}})
	require.Equal(t, []string{"signed_on"}, fields, "the day is that of the agreement")
	correction := project.Sign{Number: "泗涂招〔2026〕4号", SignedOn: later}
	fields, _ = faulty(t, passed, correction)
	require.Equal(t, []string{"reason"}, fields)
	correction.Reason = "编号录错"
	corrected := then(t, passed, 10, correction)
	require.Equal(t, later, corrected.SignedOn)
	require.Equal(t, []int{1}, corrected.Agreement.Papers, "its paper stays")
	require.Equal(t, process.NothingChanged, code(t, corrected, correction, 11))
}

// TestACaseInHandKeepsItsGateOfSigning: version 4 asks as it did, and whoever is moved to a later one is asked for the paper.
func TestACaseInHandKeepsItsGateOfSigning(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	require.NoError(t, err)
	e := env(t)
	e.Definition = all[3]
	require.Equal(t, 4, e.Definition.Version)
	p := then(t, opened(t, "signed", project.OwnLand), 1, project.Introduce{Unit: "泗涂园区", Share: 100})
	p.DefinitionVersion = 4
	d, err := project.Answer{Requirement: "agreement", Answer: lifecycle.Yes}.Decide(p, call(1), e)
	require.NoError(t, err)
	_, err = project.Advance{From: "signed"}.Decide(d.After, call(1), e)
	require.NoError(t, err)
	moved, err := project.On(casework.Adopt{Version: 6, Reason: "按新流程"}).Decide(d.After, call(2), env(t))
	require.NoError(t, err)
	require.Equal(t, process.GateIncomplete, code(t, moved.After, project.Advance{From: "signed"}, 3), "what was pressed is no agreement")
	require.Equal(t, "land_supply", then(t, moved.After, 3, signedOn(1), project.Advance{From: "signed"}).Stage)
}

// TestWhoWasMetOpensTheGateOfLeads: a visit or a meeting on record is the first contact; a call is none, and one that lies behind the gate's day neither.
func TestWhoWasMetOpensTheGateOfLeads(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "lead", project.OwnLand), 2, project.RecordContact{Way: "call", Said: "约了下周去看"})
	require.Equal(t, process.GateIncomplete, code(t, p, project.Advance{From: "lead"}, 2))
	for _, way := range []string{"visit", "reception", "meeting"} {
		met := then(t, p, 3, project.RecordContact{Way: way, Said: "看过对方车间"})
		require.Equal(t, process.GateIncomplete, code(t, met, project.Advance{From: "lead"}, 2), "not yet by then")
		require.Equal(t, "negotiation", then(t, met, 3, project.Advance{From: "lead"}).Stage, way)
	}
}

// TestWhatWasAgreedIsADeadline: behind the stage of leads the day of the next contact is the manager's own promise. It is late when it has passed, goes along into the next stage,
// gives way to a limit, and puts nothing back into the pool.
func TestWhatWasAgreedIsADeadline(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "lead", project.OwnLand), 1, project.RecordContact{Way: "visit", Said: "看过", NextOn: call(8).Day()})
	require.Equal(t, call(31).Day(), p.DueOn, "a lead goes back after thirty days")
	p = then(t, p, 2, project.Advance{From: "lead"})
	require.Equal(t, call(8).Day(), p.DueOn, "what was agreed goes along")
	require.Equal(t, lifecycle.ContactClock, p.Clocks[len(p.Clocks)-1].Name)
	p = then(t, p, 3, project.RecordContact{Way: "call", Said: "推迟", NextOn: call(10).Day()})
	require.Equal(t, call(10).Day(), p.DueOn, "the last promise counts")
	kept := then(t, p, 9, project.RecordContact{Way: "call", Said: "谈妥"})
	require.True(t, kept.DueOn.IsZero(), "nothing more was agreed")
	late, told := passing(t, p, 12)
	require.NotNil(t, late.OverdueSince)
	require.Positive(t, told)
	require.Equal(t, lifecycle.Active, late.State, "it is late and stays with its manager")
	require.Equal(t, manager, late.Holder.ID)

	still := then(t, p, 4, project.Suspend{Reason: "x", Category: "funds"}, project.Resume{Reason: "x"})
	require.Equal(t, call(10).Day(), still.DueOn)
	begun := then(t, opened(t, "construction", project.OwnLand), 1, project.RecordContact{Way: "call", Said: "x", NextOn: call(5).Day()})
	require.Equal(t, call(5).Day(), begun.DueOn, "a stage that was taken over without a limit")
	planned := call(90).Day()
	begun = then(t, begun, 2, project.Edit{Facts: project.Given{PlannedCompletionOn: &planned}, Reason: "补填"})
	require.Equal(t, planned, begun.DueOn, "the stage's own limit is its limit")
	require.Equal(t, "construction", begun.Clocks[len(begun.Clocks)-1].Name)
}

// TestWhatHasComeToItsEndLiesWithNobody: a project in production waits for achievements that come when they come. Nobody is urged for it, and it can be sent back, or given to somebody.
func TestWhatHasComeToItsEndLiesWithNobody(t *testing.T) {
	t.Parallel()
	require.Nil(t, opened(t, "production", project.OwnLand).Holder)
	p := opened(t, "completed", project.OwnLand)
	require.Equal(t, manager, p.Holder.ID)
	p.DefinitionVersion, p.Stage = 4, "production" // as versions before left it
	p.Passages[len(p.Passages)-1].Stage = "production"
	moved, err := project.On(casework.Adopt{Version: 6, Reason: "按新流程"}).Decide(p, call(2), env(t))
	require.NoError(t, err)
	require.Nil(t, moved.After.Holder)
	require.Equal(t, process.WrongState, code(t, moved.After, project.On(casework.Nudge{}), 3), "it rests, and is not said to be closed")
	back := then(t, moved.After, 3, project.SendBack{ToStage: "completed", Reason: "补消防验收"})
	require.Equal(t, manager, back.Holder.ID)
	given := then(t, moved.After, 3, project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "补材料"}))
	require.Equal(t, bureau, given.Holder.ID)
	require.Equal(t, "production", then(t, moved.After, 4, project.Achieve{Achievement: "full_capacity"}).Stage)
}
