package project_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// decided is what a meeting says of a project.
func decided(result string, conditions ...meeting.ConditionGiven) project.Review {
	return project.Review{Decided: meeting.Decided{Meeting: "HY-2026-0001", MeetingID: "m", Title: "联审", On: call(1).Day(), Minutes: "纪要1号", Result: result, Conditions: conditions}}
}

// TestTheReviewDecides: the gate asks for a meeting's result; conditions become requirements of the gate that they name.
func TestTheReviewDecides(t *testing.T) {
	t.Parallel()
	p := opened(t, "joint_review", project.OwnLand)
	require.Equal(t, process.GateIncomplete, code(t, p, project.Advance{From: "joint_review"}, 1))
	deferred := then(t, p, 1, decided(meeting.Deferred))
	require.Empty(t, deferred.Bars(), "it comes back on a later agenda")
	require.Equal(t, process.GateIncomplete, code(t, deferred, project.Advance{From: "joint_review"}, 1))
	refused := then(t, p, 1, decided(meeting.Refused))
	require.NotEmpty(t, refused.Bars().Chinese)
	later, earlier := decided(meeting.Passed), decided(meeting.Deferred)
	later.On = earlier.On.AddDays(7)
	require.Equal(t, "signed", then(t, p, 1, later, earlier, project.Advance{From: "joint_review"}).Stage, "the meeting that was held last counts, whichever is put on record first")
	back := then(t, refused, 2, project.SendBack{ToStage: "negotiation", Reason: "改方案"})
	require.Empty(t, back.Bars(), "sent back, it can come again")

	passed := then(t, p, 1, decided(meeting.Conditional, meeting.ConditionGiven{Condition: "落实用能指标", Stage: "signed", OwedBy: "县发改委"}), project.Advance{From: "joint_review"})
	require.Equal(t, "signed", passed.Stage)
	sealed := passed.Passages[len(passed.Passages)-2].Seal.Items[0]
	require.Equal(t, "纪要1号", sealed.Proofs[0].Says, "the minutes are sealed")
	require.Contains(t, sealed.Says.Chinese, "有条件通过", "and what was decided")
	require.Contains(t, sealed.Says.Chinese, "条件：落实用能指标（县发改委）", "on which conditions")
	passed = then(t, passed, 2, answers("agreement")...)
	require.Equal(t, process.GateIncomplete, code(t, passed, project.Advance{From: "signed"}, 2), "the condition is missing")
	require.Equal(t, process.InvalidInput, code(t, passed, project.Answer{Requirement: "condition_1", Answer: "yes"}, 2), "it is met with proof")
	require.Equal(t, process.InvalidInput, code(t, passed, project.Answer{Requirement: "condition_1", Answer: "not_applicable", Note: "x"}, 2))
	met := then(t, passed, 2, project.Answer{Requirement: "condition_1", Answer: "yes", Attachments: []process.Evidence{{UploadID: "file"}}}, project.Advance{From: "signed"})
	require.Equal(t, "land_supply", met.Stage)
}

// TestAGateSaysWhoDisagrees: that all have answered meets it; who disagrees and why is said, and sealed.
func TestAGateSaysWhoDisagrees(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Children = append(e.Children,
		process.Child{Kind: opinion.Kind, Slot: "tax", Title: "税务局意见（莱卡织造）", State: opinion.Agreed, Done: true},
		process.Child{Kind: opinion.Kind, Slot: "land", Title: "自规局意见（莱卡织造）", State: opinion.Disagreed, Done: true, Says: "用地指标不足"})
	gate, err := opened(t, "negotiation", project.OwnLand).Gate(e, call(1).Day())
	require.NoError(t, err)
	i := slices.IndexFunc(gate, func(i lifecycle.Item) bool { return i.Kind == lifecycle.Opinions })
	require.Equal(t, lifecycle.Met, gate[i].Status)
	require.Equal(t, "同意 1，不同意 1；自规局不同意：用地指标不足", gate[i].Says.Chinese)
	require.Equal(t, "用地指标不足", gate[i].Proofs[1].Says)
}

// TestAPromiseIsNoPermit: a gate that stands on a permit that was accepted with papers missing says so, and until when, also in its seal.
func TestAPromiseIsNoPermit(t *testing.T) {
	t.Parallel()
	e, until := env(t), call(20).Day()
	for _, item := range []string{"works_planning_permit", "eia", "safety_preeval"} {
		e.Children = append(e.Children, process.Child{Kind: permit.Kind, Slot: item, State: permit.Issued})
	}
	e.Children = append(e.Children, process.Child{Kind: permit.Kind, Slot: "construction_permit", State: permit.Deferred, Days: process.Days{AcceptedOn: call(0).Day(), PromisedOn: until}})
	d, err := project.Advance{From: "permitting"}.Decide(opened(t, "permitting", project.OwnLand), call(1), e)
	require.NoError(t, err)
	seal := d.After.Passages[len(d.After.Passages)-2].Seal
	require.True(t, seal.Waived())
	for _, item := range seal.Items {
		require.Equal(t, item.Permit == "construction_permit", item.PromisedOn == until, item.ID)
	}
}

// TestAConditionIsAskedForWhereTheProjectGoesThrough: laid on a gate that the project leaves out, by rule or by somebody's deed, it stands at the next one.
func TestAConditionIsAskedForWhereTheProjectGoesThrough(t *testing.T) {
	t.Parallel()
	laid := decided(meeting.Conditional, meeting.ConditionGiven{Condition: "落实用能指标", Stage: "land_supply", OwedBy: "县发改委"})
	p := then(t, opened(t, "joint_review", project.LeasedPlant), 1, laid, project.Advance{From: "joint_review"})
	p = then(t, p, 2, answers("agreement")...)
	p = then(t, p, 2, project.Advance{From: "signed"})
	asked := func(p project.Project) bool {
		t.Helper()
		gate, err := p.Gate(env(t), call(3).Day())
		require.NoError(t, err)
		return slices.ContainsFunc(gate, func(i lifecycle.Item) bool { return i.ID == "condition_1" && i.Status == lifecycle.Missing })
	}
	require.Equal(t, "permitting", p.Stage, "no land is supplied for a leased plant")
	require.True(t, asked(p), "nor is the condition lost with that gate")
	require.Equal(t, lifecycle.StageID("permitting"), p.GateOf(p.Conditions[0], env(t).Definition))
	skipped := then(t, p, 3, project.Skip{From: "permitting", Reason: "不动结构"})
	require.Equal(t, "construction", skipped.Stage)
	require.True(t, asked(skipped))
	met := then(t, p, 3, project.Answer{Requirement: "condition_1", Answer: "yes", Attachments: []process.Evidence{{UploadID: "file"}}})
	require.False(t, asked(met))

	own := then(t, opened(t, "joint_review", project.OwnLand), 1, laid, project.Advance{From: "joint_review"})
	require.Equal(t, lifecycle.StageID("land_supply"), own.GateOf(own.Conditions[0], env(t).Definition), "it stays where it was laid on a project that goes through")
}

// TestAResultThatComesLateIsKept: a project that has moved on since it was put on the agenda keeps what was decided of it, for the stay that it was about; what was
// laid on a gate behind it stands at the present one. A later meeting that defers it lifts nothing. One that has ended refuses it, which is told.
func TestAResultThatComesLateIsKept(t *testing.T) {
	t.Parallel()
	laid := decided(meeting.Conditional, meeting.ConditionGiven{Condition: "落实用能指标", Stage: "signed", OwedBy: "县发改委"})
	p := opened(t, "joint_review", project.OwnLand)
	back := then(t, p, 1, project.SendBack{ToStage: "negotiation", Reason: "改方案"}, laid)
	require.Len(t, back.Reviews, 1)
	require.Len(t, back.Conditions, 1, "what it asked for is not lost")
	require.Empty(t, back.Bars())
	again := then(t, back, 2, answers("project_brief")...)
	e := env(t)
	e.Children = append(e.Children, process.Child{Kind: opinion.Kind, Slot: "tax", State: opinion.Agreed, Done: true})
	d, err := project.Advance{From: "negotiation"}.Decide(again, call(2), e)
	require.NoError(t, err)
	require.Equal(t, process.GateIncomplete, code(t, d.After, project.Advance{From: "joint_review"}, 3), "it was decided of the former plan")

	passed := then(t, p, 1, decided(meeting.Passed), project.Advance{From: "joint_review"})
	passed = then(t, passed, 2, answers("agreement")...)
	passed = then(t, passed, 2, project.Advance{From: "signed"})
	late := laid
	late.On = late.On.AddDays(1)
	on := then(t, passed, 3, late)
	require.Equal(t, lifecycle.StageID("land_supply"), on.Conditions[0].Stage, "the gate that it names lies behind")
	deferred := decided(meeting.Deferred)
	deferred.On = late.On.AddDays(1)
	gate, err := then(t, on, 4, deferred).Gate(env(t), call(4).Day())
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(gate, func(i lifecycle.Item) bool { return i.ID == "condition_1" }), "a meeting that defers lifts no condition")

	over := then(t, p, 1, project.Terminate{Cause: "funds", Reason: "资金不到位"})
	require.Equal(t, process.Closed, code(t, over, laid, 2))
	require.True(t, laid.About().Owed, "so that its refusal is told")
	require.Contains(t, laid.Carries(nil).Chinese, "落实用能指标")
}

// TestAGateOfAnOldVersionAsksTheWholeEnterprise: versions 1 to 3 promise that the enterprise has no open major hazard; one that is said to be elsewhere is one.
func TestAGateOfAnOldVersionAsksTheWholeEnterprise(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	require.NoError(t, err)
	elsewhere := process.Hazards{Anywhere: 1}
	for _, d := range all {
		for _, stage := range []string{"construction", "completed"} {
			p := opened(t, stage, project.OwnLand)
			e := env(t)
			e.Definition, e.Hazards = d, elsewhere
			gate, err := p.Gate(e, call(1).Day())
			require.NoError(t, err)
			for _, item := range gate {
				switch item.Kind {
				case lifecycle.NoMajorHazard:
					require.Equal(t, lifecycle.Missing, item.Status, "version %d, %s", d.Version, stage)
				case lifecycle.NoHazard:
					require.Equal(t, lifecycle.Met, item.Status, "version %d, %s: it asks of this project", d.Version, stage)
				default:
				}
			}
		}
	}
}

// TestAskingAndWaivingAreTwoPersons.
func TestAskingAndWaivingAreTwoPersons(t *testing.T) {
	t.Parallel()
	p := opened(t, "lead", project.OwnLand)
	until := call(10).Day()
	waive := project.Waive{Requirement: "first_contact", Reason: "容缺", Until: until}
	_, err := waive.Decide(p, call(1), env(t))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.SamePerson, refusal.Code, "who manages it asks for it, where nobody else did")
	byLeader := issued(waive, 1)
	asked, err := project.AskWaiver{Requirement: "first_contact", Reason: "急", Until: until, Decider: "second"}.Decide(p, byLeader, env(t))
	require.NoError(t, err)
	_, err = waive.Decide(asked.After, byLeader, env(t))
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.SamePerson, refusal.Code)
	asked, err = project.AskWaiver{Requirement: "first_contact", Reason: "急", Until: until, Decider: "second"}.Decide(p, call(1), env(t))
	require.NoError(t, err)
	waived, err := waive.Decide(asked.After, byLeader, env(t))
	require.NoError(t, err)
	require.Equal(t, "陆致远", waived.After.Answers[0].AskedByName)
	_, err = project.AskWaiver{Requirement: "first_contact", Reason: "再缓", Until: until, Decider: "second"}.Decide(waived.After, call(2), env(t))
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.NothingChanged, refusal.Code, "what stands is not undone by asking")

	land := opened(t, "land_supply", project.OwnLand) // its gate has a requirement that is answered by hand
	asked, err = project.AskWaiver{Requirement: "company_registered", Reason: "急", Until: until, Decider: "second"}.Decide(land, byLeader, env(t))
	require.NoError(t, err)
	between, err := project.Answer{Requirement: "company_registered", Answer: "no", Note: "还没有"}.Decide(asked.After, call(1), env(t))
	require.NoError(t, err)
	waive.Requirement = "company_registered"
	_, err = waive.Decide(between.After, byLeader, env(t))
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.SamePerson, refusal.Code, "an answer between does not make two persons of one")
	require.Equal(t, "negotiation", then(t, waived.After, 2, project.Advance{From: "lead"}).Stage)
}

// TestRecognition: a recognised day before the actual one, or of what has not happened, is refused; every verdict is kept.
func TestRecognition(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	on := p.ConstructionStartedOn
	refused := func(want process.Code, c project.Recognise) {
		t.Helper()
		require.Equal(t, want, code(t, p, c, 5))
	}
	refused(process.ImpossibleDate, project.Recognise{What: "started", Verdict: "counted", On: on.AddDays(-1), By: "县发改委"})
	refused(process.ImpossibleDate, project.Recognise{What: "started", Verdict: "counted", On: on.AddDays(30), By: "县发改委"})
	refused(process.InvalidInput, project.Recognise{What: "completed", Verdict: "counted", On: on, By: "县发改委"})
	refused(process.InvalidInput, project.Recognise{What: "started", Verdict: "returned", By: "县发改委"})
	refused(process.InvalidInput, project.Recognise{What: "started", Verdict: "counted", By: "县发改委"})
	p = then(t, p, 5, project.Recognise{What: "started", Verdict: "returned", Note: "缺照片", By: "县发改委"}, project.Recognise{What: "started", Verdict: "counted", On: on.AddDays(3), By: "县发改委"})
	last, ok := p.Recognition("started")
	require.True(t, ok)
	require.Equal(t, on.AddDays(3), last.On)
	require.Equal(t, on, last.ActualOn)
	require.Len(t, p.Recognised, 2)
	refused(process.NothingChanged, project.Recognise{What: "started", Verdict: "counted", On: on.AddDays(3), By: "县发改委"})
	kept, err := json.Marshal(p)
	require.NoError(t, err)
	var read project.Project
	require.NoError(t, json.Unmarshal(kept, &read))
	require.Equal(t, process.NothingChanged, code(t, read, project.Recognise{What: "started", Verdict: "counted", On: on.AddDays(3), By: "县发改委"}, 5), "also as it is read from its row")
	require.Len(t, then(t, p, 6, project.Recognise{What: "started", Verdict: "not_counted", On: on.AddDays(3), Note: "重复", By: "县发改委"}).Recognised, 3, "another verdict is another recognition")
}

// TestTheGateNeedsTheDepartmentsItNames: two that were asked and agree are not enough where five are named; who has not been asked, and who is late, is said by name; a
// case that was opened before keeps its gate.
func TestTheGateNeedsTheDepartmentsItNames(t *testing.T) {
	t.Parallel()
	e := env(t)
	desk := func(id, name string) process.Choice {
		return process.Choice{Value: id, Text: process.Text{Chinese: name, English: name}}
	}
	e.Desks = []process.Choice{desk("dev_reform", "发改委"), desk("environment", "生态环境分局"), desk("emergency", "应急局"), desk("housing", "住建局"), desk("tax", "税务局")}
	p := opened(t, "negotiation", project.OwnLand)
	asks := func() string {
		f, _ := project.AskOpinions{}.Ask(process.Question{Path: "departments"}, p, e)
		return f.Value
	}
	require.Equal(t, "dev_reform、environment、emergency", asks(), "the form begins with those that the gate needs, as far as the zone asks them")
	answered := func(id, name string) process.Child {
		return process.Child{Kind: opinion.Kind, Slot: id, State: opinion.Agreed, Title: name + "意见（x）", Done: true}
	}
	lacks := func(version int) (bool, string) {
		all, err := definitions.Projects()
		require.NoError(t, err)
		e.Definition = all[version-1]
		items, err := p.Gate(e, call(1).Day())
		require.NoError(t, err)
		for _, item := range items {
			if item.Kind == lifecycle.Opinions {
				return item.Status == lifecycle.Met, item.Says.Chinese
			}
		}
		require.Fail(t, "its gate asks for no opinions")
		return false, ""
	}
	e.Children = []process.Child{answered("housing", "住建局"), answered("tax", "税务局")}
	met, says := lacks(6)
	require.False(t, met)
	require.Equal(t, "发改委还没有征求；生态环境分局还没有征求；应急局还没有征求", says)
	met, _ = lacks(5)
	require.True(t, met, "a case in hand keeps its gate: all that were asked have answered")

	e.Children = append(e.Children, answered("environment", "生态环境分局"), answered("emergency", "应急局"),
		process.Child{Kind: opinion.Kind, Slot: "dev_reform", State: opinion.Asked, Title: "发改委意见（x）", DueOn: call(1).Day().AddDays(-1)})
	met, says = lacks(6)
	require.False(t, met)
	require.Regexp(t, "^发改委征求中（应于 .*前答复，已逾期）$", says)
	require.Empty(t, asks(), "all that are needed were asked")
	e.Children[4] = answered("dev_reform", "发改委")
	met, _ = lacks(6)
	require.True(t, met)
}

// TestOpinionsAreAskedAtOnce: one small case for each department, and the gate waits for all of them.
func TestOpinionsAreAskedAtOnce(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Desks, e.Units = []process.Choice{{Value: "environment"}, {Value: "tax"}}, map[string]process.Party{"tax": {Kind: process.HeldByUnit, ID: "tax-unit"}}
	p := opened(t, "negotiation", project.OwnLand)
	d, err := project.AskOpinions{Departments: []string{"environment", "tax"}}.Decide(p, call(1), e)
	require.NoError(t, err)
	require.Len(t, d.Follow, 2)
	require.Equal(t, []string{"tax-unit"}, d.After.UnitIDs, "who is asked can read what it is asked about")
	for _, wrong := range [][]string{{}, {"nobody"}, {"tax", "tax"}} {
		_, err := project.AskOpinions{Departments: wrong}.Decide(p, call(1), e)
		require.Error(t, err)
	}
	e.Children = append(e.Children, process.Child{Kind: opinion.Kind, Slot: "tax", State: opinion.Asked, Title: "税务局意见（x）"})
	_, err = project.AskOpinions{Departments: []string{"tax"}}.Decide(p, call(1), e)
	require.Error(t, err, "it is being asked")
	e.Children, p.State = nil, lifecycle.Pooled
	_, err = project.AskOpinions{Departments: []string{"tax"}}.Decide(p, call(1), e)
	require.Error(t, err, "nobody runs what lies in the pool")
}
