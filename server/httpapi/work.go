package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

// GetInbox lists what waits for the caller.
func (a *API) GetInbox(ctx context.Context, r api.GetInboxRequestObject) (api.GetInboxResponseObject, error) {
	rows, next, err := a.App.Store.Inbox(ctx, actor(ctx), store.Cursor(value(r.Params.Cursor)), size(r.Params.Size))
	if err != nil {
		return nil, err
	}
	counts, err := a.App.Store.InboxCounts(ctx, actor(ctx), a.now())
	if err != nil {
		return nil, err
	}
	inbox := api.GetInbox200JSONResponse{Items: []api.InboxItem{}, Next: optional(string(next)), Total: int(counts.Total), Overdue: int(counts.Overdue), DueToday: int(counts.Today)}
	for _, row := range rows {
		inbox.Items = append(inbox.Items, api.InboxItem{Id: row.ID, Kind: row.Kind, Number: row.Number, Title: row.Title, State: row.State,
			Stage: optional(row.Stage), Round: ptr(int(row.Round)), Enterprise: row.EnterpriseName,
			Holder: holder(row.HolderKind, row.HolderID, row.HolderName, row.HolderSince), DueOn: row.DueOn, Overdue: a.late(row.DueOn)})
	}
	return inbox, nil
}

// GetNotices lists what the caller was told.
func (a *API) GetNotices(ctx context.Context, r api.GetNoticesRequestObject) (api.GetNoticesResponseObject, error) {
	rows, err := a.App.Store.Notices(ctx, actor(ctx).ID, value(r.Params.Before), size(r.Params.Size))
	if err != nil {
		return nil, err
	}
	unread, err := a.App.Store.UnreadNotices(ctx, actor(ctx).ID)
	if err != nil {
		return nil, err
	}
	list := api.GetNotices200JSONResponse{Items: []api.NoticeItem{}, Unread: unread}
	for _, n := range rows {
		list.Items = append(list.Items, api.NoticeItem{Id: n.ID, Kind: n.Kind, At: n.CreatedAt, CaseId: optional(n.CaseID), CaseKind: optional(n.CaseKind),
			Number: optional(n.Number), Title: optional(n.Title), Read: n.ReadAt != nil, Level: api.NoticeItemLevel(n.Level), About: n.About})
	}
	return list, nil
}

// GetMe says who the caller is.
func (a *API) GetMe(ctx context.Context, _ api.GetMeRequestObject) (api.GetMeResponseObject, error) {
	park, err := a.App.Store.Park(ctx)
	if err != nil {
		return nil, err
	}
	identity, _ := auth.From(ctx)
	return api.GetMe200JSONResponse{Actor: identity.Actor, Language: api.MeLanguage(identity.Language), Zone: &park.Name}, nil
}

// ListEnterprises lists enterprises.
func (a *API) ListEnterprises(ctx context.Context, r api.ListEnterprisesRequestObject) (api.ListEnterprisesResponseObject, error) {
	limit := size(r.Params.Size)
	rows, err := a.App.Store.Enterprises(ctx, actor(ctx), value(r.Params.Q), value(r.Params.After), limit)
	if err != nil {
		return nil, err
	}
	list := api.ListEnterprises200JSONResponse{Items: []api.EnterpriseItem{}}
	for _, e := range rows {
		list.Items = append(list.Items, api.EnterpriseItem{Id: e.ID, Name: e.Name, ShortName: e.ShortName, Sector: e.Sector, Invented: e.Invented, Aliases: e.Aliases})
	}
	if len(rows) == limit {
		list.Next = &rows[limit-1].ShortName
	}
	return list, nil
}

// ListPeople lists staff and units. An enterprise's contact learns nobody's name here.
func (a *API) ListPeople(ctx context.Context, _ api.ListPeopleRequestObject) (api.ListPeopleResponseObject, error) {
	list := api.ListPeople200JSONResponse{People: []api.PersonItem{}, Units: []api.UnitItem{}}
	if actor(ctx).Has(process.Enterprise) {
		return list, nil
	}
	staff, err := a.App.Store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	units, err := a.App.Store.Units(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range staff {
		list.People = append(list.People, api.PersonItem{Id: p.ID, Name: p.Name, Roles: p.Roles})
	}
	for _, u := range units {
		list.Units = append(list.Units, api.UnitItem{Id: u.ID, Name: u.Name, Kind: u.Kind})
	}
	return list, nil
}

// ListCampaigns lists campaigns.
func (a *API) ListCampaigns(ctx context.Context, _ api.ListCampaignsRequestObject) (api.ListCampaignsResponseObject, error) {
	rows, err := a.App.Store.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	list := api.ListCampaigns200JSONResponse{Items: []api.CampaignItem{}}
	for _, c := range rows {
		list.Items = append(list.Items, api.CampaignItem{Id: c.ID, Name: c.Name, StartedOn: c.StartedOn, EndedOn: c.EndedOn, Hazards: int(c.Hazards)})
	}
	return list, nil
}
