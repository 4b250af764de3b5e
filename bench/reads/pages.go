package reads

import (
	"net/url"
	"slices"
)

// page is an address that is measured.
type page struct {
	name string
	path string
	who  []string // nobody named: everybody
}

// pages are the addresses of every page and list. project, hazard and enterprise are what the single pages show.
func pages(project, hazard, number string) []page {
	q := url.QueryEscape
	inside := slices.DeleteFunc(Roles(), func(who string) bool { return who == "enterprise" }) // which of the zone's people have a case is nothing it sorts or narrows by
	return []page{
		{name: "my work", path: "/"}, {name: "work: claim", path: "/?tab=claim"}, {name: "work: done", path: "/?tab=done"}, {name: "work: copied", path: "/?tab=copied"},
		{name: "work: started", path: "/?tab=started"}, {name: "work: watched", path: "/?tab=watched"},
		{name: "board", path: "/projects"}, {name: "projects", path: "/projects?view=list"}, {name: "projects of a stage", path: "/projects?view=list&done=false&stage=lead"},
		{name: "projects by site", path: "/projects?view=list&done=false&site_mode=leased_plant"}, {name: "projects overdue", path: "/projects?view=list&overdue=true"},
		{name: "projects signed in a year", path: "/projects?view=list&signed=2026"}, {name: "projects in hand", path: "/projects?view=list&in_hand=2026"},
		{name: "projects with words", path: "/projects?view=list&q=" + q("织造")}, {name: "projects closed", path: "/projects?view=list&done=true"},
		{name: "hazards", path: "/hazards"}, {name: "hazards overdue", path: "/hazards?tab=overdue"}, {name: "hazards reported", path: "/hazards?tab=reported"},
		{name: "hazards major", path: "/hazards?tab=major"}, {name: "hazards closed", path: "/hazards?tab=closed"}, {name: "hazards with words", path: "/hazards?q=" + q("气瓶")},
		{name: "projects with words: everywhere", path: "/projects?view=list&q=" + q("有限公司")}, {name: "projects with words: an enterprise", path: "/projects?view=list&q=" + q("泗县莱卡织造0008有限公司")},
		{name: "projects with words: a person", path: "/projects?view=list&q=" + q("卞大海")}, {name: "hazards with words: one letter", path: "/hazards?q=x"},
		{name: "hazards with words: a letter's number", path: "/hazards?q=" + q("整改[2026]1号")}, {name: "hazards with words: nothing", path: "/hazards?q=" + q("不存在的词")},
		{name: "hazards of a year", path: "/hazards?found=2025"},
		{name: "funnel", path: "/funnel", who: inside},
		{name: "what may be on file: a name", path: "/find/projects?stage=lead&title=" + q("泗县莱卡织造0008有限公司项目"), who: []string{"biggest", "manager"}},
		{name: "what may be on file: a telephone", path: "/find/projects?stage=lead&phone=0557-7021234", who: []string{"biggest", "manager"}},
		{name: "what may be on file: an enterprise", path: "/find/projects?stage=lead&enterprise_id=" + named("enterprise", "0"), who: []string{"biggest", "manager"}},
		{name: "requests for more time", path: "/extensions"}, {name: "requests for a waiver", path: "/waivers"}, {name: "the plan of visits", path: "/visit-plan", who: []string{"supervisor", "leader"}}, {name: "what waits for an answer", path: "/tracks", who: inside}, {name: "what waits for a second person", path: "/requests", who: inside}, {name: "its one page", path: "/projects/" + project + "/brief"},
		{name: "works", path: "/progress"}, {name: "money", path: "/money?month=2026-10", who: inside}, {name: "money missing", path: "/money?month=2026-10&entered=false", who: inside}, {name: "its plan", path: "/projects/" + project + "/schedule", who: inside}, {name: "works in hand", path: "/progress?in_hand=2026"},
		{name: "projects by title", path: "/projects?view=list&sort=title"}, {name: "projects by sum, backwards", path: "/projects?view=list&sort=-investment"},
		{name: "projects by stage", path: "/projects?view=list&sort=stage"}, {name: "projects by day, backwards", path: "/projects?view=list&sort=-due_on"},
		{name: "projects by enterprise, overdue", path: "/projects?view=list&sort=enterprise_name&overdue=true"},
		{name: "projects of two stages, signed", path: "/projects?view=list&stage=lead&stage=signed&signed_on_from=2026-01-01&sort=-signed_on"},
		{name: "projects of a unit", path: "/projects?view=list&unit_id=" + named("unit", "section") + "&sort=holder_name", who: inside},
		{name: "projects of an enterprise", path: "/projects?view=list&enterprise_id=" + named("enterprise", "0") + "&sort=-holder_since"},
		{name: "hazards by title", path: "/hazards?sort=title"}, {name: "hazards by holder", path: "/hazards?sort=holder_name&columns=title,number,holder_name,found_on", who: inside},
		{name: "hazards by day found, backwards", path: "/hazards?sort=-found_on"}, {name: "hazards closed, by who answers", path: "/hazards?tab=closed&sort=manager_name", who: inside},
		{name: "hazards of an enterprise, by a column beside", path: "/hazards?tab=all&enterprise_id=" + named("enterprise", "0") + "&sort=-notice_number&columns=title,notice_number", who: inside},
		{name: "hazards found in days, beside sorts and narrows", path: "/hazards?tab=all&found_on_from=2025-01-01&found_on_to=2026-10-20&opinion_given=no&sort=requirement&columns=title,requirement", who: inside},
		{name: "hazards, among too many", path: "/hazards?tab=all&sort=requirement&columns=title,requirement", who: inside},
		{name: "hazards late and major", path: "/hazards?level=major&overdue=true&sort=enterprise_name"},
		{name: "hazards of somebody, found in days", path: "/hazards?manager_id=" + named("user", "biggest") + "&found_on_from=2026-01-01&found_on_to=2026-12-31&sort=-level", who: inside},
		{name: "plan tasks by title", path: "/plan-tasks?sort=title"}, {name: "API hazards by enterprise", path: "/api/v1/hazards?sort=enterprise_name&level=major&level=general"},
		{name: "search: broad", path: "/search?q=" + q("织造")}, {name: "search: narrow", path: "/search?q=" + q("织造项目123")}, {name: "search: number", path: "/search?q=" + number},
		{name: "search: a blank inside", path: "/search?q=" + q("织造 123")}, {name: "search: initials", path: "/search?q=lkzz"}, {name: "search: one character", path: "/search?q=" + q("织")},
		{name: "search: one letter", path: "/search?q=x"}, {name: "search: a part of numbers", path: "/search?q=2026"}, {name: "search: a letter's number", path: "/search?q=" + q("整改[2026]1号")},
		{name: "search: a surname", path: "/search?q=" + q("卞")}, {name: "search: a person", path: "/search?q=" + q("卞大海")}, {name: "search: everywhere", path: "/search?q=" + q("有限公司")},
		{name: "search: an enterprise", path: "/search?q=" + q("莱卡织造0008")}, {name: "search: a sign", path: "/search?q=" + q("%")},
		{name: "search: one digit", path: "/search?q=1"}, {name: "search: two letters", path: "/search?q=xm"}, {name: "search: two letters of a name", path: "/search?q=lk"},
		{name: "search: the year of letters", path: "/search?q=" + q("〔2026〕")}, {name: "search: the name of letters", path: "/search?q=" + q("量开安监")},
		{name: "search: two broad words", path: "/search?q=" + q("织造 项目")}, {name: "search: two single characters", path: "/search?q=" + q("织 气")}, {name: "search: people alike", path: "/search?q=" + q("项经理")},
		{name: "search: nothing", path: "/search?q=" + q("不存在的词")},
		{name: "forecast", path: "/forecast"}, {name: "enterprises", path: "/enterprises"}, {name: "enterprises with words", path: "/enterprises?q=" + q("莱卡")},
		{name: "an enterprise", path: "/enterprises/" + named("enterprise", "0")}, {name: "notices", path: "/notices"}, {name: "calendar", path: "/calendar"},
		{name: "account", path: "/account"}, {name: "reminders", path: "/account/reminders"}, {name: "deliveries", path: "/deliveries", who: []string{"administrator", "leader", "auditor"}},
		{name: "a project", path: "/projects/" + project}, {name: "its permits", path: "/projects/" + project + "/permits"}, {name: "API its permits", path: "/api/v1/projects/" + project + "/permits"},
		{name: "permits", path: "/permits"}, {name: "permits of a department", path: "/permits?stage=eia&stage=discharge_permit"}, {name: "permits by title", path: "/permits?sort=title"}, {name: "API permits by department", path: "/api/v1/permits-by-department"},
		{name: "permits done", path: "/permits?tab=closed"}, {name: "opinions", path: "/opinions"}, {name: "API opinions by department", path: "/api/v1/opinions-by-department"}, {name: "meetings", path: "/meetings"}, {name: "enrolments", path: "/enrolments"}, {name: "its deadline", path: "/projects/" + project + "/deadline"}, {name: "its verification", path: "/projects/" + project + "/verification"},
		{name: "a hazard", path: "/hazards/" + hazard}, {name: "its deadline", path: "/hazards/" + hazard + "/deadline"}, {name: "its verification", path: "/hazards/" + hazard + "/verification"},
		{name: "users", path: "/users", who: []string{"administrator"}}, {name: "operations", path: "/operations", who: []string{"administrator"}},
		{name: "units", path: "/registers/units", who: []string{"administrator"}}, {name: "register of enterprises", path: "/registers/enterprises", who: []string{"administrator"}},
		{name: "deeds", path: "/deeds", who: []string{"administrator"}},
		{name: "definitions", path: "/definitions", who: []string{"administrator"}}, {name: "channels", path: "/channels", who: []string{"administrator"}},
		{name: "API inbox", path: "/api/v1/inbox"}, {name: "API projects", path: "/api/v1/projects"}, {name: "API works", path: "/api/v1/progress"}, {name: "API hazards", path: "/api/v1/hazards"},
		{name: "API board", path: "/api/v1/board"}, {name: "API search", path: "/api/v1/search?q=" + q("织造")}, {name: "API notices", path: "/api/v1/notices"},
		{name: "API enterprises", path: "/api/v1/enterprises"}, {name: "API people", path: "/api/v1/people"}, {name: "API forecast", path: "/api/v1/forecast"}, {name: "API campaigns", path: "/api/v1/campaigns"},
		{name: "API history", path: "/api/v1/cases/" + project + "/history"},
	}
}
