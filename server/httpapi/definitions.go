package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

type (
	// DefinitionVersions are the published versions of every kind's definition.
	DefinitionVersions struct {
		Items []DefinitionVersion `json:"items"`
	}
	// DefinitionVersion is a published version.
	DefinitionVersion struct {
		Kind        string    `json:"kind"`
		Version     int       `json:"version"`
		PublishedAt time.Time `json:"published_at"`
		Open        int       `json:"open" doc:"how many open cases follow it"`
	}
	adopted struct {
		Kind string `path:"kind" maxLength:"40" doc:"Name of the kind: project, hazard …"`
		Body struct {
			Version int    `json:"version" minimum:"1" doc:"A published version." example:"2"`
			Reason  string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why." example:"办理时限已调整"`
			Back    bool   `json:"back,omitempty" doc:"Meant so: open cases that follow a newer version go back to this one. Without it that is refused."`
		}
	}
	// Operations are what cannot get on, and what is done to many cases at once.
	Operations struct {
		Late    int         `json:"late" doc:"cases whose next wake is past"`
		Stuck   []StuckCase `json:"stuck" doc:"that were woken in vain, the longest first; 100 at most"`
		Batches []BatchItem `json:"batches" doc:"the latest 100"`
	}
	// StuckCase is a case that cannot get on.
	StuckCase struct {
		ID       string     `json:"id"`
		Kind     string     `json:"kind"`
		Number   string     `json:"number"`
		Title    string     `json:"title"`
		NextWake *time.Time `json:"next_wake"`
		Since    time.Time  `json:"since"`
		Looks    int        `json:"looks" doc:"how often it was woken"`
		Reason   string     `json:"reason"`
	}
	// BatchItem is a reasoned deed on many cases.
	BatchItem struct {
		ID        string          `json:"id"`
		Deed      string          `json:"deed"`
		About     json.RawMessage `json:"about"`
		By        string          `json:"by"`
		StartedAt time.Time       `json:"started_at"`
		EndedAt   *time.Time      `json:"ended_at" doc:"null: under way"`
		Touched   int             `json:"touched"`
		Refused   int             `json:"refused" doc:"how many cases it passed over"`
	}
	batchNamed struct {
		Batch string `path:"batch" maxLength:"100" doc:"Id of the batch"`
	}
	// PassedOver are cases that a batch passed over, and why.
	PassedOver struct {
		Items []PassedCase `json:"items"`
	}
	// PassedCase is a case that a batch passed over.
	PassedCase struct {
		CaseID string       `json:"case_id"`
		Kind   string       `json:"kind"`
		Number string       `json:"number"`
		Title  string       `json:"title"`
		Code   string       `json:"code"`
		Says   process.Text `json:"says"`
	}
)

// mostShown is how many stuck cases, batches, and cases passed over are answered.
const mostShown = 100

// definitions declares the versions of processes.
func (a *API) definitions(f *face) {
	on(f, operation{id: "listDefinitions", path: "/definitions", tag: "administration", summary: "The published versions of every process", whose: administrators}, a.listDefinitions)
	does(f, operation{id: "adoptDefinition", method: http.MethodPost, path: "/definitions/{kind}/adoption", tag: "administration", whose: administrators,
		summary: "Move every open case of a kind to a version of its definition", detail: "In the background, as one batch with its reason; a case that follows the version already stays as it is."}, a.adopt)
}

// operations declares what an administrator looks after.
func (a *API) operations(f *face) {
	on(f, operation{id: "getOperations", path: "/operations", tag: "administration", summary: "What cannot get on, and batches", whose: administrators}, a.getOperations)
	on(f, operation{id: "getPassedOver", path: "/batches/{batch}/passed-over", tag: "administration", summary: "The cases a batch passed over, and why", whose: administrators},
		func(ctx context.Context, in *batchNamed) (PassedOver, error) {
			rows, err := a.App.Store.PassedOver(ctx, in.Batch, mostShown)
			list := PassedOver{Items: []PassedCase{}}
			for _, r := range rows {
				list.Items = append(list.Items, PassedCase{CaseID: r.CaseID, Kind: r.Kind, Number: r.Number, Title: r.Title, Code: r.Code, Says: process.Text{Chinese: r.Zh, English: r.En}})
			}
			return list, err
		})
}

func (a *API) listDefinitions(ctx context.Context, _ *struct{}) (DefinitionVersions, error) {
	rows, err := a.App.Store.DefinitionVersions(ctx)
	list := DefinitionVersions{Items: []DefinitionVersion{}}
	for _, r := range rows {
		list.Items = append(list.Items, DefinitionVersion{Kind: r.Kind, Version: int(r.Version), PublishedAt: r.PublishedAt, Open: int(r.Open)})
	}
	return list, err
}

func (a *API) adopt(ctx context.Context, in *adopted) error {
	kind, ok := kinds.Of(process.Kind(in.Kind))
	if !ok {
		return process.Refuse(process.NotFound, "没有这种事项。", "There is no such kind.")
	}
	return a.App.AdoptDefinition(ctx, actor(ctx), kind.Kind, in.Body.Version, in.Body.Reason, in.Body.Back)
}

func (a *API) getOperations(ctx context.Context, _ *struct{}) (Operations, error) {
	o := Operations{Stuck: []StuckCase{}, Batches: []BatchItem{}}
	lateness, err := a.App.Store.Lateness(ctx, a.now())
	if err != nil {
		return o, err
	}
	o.Late = lateness.Late
	stuck, err := a.App.Store.StuckCases(ctx, a.now(), mostShown)
	if err != nil {
		return o, err
	}
	for _, s := range stuck {
		o.Stuck = append(o.Stuck, StuckCase{ID: s.ID, Kind: s.Kind, Number: s.Number, Title: s.Title, NextWake: s.NextWake, Since: s.Since, Looks: int(s.Looks), Reason: s.Reason})
	}
	batches, err := a.App.Store.Batches(ctx, mostShown)
	for _, b := range batches {
		o.Batches = append(o.Batches, BatchItem{ID: b.ID, Deed: b.Deed, About: b.About, By: b.ByName, StartedAt: b.StartedAt, EndedAt: b.EndedAt, Touched: int(b.Touched), Refused: int(b.Refused)})
	}
	return o, err
}
