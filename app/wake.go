package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// Wake pokes the workflow of a case, starting it when it is missing. The workflow then asks the door where the case stands.
func (e *Engine) Wake(ctx context.Context, kind process.Kind, caseID string) error {
	_, err := e.Client.SignalWithStartWorkflow(ctx, workflows.ID(kind, caseID), workflows.PokeSignal, nil, e.startOptions(kind, caseID),
		workflows.TypeOf(kind), workflows.Begin(caseID))
	if err != nil {
		return fmt.Errorf("wake %s %s: %w", kind, caseID, err)
	}
	return nil
}

// Renew ends the running workflow of a case and starts it anew: for one that was poked in vain, whatever it hangs on. Nothing is lost, because
// everything that was recorded is in PostgreSQL.
func (e *Engine) Renew(ctx context.Context, kind process.Kind, caseID string) error {
	err := e.Client.TerminateWorkflow(ctx, workflows.ID(kind, caseID), "", "it was woken in vain; started anew")
	var missing *serviceerror.NotFound
	if err != nil && !errors.As(err, &missing) {
		return fmt.Errorf("end the workflow of %s %s: %w", kind, caseID, err)
	}
	return e.Wake(ctx, kind, caseID)
}

// newborn is how young a workflow is that may still be waiting for the command that opens its case.
const newborn = 10 * time.Minute

// Orphans ends workflows that no case belongs to: refused openings left them behind before a workflow without a case ended by itself. It
// returns how many there were.
func (a *App) Orphans(ctx context.Context) (int, error) {
	return a.eachOrphan(ctx, func(id, run string) error {
		if err := a.Engine.Client.TerminateWorkflow(ctx, id, run, "no case belongs to it"); err != nil {
			return fmt.Errorf("end the workflow %s that no case belongs to: %w", id, err)
		}
		return nil
	})
}

// CountOrphans returns how many workflows run that no case belongs to.
func (a *App) CountOrphans(ctx context.Context) (int, error) {
	return a.eachOrphan(ctx, func(string, string) error { return nil })
}

// eachOrphan visits the running workflows that no case belongs to and returns how many there were.
func (a *App) eachOrphan(ctx context.Context, visit func(id, run string) error) (int, error) {
	n := 0
	var next []byte
	for {
		page, err := a.Engine.Client.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{PageSize: 500, NextPageToken: next,
			Query: workflows.RunningCases()})
		if err != nil {
			return n, fmt.Errorf("list running workflows: %w", err)
		}
		runs := map[string]*commonpb.WorkflowExecution{}
		for _, run := range page.GetExecutions() {
			if _, caseID, _ := strings.Cut(run.GetExecution().GetWorkflowId(), "/"); time.Since(run.GetStartTime().AsTime()) >= newborn {
				runs[caseID] = run.GetExecution()
			}
		}
		unknown, err := a.Store.Unknown(ctx, slices.Collect(maps.Keys(runs)))
		if err != nil {
			return n, err
		}
		for _, id := range unknown {
			if err := visit(runs[id].GetWorkflowId(), runs[id].GetRunId()); err != nil {
				return n, err
			}
			n++
		}
		if next = page.GetNextPageToken(); len(next) == 0 {
			return n, nil
		}
	}
}

// Reconcile starts the workflow of every open case that has none, with its timers: the way back after the engine's database was lost.
// Running ones are only poked. It reports each thousandth case to progress and returns how many there were.
func (a *App) Reconcile(ctx context.Context, progress func(n int)) (int, error) {
	n, after := 0, ""
	for {
		open, err := a.Store.OpenCases(ctx, after, 1000)
		if err != nil {
			return n, err
		}
		if len(open) == 0 {
			return n, nil
		}
		for _, c := range open {
			if err := a.Engine.Wake(ctx, c.Kind, c.ID); err != nil {
				return n, err
			}
			n, after = n+1, c.ID
		}
		progress(n)
	}
}
