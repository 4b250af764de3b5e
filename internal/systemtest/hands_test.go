package systemtest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// fromHandToHand follows a project that is handed to a department, claimed there, and delegated among the zone's staff: whoever has it finds it
// under 待办, a department's people under 待签收, and nobody takes what is not theirs.
func fromHandToHand(t *testing.T, w *world, enterprise string) {
	id := w.do(t, "luzhiyuan", "/projects", object{"title": "经手项目", "enterprise_id": enterprise, "entry_stage": "lead", "all_the_same": "只为试验",
		"facts": object{"sector": "ev_parts", "site_mode": "own_land", "investment": "100000000.00"}}).Standing.CaseID
	path := "/projects/" + id
	park, err := w.store.Park(t.Context())
	require.NoError(t, err)
	actor := func(username string) process.Actor {
		user, err := w.store.Accounts().UserByName(t.Context(), park.ID, username)
		require.NoError(t, err)
		a := process.Actor{Type: process.Person, ID: user.ID, Name: user.Name}
		if user.UnitID != nil {
			a.UnitID = *user.UnitID
		}
		return a
	}
	on := func(username, tab string) bool {
		rows, _, err := w.store.WorkTab(t.Context(), actor(username), tab, "", 100)
		require.NoError(t, err)
		for _, r := range rows {
			if r.ID == id {
				return true
			}
		}
		return false
	}
	require.True(t, on("luzhiyuan", "todo"))
	require.True(t, on("luzhiyuan", "started"))

	w.do(t, "luzhiyuan", path+"/delegate", object{"to_id": userID(t, w, "guqinghe"), "reason": "请你去现场看一次"})
	require.True(t, on("guqinghe", "todo"))
	require.False(t, on("luzhiyuan", "todo"))
	a := w.call(t, "guqinghe", http.MethodPost, path+"/delegate", object{"to_id": userID(t, w, "liangyining"), "reason": "再托"})
	require.Equal(t, http.StatusConflict, a.Status, "%s", a.Body)
	w.do(t, "guqinghe", path+"/hand-back", object{"text": "看过了，场地已平整"})
	require.True(t, on("luzhiyuan", "todo"))
	require.True(t, on("guqinghe", "done"))

	department := actor("zhujianju")
	w.do(t, "luzhiyuan", path+"/hand-over", object{"to_kind": "unit", "to_id": department.UnitID, "reason": "请出具意见"})
	require.True(t, on("zhujianju", "claim"))
	require.False(t, on("zhujianju", "todo"))
	a = w.call(t, "guqinghe", http.MethodPost, path+"/claim", object{})
	require.GreaterOrEqual(t, a.Status, 400, "not handed to the zone's staff")
	w.do(t, "zhujianju", path+"/claim", object{})
	require.True(t, on("zhujianju", "todo"))
	require.False(t, on("zhujianju", "claim"))
	a = w.call(t, "zhujianju", http.MethodPost, path+"/claim", object{})
	require.Equal(t, http.StatusOK, a.Status, "whoever claims twice has claimed: %s", a.Body)
	require.Contains(t, string(a.Body), `"replayed":true`)

	require.Equal(t, http.StatusNotFound, w.call(t, "ziguiju", http.MethodGet, path, nil).Status)
	w.do(t, "shaojinghe", path+"/hand-over", object{"to_kind": "person", "to_id": userID(t, w, "ziguiju"), "reason": "请核对红线"})
	require.Equal(t, http.StatusOK, w.call(t, "ziguiju", http.MethodGet, path, nil).Status, "who is handed a case sees it")
	w.do(t, "ziguiju", path+"/hand-over", object{"to_kind": "person", "to_id": userID(t, w, "luzhiyuan"), "reason": "已核对"})
	require.Equal(t, http.StatusOK, w.call(t, "ziguiju", http.MethodGet, path, nil).Status, "and still does when it has gone on")
	a = w.call(t, "zhujianju", http.MethodPost, path+"/claim", object{})
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, string(a.Body), "陆致远", "who has it now: %s", a.Body)

	several := object{"cases": []string{id}, "to_id": userID(t, w, "guqinghe"), "reason": "工作调整"}
	for range 2 { // sent again under its key, it is handed over once
		a = w.call(t, "luzhiyuan", http.MethodPost, "/cases/hand-over", several, "Idempotency-Key", "several")
		require.Equal(t, http.StatusOK, a.Status, "%s", a.Body)
		require.Contains(t, string(a.Body), `"done":true`)
		require.True(t, on("guqinghe", "todo"))
	}
}
