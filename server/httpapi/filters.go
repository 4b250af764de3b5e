package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	filtersAsked struct {
		List string `query:"list" required:"true" maxLength:"40" doc:"of which list: projects, hazards, plan-tasks"`
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
		Removable  bool   `json:"removable" doc:"by the caller: one's own, or one shared by the people of the unit whose head they are"`
	}
	filterSaved struct {
		Body struct {
			List       string `json:"list" maxLength:"40" doc:"projects, hazards, plan-tasks: the list of any kind of case." example:"projects"`
			Name       string `json:"name" minLength:"1" maxLength:"40" doc:"The same name again changes it." example:"在建超期"`
			Query      string `json:"query" maxLength:"2000" doc:"Of the list's address." example:"stage=construction&overdue=true"`
			SharedWith string `json:"shared_with,omitempty" enum:"own,unit,staff" doc:"With nobody when left out."`
		}
	}
	columnsAsked struct {
		List string `path:"list" maxLength:"40" doc:"projects, hazards, plan-tasks: the list of any kind of case" example:"projects"`
	}
	columnsChosen struct {
		List string `path:"list" maxLength:"40" doc:"projects, hazards, plan-tasks: the list of any kind of case" example:"projects"`
		Body struct {
			Columns []string `json:"columns" maxItems:"80" doc:"None: the usual ones again." example:"[\"title\",\"stage\",\"due_on\"]"`
		}
	}
	// ListColumns are the columns of a list that the caller looks at, and all it has.
	ListColumns struct {
		Columns []string `json:"columns" doc:"those the caller looks at"`
		All     []string `json:"all" doc:"every column, by the name to sort by"`
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
	on(f, operation{id: "getListColumns", path: "/lists/{list}/columns", tag: "work", summary: "Which columns of a list the caller looks at"}, a.listColumns)
	does(f, operation{id: "chooseListColumns", method: http.MethodPut, path: "/lists/{list}/columns", tag: "work", summary: "Choose the columns of a list that the caller looks at"}, a.chooseColumns)
	does(f, operation{id: "dropFilter", method: http.MethodDelete, path: "/filters/{filter}", tag: "work", summary: "Forget a selection: one's own, or one shared by the people of the unit whose head one is"},
		func(ctx context.Context, in *filterNamed) error {
			return a.App.Store.DropFilter(ctx, actor(ctx).ID, in.Filter)
		})
}

// kindAt is the kind whose list is at the path, with the list as its reader has it: nobody is offered, or chooses, a column that is not theirs.
func kindAt(ctx context.Context, path string) (process.Entry, error) {
	kind, ok := kinds.At(path)
	if !ok {
		return kind, process.Refuse(process.NotFound, "没有这个列表。", "There is no such list.")
	}
	kind.List = store.ListOf(actor(ctx), kind)
	return kind, nil
}

func (a *API) listColumns(ctx context.Context, in *columnsAsked) (ListColumns, error) {
	kind, err := kindAt(ctx, in.List)
	if err != nil {
		return ListColumns{}, err
	}
	names, err := a.App.Store.Listed(ctx, actor(ctx).ID, kind)
	return ListColumns{Columns: names, All: kind.List.Choosable()}, err
}

func (a *API) chooseColumns(ctx context.Context, in *columnsChosen) error {
	kind, err := kindAt(ctx, in.List)
	if err != nil {
		return err
	}
	return a.App.Store.ChooseColumns(ctx, actor(ctx).ID, kind, in.Body.Columns)
}

func (a *API) listFilters(ctx context.Context, in *filtersAsked) (FilterList, error) {
	rows, err := a.App.Store.Filters(ctx, actor(ctx), in.List)
	list := FilterList{Items: []FilterItem{}}
	for _, r := range rows {
		list.Items = append(list.Items, FilterItem{ID: r.ID, Name: r.Name, Query: r.Query, SharedWith: r.SharedWith, Own: r.Own, Owner: r.Owner, Removable: r.Removable})
	}
	return list, err
}
