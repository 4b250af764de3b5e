package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
	"github.com/parkway-zone/parkway/internal/stories"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server"
)

// later is when the stories' pages are looked at: what was due in the spring is overdue.
func later(s *server.Server) {
	s.App.Now = func() time.Time { return zonetest.Morning().AddDate(0, 2, 0) }
}

// put passes a command through the door, as an engine would.
func (b *bundle) put(t *testing.T, actor process.Actor, id string, name process.Name, input any) {
	t.Helper()
	text, err := json.Marshal(input)
	require.NoError(t, err)
	now := zonetest.Morning()
	_, err = b.Store.Apply(t.Context(), process.Order{CaseID: id, Command: name, Input: text,
		Call: process.Call{Key: uuid.NewString(), Actor: actor, OccurredAt: now, RecordedAt: now}})
	require.NoError(t, err)
}

// overdue puts a project and a hazard into the zone whose time has long passed.
func (b *bundle) overdue(t *testing.T) (projectID, hazardID string) {
	t.Helper()
	projectID, hazardID = uuid.NewString(), uuid.NewString()
	sector, mode, amount := "textile", project.OwnLand, project.Yuan(360_000_000_00)
	b.put(t, b.As(process.ProjectManager), projectID, project.OpenName, project.Open{Title: "莱卡织造年产五千吨高档面料", EnterpriseID: b.Enterprise, EntryStage: "lead",
		Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}})
	b.put(t, b.As(process.SafetySupervisor), hazardID, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "2# 车间东侧",
		Description: "疏散通道堆放周转箱，安全出口宽度不足", Level: hazard.General})
	b.put(t, b.As(process.SafetySupervisor), hazardID, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: clock.DateOf(zonetest.Morning()).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	return projectID, hazardID
}

// story is a page as one person sees it.
type story struct {
	name, path string
	status     int
}

// look draws the pages as the person sees them.
func (b *bundle) look(t *testing.T, who process.Actor, all ...story) {
	t.Helper()
	session := b.session(t, who)
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			answer, html := b.ask(t, http.MethodGet, s.path, "", "Cookie", session, "Accept-Language", "zh")
			require.Equal(t, s.status, answer.StatusCode, "%s: %s", s.path, html)
			stories.Keep(t, s.name, html)
		})
	}
}

// TestStoriesOfAnEmptyZone: what each page says when there is nothing yet.
func TestStoriesOfAnEmptyZone(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	for _, role := range process.Roles() {
		b.look(t, b.As(role), story{"work-empty-" + string(role), "/", 200})
	}
	b.look(t, b.As(process.Administrator), story{"projects-empty", "/projects?view=list", 200}, story{"board-empty", "/projects", 200}, story{"hazards-empty", "/hazards", 200},
		story{"notices-empty", "/notices", 200}, story{"forecast-empty", "/forecast", 200}, story{"enterprise-empty", "/enterprises/" + b.Enterprise, 200},
		story{"enterprises-none", "/enterprises?q=没有这样的企业", 200}, story{"deliveries-empty", "/deliveries", 200}, story{"operations-empty", "/operations", 200},
		story{"channels-empty", "/channels", 200}, story{"users", "/users", 200}, story{"definitions", "/definitions", 200}, story{"account", "/account", 200},
		story{"menu-administrator", "/menu", 200}, story{"search-begins-empty", "/search", 200}, story{"habits-empty", "/account/reminders", 200}, story{"calendar", "/calendar", 200}, story{"reference", "/api", 200})
}

// TestStoriesOfLateCases: what is overdue, as those who see it.
func TestStoriesOfLateCases(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, hazardID := b.overdue(t)
	for _, role := range process.Roles() {
		b.look(t, b.As(role), story{"work-overdue-" + string(role), "/", 200})
	}
	b.look(t, b.Second, story{"work-overdue-inspector", "/", 200})
	b.look(t, b.As(process.ProjectManager), story{"project-overdue", "/projects/" + projectID, 200}, story{"project-deadline-overdue", "/projects/" + projectID + "/deadline", 200},
		story{"record-what", "/record", 200}, story{"menu-manager", "/menu", 200}, story{"projects-conditions", "/projects?view=list&q=莱卡&site_mode=own_land", 200}, story{"project-verification", "/projects/" + projectID + "/verification", 200}, story{"projects-overdue", "/projects?view=list", 200}, story{"board-overdue", "/projects", 200},
		story{"project-form", "/projects/" + projectID + "/comment", 200}, story{"enterprise-overdue", "/enterprises/" + b.Enterprise, 200})
	b.look(t, b.As(process.SafetySupervisor), story{"hazard-overdue", "/hazards/" + hazardID, 200}, story{"hazard-deadline-overdue", "/hazards/" + hazardID + "/deadline", 200},
		story{"hazards-overdue", "/hazards?tab=overdue", 200}, story{"hazard-verification", "/hazards/" + hazardID + "/verification", 200})
	b.look(t, b.Contact, story{"hazard-overdue-enterprise", "/hazards/" + hazardID, 200}, story{"hazard-hand-in-form", "/hazards/" + hazardID + "/hand_in", 200}, story{"notices-overdue", "/notices", 200})
	b.look(t, b.As(process.Auditor), story{"project-overdue-auditor", "/projects/" + projectID, 200})
}

// TestStoriesOfBuildings: a project that is being built, as those who see it; how its steps are recorded; what the report says of it.
func TestStoriesOfBuildings(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	id, manager := uuid.NewString(), b.As(process.ProjectManager)
	sector, mode, area := "textile", project.OwnLand, project.Decimal(4200_50)
	b.put(t, manager, id, project.OpenName, project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: "construction", Facts: project.Given{Sector: &sector, SiteMode: &mode}})
	b.look(t, manager, story{"project-unbuilt-empty", "/projects/" + id, 200}, story{"works-empty", "/progress?stage=lead", 200}, story{"buildings-form", "/projects/" + id + "/add_buildings", 200})
	b.put(t, manager, id, project.AddBuildingsName, project.AddBuildings{Codes: "1#-12#", Structure: "frame", Area: &area, Use: "厂房"})
	photo := []process.Evidence{{UploadID: b.Upload(t.Context(), t, manager)}}
	for _, r := range []project.RecordProgress{
		{Steps: []string{"utilities"}, State: "done", Note: "临时用电 315 kVA"}, {Steps: []string{"spoil", "levelling"}, State: "preparing"}, {Buildings: []works.Span{"1#"}, Steps: []string{"structure", "built"}, State: "done"},
		{Buildings: []works.Span{"1#"}, Steps: []string{"facade"}}, {Buildings: []works.Span{"2#-6#"}, Steps: []string{"doors", "fire", "services"}, Attachments: photo}, {Buildings: []works.Span{"7#", "9#"}, Steps: []string{"walls"}, Note: "从东侧开始"},
	} {
		b.put(t, manager, id, project.RecordProgressName, r)
	}
	b.look(t, manager, story{"project-building", "/projects/" + id, 200}, story{"works", "/progress", 200}, story{"progress-form", "/projects/" + id + "/record_progress", 200},
		story{"take-back-form", "/projects/" + id + "/take_back_progress", 200}, story{"correct-buildings-form", "/projects/" + id + "/correct_buildings", 200}, story{"remove-buildings-form", "/projects/" + id + "/remove_buildings", 200})
	b.look(t, b.Contact, story{"project-building-enterprise", "/projects/" + id, 200})
	session := b.session(t, manager)
	_, page := b.ask(t, http.MethodGet, "/progress", "", "Cookie", session, "Accept-Language", "zh")
	require.Contains(t, page, "莱卡织造，准备运输渣土，平整土地，1#厂房已建成正在进行外立面粉刷，2#-6#厂房正在安装门窗、消防设施和水电暖通，7#9#正在进行砌墙")
	_, page = b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", b.session(t, b.Contact), "Accept-Language", "zh")
	require.Contains(t, page, "正在安装门窗、消防设施和水电暖通")
	require.NotContains(t, page, "从东侧开始", "the words with which it was recorded are the zone's own")
	require.NotContains(t, page, "315 kVA")
}

// TestStoriesOfWhatIsForbidden: what somebody is told whose business it is not.
func TestStoriesOfWhatIsForbidden(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, hazardID := b.overdue(t)
	b.look(t, b.RivalOne, story{"hazard-forbidden", "/hazards/" + hazardID, 404}, story{"project-forbidden", "/projects/" + projectID, 404}, story{"deadline-forbidden", "/hazards/" + hazardID + "/deadline", 404})
	b.look(t, b.As(process.Department), story{"operations-forbidden", "/operations", 403}, story{"users-forbidden", "/users", 403}, story{"channels-forbidden", "/channels", 403},
		story{"definitions-forbidden", "/definitions", 403})
}

// TestStoriesOfErrors: what somebody is told whose input is wrong, or whose page is not there, or when the program itself has a fault.
func TestStoriesOfErrors(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, _ := b.overdue(t)
	manager, supervisor := b.session(t, b.As(process.ProjectManager)), b.session(t, b.As(process.SafetySupervisor))
	for _, s := range []struct {
		name, session, path string
		form                url.Values
		status              int
	}{
		{"record-error", supervisor, "/hazards/record", url.Values{"_key": {"k1"}, "enterprise_id": {b.Enterprise}, "occurred_on": {"gestern"}}, 200},
		{"open-error", manager, "/projects/open", url.Values{"_key": {"k2"}, "title": {""}, "facts.investment": {"viel"}}, 200},
		{"fault-error", manager, "/projects/" + projectID + "/comment", url.Values{"_key": {"k4"}, "text": {"引擎不在的时候"}}, 500},
		{"signin-wrong-error", "", "/sign-in", url.Values{"username": {"nobody"}, "password": {"wrong"}}, 200},
	} {
		t.Run(s.name, func(t *testing.T) {
			answer, html := b.ask(t, http.MethodPost, s.path, s.form.Encode(), "Cookie", s.session, "Accept-Language", "zh")
			if answer.StatusCode == http.StatusSeeOther { // a refused form has a page of its own
				cookies := s.session
				for _, set := range answer.Cookies() { // as a browser does
					cookies += "; " + set.Name + "=" + set.Value
				}
				answer, html = b.ask(t, http.MethodGet, answer.Header.Get("Location"), "", "Cookie", strings.TrimPrefix(cookies, "; "), "Accept-Language", "zh")
				require.Contains(t, html, `role="alert"`)
			}
			require.Equal(t, s.status, answer.StatusCode, html)
			stories.Keep(t, s.name, html)
		})
	}
	b.look(t, b.As(process.ProjectManager), story{"missing-error", "/projects/" + uuid.NewString(), 404}, story{"nowhere-error", "/nowhere", 404}, story{"search-long-error", "/search?q=" + strings.Repeat("x", 101), 200})
}
