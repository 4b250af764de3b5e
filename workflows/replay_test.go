package workflows_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

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
			r.RegisterWorkflowWithOptions(workflows.ProjectLifecycle, workflow.RegisterOptions{Name: workflows.ProjectLifecycleType})
			r.RegisterWorkflowWithOptions(workflows.HazardRectification, workflow.RegisterOptions{Name: workflows.HazardRectificationType})
			require.NoError(t, r.ReplayWorkflowHistoryFromJSONFile(nil, file))
		})
	}
}
