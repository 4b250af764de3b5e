// Package bench measures commands against the bare Temporal Update, in one run on one engine (README.md).
package bench

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// deed is one command of a user; n counts the commands of the run.
type deed func(user, n int)

// scenario is something to measure. prepare makes what each of the deeds needs beforehand: it is not measured.
type scenario struct {
	name    string
	ratio   bool // the bars are about it
	prepare func(b *testing.B, users, deeds int) deed
}

// BenchmarkCommand measures, for one user and for sixteen, the bare update and every kind of command in turns, and prints them against each other.
func BenchmarkCommand(b *testing.B) {
	d := newBed(b)
	scenarios := []scenario{
		{"bare update", true, d.touching("bare")},
		{"advance", true, d.each((*bed).ready, func(b *testing.B, id string) {
			d.post(b, process.ProjectManager, "/projects/"+id+"/advance", map[string]any{"from": "lead"})
		})},
		{"comment, no deadline", false, d.own((*bed).project, func(b *testing.B, id string) {
			d.post(b, process.ProjectManager, "/projects/"+id+"/comment", map[string]any{"text": "已联系企业。"})
		})},
		{"comment, deadline", false, d.own((*bed).notified, func(b *testing.B, id string) {
			d.post(b, process.SafetySupervisor, "/hazards/"+id+"/comment", map[string]any{"text": "已联系企业。"})
		})},
		{"bare, local activity", false, d.touching("bare with local activity")},
		{"open", false, d.each(func(*bed, *testing.B) string { return "" }, func(b *testing.B, _ string) { d.project(b) })},
		{"hand in", false, d.handingIn()},
		{"door alone: comment", true, d.own((*bed).project, d.throughTheDoor)},
	}
	scenarios = chosen(scenarios)
	for _, users := range []int{1, 16} {
		b.Run(fmt.Sprintf("users=%d", users), func(b *testing.B) { measure(b, d, users, scenarios) })
	}
}

// touching updates a bare workflow, one for each user.
func (d *bed) touching(workflow string) func(*testing.B, int, int) deed {
	return func(b *testing.B, users, _ int) deed {
		ids := prepared(users, func() string {
			id := "bare/" + uuid.NewString()
			_, err := d.client.ExecuteWorkflow(b.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: "bare"}, workflow)
			require.NoError(b, err)
			return id
		})
		return func(user, _ int) {
			handle, err := d.client.UpdateWorkflow(b.Context(), client.UpdateWorkflowOptions{WorkflowID: ids[user], UpdateName: "touch", Args: []any{"x"}, WaitForStage: client.WorkflowUpdateStageCompleted})
			require.NoError(b, err)
			var answer string
			require.NoError(b, handle.Get(b.Context(), &answer))
		}
	}
}

// own lets every user work on one case of their own.
func (d *bed) own(open func(*bed, *testing.B) string, do func(*testing.B, string)) func(*testing.B, int, int) deed {
	return func(b *testing.B, users, _ int) deed {
		ids := prepared(users, func() string { return open(d, b) })
		return func(user, _ int) { do(b, ids[user]) }
	}
}

// each lets every deed work on a case of its own, as steps that a case takes once do.
func (d *bed) each(open func(*bed, *testing.B) string, do func(*testing.B, string)) func(*testing.B, int, int) deed {
	return func(b *testing.B, _, deeds int) deed {
		ids := prepared(deeds, func() string { return open(d, b) })
		return func(_, n int) { do(b, ids[n]) }
	}
}

func (d *bed) handingIn() func(*testing.B, int, int) deed {
	return func(b *testing.B, users, deeds int) deed {
		photo := d.photo(b.Context(), b)
		return d.each((*bed).notified, func(b *testing.B, id string) {
			d.post(b, process.Enterprise, "/hazards/"+id+"/hand-in", map[string]any{"measures": "已清理并划线。", "attachments": []map[string]any{{"upload_id": photo}}})
		})(b, users, deeds)
	}
}

// throughTheDoor records a comment without engine and API.
func (d *bed) throughTheDoor(b *testing.B, id string) {
	text, err := json.Marshal(casework.Comment{Text: "已联系企业。"})
	require.NoError(b, err)
	now := time.Now()
	_, err = d.Store.Apply(b.Context(), process.Order{CaseID: id, Command: project.Kind.Does(casework.CommentVerb), Input: text,
		Call: process.Call{Key: uuid.NewString(), Actor: d.As(process.ProjectManager), OccurredAt: now, RecordedAt: now}})
	require.NoError(b, err)
}
