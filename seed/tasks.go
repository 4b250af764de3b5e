package seed

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
)

// taskKey is the key under which a task of the plan is put on file.
func taskKey(i int) string { return fmt.Sprintf("task/%02d", i+1) }

func (l *loader) tasks() ([]deed, error) {
	all := []deed{}
	for i, t := range l.data.Tasks {
		told, err := taskStory(taskKey(i), t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", taskKey(i), err)
		}
		all = append(all, told...)
	}
	return all, nil
}

// taskStory tells a task up to where it stands: with its last report, or done.
func taskStory(key string, t taskLine) ([]deed, error) {
	due, err := clock.ParseDate(t.Due)
	if err != nil {
		return nil, err
	}
	steps := []deed{{name: plantask.RecordName, input: plantask.Record{Title: t.Title + "（虚构示例）", Goal: t.Goal, DueOn: due, ManagerID: id("user", t.Manager)}, key: key, on: t.Recorded}}
	for i, r := range t.Reports {
		steps = append(steps, deed{name: plantask.ReportName, input: plantask.Report{Progress: r.Progress, Note: r.Note}, key: fmt.Sprintf("%s/report/%d", key, i+1), on: r.On})
	}
	if t.Handed.To != "" {
		hand := casework.HandOver{ToKind: process.HeldByUnit, ToID: id("unit", t.Handed.To), Reason: t.Handed.Reason}
		steps = append(steps, deed{name: plantask.Kind.Does(casework.HandOverVerb), input: hand, key: key + "/handed", on: t.Handed.On})
	}
	if t.Done != "" {
		steps = append(steps, deed{name: plantask.FinishName, input: plantask.Finish{Result: t.Result}, key: key + "/done", on: t.Done})
	}
	for i := range steps {
		steps[i].caseID, steps[i].actor = caseID(plantask.RecordName, key), inventor()
	}
	if t.Asked == nil {
		return steps, nil
	}
	asked, err := askStory(key, t)
	return append(steps, asked...), err
}

// askStory tells what was asked for a task's deadline, and what came of it.
func askStory(key string, t taskLine) ([]deed, error) {
	until, err := clock.ParseDate(t.Asked.Until)
	if err != nil {
		return nil, err
	}
	steps := []deed{{name: extension.AskName, key: key + "/asked", on: t.Asked.On,
		input: extension.Ask{Case: caseID(plantask.RecordName, key), Until: until, Reason: t.Asked.Reason, Measures: t.Asked.Measures, Decider: id("user", t.Asked.Decider)}}}
	if t.Asked.Refused.On != "" {
		steps = append(steps, deed{name: extension.RefuseName, input: extension.Refuse{Reason: t.Asked.Refused.Reason}, key: key + "/asked/refused", on: t.Asked.Refused.On})
	}
	for i := range steps {
		steps[i].caseID, steps[i].actor = requestID(key), inventor()
	}
	return steps, nil
}

// requestID is the request for more time for what is on file under the key.
func requestID(key string) string { return caseID(extension.AskName, key+"/asked") }
