package meeting_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/process"
)

// bench is a meeting with what the door looks up for it.
type bench struct {
	t   *testing.T
	env meeting.Env
	m   meeting.Meeting
}

func setup(t *testing.T) *bench {
	t.Helper()
	shipped, err := definitions.Shipped(meeting.Entry())
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	d, _ := shipped[0].(meeting.Definition)
	standing := func(id, stage, bars string) process.Parent {
		return process.Parent{Case: process.Case{ID: id, Kind: "project", Number: "XM-" + id, Title: id, Stage: stage}, Bars: process.Text{Chinese: bars, English: bars}}
	}
	suspended := standing("suspended", "joint_review", "")
	suspended.SuspendedSince = &time.Time{}
	return &bench{t: t, env: meeting.Env{Definition: d, Env: process.Env{Rules: d, Calendar: cal, Uploads: map[string]process.Upload{"file": {ID: "file", UploadedBy: "pm"}},
		Directory: process.Directory{"pm": {Kind: process.HeldByPerson, ID: "pm", Name: "陆致远", Roles: process.Of(process.ProjectManager)}},
		Found:     process.Found{Others: []process.Parent{standing("a", "joint_review", ""), standing("b", "joint_review", ""), standing("early", "negotiation", ""), standing("passed", "joint_review", "联审已经通过"), suspended}}}}}
}

// call is one by the project manager, so many days after Monday the second of March 2026.
func call(days int) process.Call {
	at := time.Date(2026, time.March, 2, 1, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: "pm", Name: "陆致远", Roles: process.Of(process.ProjectManager)}, OccurredAt: at, RecordedAt: at}
}

// does carries commands out on the day.
func (b *bench) does(days int, commands ...meeting.Command) process.Decision[meeting.Meeting] {
	b.t.Helper()
	var last process.Decision[meeting.Meeting]
	for _, c := range commands {
		var err error
		last, err = c.Decide(b.m, call(days), b.env)
		require.NoError(b.t, err)
		b.m = last.After
		b.m.Version++
	}
	return last
}

// refuses holds that the command is refused at the field.
func (b *bench) refuses(days int, c meeting.Command, code process.Code, field string) {
	b.t.Helper()
	_, err := c.Decide(b.m, call(days), b.env)
	var refusal *process.Refusal
	require.ErrorAs(b.t, err, &refusal, "%#v", c)
	require.Equal(b.t, code, refusal.Code, "%s", refusal)
	if field != "" {
		require.NotEmpty(b.t, refusal.Fields)
		require.Equal(b.t, field, refusal.Fields[0].Name, "%s", refusal)
	}
}

func convened(on clock.Date, projects ...string) meeting.Convene {
	return meeting.Convene{Sort: "joint_review", Title: "第 1 次联审会议", On: on, Projects: projects}
}

// TestOnlyWhatWaitsComesOntoTheAgenda: a project in another stage, one that is suspended, passed already, unknown or there twice is refused, with its number.
func TestOnlyWhatWaitsComesOntoTheAgenda(t *testing.T) {
	t.Parallel()
	b, on := setup(t), call(3).Day()
	for _, wrong := range []string{"early", "passed", "suspended", "nobody"} {
		b.refuses(0, convened(on, wrong), process.InvalidInput, "projects")
	}
	b.refuses(0, convened(on, "a", "XM-a"), process.InvalidInput, "projects")
	b.refuses(0, convened(call(-1).Day(), "a"), process.ImpossibleDate, "on")
	b.refuses(0, convened(call(400).Day(), "a"), process.ImpossibleDate, "on")
	b.refuses(0, meeting.Convene{Sort: "party", Title: "x", On: on}, process.InvalidInput, "sort")
	b.refuses(0, meeting.Convene{Sort: "joint_review", Title: "x", On: on, Manager: "nobody"}, process.UnknownParty, "manager_id")
	b.does(0, convened(on, "a"), meeting.PutOn{Projects: []string{"b"}})
	require.Len(t, b.m.Agenda, 2)
	require.Equal(t, "pm", b.m.Holder.ID, "whoever calls it has it")
	require.Equal(t, on, b.m.DueOn)
	b.does(1, meeting.TakeOff{Project: "b", Reason: "意见没有齐"})
	require.Len(t, b.m.Agenda, 1)
	b.refuses(1, meeting.TakeOff{Project: "b", Reason: "x"}, process.InvalidInput, "project")
}

// TestAMeetingDecides: no result before its day, a deferral needs its reason, conditions their gate and who owes them; the minutes carry each result to its project.
func TestAMeetingDecides(t *testing.T) {
	t.Parallel()
	b, on := setup(t), call(3).Day()
	b.does(0, convened(on, "a", "b"))
	passed := meeting.Resolve{Project: "a", Result: meeting.Passed}
	b.refuses(2, passed, process.ImpossibleDate, "")
	b.refuses(3, meeting.Resolve{Project: "c", Result: meeting.Passed}, process.InvalidInput, "project")
	b.refuses(3, meeting.Resolve{Project: "a", Result: "perhaps"}, process.InvalidInput, "result")
	for _, result := range []string{meeting.Deferred, meeting.Refused} {
		b.refuses(3, meeting.Resolve{Project: "a", Result: result}, process.InvalidInput, "says")
	}
	given := meeting.ConditionGiven{Condition: "落实用能指标", Stage: "signed", OwedBy: "县发改委"}
	b.refuses(3, meeting.Resolve{Project: "a", Result: meeting.Conditional}, process.InvalidInput, "condition")
	b.refuses(3, meeting.Resolve{Project: "a", Result: meeting.Passed, ConditionGiven: given}, process.InvalidInput, "condition")
	b.refuses(3, meeting.Resolve{Project: "a", Result: meeting.Conditional, ConditionGiven: meeting.ConditionGiven{Condition: "x", OwedBy: "y", Stage: "lead"}}, process.InvalidInput, "stage")
	b.refuses(3, meeting.Require{Project: "a", Condition: "x", Stage: "signed", OwedBy: "y"}, process.InvalidInput, "project")
	b.does(3, meeting.Resolve{Project: "a", Result: meeting.Conditional, ConditionGiven: given}, meeting.Require{Project: "a", Condition: "亩均税收写进协议", Stage: "land_supply", OwedBy: "招商科"})
	b.refuses(3, meeting.Require{Project: "a", Condition: given.Condition, Stage: given.Stage, OwedBy: given.OwedBy}, process.InvalidInput, "condition")

	minutes := meeting.Conclude{Minutes: "纪要1号", Files: []process.Evidence{{UploadID: "file"}}}
	b.refuses(4, minutes, process.WrongState, "XM-b")
	b.does(4, meeting.Resolve{Project: "b", Result: meeting.Refused, Says: "能耗过高"})
	b.refuses(4, meeting.Conclude{Minutes: "纪要1号"}, process.InvalidInput, "attachments")
	followed := b.does(4, minutes).Follow
	require.True(t, b.m.Done)
	require.Equal(t, meeting.Concluded, b.m.State)
	require.Len(t, followed, 2)
	require.Equal(t, "a", followed[0].CaseID)
	told, _ := followed[0].Input.(meeting.Decided)
	require.Equal(t, "纪要1号", told.Minutes)
	require.Equal(t, on, told.On, "the day of the meeting and not of its minutes")
	require.Len(t, told.Conditions, 2)
	require.Equal(t, given, told.Conditions[0])
	require.Len(t, told.Papers, 1, "the minutes go with it")
	b.refuses(5, minutes, process.Closed, "")
	b.refuses(5, meeting.Cancel{Reason: "x"}, process.Closed, "")
}

// TestNoMoreConditionsThanCanBeCarried: the one too many is refused when it is laid down, not after the minutes, when nobody looks any more.
func TestNoMoreConditionsThanCanBeCarried(t *testing.T) {
	t.Parallel()
	b, on := setup(t), call(3).Day()
	one := func(i int) meeting.ConditionGiven {
		return meeting.ConditionGiven{Condition: fmt.Sprintf("条件%d", i), Stage: "signed", OwedBy: "招商科"}
	}
	b.does(0, convened(on, "a"))
	b.does(3, meeting.Resolve{Project: "a", Result: meeting.Conditional, ConditionGiven: one(1)})
	for i := 2; i <= 50; i++ {
		b.does(3, meeting.Require{Project: "a", Condition: one(i).Condition, Stage: "signed", OwedBy: "招商科"})
	}
	b.refuses(3, meeting.Require{Project: "a", Condition: "再一条", Stage: "signed", OwedBy: "招商科"}, process.InvalidInput, "condition")
	b.refuses(3, meeting.Resolve{Project: "a", Result: meeting.Conditional, ConditionGiven: one(51)}, process.InvalidInput, "condition")
	for _, up := range b.does(4, meeting.Conclude{Minutes: "纪要1号", Files: []process.Evidence{{UploadID: "file"}}}).Follow {
		decided, _ := up.Input.(meeting.Decided)
		require.NoError(t, process.Check(&decided))
	}
}

// TestWhatIsSaidAgainTakesItsPlace: a result may be mended until the minutes are there, and a meeting that is called off carries nothing to anybody.
func TestWhatIsSaidAgainTakesItsPlace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, convened(call(0).Day(), "a"),
		meeting.Resolve{Project: "a", Result: meeting.Conditional, ConditionGiven: meeting.ConditionGiven{Condition: "x", Stage: "signed", OwedBy: "y"}},
		meeting.Resolve{Project: "a", Result: meeting.Passed})
	require.Equal(t, meeting.Passed, b.m.Agenda[0].Result)
	require.Empty(t, b.m.Agenda[0].Conditions)
	b.refuses(0, meeting.TakeOff{Project: "a", Reason: "x"}, process.InvalidInput, "project")
	require.Empty(t, b.does(1, meeting.Cancel{Reason: "改期"}).Follow)
	require.Equal(t, meeting.Cancelled, b.m.State)
	require.Nil(t, b.m.NextWake, "it asks for no minutes any more")
}
