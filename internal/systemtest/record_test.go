package systemtest

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// record writes the history of a case's workflow for the replay test when RECORD is set: once per release.
func record(t *testing.T, w *world, kind process.Kind, id, name string) {
	t.Helper()
	if os.Getenv("RECORD") == "" {
		return
	}
	history := &historypb.History{}
	events := w.client.GetWorkflowHistory(t.Context(), workflows.ID(kind, id), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		history.Events = append(history.Events, event)
	}
	text, err := temporalproto.CustomJSONMarshalOptions{Indent: " "}.Marshal(history)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile("../../workflows/testdata/"+name+".json", text, 0o600))
}
