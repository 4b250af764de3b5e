package server_test

import (
	"bytes"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
)

// demo is the demo zone as it is at the first sign-in, behind its pages.
type demo struct {
	store    *store.Store
	handler  http.Handler
	auth     *auth.Auth
	ownerURL string
}

func newDemo(t *testing.T) *demo { return demoWith(t, func(*store.Store) client.Client { return nil }) }

// newRehearsed is the demo with an engine that carries nothing out.
func newRehearsed(t *testing.T) *demo {
	return demoWith(t, func(s *store.Store) client.Client { return newRehearsing(t, s) })
}

func demoWith(t *testing.T, engine func(*store.Store) client.Client) *demo {
	t.Helper()
	owner, app := cluster.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	quiet := slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), app, cal, quiet)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	began := time.Now()
	require.NoError(t, seed.Load(t.Context(), s, began))
	t.Logf("loaded in %s", time.Since(began).Round(10*time.Millisecond))
	files, err := blobs.Open(t.Context(), "file://"+t.TempDir(), 20<<20)
	require.NoError(t, err)
	clock, err := turn.New(t.Context(), s, quiet)
	require.NoError(t, err)
	served, err := server.New(server.Parts{Store: s, Blobs: files, Secret: bytes.Repeat([]byte("s"), 32), Now: clock.Now, Clock: clock, Log: quiet, Demo: seed.Accounts(), Client: engine(s)})
	require.NoError(t, err)
	d := &demo{store: s, auth: served.Auth, ownerURL: owner}
	d.handler, err = served.Handler()
	require.NoError(t, err)
	return d
}

// session signs a demo account in.
func (d *demo) session(t *testing.T, username string) string {
	t.Helper()
	session, err := d.auth.SignIn(t.Context(), auth.Attempt{Username: username, Password: auth.DemoPassword, Address: "127.0.0.1"})
	require.NoError(t, err)
	return session.Token
}

var tags = regexp.MustCompile(`(?s)<(script|style).*?</(script|style)>|<[^>]*>`) //nolint:gochecknoglobals // compiled once

// page is what a page says, without its tags.
func (d *demo) page(t *testing.T, session, path string) string {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	request.AddCookie(&http.Cookie{Name: "parkway_session", Value: session})
	request.Header.Set("Accept-Language", "zh")
	answer := httptest.NewRecorder()
	d.handler.ServeHTTP(answer, request)
	require.Equal(t, http.StatusOK, answer.Code, path)
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(answer.Body.String(), " "))), " ")
}

// TestEveryAccountFindsItsDay signs every demo account in for the first time and reads its first page.
func TestEveryAccountFindsItsDay(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	for username, expected := range map[string][]string{
		"shaojinghe":  {"已经逾期 6 项", "老旧雨污管网改造方案（虚构示例） 计划任务", "下达督办单", "配电柜接地线脱落 隐患", "约谈", "锦岳光伏科技", "陆致远 3 项", "县应急局 1 项", "梁以宁 1 项", "本周会到案头", "2024年11月20日（周三）", "到领导案头"},
		"luzhiyuan":   {"3 项已逾期", "1 项今天到期", "已逾期 3 项 雅木新材料项目", "今天到期 1 项 天粟纺织项目", "标准化厂房三期配套道路完工（虚构示例）", "本周到期 2 项", "我在等谁", "县住建局 卓越山智能装备租赁厂房"},
		"mengqinglan": {"油墨暂存间未设通风", "下达整改通知或当场销号", "重点企业安全生产标准化复评（虚构示例）", "安全出口被货架遮挡", "第 1 轮，复查", "我在等谁 3 项"},
		"qiye":        {"等我处理 1 项", "涂装区可燃气体报警器失灵", "整改并提交结果", "剩 4 个自然日"},
		"zhujianju":   {"待签收 6", "施工图联合审查提速方案（虚构示例）", "盈川家居项目", "卓越山智能装备租赁厂房"},
		"shenji":      {"上次来看以后的变化", "11月14日（周四） 17:00 以来", "演示样例（虚构）：提交了整改结果", "有发现的事项 41 项", "补录：晚于发生当天登记", "办结时没有佐证材料"},
		"baobao01":    {"我包保的企业 3 家", "逸安家居", "在办 2 项", "除尘系统未设泄爆装置", "泉为绿能二期", "包保企业年度大走访（虚构示例）"},
		"admin":       {"办不下去的事项", "最近发出的消息", "演示时钟"},
	} {
		text := d.page(t, d.session(t, username), "/")
		for _, words := range expected {
			require.Contains(t, text, words, "%s: %s", username, text)
		}
		require.NotContains(t, text, "都办完了", username)
		require.NotRegexp(t, `\[[a-z_]+\.[a-z_.]+\]`, text, "%s: every word is in the catalogue", username)
		require.Contains(t, text, "演示时间 2024年11月18日（周一） 09:", username)
		if username != "admin" {
			require.Contains(t, text, "虚构", username)
		}
	}
	require.Len(t, seed.Accounts(), 8, "each of them stands above")
}

// TestTheDemoIsAsTheReportSays: the year's figures are the report's and say what they leave out; what was on time carries no mark of a late entry,
// what is invented is marked, and the two weeks ahead are full.
func TestTheDemoIsAsTheReportSays(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	leader := d.session(t, "shaojinghe")
	hazards := d.page(t, leader, "/hazards?found=2024")
	require.Contains(t, hazards, "查出 41 起，已整改 40 起，整改率 97.6%")
	require.Contains(t, hazards, "另有 6 起演示样例不计入")
	forecast := d.page(t, leader, "/forecast")
	days := map[string]bool{}
	for _, day := range regexp.MustCompile(`(2024年1[12]月\d+日)（周.） \d+ 项`).FindAllStringSubmatch(forecast, -1) {
		days[day[1]] = true
	}
	require.GreaterOrEqual(t, len(days), 7, "most working days of the two weeks: %s", forecast)

	everything := process.Actor{Type: process.Import}
	projects, _, err := d.store.Projects(t.Context(), everything, store.Conditions{}, "", 100, seed.Begin())
	require.NoError(t, err)
	found, _, err := d.store.Hazards(t.Context(), everything, store.Conditions{}, "", 100, seed.Begin())
	require.NoError(t, err)
	require.Len(t, found, 47, "the report's and the examples")
	invented, err := d.store.Invented(t.Context())
	require.NoError(t, err)
	late := []string{}
	for _, h := range found {
		text := d.page(t, leader, "/hazards/"+h.ID)
		require.Contains(t, text, h.EnterpriseName+" 虚构", "no hazard is laid at the door of an enterprise that exists")
		if strings.Contains(text, "补录") {
			late = append(late, h.Title)
		}
	}
	require.Equal(t, []string{"消防水带接口锈蚀"}, late, "the one that was typed in two days later")
	for _, p := range projects {
		text := d.page(t, leader, "/projects/"+p.ID)
		require.Equal(t, invented[p.EnterpriseName], strings.Contains(text, p.EnterpriseName+" 虚构"), p.Title)
		require.NotContains(t, text, "补录", p.Title)
	}
	for _, p := range projects {
		if p.Stage == "land_supply" || p.Stage == "permitting" || p.Stage == "construction" {
			require.False(t, p.DueOn.IsZero(), "%s has a deadline", p.Title)
		}
		if p.OverdueSince != nil {
			require.True(t, invented[p.EnterpriseName], "%s is late, and exists", p.Title)
		}
	}
}

// TestTheDemoHasAPlan: the year's tasks stand in their list as open, late and done, each is marked as invented, and the enterprise is told nothing of them.
func TestTheDemoHasAPlan(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	leader := d.session(t, "shaojinghe")
	open, done := d.page(t, leader, "/plan-tasks"), d.page(t, leader, "/plan-tasks?tab=closed")
	require.Regexp(t, "老旧雨污管网改造方案（虚构示例） .*?在办 .*?梁以宁 .*?逾期 18 个自然日", open)
	require.Contains(t, open, "包保企业年度大走访（虚构示例）")
	require.Equal(t, 7, strings.Count(open, "（虚构示例）"))
	require.Contains(t, done, "危化品使用企业摸底（虚构示例）")
	require.Equal(t, 2, strings.Count(done, "（虚构示例）"))
	for path, want := range map[string]string{ // words are looked for in every state, unless a part of the list is asked for
		"/plan-tasks?q=" + url.QueryEscape("摸底"): "危化品使用企业摸底（虚构示例） .*?已办结", "/plan-tasks?tab=all&q=" + url.QueryEscape("摸底"): "危化品使用企业摸底（虚构示例）",
		"/plan-tasks?tab=closed&q=" + url.QueryEscape("摸底"): "危化品使用企业摸底（虚构示例）", "/plan-tasks?tab=open&q=" + url.QueryEscape("摸底"): "只在这一类里找了这些字。 在全部里找"} {
		page := d.page(t, leader, path)
		require.Regexp(t, want, page, path)
		require.Equal(t, !strings.Contains(path, "tab=open"), strings.Contains(page, "危化品使用企业摸底（虚构示例）"), path)
		require.Equal(t, !strings.Contains(path, "tab=open") && !strings.Contains(path, "tab=closed"), strings.Contains(page, "在办的和办结的都找了。"), path)
	}
	require.Contains(t, d.page(t, leader, "/forecast"), "施工图联合审查提速方案（虚构示例）")
	require.Contains(t, d.page(t, d.session(t, "mengqinglan"), "/"), "重点企业安全生产标准化复评（虚构示例） 有新情况 计划任务")
	firm := d.session(t, "qiye")
	for _, path := range []string{"/plan-tasks", "/plan-tasks?tab=closed", "/forecast", "/search?q=" + url.QueryEscape("摸底")} {
		require.NotContains(t, d.page(t, firm, path), "（虚构示例）", path)
	}
}

// TestTheDemosTimeIsNotTheSecuritys: whoever signs in to a zone that lives in 2024 has a session of today.
func TestTheDemosTimeIsNotTheSecuritys(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	d.session(t, "shenji")
	conn, err := pgx.Connect(t.Context(), d.ownerURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var made, ends time.Time
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT created_at, expires_at FROM sessions").Scan(&made, &ends))
	require.WithinDuration(t, time.Now(), made, time.Minute)
	require.True(t, ends.After(time.Now()))
	zone, err := d.store.ZoneTime(t.Context(), time.Now())
	require.NoError(t, err)
	require.WithinDuration(t, seed.Begin(), zone, time.Minute)
}
