package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// putOnFile puts a permit of a project on file.
func (b *bundle) putOnFile(t *testing.T, projectID, item string) string {
	t.Helper()
	id := uuid.NewString()
	b.do(t, b.As(process.ProjectManager), id, permit.RequireName, permit.Require{Project: projectID, Item: item, Need: permit.Needed})
	return id
}

// carry carries out what follows from deeds, as the watchdog does.
func (b *bundle) carry(t *testing.T) {
	t.Helper()
	left, err := b.Store.CarryFollowUps(t.Context(), "", b.now, func(ctx context.Context, order process.Order) error {
		_, err := b.Store.Apply(ctx, order)
		return err
	})
	require.NoError(t, err)
	require.Zero(t, left)
}

// TestPermitsBelongToTheirProject: by id or number; an unknown one is refused, one that is on file already is refused, and the diagram shows it.
func TestPermitsBelongToTheirProject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "permitting")
	eia := b.putOnFile(t, projectID, "eia")
	b.do(t, manager, uuid.NewString(), permit.RequireName, permit.Require{Project: "XM-2026-0001", Item: "filing", Need: permit.Needed})
	b.refused(t, process.InvalidInput, b.order(t, manager, uuid.NewString(), permit.RequireName, permit.Require{Project: projectID, Item: "eia", Need: permit.Needed}))
	b.refused(t, process.InvalidInput, b.order(t, manager, uuid.NewString(), permit.RequireName, permit.Require{Project: uuid.NewString(), Item: "eia", Need: permit.Needed}))
	b.refused(t, process.InvalidInput, b.order(t, manager, uuid.NewString(), permit.RequireName, permit.Require{Project: "XM-1999-0001", Item: "eia", Need: permit.Needed}))
	b.do(t, manager, eia, permit.ApplyName, permit.Apply{Sort: "table"})

	p, err := b.Store.Permits(t.Context(), b.As(process.Auditor), projectID, b.now)
	require.NoError(t, err)
	require.Equal(t, 1, p.Way.Count[permit.IsNow])
	rows, err := b.Store.PermitPortfolio(t.Context(), b.As(process.Leader), b.now)
	require.NoError(t, err)
	for _, d := range rows {
		if d.Department.Chinese == "生态环境分局" {
			require.Equal(t, []int{1, 0, 1}, []int{d.Open, d.Overdue, d.States[permit.Applied]})
		}
	}
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), eia)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
}

// TestShortNamesAndCertificatesAreFound: a project by what the report calls it, a permit by its number.
func TestShortNamesAndCertificatesAreFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "permitting")
	short := "泉为二期"
	b.do(t, manager, projectID, project.EditName, project.Edit{Reason: "按报告的叫法", Facts: project.Given{ShortName: &short}})
	eia := b.putOnFile(t, projectID, "eia")
	b.do(t, manager, eia, permit.IssueName, permit.Issue{Certificate: "泗环审〔2026〕9号", Sort: "table", AppliedOn: clock.DateOf(b.now)})
	for words, id := range map[string]string{short: projectID, "泗环审〔2026〕9号": eia} {
		found, err := b.Store.Search(t.Context(), manager, words, 10)
		require.NoError(t, err)
		require.NotEmpty(t, found.Cases, words)
		require.Equal(t, id, found.Cases[0].ID)
	}
	none := ""
	b.do(t, manager, projectID, project.EditName, project.Edit{Reason: "不用了", Facts: project.Given{ShortName: &none}})
	found, err := b.Store.Search(t.Context(), manager, short, 10)
	require.NoError(t, err)
	require.Empty(t, found.Cases)
}

// TestAPermitFollowsItsProjectsManager: with a project's manager go the open permits that the same person runs, and not those of somebody else.
func TestAPermitFollowsItsProjectsManager(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "permitting")
	eia, filing := b.putOnFile(t, projectID, "eia"), b.putOnFile(t, projectID, "filing")
	liaison := b.As(process.LiaisonOfficer)
	b.do(t, b.As(process.Leader), filing, permit.Kind.Does(casework.AssignVerb), casework.Assign{Role: "manager", UserID: liaison.ID, Reason: "由他办理"})
	require.True(t, b.do(t, manager, projectID, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "manager", UserID: b.Second.ID, Reason: "分工调整"}).Follows)
	b.carry(t)
	for id, want := range map[string]string{eia: b.Second.ID, filing: liaison.ID} {
		c, err := b.Store.Case(t.Context(), b.As(process.Auditor), id)
		require.NoError(t, err)
		p, ok := c.Subject.(*permit.Permit)
		require.True(t, ok)
		require.Equal(t, want, p.ManagerID)
		require.Equal(t, want, p.Holder.ID)
	}
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), eia)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
}

// TestTheGateReadsItsPermits in the transaction that passes it.
func TestTheGateReadsItsPermits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "permitting")
	ids := map[string]string{}
	for _, item := range []string{"works_planning_permit", "eia", "safety_preeval", "construction_permit"} {
		ids[item] = b.putOnFile(t, projectID, item)
	}
	refusal := b.refused(t, process.GateIncomplete, b.order(t, manager, projectID, project.AdvanceName, project.Advance{From: "permitting"}))
	require.Len(t, refusal.Fields, 4)
	today := clock.DateOf(b.now)
	for item, id := range ids {
		issue := permit.Issue{Certificate: "示例1号", AppliedOn: today}
		if item == "eia" {
			issue.Sort = "table"
		}
		b.do(t, manager, id, permit.IssueName, issue)
	}
	require.Equal(t, "construction", b.do(t, manager, projectID, project.AdvanceName, project.Advance{From: "permitting"}).Standing.Stage)
	standing, err := b.Store.Standing(t.Context(), ids["construction_permit"])
	require.NoError(t, err)
	require.False(t, standing.Done, "it was not told yet")
	b.carry(t)
	standing, err = b.Store.Standing(t.Context(), ids["construction_permit"])
	require.NoError(t, err)
	require.True(t, standing.Done, "construction has begun")
}

// TestWhatFollowsFollowsOnce: a filing is put on file once however often it is tried, what cannot be tried stays, and a refusal is final.
func TestWhatFollowsFollowsOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "construction")
	acceptance := b.putOnFile(t, projectID, "acceptance")
	outcome := b.do(t, manager, acceptance, permit.IssueName, permit.Issue{AppliedOn: clock.DateOf(b.now)})
	require.True(t, outcome.Follows)

	down := errors.New("the engine is away")
	left, err := b.Store.CarryFollowUps(t.Context(), "", b.now, func(context.Context, process.Order) error { return down })
	require.ErrorIs(t, err, down)
	require.Equal(t, 2, left)
	ups, err := b.Store.FollowUps(t.Context(), acceptance, 10, b.now)
	require.NoError(t, err)
	require.Len(t, ups, 2)
	_, err = b.Store.Apply(t.Context(), ups[0].Order) // the process that carried it out died before it could note that
	require.NoError(t, err)
	b.carry(t)
	b.carry(t)
	p, err := b.Store.Permits(t.Context(), manager, projectID, b.now)
	require.NoError(t, err)
	on := map[string]int{}
	for _, s := range p.Way.Stretches {
		for _, step := range s.Steps {
			on[step.Item.ID] = len(step.Cases)
		}
	}
	require.Equal(t, []int{1, 1}, []int{on["completion_filing"], on["fire_acceptance"]})

	b.do(t, b.As(process.Leader), projectID, project.WithdrawName, project.Withdraw{Way: "left", Cause: "market", Reason: "企业退出"})
	b.carry(t)
	p, err = b.Store.Permits(t.Context(), manager, projectID, b.now)
	require.NoError(t, err)
	require.Zero(t, p.Way.Count[permit.IsNow]+p.Way.Count[permit.IsNext])
}

// TestNothingFollowsWhereNothingBelongs: a deed that other cases might hear of asks for what follows only where there are such cases.
func TestNothingFollowsWhereNothingBelongs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "lead")
	b.do(t, manager, projectID, project.ContactName, project.RecordContact{Way: "visit", Said: "看过对方车间"})
	outcome, err := b.Store.Apply(t.Context(), b.order(t, manager, projectID, project.AdvanceName, project.Advance{From: "lead"}))
	require.NoError(t, err)
	require.False(t, outcome.Follows, "it has no permits")

	with := b.openProject(t, "lead")
	b.putOnFile(t, with, "eia")
	b.do(t, manager, with, project.ContactName, project.RecordContact{Way: "visit", Said: "看过对方车间"})
	outcome, err = b.Store.Apply(t.Context(), b.order(t, manager, with, project.AdvanceName, project.Advance{From: "lead"}))
	require.NoError(t, err)
	require.True(t, outcome.Follows, "its permit hears of it")
	b.carry(t)
}

// TestWhatWasRefusedReachesSomebody: what should have followed and was refused stays, is shown with the reason, rests a while, and follows once what it lacked is
// there: at once where that is done to the project.
func TestWhatWasRefusedReachesSomebody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "construction")
	acceptance := b.putOnFile(t, projectID, "acceptance")
	b.do(t, manager, acceptance, permit.IssueName, permit.Issue{AppliedOn: clock.DateOf(b.now)})
	refusal := process.Refuse(process.UnknownParty, "项目还没有责任人，请先在项目里指定。", "The project has no manager; name one first.")
	refusing := func(context.Context, process.Order) error { return refusal }
	tried := 0
	told := []process.Outcome{}
	trying := func(ctx context.Context, order process.Order) error {
		if order.Command.Verb() == casework.ReportUnmetVerb {
			outcome, err := b.Store.Apply(ctx, order)
			told = append(told, outcome)
			return err
		}
		tried++
		return refusing(ctx, order)
	}
	left, err := b.Store.CarryFollowUps(t.Context(), "", b.now, trying)
	require.NoError(t, err)
	require.Equal(t, []int{2, 2}, []int{left, tried})
	p, err := b.Store.Permits(t.Context(), b.As(process.Auditor), projectID, b.now)
	require.NoError(t, err)
	require.Len(t, p.Way.Unmet, 2)
	require.Equal(t, []string{refusal.Chinese, "completion_filing", acceptance}, []string{p.Way.Unmet[0].Says.Chinese, p.Way.Unmet[0].Asked.Item, p.Way.Unmet[0].BecauseID})
	require.False(t, p.Way.Unmet[0].Asked.ApplyBy.IsZero())
	_, err = b.Store.CarryFollowUps(t.Context(), "", b.now.Add(time.Minute), trying)
	require.NoError(t, err)
	require.Equal(t, 2, tried, "it rests a while")
	require.Len(t, told, 2, "whoever is responsible is told of each")
	require.Equal(t, projectID, told[0].Standing.CaseID)
	require.Equal(t, []string{process.NoticeUnmet, manager.ID}, []string{told[0].Event.Told[0].Kind, told[0].Event.Told[0].ID})
	require.Contains(t, told[0].Event.Reason, "「竣工验收备案」应当随之登记，没有登记成：项目还没有责任人")
	_, err = b.Store.CarryFollowUps(t.Context(), "", b.now.Add(11*time.Minute), trying)
	require.NoError(t, err)
	require.Equal(t, 4, tried)
	_, err = b.Store.CarryFollowUps(t.Context(), "", b.now.Add(11*time.Minute), trying)
	require.NoError(t, err)
	require.Len(t, told, 2, "once, and not each time it is tried")
	left, err = b.Store.CarryFollowUps(t.Context(), projectID, b.now.Add(12*time.Minute), func(ctx context.Context, order process.Order) error {
		_, err := b.Store.Apply(ctx, order)
		return err
	})
	require.NoError(t, err)
	require.Zero(t, left)
	p, err = b.Store.Permits(t.Context(), manager, projectID, b.now)
	require.NoError(t, err)
	require.Empty(t, p.Way.Unmet)
	on := 0
	for _, s := range p.Way.Stretches {
		for _, step := range s.Steps {
			if step.Item.ID == "completion_filing" || step.Item.ID == "fire_acceptance" {
				on += len(step.Cases)
			}
		}
	}
	require.Equal(t, 2, on, "both filings are on file")
}

// TestTwoPermitsIssuedAtOnce do not wait for each other: none of a project's permits is locked by another one's being issued, but what it leads to.
func TestTwoPermitsIssuedAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	deadlocks := func() string {
		return b.rows(t, "SELECT deadlocks::text FROM pg_stat_database WHERE datname = current_database()")[0]
	}
	before := deadlocks()
	for range 12 {
		projectID := b.openProject(t, "construction")
		var orders []process.Order
		for _, item := range []string{"acceptance", "completion_filing", "fire_acceptance", "filing"} {
			issue := permit.Issue{Certificate: "示例1号", AppliedOn: clock.DateOf(b.now)}
			if item == "fire_acceptance" {
				issue.Sort = "filing"
			}
			orders = append(orders, b.order(t, manager, b.putOnFile(t, projectID, item), permit.IssueName, issue))
		}
		failed := make(chan error)
		for _, order := range orders {
			go func() {
				_, err := b.Store.Apply(context.Background(), order)
				failed <- err
			}()
		}
		for range orders {
			require.NoError(t, <-failed)
		}
	}
	require.Equal(t, before, deadlocks())
}

// TestABeginningIsHeardHoweverItWasRecorded: the day on which construction began settles permits also where it is corrected by hand, and runs them again where it
// is taken back.
func TestABeginningIsHeardHoweverItWasRecorded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "permitting")
	id := b.putOnFile(t, projectID, "construction_permit")
	b.do(t, manager, id, permit.IssueName, permit.Issue{Certificate: "1", AppliedOn: clock.DateOf(b.now)})
	done := func() bool {
		standing, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		return standing.Done
	}
	require.False(t, done())
	day := clock.DateOf(b.now)
	b.refused(t, process.ImpossibleDate, b.order(t, manager, projectID, project.EditName, project.Edit{Reason: "已经开工", Facts: project.Given{ConstructionStartedOn: &day}}))
	require.True(t, b.do(t, manager, projectID, project.RecordEarlyName, project.RecordEarly{Stage: "construction", Reason: "规划许可没有办下来就开工了"}).Follows)
	early, err := b.Store.Project(t.Context(), manager, projectID, day)
	require.NoError(t, err)
	require.Len(t, early.Early, 1, "it is seen on the project")
	require.Equal(t, "works_planning_permit", early.Early[0].Lacks[0].Permit)
	b.carry(t)
	require.True(t, done())
	b.do(t, manager, projectID, project.EditName, project.Edit{Reason: "登记错了", Facts: project.Given{Emptied: []string{"construction_started_on"}}})
	b.carry(t)
	require.False(t, done(), "its three months run again")
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
}

// TestTheDoorKnowsWhatAGateNeeds: who may say that a permit is not needed, and who may correct one that a passed gate is sealed with.
func TestTheDoorKnowsWhatAGateNeeds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	projectID := b.openProject(t, "permitting")
	spared := permit.Require{Project: projectID, Item: "eia", Need: permit.NotNeeded, Reason: "豁免"}
	b.refused(t, process.NotAllowed, b.order(t, manager, uuid.NewString(), permit.RequireName, spared))
	b.refused(t, process.NotAllowed, b.order(t, b.As(process.LiaisonOfficer), uuid.NewString(), permit.RequireName, spared))
	b.do(t, leader, uuid.NewString(), permit.RequireName, spared)
	b.do(t, manager, uuid.NewString(), permit.RequireName, permit.Require{Project: projectID, Item: "energy_review", Need: permit.NotNeeded, Reason: "低于 1000 吨"})
	ids := map[string]string{}
	for _, item := range []string{"works_planning_permit", "safety_preeval", "construction_permit"} {
		ids[item] = b.putOnFile(t, projectID, item)
		b.do(t, manager, ids[item], permit.IssueName, permit.Issue{Certificate: "示例1号", AppliedOn: clock.DateOf(b.now)})
	}
	certificate := "示例11号"
	correct := permit.Correct{Certificate: &certificate, Reason: "少录一位"}
	b.do(t, manager, ids["works_planning_permit"], permit.CorrectName, correct)
	b.do(t, manager, projectID, project.AdvanceName, project.Advance{From: "permitting"})
	b.carry(t)
	certificate = "示例111号"
	b.refused(t, process.NotAllowed, b.order(t, manager, ids["works_planning_permit"], permit.CorrectName, correct))
	b.do(t, leader, ids["works_planning_permit"], permit.CorrectName, correct)
	b.do(t, leader, ids["safety_preeval"], permit.RevokeName, permit.Revoke{Grounds: permit.ByAuthority, Reason: "应急〔2026〕1号"})
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), ids["safety_preeval"])
	require.NoError(t, err)
	require.Empty(t, v.Faults())
	b.do(t, leader, projectID, project.SendBackName, project.SendBack{ToStage: "permitting", Reason: "许可被撤销"})
	refusal := b.refused(t, process.GateIncomplete, b.order(t, manager, projectID, project.AdvanceName, project.Advance{From: "permitting"}))
	require.Contains(t, refusal.Fields[0].Chinese, "已撤销")
}

// TestTwoPutOneOnFileAtOnce: one of them is told that it is on file.
func TestTwoPutOneOnFileAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	projectID := b.openProject(t, "permitting")
	for _, item := range []string{"eia", "filing", "safety_preeval", "drawing_review"} {
		answers := make(chan error)
		for range 4 {
			order := b.order(t, b.As(process.ProjectManager), uuid.NewString(), permit.RequireName, permit.Require{Project: projectID, Item: item, Need: permit.Needed})
			go func() {
				_, err := b.Store.Apply(context.Background(), order)
				answers <- err
			}()
		}
		filed := 0
		for range 4 {
			if <-answers == nil {
				filed++
			}
		}
		require.Equal(t, 1, filed, item)
	}
}
