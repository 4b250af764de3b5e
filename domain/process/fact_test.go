package process_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
)

func changed(t *testing.T, before, after any) map[string]string {
	t.Helper()
	changes, err := process.Compare(before, after)
	require.NoError(t, err)
	found := map[string]string{}
	for _, c := range changes {
		require.NotContains(t, found, c.Path, "one path, one fact")
		found[c.Path] = string(c.New)
	}
	return found
}

func TestEveryElementIsAFactOfItsOwn(t *testing.T) {
	t.Parallel()
	photo := func(number, revision int, name, sha string) process.Attachment {
		return process.Attachment{Number: number, Revision: revision, Name: name, SHA256: sha, Round: 1, Requirement: "permits"}
	}
	t.Run("TwoPhotosOfOneRound", func(t *testing.T) {
		t.Parallel()
		got := changed(t, hazard.Hazard{}, hazard.Hazard{Attachments: []process.Attachment{photo(1, 1, "a.jpg", "aa"), photo(2, 1, "b.jpg", "bb"), photo(2, 2, "c.jpg", "cc")}})
		require.Equal(t, `"aa"`, got["attachments[1.1].sha256"])
		require.Equal(t, `"bb"`, got["attachments[2.1].sha256"])
		require.Equal(t, `"c.jpg"`, got["attachments[2.2].name"])
	})
	t.Run("ALaterPaperReplacesNothing", func(t *testing.T) {
		t.Parallel()
		one := project.Project{Attachments: []process.Attachment{photo(1, 1, "a.pdf", "aa")}}
		two := project.Project{Attachments: append(one.Attachments[:1:1], photo(2, 1, "b.pdf", "bb"))}
		changes, err := process.Compare(one, two)
		require.NoError(t, err)
		for _, c := range changes {
			require.Equal(t, "null", string(c.Old), c.Path)
			require.Contains(t, c.Path, "attachments[2.1]")
		}
	})
	t.Run("TwoClocksOfOneRound", func(t *testing.T) {
		t.Parallel()
		loop := rectification.Loop{Clocks: []clock.Clock{{Seq: 1, Round: 1, Name: "rectify"}, {Seq: 2, Round: 1, Name: "reinspect"}}}
		got := changed(t, hazard.Hazard{}, hazard.Hazard{Loop: loop})
		require.Equal(t, `"rectify"`, got["clocks[1].name"])
		require.Equal(t, `"reinspect"`, got["clocks[2].name"])
	})
	t.Run("ARungInTwoTerms", func(t *testing.T) {
		t.Parallel()
		fired := []clock.Firing{{Rung: "order", Term: 0}, {Rung: "order", Term: 1}}
		got := changed(t, hazard.Hazard{}, hazard.Hazard{Loop: rectification.Loop{Clocks: []clock.Clock{{Seq: 1, Fired: fired}}}})
		require.Contains(t, got, "clocks[1].fired[order/0/0001-01-01T00:00:00Z].rung")
		require.Contains(t, got, "clocks[1].fired[order/1/0001-01-01T00:00:00Z].rung")
	})
	t.Run("NamesThatLookLikePaths", func(t *testing.T) {
		t.Parallel()
		buildings := []project.Building{{Code: "1.2]"}, {Code: `1.2]\`}, {Code: "1.2].progress", Progress: "x"}, {Code: "1", Progress: "y"}, {Code: "[1]"}}
		got := changed(t, project.Project{}, project.Project{Buildings: buildings})
		codes := map[string]bool{}
		for path, value := range got {
			if process.Shape(path) == "buildings.code" {
				var code string
				require.NoError(t, json.Unmarshal([]byte(value), &code))
				require.Equal(t, []string{code}, process.Elements(path))
				codes[code] = true
			}
		}
		require.Len(t, codes, len(buildings))
	})
	t.Run("EvenTwoOfOneName", func(t *testing.T) {
		t.Parallel()
		got := changed(t, project.Project{}, project.Project{Buildings: []project.Building{{Code: "1#", Progress: "x"}, {Code: "1#", Progress: "y"}}})
		require.Equal(t, `"x"`, got["buildings[1#].progress"])
		require.Equal(t, `"y"`, got["buildings[1#~2].progress"])
	})
}

func TestWhatIsEmptyIsToldFromWhatIsNotThere(t *testing.T) {
	t.Parallel()
	got := changed(t, hazard.Hazard{}, hazard.Hazard{Facts: hazard.Facts{Plan: &hazard.Plan{}}, Case: process.Case{UnitIDs: []string{""}}})
	require.Equal(t, map[string]string{"plan": "{}", "unit_ids[1]": `""`}, got)
	require.Empty(t, changed(t, hazard.Hazard{}, hazard.Hazard{Case: process.Case{UnitIDs: []string{}}}), "a list without elements is no list")
	require.Equal(t, map[string]string{"done": "true"}, changed(t, process.Case{}, process.Case{Done: true}))
	require.Equal(t, map[string]string{"done": "false", "round": "0"}, changed(t, process.Case{Done: true, Round: 1}, process.Case{}), "false and 0 are facts")
	require.Equal(t, map[string]string{"nudged_at": `"2026-03-02T01:00:00Z"`},
		changed(t, process.Case{}, process.Case{NudgedAt: new(time.Date(2026, 3, 2, 9, 0, 0, 400, clock.Zone()))}))
}

func TestStepsReadWhatEscapingWrote(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[a-z\[\]\\.~1]{1,8}`).Draw(t, "code")
		facts, err := process.FactsOf(project.Project{Buildings: []project.Building{{Code: code}}})
		require.NoError(t, err)
		for path := range facts {
			if process.Shape(path) == "buildings.code" {
				require.Equal(t, []process.Step{{Name: "buildings"}, {Name: code, Element: true}, {Name: "code"}}, process.Steps(path))
			}
		}
	})
}

func TestSealedPartsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	stopped := clock.Clock{Seq: 1, Name: "rectify", StoppedOn: clock.NewDate(2026, 3, 2), Verdict: clock.OnTime}
	of := func(clocks ...clock.Clock) hazard.Hazard {
		return hazard.Hazard{Loop: rectification.Loop{Clocks: clocks}}
	}
	broken := func(before, after any) []string {
		paths, err := process.Broken(before, after)
		require.NoError(t, err)
		return paths
	}
	again := stopped
	again.Verdict = clock.Late
	require.Equal(t, []string{"clocks[1]"}, broken(of(stopped), of(again)))
	require.Equal(t, []string{"clocks[2]"}, broken(of(stopped, clock.Clock{Seq: 2}), of(stopped)), "a running clock may change, not vanish")
	require.Empty(t, broken(of(stopped, clock.Clock{Seq: 2}), of(stopped, clock.Clock{Seq: 2, Verdict: clock.Late})))

	passed := func(note string) project.Project {
		return project.Project{Journey: lifecycle.Journey{Passages: []lifecycle.Passage{{Seq: 1, Outcome: lifecycle.Passed,
			Seal: &lifecycle.Seal{Items: []lifecycle.Item{{Requirement: lifecycle.Requirement{ID: "x"}, Given: &lifecycle.Answer{Note: note}}}}}}}}
	}
	require.Equal(t, []string{"passages[1]"}, broken(passed("a"), passed("b")))
	photo := process.Attachment{Number: 1, Revision: 1, SHA256: "aa"}
	other := photo
	other.SHA256 = "bb"
	require.Equal(t, []string{"attachments[1.1]"}, broken(hazard.Hazard{Attachments: []process.Attachment{photo}}, hazard.Hazard{Attachments: []process.Attachment{other}}))
}

// TestWhatIsSealedAndTheSameIsLeftAlone: leaving it alone finds the same changes, and the same touched seals, as taking everything apart.
func TestWhatIsSealedAndTheSameIsLeftAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		passages := func(name string) []lifecycle.Passage {
			all := []lifecycle.Passage{}
			for i := range rapid.IntRange(0, 4).Draw(t, name) {
				p := lifecycle.Passage{Seq: i + 1, Stage: rapid.SampledFrom([]lifecycle.StageID{"a", "b"}).Draw(t, "stage"), Outcome: rapid.SampledFrom([]string{lifecycle.Current, lifecycle.Passed}).Draw(t, "outcome")}
				if rapid.Bool().Draw(t, "sealed") {
					p.Seal = &lifecycle.Seal{DefinitionVersion: 3, ByName: "陆致远", Items: []lifecycle.Item{{Status: lifecycle.Met}}}
				}
				all = append(all, p)
			}
			return all
		}
		before := project.Project{}
		before.Passages = passages("before")
		after := before
		if after.Passages = append([]lifecycle.Passage{}, before.Passages...); rapid.Bool().Draw(t, "others") {
			after.Passages = passages("after")
		}
		was, err := process.FactsOf(before)
		require.NoError(t, err)
		is, err := process.FactsOf(after)
		require.NoError(t, err)
		changes, _, err := process.Examine(before, after)
		require.NoError(t, err)
		require.Equal(t, was.Differences(is), changes)
	})
}
