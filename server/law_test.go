package server_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
)

// putAt passes a command through the door some days after the test's morning.
func (b *bundle) putAt(t *testing.T, actor process.Actor, id string, name process.Name, input any, at time.Time) process.Outcome {
	t.Helper()
	text, err := json.Marshal(input)
	require.NoError(t, err)
	outcome, err := b.Store.Apply(t.Context(), process.Order{CaseID: id, Command: name, Input: text, Call: process.Call{Key: uuid.NewString(), Actor: actor, OccurredAt: at, RecordedAt: at}})
	require.NoError(t, err)
	return outcome
}

// listedHazard is a major hazard that a department has listed and that stands still in part: its first week passed without progress, and its day has passed too.
func (b *bundle) listedHazard(t *testing.T) string {
	t.Helper()
	id, supervisor, start := uuid.NewString(), b.As(process.SafetySupervisor), zonetest.Morning()
	paper := func(who process.Actor) []process.Evidence {
		return []process.Evidence{{UploadID: b.Upload(t.Context(), t, who)}}
	}
	b.putAt(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "罐区", Description: "可燃气体报警器失效，罐区没有切断阀", Level: hazard.Major, Clause: "部令10号 第4条第2项", Attachments: paper(supervisor)}, start)
	b.putAt(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "恢复报警和切断", DueOn: clock.DateOf(start).AddDays(30), InspectorIDs: []string{b.Second.ID}, Points: "更换探头\n加装切断阀", Present: "县消防救援大队 王某"}, start)
	b.putAt(t, b.Contact, id, hazard.FilePlanName, hazard.FilePlan{Plan: hazard.Plan{Responsible: "厂长李某", Measures: "更换探头、加装切断阀", Funds: "30 万元，已列支", TimeLimit: "一个月", Contingency: "停用罐区，专人值守"}}, start.AddDate(0, 0, 1))
	b.putAt(t, supervisor, id, hazard.ListMajorName, hazard.ListMajor{UnitID: b.Bureau, Document: "泗安委督〔2026〕2号"}, start.AddDate(0, 0, 2))
	b.putAt(t, supervisor, id, hazard.OrderStopName, hazard.OrderStop{Scope: hazard.Partial, What: "罐区及装卸台", Body: "泗县应急管理局", Document: "（泗）应急现决〔2026〕3号", Reason: "无法保证安全"}, start.AddDate(0, 0, 2))
	for {
		s, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		if s.NextWake.After(start.AddDate(0, 0, 9)) {
			break
		}
		b.putAt(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), struct{}{}, *s.NextWake)
	}
	b.putAt(t, b.Contact, id, hazard.TellProgressName, hazard.TellProgress{Done: "探头已更换，切断阀下周到货。", Spent: "8 万元"}, start.AddDate(0, 0, 10))
	for {
		s, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		if s.NextWake.After(start.AddDate(0, 0, 40)) {
			return id
		}
		b.putAt(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), struct{}{}, *s.NextWake)
	}
}

// TestStoriesOfAMajorHazard as those who see it: who listed it, what stands still, which weeks are missing; and how it stands beside being late: on its page, in the
// list and over the API neither hides the other.
func TestStoriesOfAMajorHazard(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	id := b.listedHazard(t)
	supervisor := b.As(process.SafetySupervisor)
	b.look(t, supervisor, story{"hazard-listed", "/hazards/" + id, 200}, story{"hazard-reinspect-form", "/hazards/" + id + "/reinspect", 200}, story{"hazard-stop-form", "/hazards/" + id + "/order_stop", 200})
	b.look(t, b.Contact, story{"hazard-listed-enterprise", "/hazards/" + id, 200}, story{"hazard-progress-form", "/hazards/" + id + "/tell_progress", 200})
	b.look(t, b.As(process.Department), story{"hazard-listed-department", "/hazards/" + id, 200}, story{"hazard-clear-form", "/hazards/" + id + "/clear", 200})
	b.look(t, b.As(process.Leader), story{"hazard-listed-leader", "/hazards/" + id, 200}, story{"hazards-late-and-major", "/hazards?tab=overdue", 200})
	b.look(t, b.As(process.Administrator), story{"levels-form", "/registers/levels/new", 200}, story{"zone-form", "/registers/zone/" + b.Park.ID, 200})
	session := b.session(t, supervisor)
	_, page := b.ask(t, http.MethodGet, "/hazards/"+id, "", "Cookie", session, "Accept-Language", "zh")
	for _, part := range []string{"挂牌，泗安委督〔2026〕2号", "园区不能自己销号", "局部停产停用", "罐区及装卸台", "缺报：", "已投入 8 万元", "更换探头", "县消防救援大队 王某", "限期整改意见书", "厂长李某"} {
		require.Contains(t, page, part)
	}
	_, list := b.ask(t, http.MethodGet, "/hazards?tab=overdue", "", "Cookie", session, "Accept-Language", "zh")
	for _, html := range []string{page, list} {
		require.Contains(t, html, "整改中", "where it stands")
		require.Regexp(t, "逾期", html, "beside being late")
	}
	row := b.operator(t, supervisor).do(t, 200, "GET", "/hazards?overdue=true", nil)["items"].([]any)[0].(object)
	require.Equal(t, []any{"rectifying", true}, []any{row["state"], row["overdue"]})
	one := b.operator(t, supervisor).do(t, 200, "GET", "/hazards/"+id, nil)
	require.Equal(t, []any{"rectifying", false}, []any{one["state"], one["overdue_since"] == nil})
}
