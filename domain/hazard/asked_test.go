package hazard_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// asked are the questions of a form by their paths.
func asked(h hazard.Hazard, name process.Name) map[string]process.Question {
	all := map[string]process.Question{}
	for _, q := range hazard.Entry().Form(name, &h, process.Actor{Roles: process.Of(process.SafetySupervisor)}, process.Env{}) {
		all[q.Path] = q
	}
	return all
}

// TestTheNextRoundIsAskedForOnlyWhereItFailed: by the one verdict, or by that of any point.
func TestTheNextRoundIsAskedForOnlyWhereItFailed(t *testing.T) {
	t.Parallel()
	var h hazard.Hazard
	require.NoError(t, json.Unmarshal([]byte(`{"rounds":[{"round":1}],"state":"reported","round":1}`), &h))
	for _, path := range []string{"requirement", "policy", "due_on"} {
		require.Equal(t, process.When{Path: "result", Values: []string{rectification.Fail}}, asked(h, hazard.ReinspectName)[path].Only, path)
	}
	h.Rounds[0].Points = []rectification.Point{{Point: 1, Text: "清理通道"}}
	for _, path := range []string{"requirement", "policy", "due_on"} {
		require.Equal(t, "points", asked(h, hazard.ReinspectName)[path].Only.Path, path)
	}
}

// TestWhatCanBePutRightIsSaidAsPeopleWriteIt: a day is no machine's date, and what nothing is written of is said so.
func TestWhatCanBePutRightIsSaidAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	var h hazard.Hazard
	require.NoError(t, json.Unmarshal([]byte(`{"description":"通道堆物","done":true,"rounds":[{"round":1,"measures":"已清理","completed_on":"2024-11-18","verdict":"pass","sealed_at":"2024-11-19T08:00:00Z"}],"round":1}`), &h))
	says := map[string]string{}
	for _, c := range asked(h, hazard.AskCorrectionName)["what"].Choices {
		says[c.Value] = c.Text.Chinese
	}
	require.Equal(t, "依据：（没有填写）", says["clause"])
	require.Equal(t, "隐患描述：通道堆物", says["description"])
	require.Equal(t, "第 1 轮整改完成日期：2024年11月18日", says["round_1_completed"])
}
