package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

type (
	casesAsked struct {
		Done         maybe[bool] `query:"done" doc:"true: done, false: open"`
		State        string      `query:"state" maxLength:"40"`
		HolderID     id          `query:"holder_id" doc:"who has it"`
		EnterpriseID id          `query:"enterprise_id"`
		Overdue      bool        `query:"overdue"`
		Words        string      `query:"q" minLength:"2" maxLength:"100" doc:"characters of number, title or enterprise"`
		Paged
	}
	// CaseItem is a case in a list of its kind.
	CaseItem struct {
		Listed
		Stage string `json:"stage,omitempty"`
		Round int    `json:"round"`
	}
	// CaseList is a page of the cases of a kind.
	CaseList struct {
		Items []CaseItem `json:"items"`
		Next  string     `json:"next,omitempty"`
	}
)

// kind declares the reads of a kind. Projects and hazards have richer ones of their own; every other kind has these, without a line for it.
func (a *API) kind(f *face, entry process.Entry) {
	f.OpenAPI().Tags = append(f.OpenAPI().Tags, &huma.Tag{Name: entry.Path, Description: f.tagWords(entry)})
	if entry.Kind == project.Kind || entry.Kind == hazard.Kind {
		return
	}
	on(f, operation{id: "list" + title(entry.Path), path: "/" + entry.Path, tag: entry.Path, summary: title(entry.Path) + ", the most urgent first"},
		func(ctx context.Context, in *casesAsked) (CaseList, error) { return a.listCases(ctx, entry.Kind, in) })
	op := operation{id: "get" + title(string(entry.Kind)), path: "/" + entry.Path + "/{id}", tag: entry.Path, summary: "One " + string(entry.Kind) + " with everything on it"}.describe()
	op.Responses["200"].Content = map[string]*huma.MediaType{"application/json": {Schema: f.OpenAPI().Components.Schemas.Schema(entry.Type, true, "")}}
	raw(f, op, nil, func(ctx context.Context, in *CaseID) (*body[any], error) {
		c, err := a.App.Store.Case(ctx, actor(ctx), in.ID)
		if err == nil && c.Kind != entry.Kind {
			err = process.Refuse(process.NotFound, "没有找到，或者你无权查看。", "It does not exist, or you may not see it.")
		}
		return &body[any]{Body: c.Subject}, err
	})
}

func (a *API) listCases(ctx context.Context, kind process.Kind, in *casesAsked) (CaseList, error) {
	rows, next, err := a.App.Store.Cases(ctx, actor(ctx), kind, store.CaseFilter{Done: in.Done.pointer(), State: in.State, HolderID: string(in.HolderID),
		EnterpriseID: string(in.EnterpriseID), Overdue: in.Overdue, Words: in.Words}, store.Cursor(in.Cursor), in.Size, a.now())
	list := CaseList{Items: []CaseItem{}, Next: string(next)}
	for _, r := range rows {
		list.Items = append(list.Items, CaseItem{Stage: r.Stage, Round: int(r.Round), Listed: Listed{ID: r.ID, Number: r.Number, Title: r.Title, Version: r.Version, State: r.State,
			Done: r.Done, EnterpriseID: r.EnterpriseID, Enterprise: r.EnterpriseName, Holder: holder(r.HolderKind, r.HolderID, r.HolderName, r.HolderSince), DueOn: r.DueOn,
			Overdue: a.late(r.DueOn), UpdatedAt: r.UpdatedAt}})
	}
	return list, err
}
