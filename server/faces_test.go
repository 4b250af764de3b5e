package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/server/site"
	"github.com/parkway-zone/parkway/turn"
)

// pages says of every address of the pages which operations do the same. Those of the kinds are added from the registry.
func pages() map[string][]string {
	can := map[string][]string{
		"GET /":                            {"getWork", "getInbox"},
		"GET /account":                     {"getMe", "listTokens"},
		"POST /account/password":           {"changePassword"},
		"POST /account/tokens":             {"createToken"},
		"POST /account/tokens/{}/revoke":   {"revokeToken"},
		"GET /account/reminders":           {"getReminders", "listAbsences", "listDeputies"},
		"POST /account/reminders":          {"setReminders"},
		"POST /account/absences":           {"addAbsence"},
		"POST /account/absences/{}/end":    {"endAbsence"},
		"POST /bulk":                       {"handOver"},
		"POST /watch/{}":                   {"watchCase"},
		"POST /filters":                    {"saveFilter"},
		"POST /lists/{}/columns":           {"chooseListColumns"},
		"POST /filters/{}/drop":            {"dropFilter"},
		"GET /forecast":                    {"getForecast"},
		"GET /calendar":                    {"getCalendar", "listCalendarVersions"},
		"GET /calendar/preview":            {"previewCalendar"},
		"POST /calendar/preview":           {"previewCalendar"},
		"POST /calendar/apply":             {"changeCalendar"},
		"GET /operations":                  {"getOperations", "getPassedOver"},
		"GET /definitions":                 {"listDefinitions"},
		"POST /definitions":                {"adoptDefinition"},
		"GET /search":                      {"search"},
		"GET /notices":                     {"getNotices", "readNotices"},
		"POST /notices/{}/ack":             {"acknowledgeNotice"},
		"GET /channels":                    {"listChannels"},
		"POST /channels":                   {"addChannel"},
		"POST /channels/{}":                {"disableChannel", "testChannel"},
		"POST /channels/{}/edit":           {"changeChannel"},
		"GET /deliveries":                  {"listDeliveries"},
		"POST /deliveries/{}/resend":       {"resendDelivery"},
		"GET /files/{}/{}/{}":              {"getAttachment"},
		"GET /files/{}/{}/{}/{}":           {"getPreview"},
		"GET /files/{}/{}/{}/view":         {"listPictures"},
		"GET /letters":                     {"listLetters"},
		"GET /letters/{}/{}":               {"getLetterFile"},
		"GET /letters/{}/{}/file":          {"getLetterFile"},
		"GET /letter-settings":             {"listLetterSettings"},
		"GET /letter-settings/{}":          {"listLetterSettings"},
		"POST /letter-settings/{}":         {"setLetter"},
		"GET /letter-settings/{}/template": {"getLetterTemplate"},
		"GET /enterprises":                 {"listEnterprises"},
		"POST /enterprises":                {"addEnterprise"},
		"GET /enterprises/{}":              {"getEnterprise", "getCare"},
		"POST /enterprises/{}":             {"setCare"},
		"GET /find/enterprises":            {"listEnterprises"},
		"GET /find/people":                 {"listPeople"},
		"GET /find/projects":               {"getAlike"},
		"GET /find/parties":                {"listPeople", "listEnterprises"},
		"GET /users":                       {"listUsers", "people.list"},
		"POST /users/{}/{}":                {"resetPassword", "disableUser", "enableUser", "endService"},
		"POST /enterprises/{}/merge":       {"mergeEnterprises"},
		"GET /deeds":                       {"listDeeds"},
		"POST /registers/{}":               {"createUser"},
		"POST /registers/{}/{}":            {"setHead"},
		"GET /campaigns/{}":                {"getCampaign"},
		"GET /visit-plan":                  {"getVisitPlan", "listProposedStatuses"},
		"GET /find/visits":                 {"getEnterpriseVisits"},
		"GET /progress":                    {"listProgress"},
		"GET /funnel":                      {"getFunnel"},
		"GET /money":                       {"listMoney"},
		"GET /projects/{}/schedule":        {"getSchedule"},
		"GET /projects/{}/brief":           {"getProject", "getProjectPermits", "getSchedule"},
		"GET /projects/{}/seals/{}":        {"getSeal"},
		"GET /projects/{}/permits":         {"getProjectPermits", "getCatalogue"},
		"GET /field":                       {"getFieldKit"},
	}
	for _, r := range register.All() {
		name := string(r.Name)
		can["GET /registers/{}"] = append(can["GET /registers/{}"], name+".list")
		can["GET /registers/{}/{}"] = append(can["GET /registers/{}/{}"], name+".get")
		can["POST /registers/{}/{}"] = append(can["POST /registers/{}/{}"], name+".change")
		if !r.Single {
			can["POST /registers/{}"] = append(can["POST /registers/{}"], name+".add")
			can["POST /registers/{}/import"] = append(can["POST /registers/{}/import"], name+".import")
			can["POST /registers/{}/import/apply"] = append(can["POST /registers/{}/import/apply"], name+".import")
		}
	}
	for _, kind := range kinds.All() {
		at := "/" + kind.Path
		lists, read := []string{"list" + upper(kind.Path)}, []string{"get" + upper(string(kind.Kind)), "getHistory", "getUnmet"}
		if kind.Path == "projects" {
			lists = append(lists, "getBoard")
		}
		if kind.Path == "permits" {
			lists = append(lists, "getPermitFigures")
		}
		if kind.Path == "opinions" {
			lists = append(lists, "getOpinionsOwed")
		}
		if kind.Path == "inspections" {
			lists = append(lists, "getInspectionFigures")
		}
		if kind.Path == "projects" || kind.Path == "hazards" {
			lists = append(lists, "listFilters", "getListColumns")
		}
		can["GET "+at], can["GET "+at+"/{}"] = lists, read
		if kinds.ByHand(kind) {
			can["POST "+at+"/"+string(kind.Opens.Verb())] = []string{string(kind.Opens)}
		}
		can["GET "+at+"/{}/verification"], can["GET "+at+"/{}/deadline"] = []string{"verifyCase"}, []string{"getDeadline"}
		can["GET "+at+"/{}/history"] = []string{"getHistory"}
		commands := []string{"upload"}
		for _, name := range kind.Names(process.ByPeople) {
			if name != kind.Opens {
				commands = append(commands, string(name))
			}
		}
		can["POST "+at+"/{}/{}"] = commands
	}
	return can
}

// pagesAlone says what only pages have, and why a program needs none of it.
func pagesAlone() map[string]string {
	why := map[string]string{
		"GET /assets/*":                   "style, scripts and pictures of the pages",
		"GET /sign-in":                    "a program sends its token",
		"POST /sign-in":                   "a program sends its token",
		"POST /sign-out":                  "a program has no session",
		"GET /language":                   "a program sends Accept-Language",
		"GET /session":                    "tells an open page whether its reader is still signed in",
		"GET /api":                        "the reference, for people; programs read openapi.yaml",
		"GET /v/{}":                       "for whoever holds a letter and has no account",
		"GET /letters/{}/{}/picture":      "a part of the letter's file, for the page that shows it",
		"GET /letter-settings/{}/preview": "shows a template with samples; programs have the template",
		"GET /menu":                       "leads to the other pages",
		"GET /record":                     "leads to the forms that put cases on file",
		"GET /live":                       "wakes open pages",
		"GET /field/shell":                "the field page as a device keeps it",
		"GET /field/worker.js":            "keeps the field page on the device",
		"GET /enterprises/{}/codes":       "codes to be printed, which lead to the field page",
		"GET /bulk":                       "a form",
		"GET /setup":                      "before there is anybody to have a token; programs run parkway setup",
		"POST /setup":                     "before there is anybody to have a token; programs run parkway setup",
		"GET /start":                      "leads people through the registers",
		"GET /registers/{}/new":           "a form",
		"GET /registers/{}/import":        "a form",
		"GET /registers/{}/import/far":    "tells an open page how far its sheet is",
		"GET /registers/{}/sheet.xlsx":    "programs read the records themselves",
		"GET /users/{}/{}":                "a form",
		"GET /enterprises/{}/merge":       "a form",
		"GET /channels/{}/edit":           "a form",
		"GET /clock":                      "of a demo zone alone",
		"POST /clock":                     "of a demo zone alone",
	}
	for _, kind := range kinds.All() {
		if kinds.ByHand(kind) {
			why["GET /"+kind.Path+"/"+string(kind.Opens.Verb())] = "a form"
		}
		why["GET /"+kind.Path+"/{}/{}"] = "a form"
	}
	return why
}

// operationsAlone says what only programs ask for, and where people see it.
func operationsAlone() map[string]string {
	return map[string]string{
		"listCampaigns":        "in the forms, where a campaign is chosen",
		"getProjectDefinition": "on the board and the project's page",
	}
}

func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// TestPagesAndOperationsCanTheSame walks what the whole server answers and the contract, and names what one can and the other cannot.
func TestPagesAndOperationsCanTheSame(t *testing.T) {
	t.Parallel()
	e, err := (&server.Server{Site: &site.Site{Clock: &turn.Clock{}}}).Handler()
	require.NoError(t, err)
	spec, err := api.Spec()
	require.NoError(t, err)
	operations := map[string]bool{} // and whether a page does the same
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			operations[op.OperationID] = false
			require.True(t, slices.ContainsFunc(e.Routes(), func(r *echo.Route) bool {
				return r.Method == method && plain(r.Path) == plain(httpapi.Base+path)
			}), "%s %s is in the contract and not in the program", method, path)
		}
	}
	can, alone := pages(), pagesAlone()
	walked := map[string]bool{}
	for _, route := range e.Routes() {
		page := route.Method + " " + plain(route.Path)
		if strings.HasPrefix(route.Path, "/api/") || route.Path == "/healthz" || route.Path == "/readyz" || route.Method == echo.RouteNotFound {
			continue
		}
		walked[page] = true
		same, shared := can[page]
		_, named := alone[page]
		require.True(t, shared != named, "%s: say in this file which operation does the same, or why none does", page)
		for _, id := range same {
			require.Contains(t, operations, id, "%s: there is no such operation", page)
			operations[id] = true
		}
	}
	for page := range can {
		require.True(t, walked[page], "%s is no page", page)
	}
	for page := range alone {
		require.True(t, walked[page], "%s is no page", page)
	}
	for id, hasPage := range operations {
		_, named := operationsAlone()[id]
		require.True(t, hasPage != named, "%s: say in this file which page does the same, or why none does", id)
	}
	require.Contains(t, walked, http.MethodPost+" /projects/{}/{}", "the kinds are walked too")
}

// plain is a path whose parameters have no names: /cases/:id and /cases/{id} are /cases/{}.
func plain(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") || strings.HasPrefix(part, "{") {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}
