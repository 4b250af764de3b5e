package httpapi

import (
	"cmp"
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	visitPlanAsked struct {
		Year int `query:"year" minimum:"0" maximum:"2199" doc:"The present year, or one of the two after it; left out: the present one." example:"2027"`
		Ordered
	}
	// VisitPlanList is the year's plan of inspections.
	VisitPlanList struct {
		Year  int            `json:"year"`
		Items []DueVisitItem `json:"items"`
	}
	// DueVisitItem is an inspection that a template asks for.
	DueVisitItem struct {
		PlanID         string     `json:"plan_id" doc:"The template, a record of the register visit_plans; sent as plan_id when the inspection is arranged."`
		Plan           string     `json:"plan"`
		EnterpriseID   string     `json:"enterprise_id"`
		Enterprise     string     `json:"enterprise"`
		Sort           string     `json:"sort"`
		ChecklistID    string     `json:"checklist_id" doc:"empty: none"`
		Section        string     `json:"section"`
		Inspectors     []string   `json:"inspectors" doc:"Ids of those named by the template whose accounts are in use."`
		DueOn          clock.Date `json:"due_on"`
		LastOn         clock.Date `json:"last_on" doc:"The last visit made by this template; null: none."`
		Openable       bool       `json:"openable" doc:"It can be arranged from its template now."`
		InspectionID   string     `json:"inspection_id" doc:"The one that is planned or under way; empty: none is."`
		VisitsThisYear int        `json:"visits_this_year" doc:"Of the enterprise, made and planned, by whomever."`
		LastVisitOn    clock.Date `json:"last_visit_on" doc:"Of the enterprise, by whomever; null: none."`
		LastVisitBy    string     `json:"last_visit_by"`
		LastVisitFor   string     `json:"last_visit_for" doc:"The campaign, the purpose, or the sort of inspection by its id."`
		FreeFrom       clock.Date `json:"free_from" doc:"Before that day it needs a reason, because of another visit; null: nothing stands in the way."`
		NearOn         clock.Date `json:"near_on" doc:"The visit that stands in the way, made or planned, by whomever; null: none does."`
		NearBy         string     `json:"near_by"`
		NearFor        string     `json:"near_for" doc:"The campaign, the purpose, or the sort of inspection by its id."`
		Foreseen       bool       `json:"foreseen" doc:"It follows once the one before it was made on its day."`
		Late           bool       `json:"late" doc:"Its day has passed, or it is arranged for after its day."`
	}
	// EnterpriseVisitList is what an enterprise was and is to be visited for.
	EnterpriseVisitList struct {
		Enterprise string                `json:"enterprise"`
		Items      []EnterpriseVisitItem `json:"items"`
	}
	// EnterpriseVisitItem is one visit.
	EnterpriseVisitItem struct {
		CaseID  string     `json:"case_id" doc:"The inspection; empty: another body came."`
		Number  string     `json:"number"`
		On      clock.Date `json:"on"`
		For     string     `json:"for"`
		By      string     `json:"by"`
		Done    bool       `json:"done"`
		Outcome string     `json:"outcome" doc:"Of one that found nobody, which does not count."`
	}
	// ProposedStatusList is what visits that found nobody propose.
	ProposedStatusList struct {
		Items []ProposedStatusItem `json:"items"`
	}
	// ProposedStatusItem is a status on which nobody has decided; settle_status of the inspection does.
	ProposedStatusItem struct {
		CaseID       string     `json:"case_id" doc:"The inspection"`
		Number       string     `json:"number"`
		EnterpriseID string     `json:"enterprise_id"`
		Enterprise   string     `json:"enterprise"`
		Status       string     `json:"status" doc:"What the register says now; empty: it works."`
		Proposes     string     `json:"proposes"`
		Note         string     `json:"note" doc:"What was seen."`
		On           clock.Date `json:"on"`
		By           string     `json:"by"`
	}
)

// visitPlans declares what is asked of the year's plan of inspections.
func (a *API) visitPlans(f *face) {
	sorts(f, store.SortVisitPlan().Columns, operation{id: "getVisitPlan", path: "/visit-plan", tag: "inspections", summary: "What the templates of recurring inspections ask for this year, the first due first, with what each enterprise was visited for by whomever; for the zone's own staff"},
		func(ctx context.Context, in *visitPlanAsked) (VisitPlanList, error) {
			today := clock.DateOf(a.now())
			list := VisitPlanList{Year: store.PlanYear(in.Year, today), Items: []DueVisitItem{}}
			if in.Year != 0 && in.Year != list.Year {
				return list, process.RefuseField("year", fmt.Sprintf("检查计划只排今年和以后两年，请填 %d 至 %d 年。", today.Year(), today.Year()+store.PlannedAhead), fmt.Sprintf("The plan is of this year and the two after it: %d to %d.", today.Year(), today.Year()+store.PlannedAhead))
			}
			rows, err := a.App.Store.VisitPlan(ctx, actor(ctx), list.Year, today)
			rows, err = inOrder(store.SortVisitPlan(), in.Ordered, rows, err)
			for _, d := range rows {
				list.Items = append(list.Items, dueItem(d))
			}
			return list, err
		})
	on(f, operation{id: "getEnterpriseVisits", path: "/enterprises/{id}/visits", tag: "inspections", summary: "What an enterprise was visited for and is to be visited for, whoever comes, the latest first; for the zone's own staff"},
		func(ctx context.Context, in *struct {
			ID id `path:"id" doc:"Id of the enterprise"`
		}) (EnterpriseVisitList, error) {
			v, err := a.App.Store.EnterpriseVisits(ctx, actor(ctx), string(in.ID), clock.DateOf(a.now()), clock.DateOf(a.now()))
			list := EnterpriseVisitList{Enterprise: v.Name, Items: []EnterpriseVisitItem{}}
			for _, x := range v.Visits {
				list.Items = append(list.Items, EnterpriseVisitItem{CaseID: x.CaseID, Number: x.Number, On: x.On, For: x.For, By: x.By, Done: x.Done, Outcome: x.Outcome})
			}
			return list, err
		})
	on(f, operation{id: "listProposedStatuses", path: "/proposed-statuses", tag: "inspections", summary: "Statuses of enterprises that visits which found nobody propose and on which nobody has decided; for the zone's own staff"},
		func(ctx context.Context, _ *struct{}) (ProposedStatusList, error) {
			rows, err := a.App.Store.ProposedStatuses(ctx, actor(ctx), clock.DateOf(a.now()))
			list := ProposedStatusList{Items: []ProposedStatusItem{}}
			for _, r := range rows {
				list.Items = append(list.Items, ProposedStatusItem{CaseID: r.ID, Number: r.Number, EnterpriseID: r.EnterpriseID, Enterprise: r.Enterprise, Status: r.Status, Proposes: r.Proposes, Note: r.Note, On: r.HeldOn, By: r.ByName})
			}
			return list, err
		})
}

func dueItem(d store.DueVisit) DueVisitItem {
	item := DueVisitItem{PlanID: d.PlanID, Plan: d.Plan, EnterpriseID: d.EnterpriseID, Enterprise: d.Enterprise, Sort: d.Sort, ChecklistID: d.ChecklistID, Section: d.Section, Inspectors: []string{},
		DueOn: d.DueOn, LastOn: d.LastOn, Openable: d.Openable, InspectionID: d.OpenID, VisitsThisYear: d.Year.Times, LastVisitOn: d.Year.LastOn, LastVisitBy: d.Year.LastBy, LastVisitFor: d.Year.For, FreeFrom: d.Earliest, Foreseen: d.Foreseen, Late: d.Late}
	if d.Near != nil {
		item.NearOn, item.NearBy, item.NearFor = d.Near.On, d.Near.By, cmp.Or(d.Near.Sort, d.Near.For)
	}
	if item.LastVisitFor == "" {
		item.LastVisitFor = d.Year.Sort
	}
	if d.FirstID != "" && !d.FirstGone {
		item.Inspectors = append(item.Inspectors, d.FirstID)
	}
	if d.SecondID != "" && !d.SecondGone {
		item.Inspectors = append(item.Inspectors, d.SecondID)
	}
	return item
}
