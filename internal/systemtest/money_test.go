package systemtest

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/server/httpapi"
)

// TestMoneyAndPlan enters a project's money through the API, month by month and in two currencies, has what cannot be refused, corrects it, finds it in the register,
// and plans the project, whose target passes with time.
func TestMoneyAndPlan(t *testing.T) {
	w := timed(t)
	rows, _, err := w.store.Enterprises(t.Context(), process.Actor{Type: process.Import}, "莱卡织造", "", 1)
	require.NoError(t, err)
	id := w.do(t, "luzhiyuan", "/projects", object{"title": "资金项目", "enterprise_id": rows[0].ID, "entry_stage": "construction",
		"facts": object{"sector": "textile", "site_mode": "own_land", "investment": "260000000.00", "construction_started_on": "2024-09-02"}}).Standing.CaseID
	path := "/projects/" + id
	w.do(t, "luzhiyuan", path+"/record-money", object{"month": "2024-10", "sort": "done", "amount": "12000000.00", "attachments": w.evidence(t, "luzhiyuan")})
	w.do(t, "luzhiyuan", path+"/record-money", object{"month": "2024-10", "sort": "in_place", "origin": "foreign", "currency": "USD", "amount": "1000000", "rate": "7.1234", "rate_on": "2024-10-31",
		"rate_source": "中国外汇交易中心中间价", "attachments": w.evidence(t, "luzhiyuan")})
	for name, bad := range map[string]struct {
		input object
		says  string
	}{
		"twice":         {object{"month": "2024-10", "sort": "done", "amount": "1"}, "已经登记过"},
		"in the future": {object{"month": "2025-01", "sort": "done", "amount": "0"}, "以后的月份"},
		"元 for 万元":      {object{"month": "2024-09", "sort": "done", "amount": "26000000000.00", "attachments": w.evidence(t, "luzhiyuan")}, "单位对吗"},
		"no rate":       {object{"month": "2024-09", "sort": "done", "currency": "USD", "amount": "0"}, "当日汇率"},
		"no such money": {object{"month": "2024-09", "sort": "done", "currency": "XXX", "amount": "0"}, ""},
	} {
		refused := w.call(t, "luzhiyuan", http.MethodPost, path+"/record-money", bad.input)
		require.Equal(t, http.StatusUnprocessableEntity, refused.Status, name)
		require.Contains(t, string(refused.Body), bad.says, name)
	}
	w.do(t, "luzhiyuan", path+"/correct-money", object{"entry": "1", "amount": "13000000.00", "reason": "漏了一笔"})
	var shown project.Shown
	w.call(t, "luzhiyuan", http.MethodGet, path, nil).read(t, &shown)
	require.Equal(t, "13000000.00", shown.Funds.Done.Yuan.String())
	require.Equal(t, "12000000.00", shown.Money[0].Former[0].Amount.String(), "what was entered stays")
	require.Equal(t, "7123400.00", shown.Funds.InPlace.Yuan.String())
	require.Equal(t, "7.1234", shown.Funds.InPlace.Sums[0].Lowest.String())

	var list httpapi.MoneyList
	w.call(t, "shaojinghe", http.MethodGet, "/money?month=2024-10&entered=true&q="+url.QueryEscape("资金项目"), nil).read(t, &list)
	require.Len(t, list.Items, 1)
	require.Equal(t, []int{1, 0}, []int{list.Owing, list.Missing})
	w.call(t, "shaojinghe", http.MethodGet, "/money?month=2024-09&entered=false&q="+url.QueryEscape("资金项目"), nil).read(t, &list)
	require.Len(t, list.Items, 1, "September is missing")
	require.Equal(t, http.StatusForbidden, w.call(t, "laika", http.MethodGet, "/money", nil).Status)
	var outside project.Shown
	w.call(t, "laika", http.MethodGet, path, nil).read(t, &outside)
	require.Empty(t, outside.Money)

	w.do(t, "luzhiyuan", path+"/plan", object{"targets": []object{{"subject": "stage:construction", "on": "2024-11-22"}, {"subject": "stage:completed", "on": "2025-02-28"}}})
	for says, bad := range map[string]object{"改基准要写明原因": {"targets": []object{{"subject": "stage:construction", "on": "2024-12-20"}}},
		"早于前一阶段": {"targets": []object{{"subject": "stage:completed", "on": "2024-11-01"}}, "reason": "提前"}} {
		refused := w.call(t, "luzhiyuan", http.MethodPost, path+"/plan", bad)
		require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
		require.Contains(t, string(refused.Body), says)
	}
	var plan httpapi.Schedule
	w.call(t, "shaojinghe", http.MethodGet, path+"/schedule", nil).read(t, &plan)
	require.Equal(t, schedule.Open, plan.First.State)
	w.turnTo(t, w.today().AddDays(7).Start().Add(10*time.Hour))
	w.call(t, "shaojinghe", http.MethodGet, path+"/schedule", nil).read(t, &plan)
	require.Equal(t, schedule.Late, plan.First.State)
	require.Equal(t, schedule.Subject("stage:construction"), plan.First.Subject)
	require.Equal(t, http.StatusForbidden, w.call(t, "laika", http.MethodGet, path+"/schedule", nil).Status)
	require.Equal(t, http.StatusNotFound, w.call(t, "shaojinghe", http.MethodGet, path+"/schedule?baseline=9", nil).Status)

	w.do(t, "luzhiyuan", path+"/withdraw", object{"way": "left", "cause": "funds", "reason": "企业退出"})
	w.do(t, "luzhiyuan", path+"/record-money", object{"month": "2024-09", "sort": "done", "amount": "1000000.00", "attachments": w.evidence(t, "luzhiyuan")})
	w.do(t, "luzhiyuan", path+"/correct-money", object{"entry": "1", "amount": "12500000.00", "reason": "多报了"})
	w.call(t, "shaojinghe", http.MethodGet, "/money?month=2024-09&entered=false&q="+url.QueryEscape("资金项目"), nil).read(t, &list)
	require.Empty(t, list.Items, "a month that is owed can be entered after the project has ended")
	w.call(t, "luzhiyuan", http.MethodGet, path, nil).read(t, &shown)
	require.Equal(t, "13500000.00", shown.Funds.Done.Yuan.String())
	refused := w.call(t, "luzhiyuan", http.MethodPost, path+"/record-money", object{"month": "2024-08", "sort": "done", "amount": "0"})
	require.Contains(t, string(refused.Body), "在建期间")

	auditor := process.Actor{Type: process.Person, ID: userID(t, w, "shenji"), Roles: []process.Role{process.Auditor}}
	whole, err := w.store.Verify(t.Context(), auditor, id)
	require.NoError(t, err)
	require.Empty(t, whole.Findings)
}
