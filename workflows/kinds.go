package workflows

import (
	"fmt"
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// The workflow types.
const (
	ProjectLifecycleType    = "ProjectLifecycle"
	HazardRectificationType = "HazardRectification"
)

// ProjectLifecycle accompanies one investment project from lead to production.
func ProjectLifecycle(ctx workflow.Context, in Input) error {
	return drive(ctx, in, slices.Concat(project.Names(), project.Batches()), project.RemindName)
}

// HazardRectification accompanies one hazard through its rounds until it is closed.
func HazardRectification(ctx workflow.Context, in Input) error {
	return drive(ctx, in, slices.Concat(hazard.Names(), hazard.Batches()), hazard.RemindName)
}

// TypeOf returns the workflow type that accompanies cases of the kind.
func TypeOf(kind process.Kind) string {
	switch kind {
	case process.Project:
		return ProjectLifecycleType
	case process.Hazard:
		return HazardRectificationType
	}
	return ""
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
