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

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAPlaceCountsInItsOwnList: the place of every list that is paged is refused by every other list, and by the same one under other conditions or in
// another order; programs are told, and people are shown the first page with a word.
func TestAPlaceCountsInItsOwnList(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	for range 3 {
		b.open(t)
		b.apply(t, process.SafetySupervisor, uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆放杂物", Level: hazard.General, AllTheSame: "另一处"})
		b.apply(t, process.ProjectManager, uuid.NewString(), plantask.RecordName, map[string]any{"title": "走访", "due_on": time.Now().AddDate(0, 0, 10).Format(time.DateOnly)})
	}
	token := b.token(t, b.As(process.ProjectManager), true)
	get := func(path, cursor string) (int, map[string]any) {
		address, err := url.Parse(path)
		require.NoError(t, err)
		query := address.Query()
		query.Set("size", "1")
		name := "cursor"
		if strings.HasPrefix(path, "/enterprises") {
			name = "after"
		}
		if cursor != "" {
			query.Set(name, cursor)
		}
		response, body := b.ask(t, http.MethodGet, "/api/v1"+address.Path+"?"+query.Encode(), "", "Authorization", token)
		answer := map[string]any{}
		require.NoError(t, json.Unmarshal([]byte(body), &answer), body)
		return response.StatusCode, answer
	}
	lists := []string{"/projects", "/projects?done=false", "/projects?q=" + url.QueryEscape("织造"), "/hazards", "/hazards?level=general", "/plan-tasks", "/plan-tasks?done=false", "/enterprises", "/inbox", "/work/todo", "/work/started", "/forecast"}
	places := map[string]string{}
	for _, list := range lists {
		status, answer := get(list, "")
		require.Equal(t, http.StatusOK, status, "%s: %v", list, answer)
		if next, _ := answer["next"].(string); next != "" {
			places[list] = next
		}
	}
	require.Greater(t, len(places), 9, places)
	for from, place := range places {
		for _, to := range lists {
			status, answer := get(to, place)
			if from == to {
				require.Equal(t, http.StatusOK, status, "%s: %v", to, answer)
				continue
			}
			require.Equal(t, http.StatusUnprocessableEntity, status, "a place in %s was taken for one in %s", from, to)
			require.Contains(t, answer["fields"], map[string]any{"name": "cursor", "message": "翻页位置不属于这个列表，请回到第一页。"})
		}
	}

	session := b.session(t, b.As(process.ProjectManager))
	for page, first := range map[string]string{"/hazards?tab=open&cursor=": "/hazards?tab=open", "/projects?view=list&cursor=": "/projects?view=list", "/enterprises?after=": "/enterprises",
		"/plan-tasks?cursor=": "/plan-tasks", "/?tab=started&cursor=": "/?tab=started", "/forecast?cursor=": "/forecast", "/notices?before=": "/notices"} {
		for _, place := range []string{places["/projects?done=false"], "made-up", "\xff"} {
			response, _ := b.ask(t, http.MethodGet, page+url.QueryEscape(place), "", "Cookie", session)
			require.Equal(t, http.StatusSeeOther, response.StatusCode, page)
			require.Equal(t, first, response.Header.Get("Location"))
			_, text := b.ask(t, http.MethodGet, first, "", "Cookie", session+"; "+strings.SplitN(response.Header.Get("Set-Cookie"), ";", 2)[0])
			require.Contains(t, text, "已从第一页开始", first)
		}
	}
}
