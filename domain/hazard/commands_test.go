package hazard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

const finder, second, contact, firm = "finder", "second", "contact", "firm"

func env(t testing.TB) hazard.Env {
	t.Helper()
	all, err := definitions.Hazards()
	require.NoError(t, err)
	ss := []process.Role{process.SafetySupervisor}
	return hazard.Env{Definition: all[len(all)-1], NextNotice: "测〔2026〕1号", Uploads: map[string]process.Upload{
		"file": {ID: "file", Name: "a.jpg", UploadedBy: finder}, "theirs": {ID: "theirs", Name: "b.jpg", UploadedBy: contact}},
		Directory: process.Directory{
			finder: {Kind: process.HeldByPerson, ID: finder, Name: "孟庆岚", Roles: ss}, second: {Kind: process.HeldByPerson, ID: second, Name: "丁文笙", Roles: ss},
			contact: {Kind: process.HeldByPerson, ID: contact, Name: "贺连舟", Roles: []process.Role{process.Enterprise}, EnterpriseID: firm},
			firm:    {Kind: process.HeldByEnterprise, ID: firm, Name: "三虎机械"}}}
}

func earlier(t testing.TB) rectification.Definition {
	t.Helper()
	all, err := definitions.Hazards()
	require.NoError(t, err)
	return all[1]
}

func call(actor string, days int) process.Call {
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: actor, Name: actor}, OccurredAt: at, RecordedAt: at}
}

func recorded(t testing.TB, level hazard.Level) hazard.Hazard {
	t.Helper()
	d, err := hazard.Record{EnterpriseID: firm, Location: "成品库", Description: "堆垛过高。遮挡喷淋", Level: level, Clause: "部令10号 第4条"}.Decide(hazard.Hazard{}, call(finder, 0), env(t))
	require.NoError(t, err)
	d.After.Version = 1
	return d.After
}

func then(t testing.TB, h hazard.Hazard, c hazard.Command, at process.Call) hazard.Hazard {
	t.Helper()
	d, err := c.Decide(h, at, env(t))
	require.NoError(t, err, c.About().Name)
	d.After.Version++
	return d.After
}

func code(t testing.TB, h hazard.Hazard, c hazard.Command, at process.Call) process.Code {
	t.Helper()
	_, err := c.Decide(h, at, env(t))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal, c.About().Name)
	return refusal.Code
}

func notice() hazard.IssueNotice {
	return hazard.IssueNotice{Requirement: "降低堆垛", DueOn: call(finder, 7).Day(), InspectorIDs: []string{second}}
}

func handIn() hazard.HandIn {
	return hazard.HandIn{Measures: "已整改", Attachments: []process.Evidence{{UploadID: "theirs"}}}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	h := recorded(t, hazard.General)
	require.Equal(t, "堆垛过高", h.Title)
	require.Equal(t, finder, h.Holder.ID)
	require.Equal(t, "2026-03-04", h.DueOn.String(), "two working days for the notice")
	require.NotNil(t, h.NextWake)
	e := env(t)
	_, err := hazard.Record{EnterpriseID: firm, Location: "x", Description: "x", Level: hazard.Major}.Decide(hazard.Hazard{}, call(finder, 0), e)
	require.ErrorContains(t, err, string(process.InvalidInput), "a major hazard needs its clause")
	_, err = hazard.Record{EnterpriseID: "none", Location: "x", Description: "x", Level: hazard.General}.Decide(hazard.Hazard{}, call(finder, 0), e)
	require.ErrorContains(t, err, string(process.UnknownParty))
}

func TestNotice(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	require.Equal(t, firm, h.Holder.ID)
	require.Equal(t, rectification.Rectifying, h.State)
	require.Equal(t, "测〔2026〕1号", h.Rounds[0].NoticeNumber)
	alone := notice()
	alone.InspectorIDs = nil
	require.Equal(t, process.SamePerson, code(t, recorded(t, hazard.General), alone, call(finder, 0)), "two inspectors")
	withContact := notice()
	withContact.InspectorIDs = []string{contact}
	require.Equal(t, process.InvalidInput, code(t, recorded(t, hazard.General), withContact, call(finder, 0)), "nobody of an enterprise inspects")
	past := notice()
	past.DueOn = call(finder, -1).Day()
	require.Equal(t, process.ImpossibleDate, code(t, recorded(t, hazard.General), past, call(finder, 0)))
	half := notice()
	half.Plan = &hazard.Plan{Responsible: "a"}
	require.Equal(t, process.InvalidInput, code(t, recorded(t, hazard.Major), half, call(finder, 0)), "half a plan is none")
	order := notice()
	order.Series = hazard.Order
	require.Equal(t, process.InvalidInput, code(t, recorded(t, hazard.General), order, call(finder, 0)), "an order needs that enforcement was delegated")
	five := notice()
	five.Plan = &hazard.Plan{Responsible: "a", Measures: "b", Funds: "c", TimeLimit: "d", Contingency: "e"}
	require.Equal(t, rectification.Rectifying, then(t, recorded(t, hazard.Major), five, call(finder, 0)).State)
}

func TestRounds(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	require.Equal(t, process.WrongState, code(t, h, hazard.Reinspect{Result: "pass", Opinion: "x", InspectorIDs: []string{second}}, call(finder, 1)), "nothing was handed in")
	require.Equal(t, process.InvalidInput, code(t, h, hazard.HandIn{Measures: "x"}, call(contact, 1)), "a hand-in needs evidence")
	h = then(t, h, handIn(), call(contact, 5))
	require.Equal(t, finder, h.Holder.ID)
	require.Equal(t, 10, call(finder, 5).Day().DaysUntil(h.DueOn), "ten days to re-inspect")
	require.Equal(t, clock.OnTime, h.Clocks[0].Verdict)
	fail := hazard.Reinspect{Result: "fail", Opinion: "不彻底", InspectorIDs: []string{second}, Requirement: "继续", DueOn: call(finder, 20).Day()}
	require.Equal(t, process.InvalidInput, code(t, h, hazard.Reinspect{Result: "fail", Opinion: "x", InspectorIDs: []string{second}}, call(finder, 6)), "the next round needs its requirement")
	h = then(t, h, fail, call(finder, 6))
	require.Equal(t, 2, h.Round)
	require.Equal(t, rectification.Fail, h.Rounds[0].Verdict)
	h = then(t, h, handIn(), call(contact, 25))
	require.Equal(t, clock.Late, h.Clocks[3].Verdict)
	h = then(t, h, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{second}}, call(finder, 26))
	require.True(t, h.Done)
	require.Equal(t, hazard.Passed, h.Result)
	require.Equal(t, process.Closed, code(t, h, notice(), call(finder, 27)))
}

func TestWhoHandsInDoesNotReinspect(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	h = then(t, h, hazard.HandIn{Measures: "代交", Attachments: []process.Evidence{{UploadID: "file"}}}, call(finder, 1))
	require.Equal(t, process.SamePerson, code(t, h, hazard.Reinspect{Result: "pass", Opinion: "x", InspectorIDs: []string{second}}, call(finder, 2)))
}

func TestOnTheSpot(t *testing.T) {
	t.Parallel()
	fixed := hazard.FixOnSpot{Note: "当场移走", Attachments: []process.Evidence{{UploadID: "file"}}}
	h := then(t, recorded(t, hazard.General), fixed, call(finder, 0))
	require.True(t, h.Done)
	require.Equal(t, process.After, h.Attachments[0].Phase)
	require.Equal(t, process.WrongState, code(t, recorded(t, hazard.Major), fixed, call(finder, 0)))
	require.Equal(t, process.WrongState, code(t, then(t, recorded(t, hazard.General), notice(), call(finder, 0)), fixed, call(finder, 1)))
}

func TestDeadlineChanges(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	for i := 1; i <= 2; i++ {
		h = then(t, h, hazard.ChangeDeadline{DueOn: call(finder, 10+i).Day(), Reason: "雨天"}, call(finder, i))
	}
	require.Len(t, h.Clocks, 2, "the notice's and the round's")
	require.Equal(t, call(finder, 12).Day(), h.DueOn)
	require.Len(t, h.Clocks[1].Extensions, 2, "every move stays in the ledger")
	l := h.Clocks[1].Ledger(clock.Calendar{})
	require.Equal(t, h.DueOn, l.DueOn)
	require.Equal(t, "雨天", l.Grants[1].Reason)
	require.Equal(t, process.WrongState, code(t, h, hazard.ChangeDeadline{DueOn: call(finder, 30).Day(), Reason: "x"}, call(finder, 3)), "at most twice")
}

func TestWithdrawAndReassign(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), hazard.On(casework.Assign{Role: "supervisor", UserID: second, Reason: "调岗"}), call(finder, 1))
	require.Equal(t, second, h.Holder.ID)
	require.Equal(t, process.InvalidInput, code(t, h, hazard.On(casework.Assign{Role: "supervisor", UserID: contact, Reason: "x"}), call(finder, 1)))
	h = then(t, h, hazard.Withdraw{Reason: "重复登记"}, call(finder, 2))
	require.Equal(t, hazard.Withdrawn, h.Result)
	then(t, h, hazard.On(casework.Comment{Text: "后来的说明"}), call(finder, 3))
}

func TestCopiesGoToColleaguesOnly(t *testing.T) {
	t.Parallel()
	h := recorded(t, hazard.General)
	d, err := hazard.On(casework.Comment{Text: "请留意", CopyTo: []string{second}}).Decide(h, call(finder, 1), env(t))
	require.NoError(t, err)
	require.Equal(t, process.Notice{Kind: process.NoticeCopied, ToKind: process.HeldByPerson, ToID: second}, d.Notices[0])
	require.Equal(t, process.InvalidInput, code(t, h, hazard.On(casework.Comment{Text: "x", CopyTo: []string{contact}}), call(finder, 1)))
	require.Equal(t, process.UnknownParty, code(t, h, hazard.On(casework.Comment{Text: "x", CopyTo: []string{"nobody"}}), call(finder, 1)))
}
