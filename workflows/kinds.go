package workflows

import (
	"fmt"
	"strings"

	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// Of returns the workflow that accompanies cases of the kind, from the command that opens one until it is closed. It takes the commands of the
// past too: recorded histories hold them.
func Of(kind process.Entry) func(workflow.Context, Input) error {
	commands := append(kind.Names(process.ByPeople, process.ByBatch), kind.Retired...)
	return func(ctx workflow.Context, in Input) error { return drive(ctx, in, commands, kind.Reminds) }
}

// TypeOf returns the workflow type that accompanies cases of the kind, "" when there is no such kind.
func TypeOf(kind process.Kind) string {
	e, _ := kinds.Of(kind)
	return e.Workflow
}

// RunningCases is the engine's query for every workflow of a case that runs.
func RunningCases() string {
	types := []string{}
	for _, e := range kinds.All() {
		types = append(types, "'"+e.Workflow+"'")
	}
	return "ExecutionStatus = 'Running' AND WorkflowType IN (" + strings.Join(types, ", ") + ")"
}

// ID returns the workflow id of a case: its business key.
func ID(kind process.Kind, caseID string) string { return string(kind) + "/" + caseID }

// details is what an operator reads about the case in the engine's own pages.
func details(s process.Standing) string {
	lines := []string{fmt.Sprintf("**%s** %s", s.Number, s.Title), fmt.Sprintf("v%d · %s %s", s.Version, s.State, s.Stage)}
	if s.Round > 0 {
		lines = append(lines, fmt.Sprintf("第 %d 轮", s.Round))
	}
	if s.Holder != nil {
		lines = append(lines, "现在谁手里："+s.Holder.Name)
	}
	if !s.DueOn.IsZero() {
		lines = append(lines, "期限："+s.DueOn.String())
	}
	return strings.Join(lines, "\n\n")
}
