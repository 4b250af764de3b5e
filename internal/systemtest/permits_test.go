package systemtest

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// permitOf is the permit of the catalogue that a requirement of the journey's gates asks for.
func permitOf(requirement string) (string, bool) {
	item, ok := map[string]string{"filing": "filing", "land_contract": "land_contract", "property_certificate": "property_cert", "works_planning_permit": "works_planning_permit", "eia": "eia",
		"safety_preevaluation": "safety_preeval", "construction_permit": "construction_permit", "planning_verification": "planning_verification", "five_party_acceptance": "acceptance",
		"fire_acceptance": "fire_acceptance", "completion_filing": "completion_filing", "discharge_permit": "discharge_permit", "environment_acceptance": "env_acceptance"}[requirement]
	return item, ok
}

// way are the permits of a project, by the catalogue's id.
func (w *world) way(t *testing.T, user, project string) map[string]permit.Step {
	t.Helper()
	var way permit.Way
	w.call(t, user, http.MethodGet, project+"/permits", nil).read(t, &way)
	steps := map[string]permit.Step{}
	for _, s := range way.Stretches {
		for _, step := range s.Steps {
			steps[step.Item.ID] = step
		}
	}
	return steps
}

// got has a permit of a project issued: put on file first, where nobody has done so, and its application with it.
func (w *world) got(t *testing.T, project, item string) process.Outcome {
	t.Helper()
	id := ""
	if on := w.way(t, "luzhiyuan", project)[item].Cases; len(on) > 0 {
		id = on[0].ID
	} else {
		id = w.do(t, "luzhiyuan", "/permits", object{"project": project[len("/projects/"):], "item": item, "need": "needed"}).Standing.CaseID
	}
	issue := object{"certificate": "示例〔2024〕1号", "applied_on": w.today().String()}
	if sort, ok := map[string]string{"eia": "table", "discharge_permit": "registration", "fire_acceptance": "filing"}[item]; ok {
		issue["sort"] = sort
	}
	if item == "land_contract" {
		issue["begin_by"] = w.today().AddDays(180).String()
	}
	return w.do(t, "luzhiyuan", "/permits/"+id+"/issue", issue)
}

// built puts a plant of the project on file and finishes it.
func (w *world) built(t *testing.T, project string) {
	t.Helper()
	w.do(t, "luzhiyuan", project+"/add-buildings", object{"codes": "1#"})
	w.do(t, "luzhiyuan", project+"/record-progress", object{"buildings": []string{"1#"}, "steps": []string{"built"}, "state": "done"})
}

// TestPermits takes projects of every site mode through all gates with their permits, side by side, and holds what follows from them: filings put on file by
// themselves, permits settled by the start of construction, permits that end with their project. Sight, bad input and verification with them.
func TestPermits(t *testing.T) {
	w := newWorld(t)
	var found struct{ Items []struct{ ID string } }
	w.call(t, "luzhiyuan", http.MethodGet, "/enterprises?q=丰禾汽车部件", nil).read(t, &found)
	open := func(site, stage string) string {
		facts := object{"sector": "ev_parts", "site_mode": site, "investment": "120000000.00"}
		return "/projects/" + w.do(t, "luzhiyuan", "/projects", object{"title": "丰禾手续 " + site, "enterprise_id": found.Items[0].ID, "entry_stage": stage, "facts": facts}).Standing.CaseID
	}
	t.Run("ThroughAllGates", func(t *testing.T) {
		for _, site := range []string{"own_land", "leased_plant", "bought_plant", "existing_land"} {
			throughAllGates(t, w, open(site, "signed"), site)
		}
	})
	t.Run("EndWithTheirProject", func(t *testing.T) {
		project := open("own_land", "permitting")
		eia := w.do(t, "luzhiyuan", "/permits", object{"project": project[len("/projects/"):], "item": "eia", "need": "needed"}).Standing.CaseID
		w.do(t, "luzhiyuan", "/permits/"+eia+"/apply", object{"sort": "report"})
		w.do(t, "luzhiyuan", project+"/suspend", object{"reason": "资金未到位", "category": "funds"})
		w.do(t, "luzhiyuan", "/permits/"+eia+"/accept", object{})
		w.do(t, "shaojinghe", project+"/withdraw", object{"way": "left", "cause": "market", "reason": "企业退出"})
		var now permit.Permit
		w.call(t, "luzhiyuan", http.MethodGet, "/permits/"+eia, nil).read(t, &now)
		require.Equal(t, permit.Dropped, now.State)
		require.True(t, now.Case.Done)
		require.Equal(t, "invalid_input", w.call(t, "luzhiyuan", http.MethodPost, "/permits", object{"project": project[len("/projects/"):], "item": "filing", "need": "needed"}).code(t))
		verified(t, w, eia, 4)
	})
	t.Run("NothingBeginsBeforeItsPermits", func(t *testing.T) { beginsEarly(t, w, found.Items[0].ID) })
	t.Run("SideBySideWithItsOwnHolder", func(t *testing.T) { sideBySide(t, w, open("own_land", "permitting")) })
}

// beginsEarly dates a gate and a beginning before the permits that they need, records what happened, and passes the gate once it can be.
func beginsEarly(t *testing.T, w *world, enterprise string) {
	t.Helper()
	ago := func(days int) []string {
		return []string{"Occurred-At", w.time().AddDate(0, 0, -days).Format(time.RFC3339)}
	}
	project := "/projects/" + w.do(t, "luzhiyuan", "/projects", object{"title": "丰禾早开工", "enterprise_id": enterprise, "entry_stage": "permitting",
		"facts": object{"sector": "ev_parts", "site_mode": "existing_land", "investment": "120000000.00"}}, ago(30)...).Standing.CaseID
	for _, item := range []string{"works_planning_permit", "eia", "safety_preeval", "construction_permit"} {
		id := w.do(t, "luzhiyuan", "/permits", object{"project": project[len("/projects/"):], "item": item, "need": "needed"}, ago(30)...).Standing.CaseID
		issue := object{"certificate": "示例〔2024〕2号", "applied_on": w.today().AddDays(-25).String()}
		if item == "eia" {
			issue["sort"] = "table"
		}
		w.do(t, "luzhiyuan", "/permits/"+id+"/issue", issue, ago(10)...)
	}
	began, issued := w.today().AddDays(-20).String(), w.today().AddDays(-10).Chinese()
	early := w.call(t, "luzhiyuan", http.MethodPost, project+"/advance", object{"from": "permitting"}, ago(20)...)
	require.Equal(t, "gate_incomplete", early.code(t))
	require.Contains(t, string(early.Body), issued+" 才取得")
	require.Equal(t, "impossible_date", w.call(t, "luzhiyuan", http.MethodPost, project+"/edit", object{"facts": object{"construction_started_on": began}, "reason": "按实际"}).code(t))
	require.Equal(t, "impossible_date", w.call(t, "luzhiyuan", http.MethodPost, project+"/record-early", object{"stage": "construction", "reason": "x"}, ago(5)...).code(t), "everything was there")
	told := w.do(t, "luzhiyuan", project+"/record-early", object{"stage": "construction", "reason": "巡查发现已经开挖"}, ago(20)...)
	require.Contains(t, told.Event.Reason, "施工许可证 "+issued+" 才取得")
	require.Equal(t, "construction", w.do(t, "luzhiyuan", project+"/advance", object{"from": "permitting"}, ago(10)...).Standing.Stage)
	var now struct {
		Began clock.Date `json:"construction_started_on"`
		Early []struct {
			On    clock.Date
			Lacks []struct{ Permit string }
		}
	}
	w.call(t, "luzhiyuan", http.MethodGet, project, nil).read(t, &now)
	require.Equal(t, began, now.Began.String(), "the day stays as it was")
	require.Len(t, now.Early, 1)
	require.Len(t, now.Early[0].Lacks, 4)
	verifiedWhole(t, w, project[len("/projects/"):])
}

// throughAllGates takes a project from signing to production with all its permits.
func throughAllGates(t *testing.T, w *world, project, site string) {
	t.Helper()
	gate := func(from string, requirements ...string) string {
		t.Helper()
		for _, r := range requirements {
			if item, ok := permitOf(r); ok {
				require.Equal(t, "gate_incomplete", w.call(t, "luzhiyuan", http.MethodPost, project+"/advance", object{"from": from}).code(t), r)
				w.got(t, project, item)
				continue
			}
			if r == "agreement" {
				w.signed(t, project)
				continue
			}
			w.do(t, "luzhiyuan", project+"/answer", object{"requirement": r, "answer": "yes"})
		}
		return w.do(t, "luzhiyuan", project+"/advance", object{"from": from}).Standing.Stage
	}
	w.do(t, "luzhiyuan", project+"/introduce", object{"unit": "园区招商科", "share": 100})
	stage := gate("signed", "agreement")
	if site == "own_land" {
		require.Equal(t, "land_supply", stage)
		stage = gate("land_supply", "company_registered", "filing", "land_contract", "property_certificate")
		require.Equal(t, permit.Issued, w.way(t, "luzhiyuan", project)["land_contract"].Cases[0].State)
		require.False(t, w.way(t, "luzhiyuan", project)["land_contract"].Cases[0].Done, "the land waits to be built on")
	}
	require.Equal(t, "permitting", stage)
	require.Equal(t, "construction", gate("permitting", "works_planning_permit", "eia", "safety_preevaluation", "construction_permit"))
	steps := w.way(t, "luzhiyuan", project)
	for _, item := range []string{"construction_permit", "land_contract"} {
		for _, k := range steps[item].Cases {
			require.True(t, k.Done, "%s is settled by the start of construction", item)
		}
	}
	w.built(t, project)
	require.Equal(t, "completed", gate("construction", "planning_verification", "five_party_acceptance"))
	steps = w.way(t, "luzhiyuan", project)
	require.Equal(t, w.today().AddDays(15).String(), steps["completion_filing"].Cases[0].DueOn.String(), "filed within fifteen days, put on file by itself")
	require.Equal(t, permit.Needed, steps["fire_acceptance"].Cases[0].State)
	require.Equal(t, "production", gate("completed", "fire_acceptance", "completion_filing", "discharge_permit", "environment_acceptance"))
	for item, step := range w.way(t, "luzhiyuan", project) {
		if len(step.Cases) > 0 {
			require.Equal(t, permit.IsDone, step.Is, item)
			verifiedWhole(t, w, step.Cases[0].ID)
		}
	}
}

func verifiedWhole(t *testing.T, w *world, id string) {
	t.Helper()
	var v struct{ Intact bool }
	w.call(t, "shenji", http.MethodGet, "/cases/"+id+"/verification", nil).read(t, &v)
	require.True(t, v.Intact)
}

// sideBySide: each permit has its own clock and holder; a department sees the one it was given and not the project, an enterprise not the urgings.
func sideBySide(t *testing.T, w *world, project string) {
	t.Helper()
	require.Equal(t, permit.IsNext, w.way(t, "luzhiyuan", project)["filing"].Is)
	put := func(item string) string {
		return "/permits/" + w.do(t, "luzhiyuan", "/permits", object{"project": project[len("/projects/"):], "item": item, "need": "needed"}).Standing.CaseID
	}
	eia, building := put("eia"), put("construction_permit")
	a := w.call(t, "luzhiyuan", http.MethodPost, "/permits", object{"project": project[len("/projects/"):], "item": "eia", "need": "needed"})
	require.Equal(t, "invalid_input", a.code(t), "one permit is on file once")
	w.do(t, "luzhiyuan", eia+"/apply", object{"sort": "report"})
	w.do(t, "luzhiyuan", eia+"/urge", object{"way": "letter", "text": "请尽快安排评审"})
	park, err := w.store.Park(t.Context())
	require.NoError(t, err)
	officer, err := w.store.Accounts().UserByName(t.Context(), park.ID, "zhujianju")
	require.NoError(t, err)
	unit := *officer.UnitID
	given := w.do(t, "luzhiyuan", building+"/apply", object{"to_kind": "unit", "to_id": unit})
	require.Equal(t, unit, given.Standing.Holder.ID)
	steps := w.way(t, "luzhiyuan", project)
	require.Equal(t, []permit.Progress{permit.IsNow, permit.IsNow}, []permit.Progress{steps["eia"].Is, steps["construction_permit"].Is})
	require.Equal(t, process.OutsideBody("生态环境分局").ID, steps["eia"].Cases[0].Holder.ID, "it lies with the bureau, which does not work with Parkway")
	for _, day := range []struct {
		item string
		days int
	}{{"eia", 60}, {"construction_permit", 7}} {
		require.Equal(t, w.today().AddDays(day.days).String(), steps[day.item].Cases[0].DueOn.String())
	}
	require.Equal(t, http.StatusOK, w.call(t, "zhujianju", http.MethodGet, building, nil).Status)
	require.Equal(t, http.StatusNotFound, w.call(t, "zhujianju", http.MethodGet, eia, nil).Status)
	require.Equal(t, http.StatusNotFound, w.call(t, "zhujianju", http.MethodGet, project, nil).Status)
	var outside permit.Permit
	w.call(t, "qiye", http.MethodGet, eia, nil).read(t, &outside)
	require.Empty(t, outside.Urges)
	require.Equal(t, http.StatusNotFound, w.call(t, "laika", http.MethodGet, eia, nil).Status)
	early := w.call(t, "luzhiyuan", http.MethodPost, building+"/issue", object{"certificate": "1", "valid_until": w.today().AddDays(-1).String()})
	require.Equal(t, "impossible_date", early.code(t))
	var figures struct {
		Departments []permit.Portfolio
	}
	w.call(t, "luzhiyuan", http.MethodGet, "/permits-by-department", nil).read(t, &figures)
	open := 0
	for _, d := range figures.Departments {
		if d.Department.Chinese == "住建局" {
			open = d.States[permit.Applied]
		}
	}
	require.Positive(t, open)
}
