package httpapi

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// Listed is what every listed case shows.
type Listed struct {
	ID           string          `json:"id"`
	Number       string          `json:"number" example:"XM-2024-0001"`
	Title        string          `json:"title"`
	Version      int64           `json:"version"`
	State        string          `json:"state"`
	Done         bool            `json:"done"`
	EnterpriseID string          `json:"enterprise_id"`
	Enterprise   string          `json:"enterprise"`
	Holder       *process.Holder `json:"holder" doc:"Who has it; null when it is done."`
	DueOn        clock.Date      `json:"due_on"`
	Overdue      bool            `json:"overdue"`
	UpdatedAt    time.Time       `json:"updated_at"`
	ClosedBy     string          `json:"closed_by,omitempty" doc:"Who ended it, once it has ended."`
}

type (
	projectsAsked struct {
		Done         maybe[bool] `query:"done" doc:"true: ended, false: under way; both when left out"`
		InHand       int         `query:"in_hand" minimum:"1990" maximum:"2100" doc:"重点在建: started by the end of the year, not in production before it began, by the actual dates"`
		Started      int         `query:"started" minimum:"1990" maximum:"2100" doc:"construction started in the year, by the actual date"`
		Signed       int         `query:"signed" minimum:"1990" maximum:"2100" doc:"agreement signed in the year, by the actual date"`
		InProduction int         `query:"in_production" minimum:"1990" maximum:"2100" doc:"production began in the year, by the actual date"`

		SignedRecognised    int `query:"signed_recognised" minimum:"1990" maximum:"2100" doc:"签约核定: departments count the agreement in the year, by the recognised date"`
		StartedRecognised   int `query:"started_recognised" minimum:"1990" maximum:"2100" doc:"开工认定: departments count the start in the year, by the recognised date"`
		CompletedRecognised int `query:"completed_recognised" minimum:"1990" maximum:"2100" doc:"竣工认定: departments count the completion in the year, by the recognised date"`
		Narrowed
	}
	// ProjectItem is a project in a list.
	ProjectItem struct {
		Listed
		Stage                 string     `json:"stage"`
		Step                  string     `json:"step" doc:"Within the stage; empty: none was noted." example:"intent"`
		Ending                string     `json:"ending" doc:"Why it ended early, as a code; empty: it did not, or in words alone." example:"elsewhere"`
		NextContactOn         clock.Date `json:"next_contact_on"`
		Sector                string     `json:"sector"`
		SiteMode              string     `json:"site_mode"`
		Investment            string     `json:"investment" doc:"in yuan" example:"260000000.00"`
		IsKey                 bool       `json:"is_key"`
		Percent               *int16     `json:"percent" doc:"How far its works are, rounded down; null: no building and no step of the site is on record, or its definition has no steps." example:"61"`
		StageSince            clock.Date `json:"stage_since"`
		SignedOn              clock.Date `json:"signed_on" doc:"The actual date."`
		ConstructionStartedOn clock.Date `json:"construction_started_on"`
		ProductionOn          clock.Date `json:"production_on"`
		FullCapacityOn        clock.Date `json:"full_capacity_on"`
		AboveScaleOn          clock.Date `json:"above_scale_on"`
		SignedRecognisedOn    clock.Date `json:"signed_recognised_on" doc:"签约核定: the recognised date, where departments count it."`
		StartedRecognisedOn   clock.Date `json:"started_recognised_on" doc:"开工认定: the recognised date, where departments count it."`
		CompletedRecognisedOn clock.Date `json:"completed_recognised_on" doc:"竣工认定: the recognised date, where departments count it."`
		Manager               string     `json:"manager"`
	}
	// ProjectList is a page of projects, with the figures of all that fit.
	ProjectList struct {
		Items      []ProjectItem `json:"items"`
		Next       string        `json:"next,omitempty"`
		Count      int           `json:"count"`
		Investment string        `json:"investment" doc:"in yuan"`
		Overdue    int           `json:"overdue"`
	}
	// Board counts the open projects of every stage.
	Board struct {
		Columns []BoardColumn `json:"columns"`
	}
	// BoardColumn is a stage of the board.
	BoardColumn struct {
		Stage      string       `json:"stage"`
		Name       process.Text `json:"name"`
		Count      int          `json:"count"`
		Investment string       `json:"investment" doc:"in yuan"`
	}
	worksAsked struct {
		InHand int `query:"in_hand" minimum:"1990" maximum:"2100" doc:"重点在建: started by the end of the year, not in production before it began, by the actual dates"`
		Narrowed
	}
	// WorksItem is how far the works of a project are.
	WorksItem struct {
		ID           string            `json:"id"`
		Number       string            `json:"number" example:"XM-2024-0001"`
		Title        string            `json:"title"`
		Name         string            `json:"name" doc:"What the report calls it." example:"泉为二期"`
		EnterpriseID string            `json:"enterprise_id"`
		Enterprise   string            `json:"enterprise"`
		StartedOn    clock.Date        `json:"construction_started_on"`
		Works        *project.Standing `json:"works" doc:"Null where the project's definition has no steps of buildings."`
	}
	// WorksList is a page of projects under construction.
	WorksList struct {
		Items    []WorksItem `json:"items"`
		Sentence string      `json:"sentence" doc:"What the report says of the projects of this page; those of which the same is to be said share a sentence." example:"中创汽配、鸿瑞印务正在接通自来水和临时用电，准备运输渣土，平整土地"`
		English  string      `json:"english"`
		Next     string      `json:"next,omitempty"`
		Count    int         `json:"count"`
	}
	sealAsked struct {
		CaseID
		Seq int `path:"seq" minimum:"1" maximum:"100000" doc:"of the passage"`
	}
)

// projects declares the reads of projects.
func (a *API) projects(f *face) {
	kind, _ := kinds.Of(project.Kind)
	a.leads(f)
	lists(f, kind, operation{id: "listProjects", path: "/projects", tag: "projects", summary: "Projects, the most urgent first unless sorted otherwise"}, a.listProjects)
	on(f, operation{id: "getProject", path: "/projects/{id}", tag: "projects", summary: "One project with its gate, passages, clocks and buildings, and how far the works are"}, a.getProject)
	lists(f, kind, operation{id: "listProgress", path: "/progress", tag: "projects", summary: "How far projects under construction are, in percent and as the report's sentences, the earliest begun first unless sorted otherwise",
		detail: "Without the condition stage they are those in the stage that construction begins with."}, a.listProgress)
	on(f, operation{id: "getSeal", path: "/projects/{id}/seals/{seq}", tag: "projects", summary: "What stood when a gate was passed",
		detail: "The definition's version, every requirement with its answer, and the papers by number, revision and fingerprint. It is kept after the project is sent back. An enterprise does not see it."}, a.getSeal)
	on(f, operation{id: "getProjectPermits", path: "/projects/{id}/permits", tag: "permits", summary: "The permits of a project in their order: done, now, next, with the time spent",
		detail: "Every permit of the catalogue that the project may need stands in it, also those of which nobody has said anything yet."}, a.getProjectPermits)
	on(f, operation{id: "getCatalogue", path: "/definitions/permit", tag: "zone", summary: "The catalogue of permits in force"}, func(ctx context.Context, _ *struct{}) (permit.Definition, error) {
		return a.App.Store.Catalogue(ctx)
	})
	on(f, operation{id: "getOpinionsOwed", path: "/opinions-by-department", tag: "opinions", summary: "Opinions that departments have not given yet: how many each owes, and how many are late"}, a.getOpinionsOwed)
	on(f, operation{id: "getPermitFigures", path: "/permits-by-department", tag: "permits", summary: "Open permits by department: how many, how many are late, in which states"}, a.getPermitFigures)
	on(f, operation{id: "getBoard", path: "/board", tag: "projects", summary: "Open projects by stage"}, a.getBoard)
	on(f, operation{id: "getProjectDefinition", path: "/definitions/project", tag: "zone", summary: "The journey a new project follows"},
		func(ctx context.Context, _ *struct{}) (lifecycle.Definition, error) {
			return a.App.Store.ProjectDefinition(ctx)
		})
}

func (a *API) listProjects(ctx context.Context, p *projectsAsked) (ProjectList, error) {
	kind, _ := kinds.Of(project.Kind)
	asked, err := p.conditions(ctx, a, kind)
	if err != nil {
		return ProjectList{}, err
	}
	asked.Done, asked.InHandYear = p.Done.pointer(), p.InHand
	asked.During("construction_started_on", p.Started)
	asked.During("signed_on", p.Signed)
	asked.During("production_on", p.InProduction)
	asked.During("signed_recognised_on", p.SignedRecognised)
	asked.During("started_recognised_on", p.StartedRecognised)
	asked.During("completed_recognised_on", p.CompletedRecognised)
	rows, next, err := a.App.Store.List(ctx, actor(ctx), project.Kind, asked, p.sort(), store.Cursor(p.Cursor), p.Size, a.now())
	if err != nil {
		return ProjectList{}, err
	}
	totals, err := a.App.Store.ListTotals(ctx, actor(ctx), project.Kind, asked, a.now())
	if err != nil {
		return ProjectList{}, err
	}
	list := ProjectList{Items: []ProjectItem{}, Next: string(next), Count: totals.Count, Investment: totals.Investment.String(), Overdue: totals.Overdue}
	for _, row := range rows {
		list.Items = append(list.Items, a.projectItem(row))
	}
	return list, nil
}

func (a *API) projectItem(r store.ListRow) ProjectItem {
	return ProjectItem{Listed: Listed{ID: r.ID, Number: r.Number, Title: r.Title, Version: r.Version, State: r.State, Done: r.Done,
		EnterpriseID: r.EnterpriseID, Enterprise: r.EnterpriseName, Holder: holder(r.HolderKind, r.HolderID, r.HolderName, r.HolderSince),
		DueOn: r.DueOn, Overdue: a.late(r.DueOn), UpdatedAt: r.UpdatedAt, ClosedBy: r.ClosedBy}, Stage: r.Stage, Step: r.Step, Ending: r.Ending, NextContactOn: r.NextContactOn, Sector: r.Sector, SiteMode: r.SiteMode, Investment: r.Investment,
		IsKey: r.IsKey, Percent: r.Percent, StageSince: r.StageSince, SignedOn: r.SignedOn, ConstructionStartedOn: r.ConstructionStartedOn,
		ProductionOn: r.ProductionOn, FullCapacityOn: r.FullCapacityOn, AboveScaleOn: r.AboveScaleOn,
		SignedRecognisedOn: r.SignedRecognisedOn, StartedRecognisedOn: r.StartedRecognisedOn, CompletedRecognisedOn: r.CompletedRecognisedOn, Manager: r.ManagerName}
}

// late reports whether the day is over.
func (a *API) late(due clock.Date) bool { return !due.IsZero() && !due.End().After(a.now()) }

func (a *API) getProject(ctx context.Context, in *CaseID) (project.Shown, error) {
	p, err := a.App.Store.Project(ctx, actor(ctx), in.ID, clock.DateOf(a.now()))
	return project.Show(p.Project, p.Gate, p.Early, p.Definition, clock.DateOf(a.now())), err
}

func (a *API) listProgress(ctx context.Context, p *worksAsked) (WorksList, error) {
	kind, _ := kinds.Of(project.Kind)
	asked, err := p.conditions(ctx, a, kind)
	if err != nil {
		return WorksList{}, err
	}
	asked.InHandYear = p.InHand
	rows, next, err := a.App.Store.UnderConstruction(ctx, actor(ctx), asked, p.sort(), store.Cursor(p.Cursor), p.Size, a.now())
	if err != nil {
		return WorksList{}, err
	}
	said := store.Said(rows)
	list := WorksList{Items: []WorksItem{}, Sentence: said.Chinese, English: said.English, Next: string(next)}
	if list.Count, err = a.App.Store.UnderConstructionCount(ctx, actor(ctx), asked, a.now()); err != nil {
		return list, err
	}
	for _, r := range rows {
		list.Items = append(list.Items, WorksItem{ID: r.ID, Number: r.Number, Title: r.Title, Name: r.Name, EnterpriseID: r.EnterpriseID, Enterprise: r.EnterpriseName,
			StartedOn: r.ConstructionStartedOn, Works: r.Works})
	}
	return list, nil
}

func (a *API) getProjectPermits(ctx context.Context, in *CaseID) (permit.Way, error) {
	p, err := a.App.Store.Permits(ctx, actor(ctx), in.ID, a.now())
	return p.Way, err
}

// PermitFigures are the open permits by department.
type PermitFigures struct {
	Departments []permit.Portfolio `json:"departments"`
}

func (a *API) getPermitFigures(ctx context.Context, _ *struct{}) (PermitFigures, error) {
	portfolio, err := a.App.Store.PermitPortfolio(ctx, actor(ctx), a.now())
	return PermitFigures{Departments: portfolio}, err
}

// OpinionsOwed are the opinions that departments have not given yet.
type OpinionsOwed struct {
	Departments []opinion.Owed `json:"departments"`
}

func (a *API) getOpinionsOwed(ctx context.Context, _ *struct{}) (OpinionsOwed, error) {
	owed, err := a.App.Store.OpinionsOwed(ctx, actor(ctx), a.now())
	return OpinionsOwed{Departments: owed}, err
}

func (a *API) getSeal(ctx context.Context, in *sealAsked) (lifecycle.Passage, error) {
	sealed, err := a.App.Store.Seal(ctx, actor(ctx), in.ID, in.Seq)
	return sealed.Passage, err
}

func (a *API) getBoard(ctx context.Context, _ *struct{}) (Board, error) {
	board := Board{Columns: []BoardColumn{}}
	counts, err := a.App.Store.StageCounts(ctx, actor(ctx), a.now())
	if err != nil {
		return board, err
	}
	definition, err := a.App.Store.ProjectDefinition(ctx)
	if err != nil {
		return board, err
	}
	for _, stage := range definition.Stages {
		c := counts[string(stage.ID)]
		board.Columns = append(board.Columns, BoardColumn{Stage: string(stage.ID), Name: stage.Name, Count: c.Count, Investment: c.Investment.String()})
	}
	return board, nil
}

// holder presents who has a case, nil when nobody has.
func holder(kind, id, name string, since *time.Time) *process.Holder {
	if id == "" {
		return nil
	}
	h := process.Holder{Kind: process.HolderKind(kind), ID: id, Name: name}
	if since != nil {
		h.Since = *since
	}
	return &h
}
