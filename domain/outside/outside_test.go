package outside_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
)

const firm, contact, colleague = "firm", "contact", "colleague"

func reader() outside.Reader {
	return outside.Reader{EnterpriseID: firm, People: map[string]bool{contact: true, colleague: true}, Files: map[string]bool{"9.1": true}}
}

func staff(role process.Role) process.Actor {
	return process.Actor{Type: process.Person, ID: "staff", Name: "陆致远", Roles: []process.Role{role}}
}

func ours() process.Actor {
	return process.Actor{Type: process.Person, ID: contact, Name: "贺连舟", Roles: []process.Role{process.Enterprise}, EnterpriseID: firm}
}

// TestOldEventsHaveTheAudienceOfTheirCommand: an event recorded before events had one is read by its description, comments never by default.
func TestOldEventsHaveTheAudienceOfTheirCommand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  process.Name
		actor process.Actor
		holds bool
		reads bool
	}{
		{project.Kind.Does(casework.CommentVerb), staff(process.ProjectManager), false, false}, {project.Kind.Does(casework.CommentVerb), ours(), false, true},
		{hazard.IssueNoticeName, staff(process.SafetySupervisor), true, true}, {hazard.ReinspectName, staff(process.SafetySupervisor), false, true},
		{hazard.Kind.Does(casework.AssignVerb), staff(process.SafetySupervisor), false, false}, {hazard.Kind.Does(casework.RemindVerb), process.TheClock(), true, true},
		{hazard.Kind.Does(casework.RemindVerb), process.TheClock(), false, false}, {project.Kind.Does(casework.AssignVerb), staff(process.Leader), true, false},
		{"project.gone", staff(process.Leader), true, false},
	} {
		e := process.Event{Command: c.name, Actor: c.actor}
		if c.holds {
			e.Outcome.Holder = &process.Holder{Kind: process.HeldByEnterprise, ID: firm}
		}
		_, reads := reader().Event(e)
		require.Equal(t, c.reads, reads, "%s by %s", c.name, c.actor.Name)
	}
}

func TestAnEventAsTheEnterpriseReadsIt(t *testing.T) {
	t.Parallel()
	change := func(path, text string) process.Change {
		word, err := json.Marshal(text)
		require.NoError(t, err)
		return process.Change{Path: path, Old: json.RawMessage(`"内部"`), New: word}
	}
	e := process.Event{Command: project.SuspendName, Actor: staff(process.ProjectManager), Audience: process.Shared, Reason: "内部", Key: "k", Input: json.RawMessage(`{"reason":"内部"}`),
		Changes: []process.Change{change("state", "suspended"), change("manager_name", "内部"), change("suspension.reason", "内部"), change("holder.name", "陆致远"),
			change("attachments[1.1].name", "内部"), change("clocks[1].extensions[1].by", "内部"), change("a.new.fact", "内部")},
		Outcome: process.Standing{Kind: project.Kind, Holder: &process.Holder{Kind: process.HeldByPerson, ID: "staff", Name: "陆致远"}}}
	shown, reads := reader().Event(e)
	require.True(t, reads)
	require.Equal(t, process.Actor{Type: process.Person, Name: "项目经理"}, shown.Actor)
	require.Empty(t, shown.Reason+shown.Key)
	require.Equal(t, "", shown.Outcome.Holder.ID)
	paths := []string{}
	for _, c := range shown.Changes {
		paths = append(paths, c.Path)
		require.NotContains(t, string(c.New), "陆致远")
	}
	require.Equal(t, []string{"state", "holder.name"}, paths, "a fact that nobody listed stays inside")
	require.Equal(t, "内部", e.Reason, "nothing it was given is changed")
	require.Equal(t, "陆致远", e.Outcome.Holder.Name)

	own := process.Event{Command: project.Kind.Does(casework.CommentVerb), Actor: ours(), Audience: process.Shared, Reason: "我方", Input: json.RawMessage(`{"text":"我方"}`)}
	shown, reads = reader().Event(own)
	require.True(t, reads)
	require.Equal(t, "我方", shown.Reason)
	require.JSONEq(t, `{"text":"我方"}`, string(shown.Input))
	require.Equal(t, "贺连舟", shown.Actor.Name)
}

func TestACaseAsTheEnterpriseReadsIt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	files := []process.Attachment{{Number: 1, Revision: 1, ByID: "staff", ByName: "陆致远", Audience: process.Inside}, {Number: 2, Revision: 1, ByID: "staff", ByName: "陆致远", Audience: process.Shared},
		{Number: 3, Revision: 1, ByID: colleague, ByName: "同事"}, {Number: 4, Revision: 1, ByID: "staff", ByName: "陆致远"}, {Number: 9, Revision: 1, ByID: "staff", ByName: "陆致远"}}
	p := project.Project{Case: process.Case{EnterpriseID: firm, Holder: &process.Holder{Kind: process.HeldByPerson, ID: "m", Name: "陆致远"}, UnitIDs: []string{"u"}},
		Facts: project.Facts{ManagerID: "m", ManagerName: "陆致远", LeaderID: "l", LeaderName: "邵景和", Note: "陆致远说", Source: "陆致远"}, Attachments: files,
		Journey: lifecycle.Journey{Suspension: &lifecycle.Suspension{Reason: "陆致远"}, Answers: []lifecycle.Answer{{ByName: "陆致远", Note: "陆致远"}},
			Passages: []lifecycle.Passage{{Reason: "陆致远", Seal: &lifecycle.Seal{ByID: "m", ByName: "陆致远", At: at, Items: []lifecycle.Item{{Given: &lifecycle.Answer{ByName: "陆致远"}}}}}},
			Clocks:   []clock.Clock{{Extensions: []clock.Extension{{By: "陆致远", Reason: "陆致远"}}, Pauses: []clock.Pause{{Reason: "陆致远"}}}}}}
	before := text(t, p)
	shown := text(t, reader().Project(p))
	require.Equal(t, before, text(t, p), "nothing it was given is changed")
	require.NotContains(t, shown, "陆致远")
	require.NotContains(t, shown, "邵景和")
	require.Contains(t, shown, "项目经理")
	require.Len(t, reader().Project(p).Attachments, 3)

	h := hazard.Hazard{Case: process.Case{EnterpriseID: firm}, Facts: hazard.Facts{SupervisorID: "s", SupervisorName: "陈砚清", Inspectors: []rectification.Signatory{{ID: "i", Name: "孟庆岚"}},
		Noted: &hazard.Noted{Claimed: hazard.Claimed{At: "2026-03-02T09:00:00+08:00", Latitude: "33.48210", Longitude: "117.88340", Metres: 15}, ReceivedAt: at}}}
	require.Empty(t, reader().Hazard(h).Inspectors, "nobody has signed anything yet")
	require.Nil(t, reader().Hazard(h).Noted, "when and where an inspector wrote it down, as a phone claims")
	require.NotNil(t, h.Noted, "nothing it was given is changed")
	h.Rounds = []rectification.Round{{Inspectors: []rectification.Signatory{{ID: "i", Name: "孟庆岚"}}, HandedInBy: &rectification.Signatory{ID: "staff", Name: "陆致远"}}}
	h.Noted = &hazard.Noted{Claimed: hazard.Claimed{Latitude: "33.48210"}, ReceivedAt: at}
	seen := text(t, reader().Hazard(h))
	require.NotContains(t, seen, "33.48210", "where the inspector stood, by their phone")
	require.Contains(t, seen, "孟庆岚", "on the paper that is addressed to it")
	require.NotContains(t, seen, `"i"`)
	require.NotContains(t, seen, "陈砚清")
	require.NotContains(t, seen, "陆致远")
}

func text(t *testing.T, value any) string {
	t.Helper()
	word, err := json.Marshal(value)
	require.NoError(t, err)
	return string(word)
}

func TestSharesOfOneFunctionAreAddedUp(t *testing.T) {
	t.Parallel()
	person := func(id string) process.Holder { return process.Holder{Kind: process.HeldByPerson, ID: id, Name: id} }
	shares := reader().Shares(hazard.Kind, []process.Share{{Holder: person("a"), Days: 2, Late: 1}, {Holder: person(contact), Days: 3}, {Holder: person("b"), Days: 4, Late: 2}})
	require.Len(t, shares, 2)
	require.Equal(t, 6, shares[0].Days)
	require.Equal(t, 3, shares[0].Late)
	require.Equal(t, "安监员", shares[0].Holder.Name)
	require.Equal(t, contact, shares[1].Holder.ID)
}

// TestAGateShowsNoPapers: which requirements are met, not by which of the offices' papers.
func TestAGateShowsNoPapers(t *testing.T) {
	t.Parallel()
	items := []lifecycle.Item{{Status: lifecycle.Met, Papers: []lifecycle.Paper{{Number: 1, Revision: 1, Name: "审查意见-陆致远.jpg"}}}}
	require.Empty(t, reader().Gate(items)[0].Papers)
	require.NotEmpty(t, items[0].Papers, "nothing it was given is changed")
	inside := process.Text{Chinese: "陆致远", English: "陆致远"}
	for _, kind := range []lifecycle.RequirementKind{lifecycle.Review, lifecycle.Opinions, lifecycle.NoHazard, lifecycle.Condition} {
		one := lifecycle.Item{Requirement: lifecycle.Requirement{Kind: kind, Note: inside}, Says: inside, Proofs: []lifecycle.Proof{{Says: "陆致远", Papers: []process.Paper{{Name: "陆致远"}}}},
			Given: &lifecycle.Answer{Note: "陆致远", ByName: "陆致远", AskedByID: "m", AskedByName: "陆致远"}}
		if kind != lifecycle.Condition {
			one.Note = process.Text{} // of its definition
		}
		require.NotContains(t, text(t, reader().Gate([]lifecycle.Item{one})), "陆致远", kind)
	}
}

// TestAnEnterpriseOpensTheLettersOfItsCasesOfEveryKind: the record of its own inspection, the summons that was sent to it; never one to somebody else, whoever's case it
// is about, nor who wrote it.
func TestAnEnterpriseOpensTheLettersOfItsCasesOfEveryKind(t *testing.T) {
	t.Parallel()
	lettered := 0
	for _, kind := range kinds.All() {
		on := kind.Blank()
		l, ok := on.(process.Lettered)
		if !ok || kind.Private {
			continue
		}
		lettered++
		*l.Letters() = []letter.Letter{{Seq: 1, Outside: true, ToID: firm, ByID: "staff", ByName: "陆致远"}, {Seq: 2, Outside: true, ToID: "another"}, {Seq: 3, ToName: "县应急管理局"}}
		on.Header().Kind, on.Header().EnterpriseID = kind.Kind, firm
		shown, ok := reader().Subject(on).(process.Lettered)
		require.True(t, ok, "%s", kind.Kind)
		read := *shown.Letters()
		require.Len(t, read, 1, "%s", kind.Kind)
		require.Equal(t, 1, read[0].Seq)
		require.NotContains(t, read[0].ByName+read[0].ByID, "陆致远")
		require.Empty(t, read[0].ByID)
		require.Len(t, *l.Letters(), 3, "%s: what is shown is a copy", kind.Kind)
	}
	require.GreaterOrEqual(t, lettered, 4)
}
