package httpapi

import (
	"context"
	"math"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store"
)

type (
	hazardsAsked struct {
		Done       maybe[bool] `query:"done" doc:"true: closed, false: open; both when left out"`
		Found      int         `query:"found" minimum:"1990" maximum:"2100" doc:"found in the year"`
		CampaignID id          `query:"campaign_id"`
		Narrowed
	}
	// HazardItem is a hazard in a list.
	HazardItem struct {
		Listed
		Besides
		Round      int        `json:"round"`
		Level      string     `json:"level"`
		Location   string     `json:"location"`
		FoundOn    clock.Date `json:"found_on"`
		Supervisor string     `json:"supervisor"`
		Result     string     `json:"result"`
		ClosedOn   clock.Date `json:"closed_on"`
	}
	// HazardList is a page of hazards, with the figures of all.
	HazardList struct {
		Items  []HazardItem `json:"items"`
		Next   string       `json:"next,omitempty"`
		Totals HazardTotals `json:"totals"`
	}
	// HazardTotals are the figures of all hazards the caller sees.
	HazardTotals struct {
		Year            int `json:"year"`
		Open            int `json:"open"`
		Overdue         int `json:"overdue"`
		Reported        int `json:"reported"`
		Major           int `json:"major"`
		Closed          int `json:"closed"`
		FoundInYear     int `json:"found_in_year"`
		RectifiedInYear int `json:"rectified_in_year"`

		Rate *float64 `json:"rectification_rate" doc:"of those found in the year, in per cent with two decimals; null: none was found" example:"97.56"`
	}
)

// hazards declares the reads of hazards.
func (a *API) hazards(f *face) {
	kind, _ := kinds.Of(hazard.Kind)
	lists(f, kind, operation{id: "listHazards", path: "/hazards", tag: "hazards", summary: "Hazards, the most urgent first unless sorted otherwise"}, a.listHazards)
	on(f, operation{id: "getHazard", path: "/hazards/{id}", tag: "hazards", summary: "One hazard with its rounds and clocks"},
		func(ctx context.Context, in *CaseID) (hazard.Hazard, error) {
			h, err := a.App.Store.Hazard(ctx, actor(ctx), in.ID)
			return h.Hazard, err
		})
}

func (a *API) listHazards(ctx context.Context, p *hazardsAsked) (HazardList, error) {
	kind, _ := kinds.Of(hazard.Kind)
	asked, err := p.conditions(ctx, a, kind)
	if err != nil {
		return HazardList{}, err
	}
	asked.Done, asked.CampaignID = p.Done.pointer(), string(p.CampaignID)
	asked.During("found_on", p.Found)
	rows, next, err := a.App.Store.List(ctx, actor(ctx), hazard.Kind, asked, p.sort(), store.Cursor(p.Cursor), p.Size, a.now())
	if err != nil {
		return HazardList{}, err
	}
	year := p.Found
	if year == 0 {
		year = clock.DateOf(a.now()).Year()
	}
	t, err := a.App.Store.HazardTotals(ctx, actor(ctx), year, a.now())
	if err != nil {
		return HazardList{}, err
	}
	list := HazardList{Items: []HazardItem{}, Next: string(next), Totals: HazardTotals{Year: year, Open: int(t.Open), Overdue: int(t.Overdue),
		Reported: int(t.Reported), Major: int(t.Major), Closed: int(t.Closed), FoundInYear: int(t.FoundInYear), RectifiedInYear: int(t.RectifiedInYear)}}
	if percent, known := rectification.Rate(int(t.RectifiedInYear), int(t.FoundInYear)); known {
		rounded := math.Round(percent*100) / 100
		list.Totals.Rate = &rounded
	}
	beside, err := p.ledger(ctx, a, kind, rows)
	if err != nil {
		return HazardList{}, err
	}
	for _, row := range rows {
		item := a.hazardItem(row)
		item.Besides = beside(row)
		list.Items = append(list.Items, item)
	}
	return list, nil
}

func (a *API) hazardItem(r store.ListRow) HazardItem {
	return HazardItem{Listed: Listed{ID: r.ID, Number: r.Number, Title: r.Title, Version: r.Version, State: r.State, Done: r.Done,
		EnterpriseID: r.EnterpriseID, Enterprise: r.EnterpriseName, Holder: holder(r.HolderKind, r.HolderID, r.HolderName, r.HolderSince),
		DueOn: r.DueOn, Overdue: a.late(r.DueOn), UpdatedAt: r.UpdatedAt, ClosedBy: r.ClosedBy}, Round: int(r.Round), Level: r.Level, Location: r.Location, FoundOn: r.FoundOn,
		Supervisor: r.ManagerName, Result: r.Result, ClosedOn: r.ClosedOn}
}
