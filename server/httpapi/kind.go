package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

type (
	casesAsked struct {
		Done maybe[bool] `query:"done" doc:"true: done, false: open; both when left out"`
		Narrowed
	}
	// CaseItem is a case in a list of its kind.
	CaseItem struct {
		ID         string          `json:"id"`
		Number     string          `json:"number"`
		Title      string          `json:"title"`
		State      string          `json:"state"`
		Stage      string          `json:"stage,omitempty"`
		Round      int             `json:"round"`
		Done       bool            `json:"done"`
		Enterprise string          `json:"enterprise"`
		Holder     *process.Holder `json:"holder" doc:"Who has it; null when it is done."`
		DueOn      clock.Date      `json:"due_on"`
		Overdue    bool            `json:"overdue"`
		Besides
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
	lists(f, entry, operation{id: "list" + title(entry.Path), path: "/" + entry.Path, tag: entry.Path, summary: title(entry.Path) + ", the most urgent first unless sorted otherwise"},
		func(ctx context.Context, in *casesAsked) (CaseList, error) { return a.listCases(ctx, entry, in) })
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

func (a *API) listCases(ctx context.Context, kind process.Entry, in *casesAsked) (CaseList, error) {
	asked, err := in.conditions(ctx, a, kind)
	if err != nil {
		return CaseList{}, err
	}
	asked.Done = in.Done.pointer()
	rows, next, err := a.App.Store.List(ctx, actor(ctx), kind.Kind, asked, in.sort(), store.Cursor(in.Cursor), in.Size, a.now())
	list := CaseList{Items: []CaseItem{}, Next: string(next)}
	if err != nil {
		return list, err
	}
	beside, err := in.ledger(ctx, a, kind, rows)
	if err != nil {
		return list, err
	}
	for _, r := range rows {
		list.Items = append(list.Items, CaseItem{ID: r.ID, Number: r.Number, Title: r.Title, State: r.State, Stage: r.Stage, Round: int(r.Round), Done: r.Done,
			Enterprise: r.EnterpriseName, Holder: holder(r.HolderKind, r.HolderID, r.HolderName, r.HolderSince), DueOn: r.DueOn, Overdue: a.late(r.DueOn), Besides: beside(r)})
	}
	return list, nil
}
