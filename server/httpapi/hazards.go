package httpapi

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// ListHazards lists hazards.
func (a *API) ListHazards(ctx context.Context, r api.ListHazardsRequestObject) (api.ListHazardsResponseObject, error) {
	p := r.Params
	filter := store.HazardFilter{Done: p.Done, State: string(value(p.State)), Level: string(value(p.Level)), FoundYear: value(p.Found),
		CampaignID: value(p.CampaignId), HolderID: value(p.HolderId), EnterpriseID: value(p.EnterpriseId), Overdue: value(p.Overdue), Words: value(p.Q)}
	rows, next, err := a.App.Store.Hazards(ctx, actor(ctx), filter, store.Cursor(value(p.Cursor)), size(p.Size), a.now())
	if err != nil {
		return nil, err
	}
	year := filter.FoundYear
	if year == 0 {
		year = clock.DateOf(a.now()).Year()
	}
	t, err := a.App.Store.HazardTotals(ctx, actor(ctx), year, a.now())
	if err != nil {
		return nil, err
	}
	list := api.ListHazards200JSONResponse{Items: []api.HazardItem{}, Next: optional(string(next)), Totals: api.HazardTotals{Year: year, Open: int(t.Open),
		Overdue: int(t.Overdue), Reported: int(t.Reported), Major: int(t.Major), Closed: int(t.Closed), FoundInYear: int(t.FoundInYear), RectifiedInYear: int(t.RectifiedInYear)}}
	for _, row := range rows {
		list.Items = append(list.Items, a.hazardItem(row))
	}
	return list, nil
}

func (a *API) hazardItem(r store.HazardRow) api.HazardItem {
	return api.HazardItem{Id: r.ID, Number: r.Number, Title: r.Title, Version: r.Version, State: r.State, Round: int(r.Round), Done: r.Done,
		EnterpriseId: r.EnterpriseID, Enterprise: r.EnterpriseName, Holder: holder(r.HolderKind, r.HolderID, r.HolderName, r.HolderSince),
		DueOn: r.DueOn, Overdue: a.late(r.DueOn), UpdatedAt: r.UpdatedAt, Level: r.Level, Location: r.Location, FoundOn: r.FoundOn,
		Supervisor: r.SupervisorName, Result: r.Result, ClosedOn: r.ClosedOn}
}

// GetHazard returns one hazard.
func (a *API) GetHazard(ctx context.Context, r api.GetHazardRequestObject) (api.GetHazardResponseObject, error) {
	h, err := a.App.Store.Hazard(ctx, actor(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetHazard200JSONResponse(h.Hazard), nil
}

// holder presents who has a case, nil when nobody has.
func holder(kind, id, name string, since *time.Time) *api.Holder {
	if id == "" {
		return nil
	}
	return &process.Holder{Kind: process.HolderKind(kind), ID: id, Name: name, Since: value(since)}
}
