package app

import (
	"context"
	"fmt"

	"go.temporal.io/api/workflowservice/v1"

	"github.com/parkway-zone/parkway/workflows"
)

// Missing reports whether fewer workflows run than cases are open, as after the engine's database was lost: one count on either side.
func (a *App) Missing(ctx context.Context) (bool, error) {
	open, err := a.Store.CountOpen(ctx)
	if err != nil {
		return false, err
	}
	query := workflows.RunningCases()
	running, err := a.Engine.Client.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: query})
	if err != nil {
		return false, fmt.Errorf("count the running workflows: %w", err)
	}
	return running.GetCount() < int64(open), nil
}
