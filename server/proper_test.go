package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestWhatCannotBeIsAnswered: the addresses and forms that were once answered with 500.
func TestWhatCannotBeIsAnswered(t *testing.T) {
	t.Parallel()
	b := setup(t, later)
	projectID, hazardID := b.overdue(t)
	admin, manager, token := b.session(t, b.As(process.Administrator)), b.session(t, b.As(process.ProjectManager)), b.token(t, b.As(process.Leader), false)
	for path, status := range map[string]int{
		"/search?q=%00a": 422, "/search?q=%ff%fe": 422, "/hazards?level=major;x": 422, "/projects?q=%zz": 422, "/hazards?tab=open&q=100%": 422, "/enterprises?after=%ff": 303, "/projects?view=list&cursor=made-up": 303, "/hazards?campaign=abc": 422,
		"/hazards?campaign=" + uuid.NewString(): 200, "/projects/urn:uuid:" + projectID: 404, "/projects/{" + projectID + "}": 404, "/projects/nope/deadline": 404,
		"/projects/" + strings.ToUpper(projectID): 200, "/hazards/" + hazardID + "/%00": 404, "/assets/%ff": 404, "/projects/" + projectID + "/seals/4294967297": 404,
	} {
		response, body := b.ask(t, http.MethodGet, path, "", "Cookie", manager)
		require.Equal(t, status, response.StatusCode, "%s: %s", path, body)
	}
	for path, status := range map[string]int{
		"/inbox?cursor=made-up": 422, "/projects?holder_id=abc": 422, "/projects?enterprise_id=x": 422, "/hazards?campaign_id=1": 422, "/enterprises?after=%ff": 422, "/search?q=%00a": 422,
		"/hazards?size=200&level=major;x": 422, "/hazards?level=%zz": 422, "/cases?q=%zz": 422, "/projects?cursor=%zz": 422, "/work?columns=%": 422,
		"/projects/urn:uuid:" + projectID: 404, "/projects/" + strings.ToUpper(projectID): 200,
	} {
		response, body := b.ask(t, http.MethodGet, "/api/v1"+path, "", "Authorization", token)
		require.Equal(t, status, response.StatusCode, "%s: %s", path, body)
	}
	for path, c := range map[string]struct {
		form   url.Values
		status int
	}{
		"/enterprises/nope":                {url.Values{"liaison_id": {""}, "department_id": {""}}, 404},
		"/enterprises/" + b.Enterprise:     {url.Values{"liaison_id": {"nope"}, "department_id": {uuid.NewString()}}, 303},
		"/units":                           {url.Values{"unit_id": {"nope"}, "head_id": {""}}, 404},
		"/users/nope":                      {url.Values{"deed": {"reset"}}, 404},
		"/account/tokens/nope/revoke":      {url.Values{}, 404},
		"/registers/people":                {url.Values{"username": {"x"}, "name": {"x"}, "roles": {"king"}}, 303},
		"/registers/nope":                  {url.Values{"name": {"x"}}, 404},
		"/registers/units/nope":            {url.Values{"name": {"x"}}, 404},
		"/channels/nope":                   {url.Values{"deed": {"disable"}}, 404},
		"/account/reminders":               {url.Values{"digest_at": {"08:30"}, "quiet_from": {"20:00"}, "quiet_to": {"08:00"}, "first_channel": {uuid.NewString()}}, 303},
		"/calendar/apply":                  {url.Values{"year": {"x"}, "reason": {"x"}}, 303},
		"/projects/" + projectID + "/nope": {url.Values{}, 404},
		"/filters":                         {url.Values{"list": {"projects"}, "name": {"\u200b"}}, 303},
	} {
		response, body := b.ask(t, http.MethodPost, path, c.form.Encode(), "Cookie", admin)
		require.Equal(t, c.status, response.StatusCode, "%s: %s", path, body)
		if c.status == http.StatusSeeOther {
			require.Regexp(t, `[?&]draft=`, response.Header.Get("Location"), path)
		}
	}
	response, _ := b.ask(t, http.MethodPost, "/sign-in", "username=%00&password=x")
	require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode)
	response, _ = b.ask(t, http.MethodPost, "/sign-in", "username=nobody&password=x", "User-Agent", "\xff\xfe")
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	response, _ = b.ask(t, http.MethodGet, "/projects/nope", "")
	require.Equal(t, http.StatusSeeOther, response.StatusCode, "a stranger is told to sign in, wherever they look")
	response, _ = b.ask(t, http.MethodGet, "/api/v1/projects/nope", "")
	require.Equal(t, http.StatusUnauthorized, response.StatusCode)
}
