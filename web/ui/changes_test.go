package ui

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/enrolment"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/web/i18n"
)

func speaking(t *testing.T, language string) context.Context {
	t.Helper()
	catalogue, err := i18n.Load()
	require.NoError(t, err)
	return i18n.With(t.Context(), catalogue.Speak(language))
}

func journey(t *testing.T) lifecycle.Definition {
	t.Helper()
	all, err := definitions.Projects()
	require.NoError(t, err)
	return all[len(all)-1]
}

// kindsOfCase are all kinds, and commands are what changes them: whatever a command changes is a fact of its kind.
func kindsOfCase() []any {
	return []any{project.Project{}, hazard.Hazard{}, permit.Permit{}, opinion.Opinion{}, meeting.Meeting{}, enrolment.Enrolment{}}
}

func TestEveryFactHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"zh", "en"} {
		ctx := speaking(t, language)
		for _, kind := range kindsOfCase() {
			for _, shape := range factsOf(kind) {
				name := i18n.T(ctx, "change."+shape, "Of", "1", "Nth", "2")
				require.NotContains(t, name, "[change.", "%s has no words in %s", shape, language)
				require.NotContains(t, name, "<no value>", shape)
			}
		}
	}
}

// factsOf are the shapes of a kind's facts, and of the things in it that can be there without a fact of their own.
func factsOf(kind any) []string {
	return append(process.ShapesOf(reflect.TypeOf(kind)), process.ThingsOf(reflect.TypeOf(kind))...)
}

func change1(path, old, now string) process.Change {
	return process.Change{Path: path, Old: json.RawMessage(old), New: json.RawMessage(now)}
}

// inWords are the changes as a page says them.
func inWords(ctx context.Context, changes []process.Change, d process.Rules) []Change {
	shown := visible(ctx, project.Kind, changes, d)
	for i := range shown {
		shown[i].Was, shown[i].Is = nil, nil
	}
	return shown
}

func TestHistorySaysWhatChanged(t *testing.T) {
	t.Parallel()
	d := journey(t)
	var requirement lifecycle.Requirement
	for _, stage := range d.Stages {
		if len(stage.Gate) > 0 {
			requirement = stage.Gate[0]
			break
		}
	}
	zh, en := speaking(t, "zh"), speaking(t, "en")
	one := func(ctx context.Context, changes ...process.Change) Change {
		shown := inWords(ctx, changes, d)
		require.Len(t, shown, 1, "%v", shown)
		return shown[0]
	}
	t.Run("WhichRequirementWasAnswered", func(t *testing.T) {
		t.Parallel()
		c := change1("gate_answers["+requirement.ID+"].answer", "null", `"yes"`)
		require.Equal(t, Change{Name: "关口要求「" + requirement.Name.Chinese + "」", New: "已具备"}, one(zh, c))
		require.Contains(t, one(en, c).Name, requirement.Name.English)
	})
	t.Run("TheNote", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, Change{Name: "备注", Old: "旧", New: "新"}, one(zh, change1("note", `"旧"`, `"新"`)))
	})
	t.Run("EachFileWithItsFingerprint", func(t *testing.T) {
		t.Parallel()
		sha := strings.Repeat("ab", 32)
		shown := inWords(zh, []process.Change{change1("attachments[1.1].name", "null", `"a.pdf"`), change1("attachments[1.1].sha256", "null", `"`+sha+`"`),
			change1("attachments[2.1].name", "null", `"b.pdf"`), change1("attachments[2.1].sha256", "null", `"`+sha+`"`)}, d)
		require.Equal(t, []Change{{Name: "附件 1.1", New: "a.pdf（指纹 abababababab…）"}, {Name: "附件 2.1", New: "b.pdf（指纹 abababababab…）"}}, shown)
	})
	t.Run("AStepIsNotTakenForTheStructureOfItsName", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, Change{Name: "厂房 1#「钢筋绑扎、混凝土浇筑」", New: "已完成"}, one(zh, change1("buildings[1#].steps[frame].state", "null", `"done"`)))
		require.Equal(t, Change{Name: "厂房 1# 结构", New: "框架结构"}, one(zh, change1("buildings[1#].structure", "null", `"frame"`)))
	})
	t.Run("ABuildingWhoseCodeLooksLikeAPath", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, Change{Name: "厂房 1.2] 进度", New: "封顶"}, one(zh, change1(`buildings[1.2\]].progress`, "null", `"封顶"`)))
	})
	t.Run("WhatNobodySaidIsNotShown", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "名称", one(zh, change1("title", "null", `"x"`), change1("done", "null", "false"), change1("investment", "null", `"0.00"`)).Name)
	})
	t.Run("AnythingRatherThanNothing", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, Change{Name: "第 1 个时限所用日历", Old: "v1", New: "v2"}, one(zh, change1("clocks[1].calendar", `"v1"`, `"v2"`)))
	})
}

func TestHistorySaysToWhomAnOrderWent(t *testing.T) {
	t.Parallel()
	told := []process.Told{
		{Kind: process.NoticeEscalate, Act: ladder.SupervisionOrder, As: process.ToHead, Name: "王敏"},
		{Kind: process.NoticeEscalate, Act: ladder.SupervisionOrder, As: process.HeldByEnterprise, Name: "陈工"},
		{Kind: process.NoticeHandedTo, As: process.HeldByPerson, Name: "李强", OnBehalf: "赵亮"},
	}
	zh := speaking(t, "zh")
	require.Equal(t, []string{"下达督办单 → 王敏（科长）、陈工（企业）", i18n.T(zh, "notice.handed_to_you") + " → 李强（代 赵亮）"}, toldLines(zh, told, process.Actor{}))
	require.Equal(t, []string{"下达督办单 → 陈工（企业）"}, toldLines(zh, told, process.Actor{Roles: []process.Role{process.Enterprise}}), "an enterprise reads of its own people only")
	require.Equal(t, "李强（承办人、科长；代赵亮（负责人））", toldWho(zh, process.Told{Name: "李强", As: process.HeldByPerson,
		Parts: []process.Part{{As: process.AsHolder}, {As: "section_head"}, {As: process.AsManager, Behalf: "赵亮"}}}))
	for _, as := range []process.Function{process.AsHolder, process.AsManager, process.AsContact, "liaison", "section_head", "leader", "department", "administrator"} {
		require.NotContains(t, toldWho(zh, process.Told{Name: "x", Parts: []process.Part{{As: as}}}), "[", as)
		require.NotContains(t, toldWho(speaking(t, "en"), process.Told{Name: "x", Parts: []process.Part{{As: as}}}), "[", as)
	}
	for _, as := range []process.HolderKind{process.HeldByUnit, process.HeldByEnterprise, process.ToRole, process.ToHead, process.ToLiaison, process.ToRegulator} {
		require.NotContains(t, toldWho(zh, process.Told{As: as, Name: "x"}), "[", as)
	}
	for _, act := range ladder.Acts() {
		require.NotContains(t, toldWhat(zh, process.Told{Kind: process.NoticeReminder, Act: act}), "[")
	}
}

// TestACodeIsSaidInTheWordsOfItsKind: kinds share codes, and each says its own in its own words.
func TestACodeIsSaidInTheWordsOfItsKind(t *testing.T) {
	t.Parallel()
	zh := speaking(t, "zh")
	for _, kind := range kinds.All() {
		state, _ := kind.List.Column("state")
		for _, code := range state.Values {
			require.Equal(t, stateWords(zh, kind.Kind, code), factValue(zh, kind.Kind, "state", json.RawMessage(`"`+code+`"`), nil), "%s %s", kind.Kind, code)
		}
	}
	require.NotContains(t, factValue(zh, hazard.Kind, "state", json.RawMessage(`"deferred"`), nil), i18n.T(zh, "state.permit.deferred"), "what a permit calls so is no word of a hazard")
	applied := []process.Change{change1("state", `"needed"`, `"deferred"`)}
	shown := visible(zh, permit.Kind, applied, nil)
	require.Equal(t, i18n.T(zh, "state.permit.deferred"), shown[0].New)
}

// TestAmountsAndMeasuresHaveTheirUnits: in the history thousands are parted, and nothing is a number alone.
func TestAmountsAndMeasuresHaveTheirUnits(t *testing.T) {
	t.Parallel()
	zh, d := speaking(t, "zh"), journey(t)
	for path, want := range map[string][2]string{"money[18].amount": {`"40310000.00"`, "4,031 万"}, "money[18].month": {`"2024-10"`, "2024年10月"}, "buildings[1#].area": {`"6000.00"`, "6,000 m²"},
		"investment": {`"86000000.00"`, "8,600 万元"}} {
		require.Equal(t, want[1], factValue(zh, project.Kind, path, json.RawMessage(want[0]), d), path)
	}
	shown := visible(zh, project.Kind, []process.Change{change1("money[18].amount", "null", `"1000000.00"`), change1("money[18].currency", "null", `"USD"`)}, d)
	require.Equal(t, "100 万美元", shown[0].New, "in its own currency")
}

// TestHistorySaysWhichTargetMoved: a version of a plan is said by what it moved, from which day to which, and what it took away.
func TestHistorySaysWhichTargetMoved(t *testing.T) {
	t.Parallel()
	at := "baselines[2].moves[stage:construction]"
	shown := visible(speaking(t, "zh"), project.Kind, []process.Change{change1("baselines[2].seq", "null", "2"), change1(at+".on", "null", `"2026-06-01"`), change1(at+".subject", "null", `"stage:construction"`), change1(at+".was", "null", `"2026-05-01"`),
		change1("baselines[2].moves[stage:completed].subject", "null", `"stage:completed"`), change1("baselines[2].moves[stage:completed].was", "null", `"2026-09-01"`)}, journey(t))
	require.Len(t, shown, 2)
	require.Contains(t, shown[0].Name, "开工建设")
	require.Contains(t, shown[0].Old, "5月1日")
	require.Contains(t, shown[0].New, "6月1日")
	require.Contains(t, shown[1].Old, "9月1日")
	require.Equal(t, "—", shown[1].New)
}

// TestHistorySaysAnAmountAsThePageDoes: also that nothing was done in a month, and never in another currency.
func TestHistorySaysAnAmountAsThePageDoes(t *testing.T) {
	t.Parallel()
	shown := visible(speaking(t, "zh"), project.Kind, []process.Change{change1("money[1].amount", "null", `"0.00"`), change1("money[1].currency", "null", `"CNY"`)}, journey(t))
	require.Contains(t, shown[0].New, "0 万元")
	shown = visible(speaking(t, "zh"), project.Kind, []process.Change{change1("money[1].amount", `"100.00"`, `"12000000000.00"`)}, journey(t))
	require.Equal(t, []string{"0.01 万", "1,200,000 万"}, []string{strings.TrimSpace(shown[0].Old), strings.TrimSpace(shown[0].New)})
}

// TestANumberSaysWhatItCounts: a version of the rules and a round are called so in the history, and never stand as bare numbers.
func TestANumberSaysWhatItCounts(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"definition_version": "第 4 版", "round": "第 4 轮", "put_off": "4"} {
		require.Equal(t, want, factValue(speaking(t, "zh"), permit.Kind, path, json.RawMessage("4"), nil), path)
	}
}

// TestAnAnswerIsSaidInWords: what came back of something that was sent has a word in the history, whatever step it answers.
func TestAnAnswerIsSaidInWords(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"zh", "en"} {
		ctx := speaking(t, language)
		for _, result := range []string{track.Taken, track.Refused, track.Held, track.Absent, track.Interim, track.Result} {
			var was, is track.Track
			is.Answers = []track.Answer{{Seq: 1, Step: track.Reply, Result: result}}
			before, err := process.FactsOf(was)
			require.NoError(t, err)
			after, err := process.FactsOf(is)
			require.NoError(t, err)
			said := 0
			for _, c := range before.Differences(after) {
				if process.Shape(c.Path) == "answered.result" {
					said++
					words := factValue(ctx, track.Kind, c.Path, c.New, nil)
					require.NotContains(t, words, "[", "%s in %s", result, language)
					require.NotEqual(t, result, words, "%s in %s", result, language)
				}
			}
			require.Equal(t, 1, said)
		}
	}
}
