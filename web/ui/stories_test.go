package ui_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/stories"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// frame is the page around a story.
func frame(t *testing.T, title string) ui.Chrome {
	t.Helper()
	assets, err := web.Load()
	require.NoError(t, err)
	return ui.Chrome{Title: title, Zone: "测试经济开发区", Today: clock.DateOf(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)), Asset: assets.URL,
		Actor: process.Actor{Type: process.Person, ID: "me", Name: "卢致远", Roles: []process.Role{process.ProjectManager}}, Crumbs: []ui.Link{{Text: title}}}
}

// row is a list of parts, one below the other.
func row(parts ...templ.Component) templ.Component {
	lines := make([]templ.Component, 0, 3*len(parts))
	for _, part := range parts {
		lines = append(lines, templ.Raw(`<div class="pw-body">`), part, templ.Raw(`</div>`))
	}
	return templ.Join(lines...)
}

// TestStories draws the parts of the pages in the states that a page of real data rarely shows side by side.
func TestStories(t *testing.T) {
	t.Parallel()
	c := frame(t, "零件")
	today := c.Today
	page := func(parts ...templ.Component) templ.Component {
		heading := ui.Head(c.Title, nil)
		return withChildren(ui.Page(c), templ.Join(heading, templ.Raw(`<section class="pw-panel">`), row(parts...), templ.Raw(`</section>`)))
	}
	since := today.AddDays(-12).Start()
	person := &process.Holder{Kind: process.HeldByPerson, ID: "somebody", Name: "孟青岚", Since: since}
	wrong := ui.Form{Title: "记录隐患", Lead: "企业会收到通知。", Action: "/hazards/record", Back: "/hazards", Submit: "记录", Key: "key",
		Problem: &ui.Trouble{Title: "还不能提交", Lines: []string{"有两项没有填对。"}, Action: &ui.Link{Text: "查看要求", URL: "/hazards"}},
		Fields: []ui.Field{{Name: "location", Label: "部位", Kind: "text", Required: true, Wrong: "请填写部位。"}, {Name: "description", Label: "问题", Kind: "textarea", Value: "堆放周转箱", Hint: "看到了什么"},
			{Name: "due_on", Label: "期限", Kind: "date", Value: "2026-11-20", Wrong: "期限不能早于今天。"}, {Name: "level", Label: "等级", Kind: "radio", Options: []ui.Option{{Value: "general", Text: "一般"}, {Value: "major", Text: "重大"}}},
			{Name: "agree", Label: "已告知企业", Kind: "checkbox"}, {Name: "files", Label: "照片", Kind: "files"}}}
	plain := wrong
	plain.Problem, plain.Fields = nil, []ui.Field{{Name: "location", Label: "部位", Kind: "text", Required: true}}
	for name, story := range map[string]templ.Component{
		"part-due-overdue": page(ui.Due(ui.DueDay{Day: today.AddDays(-742), URL: "/hazards"}, today), ui.Due(ui.DueDay{Day: today.AddDays(-1)}, today),
			ui.Due(ui.DueDay{Day: today}, today), ui.Due(ui.DueDay{Day: today.AddDays(5), Target: today.AddDays(-2)}, today)),
		"part-due-empty":     page(ui.Due(ui.DueDay{}, today), ui.Due(ui.DueDay{Day: today.AddDays(40), Provisional: true}, today), ui.Due(ui.DueDay{Day: today.AddDays(3), Suspended: true}, today)),
		"part-holder":        page(ui.HeldBy(nil, c.Actor, today), ui.HeldBy(person, c.Actor, today), ui.HeldBy(&process.Holder{Kind: process.HeldByPerson, ID: "me", Name: "卢致远", Since: since}, c.Actor, today)),
		"part-status":        page(ui.Status("late", "已逾期"), ui.Status("warn", "快到期"), ui.Status("done", "已销号"), ui.Status("fail", "没有送达")),
		"part-empty":         page(ui.Empty("inbox", "都办完了", "现在没有等您处理的事。", &ui.Link{Text: "看看日程", URL: "/forecast"}), ui.Empty("search", "没有找到", "换个词试试。", nil)),
		"part-pager":         page(ui.Pager(ui.Pages{Count: "共 0 个", Next: ""}), ui.Pager(ui.Pages{Count: "共 1234 个", Next: "/projects?after=x"})),
		"part-refusal-error": page(ui.Refusal(ui.Trouble{Title: "还不能进入下一阶段", Lines: []string{"缺施工许可证。", "还有一处重大隐患没有销号。"}, Action: &ui.Link{Text: "去补齐", URL: "/projects"}})),
		"form-error":         ui.FormPage(c, wrong),
		"form-empty":         ui.FormPage(c, plain),
		"signin-error":       ui.SignInPage(c, ui.SignIn{Username: "luzhiyuan", Trouble: "账号或密码不对。"}),
		"page-error":         ui.ErrorPage(c, "warn", "出了点问题", []string{"已经记下，请稍后再试。"}, "ABC-DEFG", nil),
		"page-forbidden":     ui.ErrorPage(c, "lock", "这不归您看", []string{"只有管理员可以看这一页。"}, "", nil),
		"search-error":       ui.SearchPage(c, "园", store.Finding{}, "请至少输入两个字。", ui.Pages{}),
		"search-empty":       ui.SearchPage(c, "没有这样的事", store.Finding{}, "", ui.Pages{}),
		"clock-error":        ui.ClockPage(c, today.Start(), nil, "时间只能往前拨。"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			catalogue, err := i18n.Load()
			require.NoError(t, err)
			var html strings.Builder
			require.NoError(t, story.Render(i18n.With(t.Context(), catalogue.Speak("zh")), &html))
			stories.Keep(t, name, html.String())
		})
	}
}

// withChildren puts children into a component that takes some.
func withChildren(outer, children templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, children), w)
	})
}
