package plantask_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestLife opens a task, reports on it, lets its day pass and finishes it late.
func TestLife(t *testing.T) {
	t.Parallel()
	kind := plantask.Entry()
	shipped, err := definitions.Shipped(kind)
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	env := process.Env{Rules: shipped[0], Calendar: cal, Directory: process.Directory{"pm": {Kind: process.HeldByPerson, ID: "pm", Name: "陆致远", Roles: process.Of(process.ProjectManager)}}}
	manager := process.Actor{Type: process.Person, ID: "pm", Name: "陆致远", Roles: process.Of(process.ProjectManager)}
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	subject := kind.Blank()
	subject.Header().ID = "x"
	do := func(verb process.Verb, actor process.Actor, input string, days int) error {
		command, err := kind.Read(plantask.Kind.Does(verb), []byte(input))
		if err != nil {
			return err
		}
		at := now.AddDate(0, 0, days)
		result, err := command.Decide(subject, process.Call{Key: "k", Actor: actor, OccurredAt: at, RecordedAt: at}, env)
		if err == nil {
			subject = result.After
			subject.Header().Version++
		}
		return err
	}
	refused := func(code process.Code, err error) {
		t.Helper()
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, code, refusal.Code)
	}
	refused(process.ImpossibleDate, do("record", manager, `{"title": "三期竣工验收", "due_on": "2026-03-01"}`, 0))
	require.NoError(t, do("record", manager, `{"title": "三期竣工验收", "goal": "新增 6 万平方米", "due_on": "2026-03-20"}`, 0))
	c := subject.Header()
	require.Equal(t, "pm", c.Holder.ID)
	require.Equal(t, "2026-03-20", c.DueOn.String())
	require.NotNil(t, c.NextWake)
	require.Equal(t, process.Leads, kind.Fits("plan_task.report", subject, manager, env))
	refused(process.InvalidInput, do("report", manager, `{"progress": 100, "note": "好了"}`, 3))
	require.NoError(t, do("report", manager, `{"progress": 60, "note": "主体完工"}`, 3))
	require.NoError(t, do("remind", process.TheClock(), `{}`, 25))
	require.NotNil(t, subject.Header().OverdueSince)
	require.NoError(t, do("extend", manager, `{"amount": 10, "reason": "雨季"}`, 26), "what every case can do comes with being a kind")
	require.Nil(t, subject.Header().OverdueSince)
	require.NoError(t, do("finish", manager, `{"result": "已通过验收"}`, 27))
	task, ok := subject.(*plantask.Task)
	require.True(t, ok)
	require.Equal(t, 100, task.Progress)
	require.True(t, task.Case.Done)
	require.Equal(t, "on_time", string(task.Clocks[0].Verdict))
	refused(process.Closed, do("report", manager, `{"progress": 10, "note": "x"}`, 28))
}
