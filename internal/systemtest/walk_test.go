package systemtest

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

type object = map[string]any

// TestLife walks a project from signing to production and a hazard through two rounds, as docs/walk.md does with curl, and then tries
// everything that must be refused.
func TestLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var enterprises struct {
		Items []struct {
			ID        string
			ShortName string `json:"short_name"`
		}
	}
	w.call(t, "luzhiyuan", http.MethodGet, "/enterprises?q=丰禾汽车部件", nil).read(t, &enterprises)
	require.Len(t, enterprises.Items, 1)
	enterprise := enterprises.Items[0].ID

	t.Run("FiguresOfTheReport", func(t *testing.T) { figures(t, w) }) // before the walks add cases of this year
	t.Run("ProjectFromSigningToProduction", func(t *testing.T) { walkProject(t, w, enterprise) })
	t.Run("HazardThroughTwoRounds", func(t *testing.T) { walkHazard(t, w, enterprise) })
	t.Run("NothingFallsSilent", func(t *testing.T) { nothingFallsSilent(t, w, enterprise) })
	t.Run("HistoryHoldsEverything", func(t *testing.T) { historyHoldsEverything(t, w, enterprise) })
	t.Run("BadInput", func(t *testing.T) { badInput(t, w, enterprise) })
	t.Run("FromHandToHand", func(t *testing.T) { fromHandToHand(t, w, enterprise) })
	t.Run("EveryReadFitsTheContract", func(t *testing.T) {
		for _, path := range []string{"/me", "/inbox", "/notices", "/board", "/people", "/campaigns", "/definitions/project", "/search?q=莱卡", "/projects?overdue=true", "/hazards?found=2024&done=true"} {
			require.Equal(t, http.StatusOK, w.call(t, "luzhiyuan", http.MethodGet, path, nil).Status, path)
		}
	})
}

func walkProject(t *testing.T, w *world, enterprise string) {
	open := object{"title": "丰禾三期", "enterprise_id": enterprise, "entry_stage": "signed",
		"facts": object{"sector": "ev_parts", "site_mode": "existing_land", "investment": "120000000.00"}}
	id := w.do(t, "luzhiyuan", "/projects", open).Standing.CaseID
	path := "/projects/" + id
	stage := func(from string, requirements ...string) process.Outcome {
		t.Helper()
		for _, r := range requirements {
			if item, ok := permitOf(r); ok {
				w.got(t, path, item)
				continue
			}
			if r == "agreement" {
				w.signed(t, path)
				continue
			}
			w.do(t, "luzhiyuan", path+"/answer", object{"requirement": r, "answer": "yes"})
		}
		return w.do(t, "luzhiyuan", path+"/advance", object{"from": from})
	}
	a := w.call(t, "luzhiyuan", http.MethodPost, path+"/advance", object{"from": "signed"})
	require.Equal(t, "gate_incomplete", a.code(t))
	require.Contains(t, string(a.Body), "投资协议")

	w.do(t, "luzhiyuan", path+"/introduce", object{"unit": "园区招商科", "share": 100})
	require.Equal(t, "permitting", stage("signed", "agreement").Standing.Stage, "land supply is left out by rule")
	w.do(t, "shaojinghe", path+"/waive", object{"requirement": "works_planning_permit", "reason": "已受理，承诺补齐", "until": w.today().AddDays(30).String()})
	require.Equal(t, "construction", stage("permitting", "eia", "safety_preevaluation", "construction_permit").Standing.Stage)
	w.do(t, "luzhiyuan", path+"/suspend", object{"reason": "资金未到位", "category": "funds"})
	require.Equal(t, "suspended", w.call(t, "luzhiyuan", http.MethodPost, path+"/advance", object{"from": "construction"}).code(t))
	w.do(t, "luzhiyuan", path+"/resume", object{"reason": "资金到位"})
	require.Contains(t, string(w.call(t, "luzhiyuan", http.MethodPost, path+"/advance", object{"from": "construction"}).Body), "还没有登记厂房")
	w.built(t, path)
	require.Equal(t, "completed", stage("construction", "planning_verification", "five_party_acceptance").Standing.Stage)
	require.Equal(t, "production", stage("completed", "fire_acceptance", "completion_filing", "discharge_permit", "environment_acceptance").Standing.Stage)
	w.do(t, "luzhiyuan", path+"/achieve", object{"achievement": "above_scale"})
	require.True(t, w.do(t, "luzhiyuan", path+"/achieve", object{"achievement": "full_capacity"}).Standing.Done)
	record(t, w, project.Kind, id, "project-v1")
	w.do(t, "luzhiyuan", path+"/comment", object{"text": "办结后的补充说明"}) // a closed case takes no special path

	var history struct {
		Events []process.Event
	}
	w.call(t, "shenji", http.MethodGet, "/cases/"+id+"/history?size=200", nil).read(t, &history)
	require.Equal(t, process.Name("project.open"), history.Events[len(history.Events)-1].Command)
	require.Equal(t, "陆致远", history.Events[0].Actor.Name)
	verified(t, w, id, len(history.Events))
	require.Equal(t, http.StatusOK, w.call(t, "luzhiyuan", http.MethodGet, path, nil).Status)
}

func walkHazard(t *testing.T, w *world, enterprise string) {
	found := w.do(t, "mengqinglan", "/hazards", object{"enterprise_id": enterprise, "location": "2# 车间东侧", "description": "疏散通道堆放周转箱，安全出口宽度不足",
		"level": "general", "attachments": w.evidence(t, "mengqinglan")})
	id, today := found.Standing.CaseID, w.today()
	path := "/hazards/" + id
	var people struct {
		People []struct{ ID, Name string }
	}
	w.call(t, "mengqinglan", http.MethodGet, "/people", nil).read(t, &people)
	second := ""
	for _, p := range people.People {
		if p.Name == "丁文笙" {
			second = p.ID
		}
	}
	w.do(t, "mengqinglan", path+"/issue-notice", object{"requirement": "清理通道", "due_on": today.AddDays(7).String(), "inspector_ids": []string{second}})
	var inbox struct{ Total int }
	w.call(t, "qiye", http.MethodGet, "/inbox", nil).read(t, &inbox)
	require.Equal(t, 2, inbox.Total, "the enterprise has the ball, beside the demo's example")
	w.do(t, "qiye", path+"/hand-in", object{"measures": "已清理", "attachments": w.evidence(t, "qiye")})
	outcome := w.do(t, "mengqinglan", path+"/reinspect", object{"result": "fail", "opinion": "应急照明 2 处不亮", "inspector_ids": []string{second},
		"requirement": "恢复供电，通道划线", "due_on": today.AddDays(10).String()})
	require.Equal(t, 2, outcome.Standing.Round)
	w.do(t, "qiye", path+"/hand-in", object{"measures": "已恢复供电并划线", "attachments": w.evidence(t, "qiye")})
	require.True(t, w.do(t, "mengqinglan", path+"/reinspect", object{"result": "pass", "opinion": "整改合格", "inspector_ids": []string{second}}).Standing.Done)
	require.Equal(t, http.StatusOK, w.call(t, "shenji", http.MethodGet, path, nil).Status)
	record(t, w, hazard.Kind, id, "hazard-v1")
	verified(t, w, id, 6)
	file := w.call(t, "qiye", http.MethodGet, "/cases/"+id+"/attachments/2/1", nil)
	asReceived := func(file answer) {
		require.Len(t, file.Body, len(picture())+len(uuid.NewString()), "evidence makes each its own")
		require.True(t, bytes.HasPrefix(file.Body, picture()), "who brought a picture has it as it was received")
	}
	asReceived(file)
	require.Equal(t, http.StatusForbidden, w.call(t, "qiye", http.MethodGet, "/cases/"+id+"/attachments/1/1", nil).Status, "the supervisor's own picture may say where they were")
	asReceived(w.call(t, "mengqinglan", http.MethodGet, "/cases/"+id+"/attachments/1/1", nil))
	require.Equal(t, http.StatusNotFound, w.call(t, "laika", http.MethodGet, path, nil).Status, "another enterprise's contact")
}

func verified(t *testing.T, w *world, id string, events int) {
	t.Helper()
	var v struct {
		Intact bool
		Events int
	}
	w.call(t, "shenji", http.MethodGet, "/cases/"+id+"/verification", nil).read(t, &v)
	require.True(t, v.Intact)
	require.Equal(t, events, v.Events)
}
