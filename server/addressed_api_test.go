package server_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestANewHazardIsAddressedByTheAPI: also_ids puts it to further enterprises as it is put on file; what is no enterprise, is its own or comes twice is refused at its place in the
// list, and the same key makes one hazard.
func TestANewHazardIsAddressedByTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	supervisor := b.session(t, b.As(process.SafetySupervisor))
	post := func(key string, also ...string) (int, string) {
		t.Helper()
		body, err := json.Marshal(map[string]any{"enterprise_id": b.Enterprise, "also_ids": also, "location": "2 号厂房", "description": "电缆裸露", "level": "general"})
		require.NoError(t, err)
		response, answer := b.ask(t, http.MethodPost, "/api/v1/hazards", string(body), "Cookie", supervisor, "Content-Type", "application/json", "Idempotency-Key", key, "Origin", "http://"+b.address)
		return response.StatusCode, answer
	}
	for at, also := range map[string][]string{"also_ids[0]": {b.Section}, "also_ids[1]": {b.Rival, b.Rival}} {
		status, answer := post("wrong-"+at, also...)
		require.Equal(t, http.StatusUnprocessableEntity, status, answer)
		require.Contains(t, answer, at)
	}
	status, answer := post("own", b.Enterprise)
	require.Equal(t, http.StatusUnprocessableEntity, status, answer)
	status, answer = post("both", b.Rival)
	require.Less(t, status, 300, answer)
	caseOf := func(answer string) string {
		t.Helper()
		var made struct {
			Event struct {
				CaseID string `json:"case_id"`
			} `json:"event"`
		}
		require.NoError(t, json.Unmarshal([]byte(answer), &made))
		require.NotEmpty(t, made.Event.CaseID)
		return made.Event.CaseID
	}
	_, again := post("both", b.Rival)
	require.Equal(t, caseOf(answer), caseOf(again))
	_, page := b.ask(t, http.MethodGet, "/api/v1/hazards?q=电缆裸露", "", "Cookie", b.session(t, b.RivalOne))
	require.Contains(t, page, "电缆裸露")
	for _, who := range []process.Actor{b.Contact, b.RivalOne} {
		_, list := b.ask(t, http.MethodGet, "/api/v1/hazards", "", "Cookie", b.session(t, who))
		var hazards struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
		}
		require.NoError(t, json.Unmarshal([]byte(list), &hazards))
		require.Len(t, hazards.Items, 1, who.Name)
		_, one := b.ask(t, http.MethodGet, "/api/v1/hazards/"+hazards.Items[0].ID, "", "Cookie", b.session(t, who))
		require.Contains(t, one, `"also":[{"id":"`+b.Rival+`"`)
	}
}
