package project_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
)

const manager, leader, firm, rival, bureau = "manager", "leader", "firm", "rival", "bureau"

func env(t testing.TB) project.Env {
	t.Helper()
	all, err := definitions.Projects()
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	children := []process.Child{}
	for _, item := range []string{"filing", "land_contract", "property_cert", "planning_verification", "acceptance"} {
		children = append(children, process.Child{Kind: permit.Kind, Slot: item, State: permit.Issued})
	}
	return project.Env{Definition: all[len(all)-1], Calendar: cal, Children: children, Uploads: map[string]process.Upload{"file": {ID: "file", Name: "a.pdf", UploadedBy: manager}},
		Directory: process.Directory{
			manager: {Kind: process.HeldByPerson, ID: manager, Name: "陆致远"}, leader: {Kind: process.HeldByPerson, ID: leader, Name: "邵景和"},
			firm: {Kind: process.HeldByEnterprise, ID: firm, Name: "莱卡织造"}, rival: {Kind: process.HeldByEnterprise, ID: rival, Name: "别家"},
			bureau: {Kind: process.HeldByUnit, ID: bureau, Name: "县住建局"}, "second": {Kind: process.HeldByPerson, ID: "second", Name: "钟岱", Roles: process.Of(process.Leader)}, "gone": {Kind: process.HeldByPerson, ID: "gone", Disabled: true},
		}}
}

func call(days int) process.Call {
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: manager, Name: "陆致远"}, OccurredAt: at, RecordedAt: at}
}

func opened(t testing.TB, stage string, mode project.SiteMode) project.Project {
	t.Helper()
	sector, amount := "textile", project.Yuan(100)
	d, err := project.Open{Title: "莱卡织造", EnterpriseID: firm, EntryStage: stage, Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}}.
		Decide(project.Project{}, call(0), env(t))
	require.NoError(t, err)
	d.After.Version = 1
	return d.After
}

// issued is the call of the manager, or of a leader where the manager may not: asking for a waiver and granting it are two persons.
func issued(c project.Command, days int) process.Call {
	at := call(days)
	if _, waives := c.(project.Waive); waives {
		at.Actor = process.Actor{Type: process.Person, ID: leader, Name: "邵景和"}
	}
	return at
}

// TestATeamHasItsDepartment: named, corrected and emptied like any fact.
func TestATeamHasItsDepartment(t *testing.T) {
	t.Parallel()
	bureau := "县发改委"
	p := then(t, opened(t, "lead", project.OwnLand), 1, project.Edit{Facts: project.Given{Department: &bureau}, Reason: "专班分工"})
	require.Equal(t, bureau, p.Department)
	require.Empty(t, then(t, p, 2, project.Edit{Facts: project.Given{Emptied: []string{"department"}}, Reason: "撤销"}).Department)
}

// then carries commands out one after the other.
func then(t testing.TB, p project.Project, days int, commands ...project.Command) project.Project {
	t.Helper()
	for _, c := range commands {
		before, err := json.Marshal(p)
		require.NoError(t, err)
		d, err := c.Decide(p, issued(c, days), env(t))
		require.NoError(t, err, c.About().Name)
		after, err := json.Marshal(p)
		require.NoError(t, err)
		require.JSONEq(t, string(before), string(after), "%s changed what it was given", c.About().Name)
		p = d.After
		p.Version++
	}
	return p
}

func code(t testing.TB, p project.Project, c project.Command, days int) process.Code {
	t.Helper()
	_, err := c.Decide(p, issued(c, days), env(t))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal, c.About().Name)
	require.NotEmpty(t, refusal.Chinese)
	require.NotEmpty(t, refusal.English)
	return refusal.Code
}

// signedOn is the agreement that was signed on a day, with its paper.
func signedOn(days int) project.Sign {
	return project.Sign{Number: "泗涂招〔2026〕3号", SignedOn: call(days).Day(), Files: []process.Evidence{{UploadID: "file"}}}
}

func answers(ids ...string) []project.Command {
	all := []project.Command{}
	for _, id := range ids {
		switch id {
		case "agreement": // the gate asks for who brought it, too
			all = append(all, signedOn(0), project.Introduce{Unit: "泗涂园区", Share: 100})
		case "first_contact":
			all = append(all, project.RecordContact{Way: "visit", Said: "看过对方车间"})
		default:
			all = append(all, project.Answer{Requirement: id, Answer: lifecycle.Yes})
		}
	}
	return all
}

func TestAdvance(t *testing.T) {
	t.Parallel()
	t.Run("NamesWhatIsMissing", func(t *testing.T) {
		t.Parallel()
		_, err := project.Advance{From: "permitting"}.Decide(opened(t, "permitting", project.OwnLand), call(1), env(t))
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, process.GateIncomplete, refusal.Code)
		require.Len(t, refusal.Fields, 4)
		require.Contains(t, refusal.Fields[3].Chinese, "住建局")
	})
	t.Run("LeavesLandSupplyOutByRule", func(t *testing.T) {
		t.Parallel()
		p := then(t, opened(t, "signed", project.LeasedPlant), 1, append(answers("agreement"), project.Advance{From: "signed"})...)
		require.Equal(t, "permitting", p.Stage)
		require.Equal(t, lifecycle.Skipped, p.Passages[len(p.Passages)-2].Outcome)
		require.NotEmpty(t, p.Passages[len(p.Passages)-2].Reason)
		require.Equal(t, "2026-03-02", p.SignedOn.String(), "the day on the paper, and not that of the press")
	})
	t.Run("StartsTheStagesClock", func(t *testing.T) {
		t.Parallel()
		p := then(t, opened(t, "signed", project.OwnLand), 1, append(answers("agreement"), project.Advance{From: "signed"})...)
		require.Equal(t, "land_supply", p.Stage)
		require.Equal(t, "2026-06-01", p.DueOn.String(), "90 days, the first day not counted")
		require.Equal(t, "2026-05-18", clock.DateOf(*p.NextWake).String(), "reminded ten working days before")
	})
	t.Run("RefusesWithAMajorHazard", func(t *testing.T) {
		t.Parallel()
		p := then(t, opened(t, "construction", project.OwnLand), 1, project.AddBuildings{Codes: "1#"}, project.RecordProgress{Buildings: []works.Span{"1#"}, Steps: []string{"built"}, State: works.Done})
		e := env(t)
		e.Hazards.Major = 1
		_, err := project.Advance{From: "construction"}.Decide(p, call(1), e)
		require.ErrorContains(t, err, string(process.GateIncomplete))
	})
	t.Run("RefusesTheSecondOfTwo", func(t *testing.T) {
		t.Parallel()
		p := then(t, opened(t, "lead", project.OwnLand), 1, append(answers("first_contact"), project.Advance{From: "lead"})...)
		require.Equal(t, process.StageMoved, code(t, p, project.Advance{From: "lead"}, 1))
	})
	t.Run("RefusesADayBeforeTheStage", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, process.ImpossibleDate, code(t, opened(t, "lead", project.OwnLand), project.Advance{From: "lead"}, -1))
	})
	t.Run("EndsAtTheLastStage", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, process.WrongState, code(t, opened(t, "production", project.OwnLand), project.Advance{From: "production"}, 1))
	})
	t.Run("SealsTheGate", func(t *testing.T) {
		t.Parallel()
		p := then(t, opened(t, "lead", project.OwnLand), 1, append(answers("first_contact"), project.Advance{From: "lead", Note: "推进"})...)
		require.Equal(t, 6, p.Passages[0].Seal.DefinitionVersion)
		require.Len(t, p.Passages[0].Seal.Items, 2)
		require.Empty(t, p.Answers, "the live answers are in the seal")
	})
}

func TestWaive(t *testing.T) {
	t.Parallel()
	until := call(10).Day()
	p := then(t, opened(t, "lead", project.OwnLand), 0, project.Waive{Requirement: "first_contact", Reason: "容缺", Until: until})
	require.Equal(t, "negotiation", then(t, p, 10, project.Advance{From: "lead"}).Stage)
	require.Equal(t, process.GateIncomplete, code(t, p, project.Advance{From: "lead"}, 11), "a waiver ends")
	require.Equal(t, process.InvalidInput, code(t, opened(t, "permitting", project.OwnLand), project.Waive{Requirement: "eia", Reason: "x", Until: until}, 0), "not everything can be waived")
	require.Equal(t, process.ImpossibleDate, code(t, p, project.Waive{Requirement: "first_contact", Reason: "x", Until: call(-1).Day()}, 0))
}

func TestSendBackArmsTheClockAnew(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "signed", project.OwnLand), 0, append(answers("agreement"), project.Advance{From: "signed"})...)
	p = then(t, p, 30, append(answers("company_registered"), project.Advance{From: "land_supply"})...)
	p = then(t, p, 40, project.SendBack{ToStage: "land_supply", Reason: "合同有误"})
	require.Equal(t, "land_supply", p.Stage)
	require.Equal(t, 90, call(40).Day().DaysUntil(p.DueOn))
	require.Equal(t, process.WrongState, code(t, p, project.SendBack{ToStage: "production", Reason: "x"}, 41))
	require.Equal(t, process.UnknownStage, code(t, p, project.SendBack{ToStage: "moon", Reason: "x"}, 41))
}

func TestSuspendAndResume(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "signed", project.OwnLand), 0, append(answers("agreement"), project.Advance{From: "signed"})...)
	due := p.DueOn
	p = then(t, p, 10, project.Suspend{Reason: "资金", Category: "funds"})
	require.True(t, p.DueOn.IsZero())
	require.Nil(t, p.NextWake, "the clock does not spin while suspended")
	require.Equal(t, process.Suspended, code(t, p, project.Advance{From: "land_supply"}, 11))
	require.Equal(t, process.Suspended, code(t, p, project.Suspend{Reason: "x", Category: "funds"}, 11))
	p = then(t, p, 25, project.Resume{Reason: "到位"})
	require.Equal(t, 15, due.DaysUntil(p.DueOn), "exactly the days that were taken")
	require.Equal(t, process.NotSuspended, code(t, p, project.Resume{Reason: "x"}, 26))
}

func TestTerminate(t *testing.T) {
	t.Parallel()
	lost := then(t, opened(t, "signed", project.OwnLand), 1, project.Terminate{Cause: "market", Reason: "企业放弃"})
	require.Equal(t, lifecycle.Lost, lost.State)
	withdrawn := then(t, opened(t, "construction", project.OwnLand), 1, project.Suspend{Reason: "x", Category: "funds"}, project.Withdraw{Way: "left", Cause: "funds", Reason: "清退"})
	require.Equal(t, lifecycle.Withdrawn, withdrawn.State)
	require.True(t, withdrawn.Done)
	require.Nil(t, withdrawn.Holder)
	require.Equal(t, process.Closed, code(t, withdrawn, project.Withdraw{Way: "left", Cause: "funds", Reason: "x"}, 2))
	require.Equal(t, process.Closed, code(t, withdrawn, project.Edit{Reason: "x", Facts: project.Given{}}, 2), "a closed project is not edited")
	then(t, withdrawn, 2, project.On(casework.Comment{Text: "后来的说明"}))
}

func TestSkip(t *testing.T) {
	t.Parallel()
	require.Equal(t, process.NotSkippable, code(t, opened(t, "permitting", project.OwnLand), project.Skip{From: "permitting", Reason: "x"}, 1))
	require.Equal(t, "construction", then(t, opened(t, "permitting", project.LeasedPlant), 1, project.Skip{From: "permitting", Reason: "不改结构"}).Stage)
}

func TestAchievements(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "production", project.OwnLand), 1, project.Achieve{Achievement: "above_scale"})
	require.False(t, p.Done)
	require.Equal(t, process.NothingChanged, code(t, p, project.Achieve{Achievement: "above_scale"}, 2))
	require.True(t, then(t, p, 2, project.Achieve{Achievement: "full_capacity"}).Done)
	require.Equal(t, process.WrongState, code(t, opened(t, "lead", project.OwnLand), project.Achieve{Achievement: "above_scale"}, 1))
}

func TestPeople(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	p = then(t, p, 1, project.On(casework.Assign{Role: "manager", UserID: leader, Reason: "调整"}))
	require.Equal(t, leader, p.Holder.ID, "the ball follows the manager who had it")
	p = then(t, p, 2, project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "办证"}))
	require.Equal(t, []string{bureau}, p.UnitIDs)
	require.Equal(t, process.InvalidInput, code(t, p, project.On(casework.HandOver{ToKind: process.HeldByEnterprise, ToID: rival, Reason: "x"}), 3))
	require.Equal(t, process.UnknownParty, code(t, p, project.On(casework.Assign{Role: "leader", UserID: "gone", Reason: "x"}), 3))
	require.Equal(t, process.NothingChanged, code(t, p, project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "x"}), 3))
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	p = then(t, p, 1, project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "file"}}}), project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "file", Replaces: 1}}}))
	require.Equal(t, 2, p.Attachments[1].Revision, "replacing adds a revision")
	require.Equal(t, process.UnknownUpload, code(t, p, project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "none"}}}), 2))
	require.Equal(t, process.ImpossibleDate, code(t, p, project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "file", EvidenceOn: call(9).Day()}}}), 2))
}

func TestPlannedDayMovesTheClock(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	require.True(t, p.DueOn.IsZero(), "a stage that began elsewhere has no known limit")
	planned := clock.NewDate(2026, 12, 31)
	p = then(t, p, 1, project.Edit{Reason: "协议", Facts: project.Given{PlannedCompletionOn: &planned}})
	require.Equal(t, planned, p.DueOn)
	late := clock.NewDate(2027, 3, 31)
	p = then(t, p, 2, project.Edit{Reason: "调整", Facts: project.Given{PlannedCompletionOn: &late}})
	require.Equal(t, late, p.DueOn)
	require.Len(t, p.Clocks, 1, "the move is in the ledger of the one clock")
	require.Equal(t, "调整", p.Clocks[0].Extensions[0].Reason)
	t.Run("ThereAndBackIsRemindedOfOnce", func(t *testing.T) {
		near, far := call(10).Day(), call(300).Day()
		p := then(t, p, 3, project.Edit{Reason: "提前", Facts: project.Given{PlannedCompletionOn: &near}})
		d, err := project.On(casework.Remind{}).Decide(p, call(15), env(t))
		require.NoError(t, err)
		fired := len(d.After.Clocks[0].Fired)
		p = then(t, d.After, 16, project.Edit{Reason: "推后", Facts: project.Given{PlannedCompletionOn: &far}})
		require.Nil(t, p.OverdueSince)
		p = then(t, p, 16, project.Edit{Reason: "改回", Facts: project.Given{PlannedCompletionOn: &near}})
		require.NotNil(t, p.OverdueSince, "late again at once, and everybody knows already")
		require.Len(t, p.Clocks[0].Fired, fired)
		require.True(t, p.NextWake.After(call(16).RecordedAt))
	})
}

func TestTimeIsGivenBackAndExtended(t *testing.T) {
	t.Parallel()
	p := opened(t, "signed", project.OwnLand)
	require.Nil(t, p.NextWake, "no deadline: never late, never reminded")
	require.Equal(t, process.WrongState, code(t, p, project.On(casework.Extend{Amount: 5, Reason: "x"}), 1))
	p = then(t, p, 1, answers("agreement")...)
	p = then(t, p, 1, project.Advance{From: "signed"})
	due := p.DueOn
	require.Equal(t, 90, call(1).Day().DaysUntil(due))
	require.Equal(t, call(61).Day(), p.TargetOn)
	p = then(t, p, 11, project.Suspend{Reason: "资金", Category: "funds", ExpectedUntil: call(40).Day()})
	require.True(t, p.DueOn.IsZero())
	p = then(t, p, 16, project.Resume{Reason: "到位"})
	require.Equal(t, due.AddDays(5), p.DueOn, "resumed early: only the days taken")
	p = then(t, p, 17, project.On(casework.Extend{Amount: 10, Reason: "雨季"}))
	require.Equal(t, due.AddDays(15), p.DueOn)
	require.Equal(t, process.NothingChanged, code(t, p, project.On(casework.Recalendar{}), 18), "calendar days do not lean on the calendar")
	p = then(t, p, 18, project.SendBack{ToStage: "signed", Reason: "重签"})
	require.Equal(t, clock.OnTime, p.Clocks[0].Verdict)
	require.Equal(t, "project v6", p.Clocks[0].Rule)
}

func TestTheBallGoesRound(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	p = then(t, p, 1, project.On(casework.Delegate{ToID: leader, Reason: "出差"}))
	require.Equal(t, leader, p.Holder.ID)
	require.Equal(t, process.WrongState, code(t, p, project.On(casework.HandBack{Text: "好了"}), 1), "not the actor's to hand back")
	back := call(2)
	back.Actor.ID = leader
	d, err := project.On(casework.HandBack{Text: "好了"}).Decide(p, back, env(t))
	require.NoError(t, err)
	require.Equal(t, manager, d.After.Holder.ID)
	require.Nil(t, d.After.DelegatedBy)
	p = then(t, p, 2, project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "办证"}))
	require.Nil(t, p.DelegatedBy, "handed over is handed over")
	require.Equal(t, process.WrongState, code(t, p, project.On(casework.Claim{}), 2))
	claim := call(3)
	claim.Actor = process.Actor{Type: process.Person, ID: "clerk", Name: "祝建筠", UnitID: bureau}
	d, err = project.On(casework.Claim{}).Decide(p, claim, env(t))
	require.NoError(t, err)
	require.Equal(t, "clerk", d.After.Holder.ID)
	for name, held := range map[string]project.Project{"in the department's hands": p, "in a clerk's": d.After} {
		returned, err := project.On(casework.HandBack{Text: "证已发"}).Decide(held, departmental(claim), env(t))
		require.NoError(t, err, name)
		require.Equal(t, manager, returned.After.Holder.ID, name)
		require.Equal(t, "证已发", returned.Reason, name)
		_, err = project.On(casework.HandBack{Text: "证已发"}).Decide(returned.After, departmental(claim), env(t))
		require.Error(t, err, name)
	}
	p = then(t, p, 3, project.On(casework.Nudge{Text: "请尽快"}))
	require.Equal(t, process.TooSoon, code(t, p, project.On(casework.Nudge{}), 3))
	then(t, p, 4, project.On(casework.Nudge{}))
}

func TestAdoptingALadderSendsNothingThatLiesBefore(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	require.NoError(t, err)
	old := env(t)
	old.Definition = all[0]
	p := opened(t, "construction", project.OwnLand)
	planned := call(20).Day()
	d, err := project.Edit{Reason: "协议", Facts: project.Given{PlannedCompletionOn: &planned}}.Decide(p, call(1), old)
	require.NoError(t, err)
	d.After.DefinitionVersion = 1
	d, err = project.On(casework.Remind{}).Decide(d.After, call(30), old)
	require.NoError(t, err)
	require.NotNil(t, d.After.OverdueSince)
	require.Nil(t, d.After.NextWake, "version 1 only flags")
	d, err = project.On(casework.Adopt{Version: 2, Reason: "启用催办阶梯"}).Decide(d.After, call(400), env(t))
	require.NoError(t, err)
	require.Empty(t, d.Notices)
	require.Empty(t, d.After.Escalation, "no order went out")
	require.NotNil(t, d.After.OverdueSince)
	unsent := 0
	for _, f := range d.After.Clocks[0].Fired {
		if f.Unsent {
			unsent++
		}
	}
	require.Greater(t, unsent, 2, "every rung that lay before is on record")
	require.True(t, d.After.NextWake.After(call(400).RecordedAt), "what comes next is ahead")
	later := call(0)
	later.OccurredAt, later.RecordedAt = *d.After.NextWake, *d.After.NextWake
	d, err = project.On(casework.Remind{}).Decide(d.After, later, env(t))
	require.NoError(t, err)
	require.NotEmpty(t, d.Notices, "and is sent")
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"260000000": "260000000.00", "1.5": "1.50", "1,234.56": "1234.56", "0": "0.00"} {
		y, err := project.ParseYuan(text)
		require.NoError(t, err)
		require.Equal(t, want, y.String())
	}
	for _, bad := range []string{"", "abc", "1.234", "1e5", "1/2", "99999999999999999999"} {
		_, err := project.ParseYuan(bad)
		require.Error(t, err, bad)
	}
}

// departmental is the same call by somebody with a department's role.
func departmental(c process.Call) process.Call {
	c.Actor.Roles = []process.Role{process.Department}
	return c
}
