package systemtest

import (
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// dueVisit is a line of the year's plan, as far as these tests look at it.
type dueVisit struct {
	PlanID         string `json:"plan_id"`
	EnterpriseID   string `json:"enterprise_id"`
	DueOn          string `json:"due_on"`
	Openable       bool
	InspectionID   string `json:"inspection_id"`
	VisitsThisYear int    `json:"visits_this_year"`
	LastVisitBy    string `json:"last_visit_by"`
	LastVisitFor   string `json:"last_visit_for"`
	FreeFrom       string `json:"free_from"`
}

// planOf is the plan's line of an enterprise, nil where it has none.
func (w *world) planOf(t *testing.T, enterprise string) *dueVisit {
	t.Helper()
	var plan struct{ Items []dueVisit }
	w.call(t, "mengqinglan", http.MethodGet, "/visit-plan", nil).read(t, &plan)
	for _, d := range plan.Items {
		if d.EnterpriseID == enterprise {
			return &d
		}
	}
	return nil
}

// TestPlanOfTheYear: a template asks for an inspection, another body's visit counts before it is planned, two who open it at one instant get one, the reason is kept;
// an empty visit proposes a status, which a leader confirms, and the enterprise leaves the plan.
func TestPlanOfTheYear(t *testing.T) {
	t.Parallel()
	w := timed(t)
	firm, other, today := w.enterpriseID(t, "锦岳光伏科技"), w.userID(t, "丁文笙"), w.today().String()
	due := w.planOf(t, firm)
	require.NotNil(t, due)
	require.True(t, due.Openable)
	before := due.VisitsThisYear
	require.Positive(t, before)
	require.Contains(t, due.LastVisitBy, "消防救援", "another body's visit counts: %+v", due)
	require.Equal(t, http.StatusOK, w.call(t, "admin", http.MethodPost, "/registers/other_visits", object{"enterprise_id": firm, "on": today, "body": "县市场监管局", "purpose": "特种设备抽查", "result": ""}).Status)
	due = w.planOf(t, firm)
	require.Equal(t, before+1, due.VisitsThisYear)
	require.Equal(t, []string{"县市场监管局", "特种设备抽查"}, []string{due.LastVisitBy, due.LastVisitFor})
	require.NotEmpty(t, due.FreeFrom)

	plan := object{"enterprise_id": firm, "on": today, "sort": "regular", "plan_id": due.PlanID, "inspector_ids": []string{other}}
	again := w.call(t, "mengqinglan", http.MethodPost, "/inspections", plan)
	require.Equal(t, http.StatusUnprocessableEntity, again.Status)
	require.Contains(t, string(again.Body), "县市场监管局", "it is said who was there")
	plan["why"] = "按季度计划，应去"
	statuses := make([]int, 2)
	var both sync.WaitGroup
	for i := range statuses {
		both.Go(func() { statuses[i] = w.call(t, "mengqinglan", http.MethodPost, "/inspections", plan).Status })
	}
	both.Wait()
	require.ElementsMatch(t, []int{http.StatusOK, http.StatusUnprocessableEntity}, statuses, "nothing is opened twice")
	due = w.planOf(t, firm)
	require.False(t, due.Openable)
	require.NotEmpty(t, due.InspectionID)
	i := visited{}
	w.call(t, "mengqinglan", http.MethodGet, "/inspections/"+due.InspectionID, nil).read(t, &i)
	require.Equal(t, "按季度计划，应去", i.Why)
	var visits struct {
		Items []struct {
			By     string
			CaseID string `json:"case_id"`
		}
	}
	w.call(t, "shenji", http.MethodGet, "/enterprises/"+firm+"/visits", nil).read(t, &visits)
	require.GreaterOrEqual(t, len(visits.Items), 2)
	require.Equal(t, http.StatusNotFound, w.call(t, "zhujianju", http.MethodGet, "/visit-plan", nil).Status, "a department plans nothing")

	missed := w.evidence(t, "mengqinglan")
	w.do(t, "mengqinglan", "/inspections/"+due.InspectionID+"/find-nobody", object{"outcome": "moved", "note": "厂房已经搬空", "attachments": missed})
	settle := "/inspections/" + due.InspectionID + "/settle-status"
	var proposed struct {
		Items []struct {
			CaseID   string `json:"case_id"`
			Proposes string
		}
	}
	w.call(t, "shaojinghe", http.MethodGet, "/proposed-statuses", nil).read(t, &proposed)
	require.Contains(t, proposed.Items, struct {
		CaseID   string `json:"case_id"`
		Proposes string
	}{due.InspectionID, "moved"})
	require.Equal(t, http.StatusForbidden, w.call(t, "mengqinglan", http.MethodPost, settle, object{"verdict": "confirmed"}).Status, "who proposed it does not decide")
	w.do(t, "shaojinghe", settle, object{"verdict": "confirmed"})
	var record struct{ Record struct{ Status string } }
	w.call(t, "admin", http.MethodGet, "/registers/enterprises/"+firm, nil).read(t, &record)
	require.Equal(t, "moved", record.Record.Status, "the register says so at once")
	require.Nil(t, w.planOf(t, firm), "nobody is planned to go where nobody is met")
	var deeds struct {
		Items []struct{ Who, Note string }
	}
	w.call(t, "admin", http.MethodGet, "/deeds?record="+firm, nil).read(t, &deeds)
	require.Equal(t, i.Number, deeds.Items[0].Note)
	var verified struct{ Intact bool }
	w.call(t, "shenji", http.MethodGet, "/cases/"+due.InspectionID+"/verification", nil).read(t, &verified)
	require.True(t, verified.Intact)
}
