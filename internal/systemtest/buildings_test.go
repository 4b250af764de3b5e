package systemtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestBuildings takes a project's buildings through the API: put on file, recorded several at once with a picture, taken back; their percent and the report's
// sentence; every fault of a refusal at once; a project of an older version that keeps its words and is moved.
func TestBuildings(t *testing.T) {
	w := timed(t)
	rows, _, err := w.store.Enterprises(t.Context(), process.Actor{Type: process.Import}, "莱卡织造", "", 1)
	require.NoError(t, err)
	enterprise := rows[0].ID
	id := w.do(t, "luzhiyuan", "/projects", object{"title": "厂房项目", "enterprise_id": enterprise, "entry_stage": "construction",
		"facts": object{"sector": "textile", "site_mode": "own_land", "investment": "1000000.00", "short_name": "莱卡三期"}}).Standing.CaseID
	path := "/projects/" + id
	w.do(t, "luzhiyuan", path+"/add-buildings", object{"codes": "1#-5#", "area": "4200.50", "structure": "steel", "use": "厂房"})
	w.do(t, "luzhiyuan", path+"/record-progress", object{"buildings": []string{"1#"}, "steps": []string{"built"}, "state": "done"})
	w.do(t, "luzhiyuan", path+"/record-progress", object{"buildings": []string{"2#-3#", "5#"}, "steps": []string{"doors", "fire"}, "state": "in_progress", "attachments": w.evidence(t, "luzhiyuan")})
	var shown project.Shown
	w.call(t, "luzhiyuan", http.MethodGet, path, nil).read(t, &shown)
	require.Equal(t, "莱卡三期，1#厂房已建成，2#3#5#厂房正在安装门窗和消防设施", shown.Works.Sentence)
	require.Equal(t, shown.Works.Of("2#"), shown.Works.Of("5#"))
	require.Positive(t, shown.Works.Percent)
	require.Equal(t, 1, shown.Buildings[4].Photos[0].Number)
	require.Empty(t, shown.Buildings[3].Photos)

	refused := w.call(t, "luzhiyuan", http.MethodPost, path+"/record-progress", object{"buildings": []string{"1-4#", "5#-2#"}, "steps": []string{"doors"}, "state": "done"})
	require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	for _, part := range []string{"1#-4#", "前大后小"} {
		require.Contains(t, string(refused.Body), part)
	}
	refused = w.call(t, "luzhiyuan", http.MethodPost, path+"/record-progress", object{"buildings": []string{"2#", "2#-3#"}, "steps": []string{"moon", "built"}, "state": "in_progress"})
	for _, part := range []string{"2# 写了两遍", "moon", "只能登记完成"} {
		require.Contains(t, string(refused.Body), part)
	}
	refused = w.call(t, "luzhiyuan", http.MethodPost, path+"/add-buildings", object{"codes": "6#6#", "area": "0"})
	for _, part := range []string{"6# 写了两遍", "面积应大于 0"} {
		require.Contains(t, string(refused.Body), part)
	}

	w.do(t, "luzhiyuan", path+"/take-back-progress", object{"buildings": []string{"5#"}, "steps": []string{"fire"}, "reason": "登记错了"})
	yesterday := w.today().AddDays(-1).String()
	w.do(t, "luzhiyuan", path+"/correct-progress", object{"buildings": []string{"1#"}, "steps": []string{"built"}, "done_on": yesterday, "reason": "验收单上是昨天"})
	refused = w.call(t, "luzhiyuan", http.MethodPost, path+"/take-back-progress", object{"buildings": []string{"1#"}, "steps": []string{"levelling"}, "reason": "x"})
	require.Contains(t, string(refused.Body), "不分栋")
	refused = w.call(t, "luzhiyuan", http.MethodPost, path+"/edit", object{"reason": "x", "buildings": []object{{"code": "1#"}, {"code": "1号"}, {"code": "2#-5#"}, {"code": "=cmd"}}})
	for _, part := range []string{"buildings[1].code", "重复", "buildings[2].code", "不是一栋", "buildings[3].code", "看不明白"} {
		require.Contains(t, string(refused.Body), part)
	}
	w.call(t, "luzhiyuan", http.MethodGet, path, nil).read(t, &shown)
	require.Equal(t, yesterday, shown.Buildings[0].Steps[0].DoneOn.String())
	require.Equal(t, yesterday, shown.Buildings[0].AsOf.String())
	var list struct {
		Sentence string
		Count    int
		Items    []struct{ ID, Name string }
	}
	w.call(t, "shaojinghe", http.MethodGet, "/progress?size=100&q=厂房项目", nil).read(t, &list)
	require.Equal(t, "莱卡三期，1#厂房已建成，2#3#厂房正在安装门窗和消防设施，5#正在安装门窗", list.Sentence)
	require.Equal(t, 1, list.Count)
	require.Equal(t, 404, w.call(t, "qiye", http.MethodGet, path, nil).Status)
	require.NotContains(t, string(w.call(t, "qiye", http.MethodGet, "/progress?size=100", nil).Body), "莱卡")
	auditor := process.Actor{Type: process.Person, ID: userID(t, w, "shenji"), Roles: []process.Role{process.Auditor}}
	events, err := w.store.History(t.Context(), auditor, id, 0, 100)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(events, func(e process.Event) bool {
		return slices.ContainsFunc(e.Changes, func(c process.Change) bool { return c.Path == "buildings[3#].steps[doors].started_on" })
	}), "the history keeps every step with its day")
	whole, err := w.store.Verify(t.Context(), auditor, id)
	require.NoError(t, err)
	require.Empty(t, whole.Findings)

	old := w.do(t, "luzhiyuan", "/projects", object{"title": "老项目", "enterprise_id": enterprise, "entry_stage": "construction",
		"facts": object{"sector": "textile", "site_mode": "own_land"}, "buildings": []object{{"code": "1#", "progress": "主体封顶"}}}).Standing.CaseID
	admin := process.Actor{Type: process.Person, ID: userID(t, w, "admin"), Name: "管理员", Roles: []process.Role{process.Administrator}}
	input, err := json.Marshal(casework.Adopt{Version: 2, Reason: "旧案按旧流程"})
	require.NoError(t, err)
	now := w.clock.Now() // a moment apart, it would be dated back
	_, err = w.store.Apply(t.Context(), process.Order{CaseID: old, Command: project.Kind.Does(casework.AdoptVerb), Input: input,
		Call: process.Call{Key: "old", Actor: admin, OccurredAt: now, RecordedAt: now}})
	require.NoError(t, err)
	refused = w.call(t, "luzhiyuan", http.MethodPost, "/projects/"+old+"/add-buildings", object{"codes": "2#"})
	require.Equal(t, "wrong_state", refused.code(t))
	all, err := definitions.Projects()
	require.NoError(t, err)
	require.NoError(t, w.app.AdoptDefinition(t.Context(), admin, project.Kind, all[len(all)-1].Version, "逐栋登记", false))
	require.Eventually(t, func() bool {
		return w.call(t, "luzhiyuan", http.MethodPost, "/projects/"+old+"/record-progress", object{"buildings": []string{"1#"}, "steps": []string{"walls"}}).Status == http.StatusOK
	}, time.Minute, 200*time.Millisecond)
	w.call(t, "luzhiyuan", http.MethodGet, "/projects/"+old, nil).read(t, &shown)
	require.Equal(t, "主体封顶", shown.Buildings[0].Progress, "its words stay")
	require.Len(t, shown.Buildings[0].Steps, 1)
}
