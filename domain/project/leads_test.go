package project_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// passing lets the clock come by on each day up to the one given, as the engine does.
func passing(t *testing.T, p project.Project, until int) (project.Project, int) {
	t.Helper()
	notices := 0
	for p.NextWake != nil && p.NextWake.Before(call(until).RecordedAt) {
		c := call(0)
		c.OccurredAt, c.RecordedAt, c.Actor = p.NextWake.Add(time.Second), p.NextWake.Add(time.Second), process.TheClock()
		d, err := project.On(casework.Remind{}).Decide(p, c, env(t))
		require.NoError(t, err)
		p = d.After
		p.Version++
		notices += len(d.Notices)
	}
	return p, notices
}

func TestLeadGoesBackToThePoolWithoutContact(t *testing.T) {
	t.Parallel()
	p := opened(t, "lead", project.OwnLand)
	require.Equal(t, "2026-04-01", p.DueOn.String(), "thirty days")
	p, told := passing(t, p, 27)
	require.Positive(t, told, "reminded five days before")
	require.Equal(t, lifecycle.Active, p.State)
	p = then(t, p, 27, project.RecordContact{Way: "call", Said: "下月来考察"})
	require.Equal(t, "2026-04-28", p.DueOn.String(), "counts anew from the contact")
	p, _ = passing(t, p, 57)
	require.Equal(t, lifecycle.Active, p.State)
	p, told = passing(t, p, 60)
	require.Equal(t, lifecycle.Pooled, p.State)
	require.Positive(t, told, "whoever had it is told")
	require.Nil(t, p.Holder)
	require.Empty(t, p.ManagerID)
	require.Nil(t, p.NextWake, "nothing runs in the pool")
	require.Contains(t, p.Pool.Reason, "30 个自然日")
	require.Equal(t, "陆致远", p.Pool.From)

	for _, c := range []project.Command{project.RecordContact{Way: "call", Said: "x"}, project.Release{Reason: "x"}, project.Advance{From: "lead"}, project.NoteStep{Step: "visited"},
		project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "x"})} {
		require.Equal(t, process.WrongState, code(t, p, c, 61), c.About().Name)
	}
	taken := then(t, p, 61, project.Take{})
	require.Equal(t, manager, taken.ManagerID)
	require.Equal(t, manager, taken.Holder.ID)
	require.Nil(t, taken.Pool)
	require.Equal(t, "2026-06-01", taken.DueOn.String(), "thirty days from being taken")
	require.Equal(t, process.WrongState, code(t, taken, project.Take{}, 62), "whoever comes second")
	assigned := then(t, p, 61, project.On(casework.Assign{Role: "manager", UserID: leader, Reason: "分配"}))
	require.Equal(t, leader, assigned.Holder.ID)
	require.NotNil(t, assigned.NextWake)
	released := then(t, taken, 63, project.Release{Reason: "暂不跟进"})
	require.Equal(t, lifecycle.Pooled, released.State)
	require.Equal(t, "陆致远", released.Pool.ByName)
	require.Equal(t, process.WrongState, code(t, opened(t, "construction", project.OwnLand), project.Release{Reason: "x"}, 1), "only a lead goes back")
	require.Equal(t, lifecycle.Lost, then(t, released, 64, project.Terminate{Cause: "silent", Reason: "联系不上"}).State, "a lead in the pool may end")
}

func TestContacts(t *testing.T) {
	t.Parallel()
	p := opened(t, "lead", project.OwnLand)
	require.Equal(t, process.ImpossibleDate, code(t, p, project.RecordContact{Way: "call", Said: "x", NextOn: call(1).Day()}, 2), "a next contact in the past")
	far := then(t, p, 2, project.RecordContact{Way: "visit", With: "周经理", Said: "年底再谈", NextOn: call(90).Day()})
	require.Equal(t, call(90).Day(), far.DueOn, "an agreed day later than the limit holds")
	require.Equal(t, call(90).Day(), far.NextContactOn)
	fits := func(days int) process.Fit {
		return project.Entry().Fits(project.ContactName, &far, call(0).Actor, process.Env{Rules: env(t).Definition, Calendar: env(t).Calendar, Today: call(days).Day()})
	}
	require.Equal(t, process.Beside, fits(89))
	require.Equal(t, process.Leads, fits(90), "due in my work")
	negotiated := then(t, opened(t, "negotiation", project.OwnLand), 2, project.RecordContact{Way: "meeting", Said: "谈协议"})
	require.Nil(t, negotiated.NextWake, "only leads go back by themselves")
	still := then(t, p, 1, project.Suspend{Reason: "x", Category: "funds"}, project.RecordContact{Way: "call", Said: "等资金"})
	require.Equal(t, lifecycle.Suspended, still.State)
}

func TestIntroducingUnitsNeverPassTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		p := opened(t, "negotiation", project.OwnLand)
		for range rapid.IntRange(1, 12).Draw(r, "deeds") {
			d, err := project.Introduce{Unit: rapid.SampledFrom([]string{"甲", "乙", "丙", "丁"}).Draw(r, "unit"), Share: rapid.IntRange(-5, 120).Draw(r, "share")}.Decide(p, call(1), env(t))
			if err == nil {
				p = d.After
			}
			sum := 0
			for _, i := range p.Introducers {
				require.Positive(t, i.Share)
				sum += i.Share
			}
			require.LessOrEqual(t, sum, 100)
		}
	})
}

func TestIntroducingUnitsAreFixedBySigning(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "signed", project.OwnLand), 1, signedOn(0))
	require.Equal(t, process.GateIncomplete, code(t, p, project.Advance{From: "signed"}, 1), "the gate asks for them")
	p = then(t, p, 1, project.Introduce{Unit: "县投促中心", Share: 60}, project.Introduce{Unit: "园区", Share: 40})
	_, err := project.Introduce{Unit: "街道", Share: 1}.Decide(p, call(1), env(t))
	require.ErrorContains(t, err, "at most 0 % is left")
	require.Equal(t, process.WrongState, code(t, p, project.CorrectIntroduction{Unit: "园区", Share: 30, Reason: "x"}, 1), "before signing they are laid down")
	p = then(t, p, 2, project.Advance{From: "signed"})
	require.Equal(t, process.WrongState, code(t, p, project.Introduce{Unit: "园区", Share: 30}, 3))
	require.Equal(t, process.InvalidInput, code(t, p, project.CorrectIntroduction{Unit: "园区", Share: 30}, 3), "with a reason")
	p = then(t, p, 3, project.CorrectIntroduction{Unit: "园区", Share: 30, Reason: "纪要"})
	require.Equal(t, []project.Introducer{{Unit: "县投促中心", Share: 60}, {Unit: "园区", Share: 30}}, p.Introducers)
	p = then(t, p, 4, project.SendBack{ToStage: "signed", Reason: "补签"})
	require.Equal(t, process.WrongState, code(t, p, project.Introduce{Unit: "园区", Share: 10}, 5), "sent back does not unsign it")
}

func TestStepsOfNegotiation(t *testing.T) {
	t.Parallel()
	p := opened(t, "negotiation", project.OwnLand)
	require.Equal(t, []string{"tracking", "visited", "intent", "agreement", "contract", "registration"}, lifecycle.Steps())
	p = then(t, p, 3, project.NoteStep{Step: "visited"})
	p = then(t, p, 5, project.NoteStep{Step: "contract"})
	require.Equal(t, "contract", p.Step)
	require.Equal(t, process.NothingChanged, code(t, p, project.NoteStep{Step: "contract"}, 6))
	require.Equal(t, process.InvalidInput, code(t, p, project.NoteStep{Step: "elsewhere"}, 6))
	require.Equal(t, process.ImpossibleDate, code(t, p, project.NoteStep{Step: "registration"}, 4), "before the step before")
	require.Equal(t, process.WrongState, code(t, opened(t, "construction", project.OwnLand), project.NoteStep{Step: "visited"}, 1))
	p = then(t, p, 6, answers("project_brief")...)
	e := env(t)
	e.Children = append(e.Children, process.Child{Kind: opinion.Kind, Slot: "tax", State: opinion.Agreed, Done: true}) // the gate asks for the departments' opinions
	d, err := project.Advance{From: "negotiation"}.Decide(p, call(6), e)
	require.NoError(t, err)
	p = d.After
	require.Empty(t, p.Step, "it was of the stage before")
	require.Len(t, p.StepsTaken, 2)
}

func TestEndingsBeforeAndAfterLand(t *testing.T) {
	t.Parallel()
	early, late := opened(t, "signed", project.OwnLand), opened(t, "permitting", project.OwnLand)
	require.Equal(t, process.WrongState, code(t, early, project.Withdraw{Way: "left", Cause: "funds", Reason: "x"}, 1))
	require.Equal(t, process.WrongState, code(t, late, project.Terminate{Cause: "funds", Reason: "x"}, 1))
	require.Equal(t, process.InvalidInput, code(t, early, project.Terminate{Reason: "x"}, 1), "a coded reason")
	require.Equal(t, process.InvalidInput, code(t, early, project.Terminate{Cause: "land_idle", Reason: "x"}, 1), "none of the definition's losses")
	require.Equal(t, process.InvalidInput, code(t, late, project.Withdraw{Way: "cleared", Cause: "land_idle", Reason: "x"}, 1), "clearing out needs its paper")
	lost := then(t, early, 1, project.Terminate{Cause: "elsewhere", Reason: "落户邻县"})
	require.Equal(t, lifecycle.Lost, lost.State)
	require.Equal(t, "elsewhere", lost.Terminated.Cause)
	cleared := then(t, late, 1, project.Withdraw{Way: "cleared", Cause: "land_idle", Reason: "闲置两年", Files: []process.Evidence{{UploadID: "file"}}})
	require.Equal(t, lifecycle.Withdrawn, cleared.State)
	require.Equal(t, "cleared", cleared.Terminated.Way)
}

func TestSiteModesDecideWhatIsSkipped(t *testing.T) {
	t.Parallel()
	for mode, stage := range map[project.SiteMode]string{project.OwnLand: "land_supply", project.LeasedPlant: "permitting", project.BoughtPlant: "permitting", project.ExistingLand: "permitting"} {
		p := then(t, opened(t, "signed", mode), 1, append(answers("agreement"), project.Advance{From: "signed"})...)
		require.Equal(t, stage, p.Stage, mode)
		require.Equal(t, mode == project.LeasedPlant || mode == project.BoughtPlant, env(t).Definition.Skippable("permitting", string(mode)), mode)
	}
	bought := project.BoughtPlant
	p := then(t, opened(t, "signed", project.OwnLand), 1, project.Edit{Facts: project.Given{SiteMode: &bought}, Reason: "改购厂房"})
	require.Equal(t, bought, p.SiteMode)
	require.Equal(t, process.InvalidInput, code(t, p, project.Edit{Facts: project.Given{SiteMode: new(project.SiteMode)}}, 1), "with a reason")
	require.Equal(t, process.InvalidInput, code(t, opened(t, "permitting", project.OwnLand), project.Edit{Facts: project.Given{SiteMode: &bought}, Reason: "x"}, 1), "not once there is land")
}

func TestSuspendedTakesThePapersThatEndIt(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "signed", project.OwnLand), 1, project.Suspend{Reason: "等批文", Category: "permits", ExpectedUntil: call(30).Day()})
	p = then(t, p, 2, signedOn(0), project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "file"}}}),
		project.Introduce{Unit: "园区", Share: 100})
	require.Equal(t, call(30).Day(), p.Suspension.ExpectedUntil)
	require.Equal(t, process.Suspended, code(t, p, project.Advance{From: "signed"}, 3), "but no gate")
}

func TestMergeIsKnownToBoth(t *testing.T) {
	t.Parallel()
	p, other := opened(t, "lead", project.OwnLand), opened(t, "lead", project.OwnLand)
	p.ID, p.Number, p.Aliases = "a", "XM-2026-0001", []string{"老名字"}
	other.ID, other.Number, other.Title, other.Kind = "b", "XM-2026-0002", "莱卡二期", project.Kind
	e := env(t)
	refused := func(into *process.Parent) {
		t.Helper()
		e.Other = into
		_, err := project.Merge{Into: "x", Reason: "同一项目"}.Decide(p, call(1), e)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, "into", refusal.Fields[0].Name)
	}
	refused(nil)
	itself, ended := process.ParentOf(&p), process.ParentOf(&other)
	itself.Kind, ended.Done = project.Kind, true
	refused(&itself)
	refused(&ended)
	into := process.ParentOf(&other)
	e.Other = &into
	d, err := project.Merge{Into: other.Number, Reason: "同一项目"}.Decide(p, call(1), e)
	require.NoError(t, err)
	require.Equal(t, lifecycle.Merged, d.After.State)
	require.True(t, d.After.Done)
	require.Equal(t, other.Number, d.After.MergedInto.Number)
	require.Len(t, d.Follow, 1)
	in, ok := d.Follow[0].Input.(project.TakeIn)
	require.True(t, ok)
	other = then(t, other, 1, in)
	require.Equal(t, []string{"XM-2026-0001", p.Title, "老名字"}, other.Aliases, "found by the number and the names of the other")
	require.Equal(t, process.NothingChanged, code(t, other, in, 2), "once")
	other = then(t, other, 3, project.AlsoCalled{Name: "莱卡扩建"})
	require.Contains(t, other.Aliases, "莱卡扩建")
	require.Equal(t, process.NothingChanged, code(t, other, project.AlsoCalled{Name: "莱卡扩建"}, 3))
}

func TestWhatMayBeKnownIsAskedBack(t *testing.T) {
	t.Parallel()
	sector, mode, number := "textile", project.OwnLand, "139-0000-1234"
	open := project.Open{Title: "莱卡织造", EnterpriseID: firm, EntryStage: "lead", Facts: project.Given{Sector: &sector, SiteMode: &mode, ContactPhone: &number}}
	e := env(t)
	e.Alike = []process.Alike{{Number: "XM-2026-0001", Title: "莱卡一期", Manager: "顾青禾", By: "phone"}}
	_, err := open.Decide(project.Project{}, call(0), e)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.MayBeKnown, refusal.Code)
	require.Contains(t, refusal.Chinese, "XM-2026-0001「莱卡一期」（联系电话相同，顾青禾）")
	open.AllTheSame = "选址和产品都不同"
	d, err := open.Decide(project.Project{}, call(0), e)
	require.NoError(t, err)
	require.Equal(t, "选址和产品都不同", d.Reason, "history says why")
	open.AllTheSame, open.EntryStage = "", "construction"
	_, err = open.Decide(project.Project{}, call(0), e)
	require.NoError(t, err, "what was signed elsewhere has its agreement")
	for _, wrong := range []string{"123", "abc", "139000012341390000123413900001234"} {
		open.Facts.ContactPhone = &wrong
		_, err = open.Decide(project.Project{}, call(0), env(t))
		require.ErrorAs(t, err, &refusal, wrong)
		require.Equal(t, "contact_phone", refusal.Fields[0].Name)
	}
}
