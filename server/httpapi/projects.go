package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// ListProjects lists projects.
func (a *API) ListProjects(ctx context.Context, r api.ListProjectsRequestObject) (api.ListProjectsResponseObject, error) {
	p := r.Params
	filter := store.ProjectFilter{Done: p.Done, Stage: string(value(p.Stage)), State: string(value(p.State)), Sector: value(p.Sector),
		SiteMode: string(value(p.SiteMode)), HolderID: value(p.HolderId), EnterpriseID: value(p.EnterpriseId), Overdue: value(p.Overdue),
		InHandYear: value(p.InHand), StartedYear: value(p.Started), SignedYear: value(p.Signed), ProductionYear: value(p.InProduction), Words: value(p.Q)}
	rows, next, err := a.App.Store.Projects(ctx, actor(ctx), filter, store.Cursor(value(p.Cursor)), size(p.Size), a.now())
	if err != nil {
		return nil, err
	}
	totals, err := a.App.Store.ProjectTotals(ctx, actor(ctx), filter, a.now())
	if err != nil {
		return nil, err
	}
	list := api.ListProjects200JSONResponse{Items: []api.ProjectItem{}, Next: optional(string(next)), Count: totals.Count,
		Investment: totals.Investment.String(), Overdue: totals.Overdue}
	for _, row := range rows {
		list.Items = append(list.Items, a.projectItem(row))
	}
	return list, nil
}

func (a *API) projectItem(r store.ProjectRow) api.ProjectItem {
	return api.ProjectItem{Id: r.ID, Number: r.Number, Title: r.Title, Version: r.Version, State: r.State, Stage: r.Stage, Done: r.Done,
		EnterpriseId: r.EnterpriseID, Enterprise: r.EnterpriseName, Holder: holder(r.HolderKind, r.HolderID, r.HolderName, r.HolderSince),
		DueOn: r.DueOn, Overdue: a.late(r.DueOn), UpdatedAt: r.UpdatedAt, Sector: r.Sector, SiteMode: r.SiteMode, Investment: r.Investment,
		IsKey: r.IsKey, StageSince: r.StageSince, SignedOn: r.SignedOn, ConstructionStartedOn: r.ConstructionStartedOn,
		ProductionOn: r.ProductionOn, FullCapacityOn: r.FullCapacityOn, AboveScaleOn: r.AboveScaleOn, Manager: r.ManagerName}
}

// late reports whether the day is over.
func (a *API) late(due clock.Date) bool { return !due.IsZero() && !due.End().After(a.now()) }

// GetProject returns one project.
func (a *API) GetProject(ctx context.Context, r api.GetProjectRequestObject) (api.GetProjectResponseObject, error) {
	p, err := a.App.Store.Project(ctx, actor(ctx), r.Id, clock.DateOf(a.now()))
	if err != nil {
		return nil, err
	}
	return api.GetProject200JSONResponse(project.Shown{Project: p.Project, Gate: p.Gate}), nil
}

// GetSeal returns what stood when a gate was passed.
func (a *API) GetSeal(ctx context.Context, r api.GetSealRequestObject) (api.GetSealResponseObject, error) {
	sealed, err := a.App.Store.Seal(ctx, actor(ctx), r.Id, r.Seq)
	if err != nil {
		return nil, err
	}
	return api.GetSeal200JSONResponse(sealed.Passage), nil
}

// GetBoard counts the open projects of every stage.
func (a *API) GetBoard(ctx context.Context, _ api.GetBoardRequestObject) (api.GetBoardResponseObject, error) {
	counts, err := a.App.Store.StageCounts(ctx, actor(ctx), a.now())
	if err != nil {
		return nil, err
	}
	definition, err := a.App.Store.ProjectDefinition(ctx)
	if err != nil {
		return nil, err
	}
	board := api.GetBoard200JSONResponse{Columns: []api.BoardColumn{}}
	for _, stage := range definition.Stages {
		c := counts[string(stage.ID)]
		board.Columns = append(board.Columns, api.BoardColumn{Stage: string(stage.ID), Name: stage.Name, Count: c.Count, Investment: c.Investment.String()})
	}
	return board, nil
}

// GetProjectDefinition returns the journey that a new project follows.
func (a *API) GetProjectDefinition(ctx context.Context, _ api.GetProjectDefinitionRequestObject) (api.GetProjectDefinitionResponseObject, error) {
	definition, err := a.App.Store.ProjectDefinition(ctx)
	if err != nil {
		return nil, err
	}
	return api.GetProjectDefinition200JSONResponse(definition), nil
}
