package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// brought carries out a command of data that is brought over.
func (b *bundle) brought(t *testing.T, id string, name process.Name, input any) {
	t.Helper()
	text, err := json.Marshal(input)
	require.NoError(t, err)
	now := time.Now()
	_, err = b.Store.Apply(t.Context(), process.Order{CaseID: id, Command: name, Input: text,
		Call: process.Call{Key: uuid.NewString(), Actor: process.Actor{Type: process.Import, Name: "导入"}, OccurredAt: now, RecordedAt: now}})
	require.NoError(t, err)
}

// inOrder asks that a page says one thing after the other.
func inOrder(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		at := strings.Index(page, part)
		require.GreaterOrEqual(t, at, 0, "%s, after what stands before it", part)
		page = page[at:]
	}
}

// TestTheRegisterOfMoney: page and workbook say which month is entered and which is missing, each currency apart; in the workbook amounts and rates are numbers. An
// enterprise sees neither the register nor the plan, nor the ways to them.
func TestTheRegisterOfMoney(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id := b.openAt(t, "construction")
	started, amount, rate := clock.NewDate(2025, 11, 3), project.Yuan(500_000_000_00), funds.Rate(7_123400)
	b.apply(t, process.Leader, id, project.EditName, project.Edit{Facts: project.Given{ConstructionStartedOn: &started, Investment: &amount}, Reason: "补录", AllTheSame: "立项时只填了一个数"})
	b.brought(t, id, project.RecordMoneyName, project.RecordMoney{Month: "2026-01", Sort: funds.Done, MoneyGiven: project.MoneyGiven{Amount: 12_345_678_90}})
	b.brought(t, id, project.RecordMoneyName, project.RecordMoney{Month: "2026-01", Sort: funds.Done, Origin: funds.Foreign, Currency: "USD",
		MoneyGiven: project.MoneyGiven{Amount: 1_000_000_00, Rate: &rate, RateOn: clock.NewDate(2026, 1, 5), RateSource: "中间价"}})
	b.brought(t, id, project.PlanName, project.Plan{Targets: []schedule.Target{{Subject: "stage:construction", On: clock.NewDate(2025, 12, 1)}, {Subject: "stage:completed", On: clock.NewDate(2027, 12, 1)}}})

	session := b.session(t, b.As(process.Leader)) + "; parkway_language=zh"
	_, page := b.ask(t, http.MethodGet, "/money?month=2026-01", "", "Cookie", session)
	require.Contains(t, page, "应报 1 个项目，已登记 1 个，缺 0 个")
	for _, part := range []string{">1,234.56789<", "100 万美元", "缺", "金额单位：万元"} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, page, "1,946.9", "no sum mixes currencies")
	inOrder(t, page, ">项目", ">累计完成投资<", "年完成投资<", ">2026年1月<", ">2025年12月<", ">2025年8月<")
	require.NotContains(t, page, "清除筛选")
	_, page = b.ask(t, http.MethodGet, "/money?month=2026-01&q=zzzz", "", "Cookie", session)
	require.Contains(t, page, "应报 1 个项目，已登记 1 个，缺 0 个", "of all of them, whichever are looked for")
	require.Contains(t, page, `href="/money?month=2026-01" aria-label="去掉条件：关键词 zzzz"`, "what narrows is taken away one by one, and the month stays")
	require.Contains(t, page, "清除筛选")
	_, page = b.ask(t, http.MethodGet, "/money?month=2025年12月&entered=false", "", "Cookie", session)
	require.Contains(t, page, "缺 1 个")
	require.Contains(t, page, `aria-label="去掉条件：登记情况 缺"`, "beside what is listed too")
	response, page := b.ask(t, http.MethodGet, "/money?month=12月", "", "Cookie", session)
	require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode)
	require.Contains(t, page, "请连年份写成")

	book := b.sheetOf(t, session, "/money?month=2026-01&format=xlsx")
	rows := cells(t, book)
	require.Len(t, rows, 1+2+2, "two months are missing, two amounts are entered")
	for name, want := range map[string]string{"金额（本币，元）": "12345678.9", "按当日汇率折合人民币（元）": "12345678.9", "月份": "2026-01"} {
		at := slices.Index(rows[0], name)
		require.Equal(t, want, rows[3][at])
		cell, err := excelize.CoordinatesToCellName(at+1, 4)
		require.NoError(t, err)
		kind, err := book.GetCellType("Sheet1", cell)
		require.NoError(t, err)
		require.Equal(t, name != "月份", kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber, name)
	}
	require.Equal(t, []string{"USD", "1000000", "7.1234"}, []string{rows[4][7], rows[4][8], rows[4][9]})

	_, page = b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", session)
	for _, part := range []string{"2026年1月 至 2026年1月", "汇率 7.1234", "约定总投资"} {
		require.Contains(t, page, part, "every figure says of which months it is, and a converted one its rates")
	}
	_, page = b.ask(t, http.MethodGet, "/projects/"+id+"/schedule", "", "Cookie", session)
	for _, part := range []string{`role="img"`, `aria-label="图例"`, "已晚于计划", "1 项晚于计划，最早的是开工建设阶段", "个工作日", "历次基准", "还剩"} {
		require.Contains(t, page, part)
	}
	for _, path := range []string{"/money", "/projects/" + id + "/schedule"} {
		response, _ = b.ask(t, http.MethodGet, path, "", "Cookie", b.session(t, b.Contact))
		require.Equal(t, http.StatusForbidden, response.StatusCode, path)
	}
	_, page = b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", b.session(t, b.Contact)+"; parkway_language=zh")
	require.NotContains(t, page, "/schedule")
	require.NotContains(t, page, "美元")
}
