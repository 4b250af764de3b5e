package project_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/project"
)

// FuzzCommands sends random commands: deciding never panics, facts survive JSON, and the clock is armed only for a day that is set.
func FuzzCommands(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, script []byte) {
		p, e, days := opened(t, "signed", project.OwnLand), env(t), 0
		for _, b := range script[:min(len(script), 60)] {
			commands := []project.Command{project.Advance{From: p.Stage}, project.Suspend{Reason: "x", Category: "funds"}, project.Resume{Reason: "x"},
				project.SendBack{ToStage: "signed", Reason: "x"}, project.Answer{Requirement: "agreement", Answer: "yes"}, project.On(casework.Remind{}),
				project.Answer{Requirement: "company_registered", Answer: "yes"}, project.Answer{Requirement: "land_contract", Answer: "yes"},
				project.Waive{Requirement: "company_registered", Reason: "x", Until: call(9999).Day()}, project.Terminate{Reason: "x"}}
			days += int(b) / len(commands)
			d, err := commands[int(b)%len(commands)].Decide(p, call(days), e)
			if err != nil {
				continue
			}
			p = d.After
			p.Version++
			text, err := json.Marshal(p)
			require.NoError(t, err)
			var back project.Project
			require.NoError(t, json.Unmarshal(text, &back))
			again, err := json.Marshal(back)
			require.NoError(t, err)
			require.JSONEq(t, string(text), string(again))
			require.Equal(t, !p.DueOn.IsZero(), p.NextWake != nil, "a deadline is never silent, and nothing else wakes anybody")
			if commands[int(b)%len(commands)].About().Name.Verb() == casework.RemindVerb && p.NextWake != nil {
				require.True(t, p.NextWake.After(call(days).RecordedAt), "the clock spins")
			}
			require.Equal(t, p.Done, p.Holder == nil)
		}
	})
}
