package app

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// Wake pokes the workflow of a case, starting it when it is missing. The workflow then asks the door where the case stands.
func (e *Engine) Wake(ctx context.Context, kind process.Kind, caseID string) error {
	_, err := e.Client.SignalWithStartWorkflow(ctx, workflows.ID(kind, caseID), workflows.PokeSignal, nil, e.startOptions(kind, caseID),
		workflows.TypeOf(kind), workflows.Input{CaseID: caseID})
	if err != nil {
		return fmt.Errorf("wake %s %s: %w", kind, caseID, err)
	}
	return nil
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
