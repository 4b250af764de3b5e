package workflows_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/workflows"
)

// TestOldRunsStillReplay replays histories that real runs left behind (recorded by internal/systemtest with RECORD=1).
func TestOldRunsStillReplay(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			r := worker.NewWorkflowReplayer()
			r.RegisterWorkflowWithOptions(workflows.Of(project.Entry()), workflow.RegisterOptions{Name: project.Entry().Workflow})
			r.RegisterWorkflowWithOptions(workflows.Of(hazard.Entry()), workflow.RegisterOptions{Name: hazard.Entry().Workflow})
			require.NoError(t, r.ReplayWorkflowHistoryFromJSONFile(nil, file))
		})
	}
}
