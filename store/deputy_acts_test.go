package store_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// own is whether pages take somebody for one who has a part in the case: they and the door agree.
func (b *bundle) own(t *testing.T, actor process.Actor, id string) bool {
	t.Helper()
	v, err := b.Store.Case(t.Context(), actor, id)
	require.NoError(t, err)
	relation, err := b.Store.Relation(t.Context(), v.Subject, actor, clock.DateOf(b.now))
	require.NoError(t, err)
	return relation == access.Own
}

// TestADeputyActs: on the days of the absence, and on no others, whoever stands in does what the absent person may and what their own role lets them do; the event says
// in whose place, and the chain holds it.
func TestADeputyActs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, liaison := b.As(process.ProjectManager), b.As(process.LiaisonOfficer)
	deputy := b.inUnit(t, process.ProjectManager, b.Section)
	id := b.openProject(t, "lead")
	named := func(name string) project.Edit {
		return project.Edit{Facts: project.Given{ShortName: &name}, Reason: "改简称"}
	}
	today := clock.DateOf(b.now)
	require.False(t, b.own(t, deputy, id))
	b.refused(t, process.NotAllowed, b.order(t, deputy, id, project.EditName, named("甲")))
	b.refused(t, process.NotAllowed, b.order(t, deputy, uuid.NewString(), extension.AskName, extension.Ask{Case: id, Until: today.AddDays(900), Reason: "雨季", Measures: "赶工"}))

	require.NoError(t, b.Store.AddAbsence(t.Context(), manager.ID, deputy.ID, "出差", today, today.AddDays(3), today))
	require.NoError(t, b.Store.AddAbsence(t.Context(), deputy.ID, liaison.ID, "出差", today.AddDays(2), today.AddDays(3), today))
	require.True(t, b.own(t, deputy, id))
	done := b.do(t, deputy, id, project.EditName, named("乙"))
	require.Equal(t, manager.Name, done.Event.Actor.Behalf)
	require.Equal(t, deputy.ID, done.Event.Actor.ID)
	require.Empty(t, b.do(t, manager, id, project.EditName, named("丙")).Event.Actor.Behalf, "who is away acts for themselves")
	b.do(t, deputy, uuid.NewString(), extension.AskName, extension.Ask{Case: id, Until: today.AddDays(900), Reason: "雨季", Measures: "赶工", Decider: b.As(process.Leader).ID})

	b.now = b.now.AddDate(0, 0, 2)
	require.True(t, b.own(t, liaison, id), "the deputy's deputy")
	b.refused(t, process.NotAllowed, b.order(t, liaison, id, project.EditName, named("丁")))
	b.do(t, liaison, id, project.AlsoCalledName, project.AlsoCalled{Name: "莱卡二期"})
	b.now = b.now.AddDate(0, 0, 2)
	require.False(t, b.own(t, deputy, id), "back at work")
	b.refused(t, process.NotAllowed, b.order(t, deputy, id, project.EditName, named("戊")))
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
}

// TestAnAgentIsSucceeded: an agent who is no project manager is told of the days of a permit that lies with its department, through their deputy too, who acts; what they
// run is named when they leave, and somebody else is the agent then.
func TestAnAgentIsSucceeded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, agent := b.As(process.ProjectManager), b.As(process.LiaisonOfficer)
	deputy := b.inUnit(t, process.LiaisonOfficer, b.Section)
	id := b.putOnFile(t, b.openProject(t, "permitting"), "land_use_permit")
	today := clock.DateOf(b.now)
	b.do(t, manager, id, permit.EntrustName, permit.Entrust{Number: "代办〔2026〕1号", Agent: agent.ID, Scope: "代为填报。", From: today, Until: today.AddDays(60)})
	b.do(t, agent, id, permit.ApplyName, permit.Apply{})
	require.NoError(t, b.Store.AddAbsence(t.Context(), agent.ID, deputy.ID, "休假", today, today.AddDays(3), today))
	accepted := b.do(t, deputy, id, permit.AcceptName, permit.Accept{})
	require.Equal(t, agent.Name, accepted.Event.Actor.Behalf)
	for standing := accepted.Standing; !slices.Contains(b.told(t, agent, id), process.NoticeReminder); {
		require.NotNil(t, standing.NextWake)
		b.now = *standing.NextWake
		require.True(t, b.now.Before(today.AddDays(60).Start()), "its days are few")
		standing = b.do(t, process.TheClock(), id, permit.Kind.Does(casework.RemindVerb), casework.Remind{}).Standing
	}

	held, err := b.Store.HeldBy(t.Context(), agent.ID, b.now)
	require.NoError(t, err)
	require.Len(t, held.Cases, 1, "it lies with the department, and its agent leaves it behind")
	require.False(t, held.Cases[0].InHand)
	n, err := b.Store.TellOfDeparture(t.Context(), b.As(process.Administrator), agent.ID, agent.Name, b.now)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	batch := b.As(process.Administrator)
	batch.Through = process.TheBatch
	b.do(t, batch, id, permit.Kind.Does(casework.SucceedVerb), casework.Succeed{FromID: agent.ID, ToID: deputy.ID, Reason: "调离"})
	held, err = b.Store.HeldBy(t.Context(), agent.ID, b.now)
	require.NoError(t, err)
	require.Empty(t, held.Cases)
	require.True(t, b.own(t, deputy, id))
	require.False(t, b.own(t, agent, id))
}

// TestADeputysListOfTheAbsent: whoever stands in has what the absent person has in hand on a list of its own, with whose it is and until when; a deputy's deputy until the
// first of both is back; afterwards nobody has. An account that has ended is nobody's place.
func TestADeputysListOfTheAbsent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, liaison := b.As(process.ProjectManager), b.As(process.LiaisonOfficer)
	deputy := b.inUnit(t, process.ProjectManager, b.Section)
	id := b.openProject(t, "lead")
	today := clock.DateOf(b.now)
	inPlace := func(who process.Actor, on clock.Date) ([]string, store.WorkCounts) {
		t.Helper()
		rows, _, err := b.Store.WorkOn(t.Context(), who, "deputy", on, "", 50)
		require.NoError(t, err)
		ids := []string{}
		for _, r := range rows {
			require.Equal(t, manager.Name, r.HolderName)
			ids = append(ids, r.ID)
		}
		held, err := b.Store.InboxCounts(t.Context(), who, b.now)
		require.NoError(t, err)
		counts, err := b.Store.WorkCounts(t.Context(), who, held, on)
		require.NoError(t, err)
		require.Equal(t, len(ids), counts.Of("deputy"))
		return ids, counts
	}
	none, counts := inPlace(deputy, today)
	require.Empty(t, none)
	require.Empty(t, counts.InPlaceOf)

	require.NoError(t, b.Store.AddAbsence(t.Context(), manager.ID, deputy.ID, "出差", today, today.AddDays(5), today))
	require.NoError(t, b.Store.AddAbsence(t.Context(), deputy.ID, liaison.ID, "休假", today.AddDays(2), today.AddDays(3), today))
	ids, counts := inPlace(deputy, today)
	require.Equal(t, []string{id}, ids)
	require.Equal(t, []store.Absent{{ID: manager.ID, Name: manager.Name, Until: today.AddDays(5), Count: 1}}, counts.InPlaceOf)
	require.Zero(t, counts.Todo, "it is not their own")
	none, _ = inPlace(liaison, today)
	require.Empty(t, none, "the deputy is there")
	ids, counts = inPlace(liaison, today.AddDays(2))
	require.Equal(t, []string{id}, ids)
	require.Contains(t, counts.InPlaceOf, store.Absent{ID: manager.ID, Name: manager.Name, Until: today.AddDays(3), Count: 1}, "until the first of both is back")
	none, _ = inPlace(deputy, today.AddDays(6))
	require.Empty(t, none)

	b.sql(t, "UPDATE users SET disabled_at = now() WHERE id = $1", manager.ID)
	none, _ = inPlace(deputy, today)
	require.Empty(t, none)
}

// TestStandingInReadsTheSameBothWays: who stands in for somebody, and for whom somebody stands in, are one rule, whoever is away for whom.
func TestStandingInReadsTheSameBothWays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	people := []process.Actor{b.As(process.ProjectManager), b.As(process.LiaisonOfficer), b.As(process.SafetySupervisor), b.As(process.Leader), b.Contact}
	dice := rand.New(rand.NewPCG(1, 30))
	today := clock.DateOf(b.now)
	for range 12 {
		b.sql(t, "DELETE FROM absences")
		for _, who := range people {
			from, deputy := today.AddDays(dice.IntN(4)-2), people[dice.IntN(len(people))]
			if deputy.ID != who.ID {
				b.sql(t, "INSERT INTO absences (user_id, deputy_id, from_on, to_on, reason) VALUES ($1, $2, $3, $4, '出差')", who.ID, deputy.ID, from.String(), from.AddDays(dice.IntN(4)).String())
			}
		}
		require.Equal(t, b.rows(t, "SELECT u.id::text || ' ' || d::text FROM users AS u CROSS JOIN LATERAL unnest(stand_ins(u.id, '"+today.String()+"')) AS d ORDER BY 1"),
			b.rows(t, "SELECT a::text || ' ' || u.id::text FROM users AS u CROSS JOIN LATERAL unnest(stands_for(u.id, '"+today.String()+"')) AS a ORDER BY 1"))
	}
}
