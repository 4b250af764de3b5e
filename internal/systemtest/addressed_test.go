package systemtest

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// TestANewHazardIsAddressedByTheAPI: also_ids puts it to further enterprises as it is put on file; what is no enterprise, is its own or comes twice is refused at its place in the
// list, and the same key makes one hazard, which both read.
func TestANewHazardIsAddressedByTheAPI(t *testing.T) {
	t.Parallel()
	w := timed(t)
	first, second := w.enterpriseID(t, "丰禾汽车部件"), w.enterpriseID(t, "莱卡织造")
	hazard := func(also ...string) object {
		return object{"enterprise_id": first, "also_ids": also, "location": "2 号厂房", "description": "电缆裸露，两家都要整改", "level": "general"}
	}
	for at, also := range map[string][]string{"also_ids[0]": {first}, "also_ids[1]": {second, second}} {
		refused := w.call(t, "mengqinglan", http.MethodPost, "/hazards", hazard(also...))
		require.Contains(t, []int{http.StatusUnprocessableEntity, http.StatusConflict}, refused.Status)
		require.Contains(t, string(refused.Body), at)
	}
	require.Equal(t, http.StatusUnprocessableEntity, w.call(t, "mengqinglan", http.MethodPost, "/hazards", hazard(w.userID(t, "丁文笙"))).Status, "no enterprise")
	key := uuid.NewString()
	made := w.do(t, "mengqinglan", "/hazards", hazard(second), "Idempotency-Key", key).Standing
	require.Equal(t, made.CaseID, w.do(t, "mengqinglan", "/hazards", hazard(second), "Idempotency-Key", key).Standing.CaseID)
	for _, user := range []string{"qiye", "laika"} {
		var read struct {
			Also []struct{ ID, Name string }
		}
		w.call(t, user, http.MethodGet, "/hazards/"+made.CaseID, nil).read(t, &read)
		require.Len(t, read.Also, 1, user)
		require.Equal(t, second, read.Also[0].ID)
	}
}
