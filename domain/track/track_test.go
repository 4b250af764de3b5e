package track_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// TestWhatAnEnterpriseBecamePartOfReports: an interview with an enterprise that was merged since is in the hands of the other one, and told to it.
func TestWhatAnEnterpriseBecamePartOfReports(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	rules := track.Definition{Kind: track.Kind, Version: 1, Sorts: []track.Sort{{ID: "interview", Steps: []track.Step{
		{ID: track.Attend, Limit: clock.Limit{Amount: 7, Unit: clock.Day}}, {ID: track.Feedback, Limit: clock.Limit{Amount: 5, Unit: clock.WorkingDay}}}}}}
	called := track.Track{Other: track.Party{Kind: string(process.HeldByEnterprise), ID: "former", Name: "原企业"}, ManagerID: "supervisor"}
	called.Version, called.Stage, called.State, called.SentOn = 2, "interview", track.Attend, clock.DateOf(at)
	called.EnterpriseID, called.EnterpriseName = "present", "现企业"
	d, err := track.Meet{Result: track.Held, Person: "厂长", Says: "说明了进展", Wants: "月底前完成"}.Decide(called,
		process.Call{Actor: process.Actor{Type: process.Person, ID: "supervisor"}, OccurredAt: at, RecordedAt: at}, process.UnderOf[track.Definition](process.Env{Rules: rules}))
	require.NoError(t, err)
	require.Equal(t, []string{"present", "现企业"}, []string{d.After.Holder.ID, d.After.Holder.Name})
	require.Equal(t, "present", d.Notices[0].ToID)
}

// TestWhatCameInKeepsItsName under a case that has another one now.
func TestWhatCameInKeepsItsName(t *testing.T) {
	t.Parallel()
	came := track.Track{}
	came.Stage, came.Title = track.CopyIn, "县消防救援大队抄告：疏散通道被占用"
	require.Equal(t, came.Title, came.TitleUnder(process.Parent{}, process.Env{}))
}

// TestItsHistoryNamesNoProjectWhereThereIsNone: what a track of a hazard follows is that hazard.
func TestItsHistoryNamesNoProjectWhereThereIsNone(t *testing.T) {
	t.Parallel()
	for kind, says := range map[process.Kind]string{"hazard": "所属事项改名为通道被占用", "project": "项目改名为通道被占用"} {
		one := track.Track{Other: track.Party{Name: "县局"}}
		one.Version, one.State, one.Title = 2, track.Reply, "旧名"
		parent := process.Parent{Case: process.Case{Kind: kind, Title: "通道被占用"}}
		deed, err := casework.Heed{TitleWas: "旧"}.Act(&one, process.Call{}, process.Env{Found: process.Found{Parent: &parent}})
		require.NoError(t, err)
		require.Equal(t, says, deed.Reason)
	}
}
