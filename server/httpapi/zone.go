package httpapi

import (
	"context"
	"net/http"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

type (
	// PersonItem is somebody of the zone's staff or a department.
	PersonItem struct {
		ID    string   `json:"id"`
		Name  string   `json:"name"`
		Roles []string `json:"roles"`
	}
	// UnitItem is a section of the zone or a department of the county.
	UnitItem struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Kind string `json:"kind"`
		Head string `json:"head,omitempty" doc:"who heads it, by name; for administrators"`
	}
	// People are whom a case can be given to.
	People struct {
		People []PersonItem `json:"people"`
		Units  []UnitItem   `json:"units"`
	}
	// CampaignItem is a campaign of inspections.
	CampaignItem struct {
		ID        string     `json:"id"`
		Name      string     `json:"name"`
		StartedOn clock.Date `json:"started_on"`
		EndedOn   clock.Date `json:"ended_on"`
		Hazards   int        `json:"hazards"`
	}
	// CampaignList is all campaigns, the latest first.
	CampaignList struct {
		Items []CampaignItem `json:"items"`
	}
	headAsked struct {
		Unit id `path:"unit" doc:"Id of the section or department"`
		Body struct {
			HeadID orNobody `json:"head_id" doc:"Who heads it; empty: nobody."`
		}
	}
)

// zone declares who and what there is in the zone.
func (a *API) zone(f *face) {
	on(f, operation{id: "listPeople", path: "/people", tag: "zone", summary: "Staff and units a case can be given to"}, a.people)
	on(f, operation{id: "getCampaign", path: "/campaigns/{campaign}", tag: "inspections", summary: "A campaign and what it came to, for the zone's own staff"}, a.campaign)
	on(f, operation{id: "getInspectionFigures", path: "/inspection-figures", tag: "inspections", summary: "What the inspections of a year came to, for the zone's own staff"}, a.inspectionFigures)
	a.visitPlans(f)
	on(f, operation{id: "listCampaigns", path: "/campaigns", tag: "zone", summary: "Campaigns of inspections"}, a.campaigns)
	does(f, operation{id: "setHead", method: http.MethodPut, path: "/units/{unit}/head", tag: "administration", whose: administrators,
		summary: "Say who heads a unit. It is whom a ladder means by the section's head"},
		func(ctx context.Context, in *headAsked) error {
			return a.set(ctx, f, register.UnitsName, string(in.Unit), map[string]string{"head_id": string(in.Body.HeadID)})
		})
}

// set changes some fields of a record, and leaves the others.
func (a *API) set(ctx context.Context, f *face, name register.Name, id string, cells map[string]string) error {
	r, _ := register.Of(name)
	_, err := a.clerk(f).Set(ctx, actor(ctx), r, id, cells)
	return err
}

// people lists staff and units. An enterprise's contact learns nobody's name here.
func (a *API) people(ctx context.Context, _ *struct{}) (People, error) {
	list := People{People: []PersonItem{}, Units: []UnitItem{}}
	if actor(ctx).Has(process.Enterprise) {
		return list, nil
	}
	staff, err := a.App.Store.Staff(ctx)
	if err != nil {
		return list, err
	}
	units, err := a.App.Store.Units(ctx)
	for _, p := range staff {
		list.People = append(list.People, PersonItem{ID: p.ID, Name: p.Name, Roles: p.Roles})
	}
	for _, u := range units {
		item := UnitItem{ID: u.ID, Name: u.Name, Kind: u.Kind}
		if actor(ctx).Has(process.Administrator) {
			item.Head = u.Head
		}
		list.Units = append(list.Units, item)
	}
	return list, err
}

func (a *API) campaigns(ctx context.Context, _ *struct{}) (CampaignList, error) {
	rows, err := a.App.Store.Campaigns(ctx, actor(ctx))
	list := CampaignList{Items: []CampaignItem{}}
	for _, c := range rows {
		list.Items = append(list.Items, CampaignItem{ID: c.ID, Name: c.Name, StartedOn: c.StartedOn, EndedOn: c.EndedOn, Hazards: int(c.Hazards)})
	}
	return list, err
}

// CampaignFigures is a campaign with what it came to.
type CampaignFigures struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	StartedOn clock.Date `json:"started_on"`
	EndedOn   clock.Date `json:"ended_on"`
	inspection.Figures
}

func (a *API) campaign(ctx context.Context, in *struct {
	Campaign id `path:"campaign"`
}) (CampaignFigures, error) {
	c, err := a.App.Store.CampaignFigures(ctx, actor(ctx), string(in.Campaign), a.now())
	return CampaignFigures(c), err
}

func (a *API) inspectionFigures(ctx context.Context, in *struct {
	Year int `query:"year" minimum:"1990" maximum:"2100" doc:"The year; this one when left out."`
}) (inspection.Figures, error) {
	year := in.Year
	if year == 0 {
		year = clock.DateOf(a.now()).Year()
	}
	return a.App.Store.InspectionFigures(ctx, actor(ctx), year, a.now())
}
