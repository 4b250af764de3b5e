package server_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/web/i18n"
)

var (
	headOf    = regexp.MustCompile(`(?s)<div class="pw-head">(.*?)</div>`)                                         //nolint:gochecknoglobals // compiled once
	sentence  = regexp.MustCompile(`(?s)<p>(.*?)</p>`)                                                             //nolint:gochecknoglobals // compiled once
	led       = regexp.MustCompile(`href="(/[^"#]*)`)                                                              //nolint:gochecknoglobals // compiled once
	numbered  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|=[^&]*`)                                             //nolint:gochecknoglobals // compiled once
	elsewhere = regexp.MustCompile(`^/(language|api|ops|files|assets|sign)|format=|\.xlsx|sort=|draft=|/history$`) //nolint:gochecknoglobals // compiled once
)

// shown is what a page of the demo is, in a language, as its tags have it; "" for what is no page.
func (d *demo) shown(t *testing.T, session, language, path string) string {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	request.AddCookie(&http.Cookie{Name: "parkway_session", Value: session})
	request.AddCookie(&http.Cookie{Name: "parkway_language", Value: language})
	request.Header.Set("Accept-Language", language)
	answer := httptest.NewRecorder()
	d.handler.ServeHTTP(answer, request)
	if !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
		return ""
	}
	return answer.Body.String()
}

// TestTheHeadOfAPageSpeaksInSentences: what stands under the title of every page that an account of the demo is led to ends as a sentence does, in both languages.
// The line of a case's facts is no sentence and has a class that says so.
func TestTheHeadOfAPageSpeaksInSentences(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	heads := 0
	for _, account := range seed.Accounts() {
		session := d.session(t, account.Username)
		for _, language := range []string{"zh", "en"} {
			todo, like := []string{"/"}, map[string]bool{}
			for len(todo) > 0 {
				path := todo[0]
				if todo = todo[1:]; like[numbered.ReplaceAllString(path, "")] || elsewhere.MatchString(path) {
					continue
				}
				like[numbered.ReplaceAllString(path, "")] = true
				page := d.shown(t, session, language, path)
				for _, link := range led.FindAllStringSubmatch(page, -1) {
					todo = append(todo, html.UnescapeString(link[1]))
				}
				head := headOf.FindStringSubmatch(strings.ReplaceAll(page, `<div class="pw-head"><div>`, `<div class="pw-head">`))
				if head == nil {
					continue
				}
				for _, p := range sentence.FindAllStringSubmatch(head[1], -1) {
					if text := strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(p[1], ""))); text != "" {
						heads++
						require.Regexp(t, `[。！？.!?]$`, text, "%s %s %s", account.Username, language, path)
					}
				}
			}
		}
	}
	require.Greater(t, heads, 150)
}

// TestDeedsOnAccountsAreOfTheZonesTime: in a zone that lives in 2024 nothing that its pages list is of another year, whatever keeps its sessions.
func TestDeedsOnAccountsAreOfTheZonesTime(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	admin := d.session(t, "admin")
	identity, err := d.auth.BySession(t.Context(), admin)
	require.NoError(t, err)
	officer, err := d.auth.BySession(t.Context(), d.session(t, "baobao01"))
	require.NoError(t, err)
	require.NoError(t, d.auth.Disable(t.Context(), identity.Actor, officer.Actor.ID, true))
	deeds := d.page(t, admin, "/deeds")
	require.Contains(t, deeds, "何若川")
	require.Contains(t, deeds, "2024年11月18日（周一） 09:")
	require.NotRegexp(t, `202[5-9]年`, deeds)
	_, err = d.auth.CreateToken(t.Context(), identity, "看板", 30, true)
	require.NoError(t, err)
	require.Regexp(t, `2024年12月1[89]日`, d.page(t, admin, "/account"), "a token that ends in thirty days ends thirty days from the zone's today")
}

// TestASignInThatNobodyTriedIsNotRefused: the address alone says nothing of what somebody typed.
func TestASignInThatNobodyTriedIsNotRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	_, page := b.ask(t, http.MethodGet, "/sign-in?refused=true", "", "Accept-Language", "zh")
	require.NotContains(t, page, `role="alert"`)
	require.NotContains(t, page, "没有办成")
	_, page = b.ask(t, http.MethodGet, "/sign-in?refused=true", "", "Accept-Language", "zh", "Cookie", "parkway_tried=username%3Dlin")
	require.Contains(t, page, `role="alert"`)
}

// TestAListFilteredToNothingNamesItsConditions: each, in words, leads to the list without it; the other conditions, the part of the list and its order stay.
func TestAListFilteredToNothingNamesItsConditions(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.SafetySupervisor)) + "; parkway_language=zh"
	for at, wanted := range map[string]map[string]string{
		"/hazards?tab=overdue&level=major&level=general&q=没有的&found_on_from=2026-01-02&sort=-title": {
			"关键词 没有的": "", "等级 重大": "", "等级 一般": "", "发现日期 从 2026-01-02": ""},
		"/projects?view=list&stage=construction&overdue=true": {"阶段 开工建设": "", "只看逾期": ""},
		"/plan-tasks?tab=closed&state=done":                   {"状态 已办结": ""},
	} {
		answer, page := b.ask(t, http.MethodGet, at, "", "Cookie", cookie)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		taken := regexp.MustCompile(`<li><a class="pw-chip" href="([^"]+)" aria-label="去掉条件：([^"]+)"`).FindAllStringSubmatch(page, -1)
		require.Len(t, taken, len(wanted), "%s: %s", at, page)
		for _, one := range taken {
			require.Contains(t, wanted, one[2], at)
			without := html.UnescapeString(one[1])
			answer, again := b.ask(t, http.MethodGet, without, "", "Cookie", cookie)
			require.Equal(t, http.StatusOK, answer.StatusCode)
			left := regexp.MustCompile(`aria-label="去掉条件：([^"]+)"`).FindAllStringSubmatch(again, -1)
			require.Len(t, left, len(wanted)-1, without)
			for _, other := range left {
				require.NotEqual(t, one[2], other[1])
			}
			for _, stays := range []string{"tab=", "view=", "sort="} {
				require.Equal(t, strings.Contains(at, stays), strings.Contains(without, stays), without)
			}
		}
	}
}

// TestRegistersFilteredToNothingNameTheirConditions: enterprises, people and the other registers, and the record of messages, as the lists of cases.
func TestRegistersFilteredToNothingNameTheirConditions(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator)) + "; parkway_language=zh"
	units, err := b.Store.Units(t.Context())
	require.NoError(t, err)
	for at, wanted := range map[string][]string{
		"/enterprises?q=没有的&sort=-name":                                    {"关键词 没有的"},
		"/users?q=没有的&unit_id=" + units[0].ID + "&roles=leader&sort=-name": {"关键词 没有的", "科室或部门 " + units[0].Name, "角色 领导"},
		"/registers/units?q=没有的&kind=zone&print=all":                       {"关键词 没有的", "类别 园区科室"},
		"/deliveries?status=dead":                                          {"状态 没有送达"},
	} {
		_, page := b.ask(t, http.MethodGet, at, "", "Cookie", cookie)
		chips := regexp.MustCompile(`<li><a class="pw-chip" href="([^"]+)" aria-label="去掉条件：([^"]+)"`).FindAllStringSubmatch(page, -1)
		named := []string{}
		for _, one := range chips {
			named = append(named, one[2])
			without := html.UnescapeString(one[1])
			require.Equal(t, strings.Contains(at, "sort="), strings.Contains(without, "sort="), "the order stays")
			require.NotContains(t, without, "after=", "it begins at the first page")
			answer, again := b.ask(t, http.MethodGet, without, "", "Cookie", cookie)
			require.Equal(t, http.StatusOK, answer.StatusCode, without)
			require.NotContains(t, again, `aria-label="去掉条件：`+one[2], without)
		}
		require.ElementsMatch(t, wanted, named, at)
		whole := regexp.MustCompile(`</ul><a class="btn btn-plain" href="([^"]+)"`).FindStringSubmatch(page)
		require.NotNil(t, whole, at)
		require.NotContains(t, whole[1], "=没", at)
	}
}

// TestAnEmptyListOfCasesSaysWhatItIsFor: of a new zone the list of every kind says what it is for, and leads who may put the first one on file to its form; a part of
// it that has none leads to the whole.
func TestAnEmptyListOfCasesSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	empty := regexp.MustCompile(`(?s)<div class="pw-empty">.*?</div>`)
	words, err := i18n.Load()
	require.NoError(t, err)
	zh, opened := i18n.With(t.Context(), words.Speak("zh")), 0
	for _, kind := range kinds.All() {
		for _, role := range []process.Role{process.ProjectManager, process.SafetySupervisor, process.Leader} {
			actor := b.As(role)
			for _, at := range []string{"/" + kind.Path, "/" + kind.Path + "?view=list"} {
				_, page := b.ask(t, http.MethodGet, at, "", "Cookie", b.session(t, actor)+"; parkway_language=zh")
				said := empty.FindString(page)
				require.Contains(t, said, i18n.T(zh, "for."+string(kind.Kind)), at)
				form := `href="/` + kind.Path + "/" + string(kind.Opens.Verb()) + `"`
				may := kind.Opens != "" && access.May(actor, kind.Opens, access.Other)
				require.Equal(t, may, strings.Contains(said, form), "%s for a %s", at, role)
				if may {
					opened++
				}
			}
		}
		part := map[bool]string{true: "?view=list&done=true", false: "?tab=closed"}[kind.Kind == project.Kind]
		_, page := b.ask(t, http.MethodGet, "/"+kind.Path+part, "", "Cookie", b.session(t, b.As(process.Leader))+"; parkway_language=zh")
		require.Contains(t, empty.FindString(page), "还没有"+i18n.T(zh, string(kind.Kind)+".list"), "no part of it has any")
		require.NotContains(t, page, "看全部", kind.Path)
	}
	require.Greater(t, opened, 4)
	b.crowd(t, 3)
	_, page := b.ask(t, http.MethodGet, "/hazards?tab=closed", "", "Cookie", b.session(t, b.As(process.Leader))+"; parkway_language=zh")
	whole := regexp.MustCompile(`href="([^"]+)">看全部`).FindStringSubmatch(empty.FindString(page))
	require.NotNil(t, whole, "a part that has none while others have")
	_, page = b.ask(t, http.MethodGet, whole[1], "", "Cookie", b.session(t, b.As(process.Leader))+"; parkway_language=zh")
	require.Contains(t, page, "<table", whole[1])
}

// TestAListOfClosedCasesSaysWhoAndWhen stands in the place of who has them and until when, and the choice of columns is kept for the others.
func TestAListOfClosedCasesSaysWhoAndWhen(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	session := d.session(t, "mengqinglan")
	require.Contains(t, d.page(t, session, "/hazards?tab=closed"), "最近办结的在前")
	require.Contains(t, d.page(t, session, "/hazards"), "最急的在前")
	heads := func(path string) (names []string) {
		for _, th := range regexp.MustCompile(`(?s)<th scope="col"[^>]*>(.*?)</th>`).FindAllStringSubmatch(d.shown(t, session, "zh", path), -1) {
			names = append(names, strings.TrimSpace(tags.ReplaceAllString(th[1], "")))
		}
		return names
	}
	require.Equal(t, []string{"名称", "等级", "轮次", "状态", "现在谁手里", "期限"}, heads("/hazards"))
	require.Equal(t, []string{"名称", "等级", "轮次", "状态", "销号日期"}, heads("/hazards?tab=closed"))
	require.Regexp(t, "复查合格 10月9日（周三） 2024 年工作总结导入办结", d.page(t, session, "/hazards?tab=closed&sort=state"))
	require.Equal(t, []string{"名称", "状态", "办结日期"}, heads("/plan-tasks?tab=closed"))
	require.Contains(t, d.shown(t, session, "zh", "/hazards?tab=closed"), `name="columns" value="holder_name" checked`)
}
