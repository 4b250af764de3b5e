package systemtest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/inspection"
)

// visited is an inspection as the API shows it, as far as these tests look at it.
type visited struct {
	Title       string
	State       string
	ListVersion int `json:"list_version"`
	Items       []inspection.Item
	Why         string
	Number      string
	Proposes    string
	ParentID    string `json:"parent_id"`
}

// enterpriseID is the id of an enterprise by its name.
func (w *world) enterpriseID(t *testing.T, name string) string {
	t.Helper()
	var found struct{ Items []struct{ ID string } }
	w.call(t, "luzhiyuan", http.MethodGet, "/enterprises?q="+name, nil).read(t, &found)
	require.NotEmpty(t, found.Items, name)
	return found.Items[0].ID
}

// userID is the id of an account by its name.
func (w *world) userID(t *testing.T, name string) string {
	t.Helper()
	var found struct{ People []struct{ ID, Name string } }
	w.call(t, "shaojinghe", http.MethodGet, "/people", nil).read(t, &found)
	for _, p := range found.People {
		if p.Name == name {
			return p.ID
		}
	}
	require.Fail(t, "nobody is called "+name)
	return ""
}

// TestInspections takes a campaign from its plan to its numbers: a visit that needs a reason because there was another, a tenant inspected together with its
// landlord, a checklist that is published anew meanwhile, a hazard that belongs to the inspection, a visit that found nobody; the enterprise reads of it once somebody came.
func TestInspections(t *testing.T) {
	t.Parallel()
	w := timed(t)
	landlord, other, today := w.enterpriseID(t, "松石光伏科技"), w.userID(t, "丁文笙"), w.today().String()
	var registers struct {
		Items []struct {
			ID     string
			Record map[string]any
		}
	}
	w.call(t, "admin", http.MethodGet, "/registers/checklists", nil).read(t, &registers)
	list := registers.Items[0]
	campaign := w.call(t, "admin", http.MethodPost, "/registers/campaigns", object{"name": "冬季安全检查", "started_on": today, "ended_on": nil})
	var kept struct{ ID string }
	campaign.read(t, &kept)
	plan := object{"enterprise_id": landlord, "on": today, "sort": "special", "campaign_id": kept.ID, "checklist_id": list.ID, "inspector_ids": []string{other}}

	again := w.call(t, "mengqinglan", http.MethodPost, "/inspections", plan)
	require.Equal(t, http.StatusUnprocessableEntity, again.Status)
	require.Contains(t, string(again.Body), "定期检查", "it is said what the enterprise is to be visited for")
	plan["why"] = "冬季安全检查全覆盖"
	opened := w.do(t, "mengqinglan", "/inspections", plan).Standing
	at := "/inspections/" + opened.CaseID
	inspected := func(user, path string) visited {
		t.Helper()
		var i visited
		w.call(t, user, http.MethodGet, path, nil).read(t, &i)
		return i
	}

	w.do(t, "mengqinglan", at+"/include", object{"tenants": []string{w.enterpriseID(t, "同光包装")}})
	tenants := w.about(t, "/inspections", "同光包装", 1)
	tenant := inspected("mengqinglan", "/inspections/"+tenants[0].ID)
	require.Equal(t, opened.CaseID, tenant.ParentID)
	require.Contains(t, tenant.Why, "松石光伏科技")

	record := list.Record
	record["site"] = []string{"换成新的一版"}
	require.Equal(t, http.StatusOK, w.call(t, "admin", http.MethodPut, "/registers/checklists/"+list.ID, record).Status)
	i := inspected("mengqinglan", at)
	require.Equal(t, 1, i.ListVersion)
	require.Len(t, i.Items, 14, "the version used is kept")

	require.Equal(t, "invalid_input", w.call(t, "mengqinglan", http.MethodPost, at+"/check", object{"results": object{"s1": "fail"}}).code(t))
	w.do(t, "mengqinglan", at+"/check", object{"results": object{"s1": "fail"}, "notes": object{"s1": "疏散通道堆放周转箱"}})
	require.Equal(t, "wrong_state", w.call(t, "mengqinglan", http.MethodPost, at+"/conclude", object{"came_at": "00:00", "left_at": "00:00", "head": "示例负责人", "signature": "signed"}).code(t))
	found := w.do(t, "mengqinglan", "/hazards", object{"inspection": i.Number, "enterprise_id": landlord, "location": "2 号厂房", "description": "疏散通道堆放周转箱。", "level": "general"}).Standing
	require.Equal(t, "invalid_input", w.call(t, "mengqinglan", http.MethodPost, "/hazards", object{"inspection": i.Number, "enterprise_id": w.enterpriseID(t, "同光包装"), "location": "x", "description": "x", "level": "general"}).code(t), "it was of another enterprise")
	var h struct {
		ParentID   string `json:"parent_id"`
		CampaignID string `json:"campaign_id"`
	}
	w.call(t, "mengqinglan", http.MethodGet, "/hazards/"+found.CaseID, nil).read(t, &h)
	require.Equal(t, []string{opened.CaseID, kept.ID}, []string{h.ParentID, h.CampaignID})
	w.do(t, "mengqinglan", at+"/check", object{"rest": true})
	w.do(t, "mengqinglan", at+"/conclude", object{"came_at": "00:00", "left_at": "00:00", "head": "示例负责人", "signature": "refused", "refusal": "认为问题不属实", "cards_shown": true})
	require.Equal(t, inspection.Inspected, inspected("mengqinglan", at).State)

	w.do(t, "mengqinglan", at+"/issue-letter", object{"letter": "inspection_record"})
	var letters struct {
		Items []struct {
			Number, Title, To, SHA256 string
			Seq                       int
		}
	}
	w.call(t, "mengqinglan", http.MethodGet, "/letters?sort_of=inspection_record", nil).read(t, &letters)
	require.Equal(t, "现场检查记录", letters.Items[0].Title)
	require.Contains(t, letters.Items[0].Number, "检记〔2024〕")
	require.Equal(t, "wrong_state", w.call(t, "mengqinglan", http.MethodPost, at+"/issue-letter", object{"letter": "inspection_record"}).code(t), "it is on record already")
	status, page := read(t, signedIn(t, w.web.URL, "mengqinglan"), w.web.URL+"/letters/"+opened.CaseID+"/1")
	require.Equal(t, http.StatusOK, status)
	contact := signedIn(t, w.web.URL, "qiye")
	foreign, _ := read(t, contact, w.web.URL+"/letters/"+opened.CaseID+"/1")
	require.Equal(t, http.StatusNotFound, foreign, "the record of another enterprise's inspection")
	own := w.do(t, "mengqinglan", "/inspections", object{"enterprise_id": w.enterpriseID(t, "丰禾汽车部件"), "on": today, "sort": "special", "inspector_ids": []string{other}, "why": "专项检查"}).Standing
	w.do(t, "mengqinglan", "/inspections/"+own.CaseID+"/conclude", object{"came_at": "00:00", "left_at": "00:00", "head": "示例负责人", "signature": "signed", "content": "检查用电安全。"})
	w.do(t, "mengqinglan", "/inspections/"+own.CaseID+"/issue-letter", object{"letter": "inspection_record"})
	foreign, theirs := read(t, contact, w.web.URL+"/letters/"+own.CaseID+"/1")
	require.Equal(t, http.StatusOK, foreign, "the record of its own")
	require.Contains(t, theirs, "检查用电安全。")
	for _, says := range []string{"0时00分至0时00分", "疏散通道堆放周转箱", "拒绝签字：认为问题不属实", "合格的检查项 13 项", found.Number} {
		require.Contains(t, page, says)
	}

	missed := w.evidence(t, "mengqinglan")
	w.do(t, "mengqinglan", "/inspections/"+tenants[0].ID+"/find-nobody", object{"outcome": "moved", "note": "厂房已经搬空", "attachments": missed})
	require.Equal(t, "moved", inspected("mengqinglan", "/inspections/"+tenants[0].ID).Proposes)

	var figures struct {
		Batches, Visits, Enterprises, Missed, Found int
	}
	w.call(t, "shaojinghe", http.MethodGet, "/campaigns/"+kept.ID, nil).read(t, &figures)
	require.Equal(t, []int{1, 1, 1, 1, 1}, []int{figures.Batches, figures.Visits, figures.Enterprises, figures.Missed, figures.Found})
	require.Equal(t, http.StatusNotFound, w.call(t, "zhujianju", http.MethodGet, "/campaigns/"+kept.ID, nil).Status, "a department counts nothing")
	w.call(t, "shaojinghe", http.MethodGet, "/inspection-figures?year=2024", nil).read(t, &figures)
	require.Equal(t, 6, figures.Visits, "four of the demo and these two")
	var verified struct{ Intact bool }
	w.call(t, "shenji", http.MethodGet, "/cases/"+opened.CaseID+"/verification", nil).read(t, &verified)
	require.True(t, verified.Intact)
}
