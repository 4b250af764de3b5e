package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// shared is a hazard that is addressed to both enterprises, once its notice was issued.
func (b *bundle) shared(t *testing.T) string {
	t.Helper()
	id, supervisor := uuid.NewString(), b.As(process.SafetySupervisor)
	b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, AlsoIDs: []string{b.Rival}, Location: "2 号厂房 " + id[:8], Description: "电缆裸露", Level: hazard.General})
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "更换电缆", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	return id
}

// TestBothAddresseesSeeHearAndAct: landlord and tenant have it in their lists and in hand, read it and each other by the enterprise's name alone, either hands in, and both hear the verdict.
func TestBothAddresseesSeeHearAndAct(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	id := b.shared(t)
	for _, firm := range []process.Actor{b.Contact, b.RivalOne} {
		require.Equal(t, []string{process.NoticeHandedTo}, b.told(t, firm, id), firm.Name)
		rows, _, err := b.Store.Hazards(t.Context(), firm, store.Conditions{}, "", 50, b.now)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		h, err := b.Store.Hazard(t.Context(), firm, id)
		require.NoError(t, err)
		require.Equal(t, "莱卡织造、鸿瑞印务", h.FirmNames())
		work, _, err := b.Store.WorkTab(t.Context(), firm, "todo", "", 50)
		require.NoError(t, err)
		require.Len(t, work, 1, "it waits for both")
		inbox, _, err := b.Store.Inbox(t.Context(), firm, "", 50)
		require.NoError(t, err)
		require.Len(t, inbox, 1)
		counts, err := b.Store.InboxCounts(t.Context(), firm, b.now)
		require.NoError(t, err)
		require.EqualValues(t, 1, counts.Todo)
	}
	for _, firm := range []string{b.Enterprise, b.Rival} {
		conditions := store.Conditions{In: map[string][]string{"enterprise_id": {firm}}}
		rows, _, err := b.Store.Hazards(t.Context(), supervisor, conditions, "", 50, b.now)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		totals, err := b.Store.ListTotals(t.Context(), supervisor, hazard.Kind, conditions, b.now)
		require.NoError(t, err)
		require.Equal(t, 1, totals.Count)
	}
	for _, words := range []string{"鸿瑞印务", "莱卡织造"} {
		rows, _, err := b.Store.Hazards(t.Context(), supervisor, store.Conditions{Words: words}, "", 50, b.now)
		require.NoError(t, err)
		require.Len(t, rows, 1, words)
		require.Len(t, b.searched(t, supervisor, words), 1, words)
	}
	b.do(t, b.RivalOne, id, hazard.Kind.Does(casework.CommentVerb), casework.Comment{Text: "请协调进场时间"})
	b.do(t, b.RivalOne, id, hazard.HandInName, hazard.HandIn{Measures: "已更换", Attachments: b.evidence(t, b.RivalOne)})
	require.Contains(t, b.told(t, b.Contact, id), process.NoticeHandedIn)
	require.NotContains(t, b.told(t, b.RivalOne, id), process.NoticeHandedIn, "nobody is told what they did")
	h, err := b.Store.Hazard(t.Context(), b.Contact, id)
	require.NoError(t, err)
	require.Equal(t, "鸿瑞印务", h.Rounds[0].HandedInBy.Name, "by its name, not its person's")
	require.Equal(t, "鸿瑞印务", h.Rounds[0].HandedInFor)
	require.Len(t, h.Attachments, 1, "what one hands in both see")
	require.Equal(t, "鸿瑞印务", h.Attachments[0].ByName)
	events, err := b.Store.History(t.Context(), b.Contact, id, 0, 50)
	require.NoError(t, err)
	text, err := json.Marshal(events)
	require.NoError(t, err)
	require.NotContains(t, string(text), `"`+b.RivalOne.Name+`"`)
	require.NotContains(t, string(text), "协调进场", "what one writes to the zone stays between the two")
	i := slices.IndexFunc(events, func(e process.Event) bool { return e.Command == hazard.HandInName })
	require.Equal(t, "鸿瑞印务", events[i].Actor.Name)
	b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{b.Second.ID}})
	for _, firm := range []process.Actor{b.Contact, b.RivalOne} {
		require.Contains(t, b.told(t, firm, id), process.NoticeClosed, firm.Name)
	}
	require.True(t, b.verify(t, id).Intact())
}

// TestTheOtherSideNeverInspects: nobody of either enterprise signs as an inspector, and whoever handed in does not judge.
func TestTheOtherSideNeverInspects(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.shared(t)
	b.do(t, b.RivalOne, id, hazard.HandInName, hazard.HandIn{Measures: "已更换", Attachments: b.evidence(t, b.RivalOne)})
	for _, firm := range []process.Actor{b.Contact, b.RivalOne} {
		pass := hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{firm.ID}}
		_, err := b.Store.Apply(t.Context(), b.order(t, b.As(process.SafetySupervisor), id, hazard.ReinspectName, pass))
		require.Contains(t, []process.Code{process.InvalidInput, process.SamePerson}, process.RefusalOf(err).Code, firm.Name)
		pass.InspectorIDs = []string{b.Second.ID}
		b.refused(t, process.NotAllowed, b.order(t, firm, id, hazard.ReinspectName, pass))
	}
}

// TestALetterGoesToAll: 主送 both, and each finds it among its letters; one that is issued before the second was added is the first one's alone.
func TestALetterGoesToAll(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	id := b.shared(t)
	one := b.letterOf(t, id, "rectification_opinion", nil)
	require.Equal(t, "泗县莱卡织造有限公司、泗县鸿瑞印务有限公司", one.ToName)
	require.Equal(t, []string{b.Rival}, one.AlsoTo)
	for _, firm := range []process.Actor{b.Contact, b.RivalOne} {
		h, err := b.Store.Hazard(t.Context(), firm, id)
		require.NoError(t, err)
		require.Len(t, h.Issued, 1, firm.Name)
	}
	alone := b.recordHazard(t)
	b.do(t, supervisor, alone, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	first := b.letterOf(t, alone, "rectification_opinion", nil)
	require.Empty(t, first.AlsoTo)
	b.do(t, supervisor, alone, hazard.Kind.Does(addressing.AddressVerb), addressing.Address{AlsoIDs: []string{b.Rival}, Reason: "承租方一并整改"})
	require.Equal(t, []string{process.NoticeAddressed}, b.told(t, b.RivalOne, alone))
	h, err := b.Store.Hazard(t.Context(), b.RivalOne, alone)
	require.NoError(t, err)
	require.Empty(t, h.Issued, "it was not addressed to it")
}

// TestWhoIsTakenOffHearsItAndNoMore: it hears that it is off, can do nothing any more, is told nothing further, and the history says who added it and who took it off.
func TestWhoIsTakenOffHearsItAndNoMore(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	id := b.shared(t)
	b.do(t, supervisor, id, hazard.Kind.Does(addressing.UnaddressVerb), addressing.Unaddress{AlsoID: b.Rival, Reason: "已经退租"})
	require.Equal(t, []string{process.NoticeHandedTo, process.NoticeReleased}, b.told(t, b.RivalOne, id))
	b.refused(t, process.NotFound, b.order(t, b.RivalOne, id, hazard.HandInName, hazard.HandIn{Measures: "已更换", Attachments: b.evidence(t, b.RivalOne)}))
	b.do(t, supervisor, id, hazard.ChangeDeadlineName, hazard.ChangeDeadline{DueOn: clock.DateOf(b.now).AddDays(9), Reason: "材料未到"})
	require.Len(t, b.told(t, b.RivalOne, id), 2)
	work, _, err := b.Store.WorkTab(t.Context(), b.RivalOne, "todo", "", 50)
	require.NoError(t, err)
	require.Empty(t, work)
	events, err := b.Store.History(t.Context(), supervisor, id, 0, 50)
	require.NoError(t, err)
	require.Equal(t, "已经退租", events[1].Reason)
	require.Equal(t, supervisor.ID, events[1].Actor.ID)
	require.True(t, b.verify(t, id).Intact())
}

// TestAddresseesFollowAMerger: wherever the one that went was addressed, open or closed, the one that it became is, and once.
func TestAddresseesFollowAMerger(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := b.As(process.Administrator)
	third := b.firm(t, store.Enterprise{Name: "泗县盈川家居有限公司", ShortName: "盈川家居", Sector: "other"})
	id := b.shared(t)
	readdress := func(into, name string) {
		t.Helper()
		left, err := b.Store.CasesOf(t.Context(), b.Rival, into, name)
		require.NoError(t, err)
		require.NotEmpty(t, left)
		for _, c := range left {
			order := b.order(t, admin, c.ID, hazard.Kind.Does(casework.ReaddressVerb), casework.Readdress{EnterpriseID: into, Was: c.Was, Reason: "重复登记"})
			order.Call.Actor.Through = process.TheBatch
			_, err := b.Store.Apply(t.Context(), order)
			require.NoError(t, err)
		}
		again, err := b.Store.CasesOf(t.Context(), b.Rival, into, name)
		require.NoError(t, err)
		require.Empty(t, again, "it can be repeated")
	}
	readdress(third, "盈川家居")
	h, err := b.Store.Hazard(t.Context(), admin, id)
	require.NoError(t, err)
	require.Equal(t, []string{b.Enterprise, third}, h.Firms())
	b.do(t, b.As(process.SafetySupervisor), id, hazard.Kind.Does(addressing.AddressVerb), addressing.Address{AlsoIDs: []string{b.Rival}, Reason: "也在厂区"})
	readdress(b.Enterprise, "莱卡织造")
	h, err = b.Store.Hazard(t.Context(), admin, id)
	require.NoError(t, err)
	require.Equal(t, []string{b.Enterprise, third}, h.Firms())
	require.True(t, b.verify(t, id).Intact())
}

// TestTheSecondHearsWhatTheFirstHears: over random lives of hazards, whatever an event tells the people of the first enterprise it tells those of the second in the same
// words, by whatever rule.
func TestTheSecondHearsWhatTheFirstHears(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			dice := rand.New(rand.NewPCG(seed, 90)) //nolint:gosec // a test's dice
			supervisor, leader := b.As(process.SafetySupervisor), b.As(process.Leader)
			level := []hazard.Level{hazard.General, hazard.Major}[seed%2]
			id := uuid.NewString()
			b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, AlsoIDs: []string{b.Rival}, Location: "罐区", Description: "报警失效", Level: level, Clause: "部令10号 第4条", AllTheSame: "另一处"})
			due := func(days int) clock.Date { return clock.DateOf(b.now).AddDays(days) }
			steps := []func() process.Order{
				func() process.Order {
					return b.order(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "更换", DueOn: due(30), InspectorIDs: []string{b.Second.ID}})
				},
				func() process.Order {
					return b.order(t, b.Second, id, hazard.FilePlanName, hazard.FilePlan{Plan: hazard.Plan{Responsible: "厂长", Measures: "换阀", Funds: "30 万元", TimeLimit: "三个月", Contingency: "停用罐区"}})
				},
				func() process.Order {
					return b.order(t, b.Second, id, hazard.HandInName, hazard.HandIn{Measures: "已更换", Attachments: b.evidence(t, b.Second)})
				},
				func() process.Order {
					return b.order(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: "fail", Opinion: "不合格", Requirement: "再换", DueOn: due(10), InspectorIDs: []string{b.inUnit(t, process.SafetySupervisor, b.Section).ID}})
				},
				func() process.Order {
					return b.order(t, leader, id, hazard.ChangeDeadlineName, hazard.ChangeDeadline{DueOn: due(40), Reason: "材料未到"})
				},
				func() process.Order {
					return b.order(t, supervisor, id, hazard.Kind.Does(casework.CommentVerb), casework.Comment{Text: "请抓紧", Audience: process.Shared})
				},
				func() process.Order {
					return b.order(t, leader, id, hazard.Kind.Does(casework.NudgeVerb), casework.Nudge{})
				},
				func() process.Order {
					return b.order(t, supervisor, id, hazard.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByEnterprise, ToID: []string{b.Rival, b.Enterprise}[dice.IntN(2)], Reason: "请整改"})
				},
				func() process.Order {
					return b.order(t, supervisor, id, "hazard.withdraw", hazard.Withdraw{Reason: "记错了"})
				},
				func() process.Order {
					s, err := b.Store.Standing(t.Context(), id)
					require.NoError(t, err)
					if s.NextWake != nil && s.NextWake.After(b.now) {
						b.now = *s.NextWake
					}
					return b.order(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), casework.Remind{})
				},
			}
			done := 0
			for step := range 60 {
				next := steps[len(steps)-1]
				if step < 3 || dice.IntN(3) > 0 {
					next = steps[dice.IntN(len(steps))]
				}
				_, err := b.Store.Apply(t.Context(), next())
				var refusal *process.Refusal
				require.True(t, err == nil || errors.As(err, &refusal), err)
				if err == nil {
					done++
				}
				b.now = b.now.Add(time.Duration(dice.IntN(30)) * time.Hour)
			}
			require.Greater(t, done, 3)
			events, err := b.Store.History(t.Context(), supervisor, id, 0, 200)
			require.NoError(t, err)
			heard := 0
			for _, e := range events {
				said := map[string][]string{}
				for _, told := range e.Told {
					who := told.ID
					told.ID, told.Name = "", ""
					text, err := json.Marshal(told)
					require.NoError(t, err)
					said[who] = append(said[who], string(text))
				}
				require.Equal(t, said[b.Contact.ID], said[b.RivalOne.ID], "%s v%d", e.Command, e.Version)
				heard += len(said[b.Contact.ID])
			}
			t.Logf("%d deeds, %d notices each", done, heard)
		})
	}
}
