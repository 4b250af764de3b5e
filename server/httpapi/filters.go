package httpapi

import (
	"context"
	"net/http"
	"strings"
)

type (
	filtersAsked struct {
		List string `query:"list" required:"true" maxLength:"40" doc:"of which list: projects, hazards"`
	}
	// FilterList are the selections of a list that the caller can choose.
	FilterList struct {
		Items []FilterItem `json:"items"`
	}
	// FilterItem is a saved selection of a list.
	FilterItem struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		Query      string `json:"query" doc:"of the list's address" example:"stage=construction&overdue=true"`
		SharedWith string `json:"shared_with" doc:"own, unit, staff"`
		Own        bool   `json:"own"`
		Owner      string `json:"owner"`
	}
	filterSaved struct {
		Body struct {
			List       string `json:"list" enum:"projects,hazards" example:"projects"`
			Name       string `json:"name" minLength:"1" maxLength:"40" doc:"The same name again changes it." example:"在建超期"`
			Query      string `json:"query" maxLength:"2000" doc:"Of the list's address." example:"stage=construction&overdue=true"`
			SharedWith string `json:"shared_with,omitempty" enum:"own,unit,staff" doc:"With nobody when left out."`
		}
	}
	filterNamed struct {
		Filter string `path:"filter" doc:"Id of the selection"`
	}
)

// filters declares the saved selections of lists.
func (a *API) filters(f *face) {
	on(f, operation{id: "listFilters", path: "/filters", tag: "work", summary: "Saved selections of a list: one's own, and those that colleagues share"}, a.listFilters)
	does(f, operation{id: "saveFilter", method: http.MethodPost, path: "/filters", tag: "work", summary: "Keep a selection of a list under a name"},
		func(ctx context.Context, in *filterSaved) error {
			b := in.Body
			return a.App.Store.SaveFilter(ctx, actor(ctx), b.List, strings.TrimSpace(b.Name), strings.TrimPrefix(b.Query, "?"), b.SharedWith)
		})
	does(f, operation{id: "dropFilter", method: http.MethodDelete, path: "/filters/{filter}", tag: "work", summary: "Forget a selection of one's own"},
		func(ctx context.Context, in *filterNamed) error {
			return a.App.Store.DropFilter(ctx, actor(ctx).ID, in.Filter)
		})
}

func (a *API) listFilters(ctx context.Context, in *filtersAsked) (FilterList, error) {
	rows, err := a.App.Store.Filters(ctx, actor(ctx), in.List)
	list := FilterList{Items: []FilterItem{}}
	for _, r := range rows {
		list.Items = append(list.Items, FilterItem{ID: r.ID, Name: r.Name, Query: r.Query, SharedWith: r.SharedWith, Own: r.Own, Owner: r.Owner})
	}
	return list, err
}
