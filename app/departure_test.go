package app_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/store"
)

func order(t *testing.T, actor process.Actor, id string, name process.Name, input any) process.Order {
	t.Helper()
	text, err := json.Marshal(input)
	require.NoError(t, err)
	return process.Order{CaseID: id, Command: name, Input: text, Call: process.Call{Key: uuid.NewString(), Actor: actor, OccurredAt: zonetest.Morning(), RecordedAt: zonetest.Morning()}}
}

// found opens a hazard at an enterprise.
func (b *bundle) found(t *testing.T, enterprise string) string {
	t.Helper()
	id := uuid.NewString()
	_, err := b.apply(t, b.As(process.SafetySupervisor), id, hazard.RecordName, hazard.Record{EnterpriseID: enterprise, Location: "2# 车间", Description: "疏散通道堆放周转箱", Level: hazard.General, AllTheSame: "另一处"})
	require.NoError(t, err)
	return id
}

// exec runs a statement as the owner of the database and returns how many rows it changed.
func (b *bundle) exec(t *testing.T, statement string, args ...any) int64 {
	t.Helper()
	owner, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	tag, err := owner.Exec(t.Context(), statement, args...)
	require.NoError(t, err)
	return tag.RowsAffected()
}

// at returns the cases of an enterprise.
func (b *bundle) at(t *testing.T, enterprise string) []string {
	t.Helper()
	owner, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	rows, err := owner.Query(t.Context(), "SELECT id::text FROM cases WHERE enterprise_id = $1", enterprise)
	require.NoError(t, err)
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return ids
}

// TestAMergeLeavesNoCaseBehind: neither one that is opened while the cases are being moved, nor one that an older program left.
func TestAMergeLeavesNoCaseBehind(t *testing.T) {
	t.Parallel()
	b := setup(t)
	cases, once := []string{b.found(t, b.Rival)}, false
	b.before = func(process.Order) {
		if !once {
			once = true
			cases = append(cases, b.found(t, b.Rival))
		}
	}
	admin := b.As(process.Administrator)
	require.NoError(t, b.MergeEnterprises(t.Context(), admin, b.Rival, b.Enterprise, "重复登记"))
	require.True(t, once)
	require.Empty(t, b.at(t, b.Rival))
	require.ElementsMatch(t, cases, b.at(t, b.Enterprise))
	require.Error(t, b.MergeEnterprises(t.Context(), admin, b.Rival, b.Enterprise, "重复登记"), "there is nothing left to do")

	require.EqualValues(t, 1, b.exec(t, "UPDATE enterprises SET merged_into = NULL WHERE id = $1", b.Rival))
	cases = append(cases, b.found(t, b.Rival))
	require.EqualValues(t, 1, b.exec(t, "UPDATE enterprises SET merged_into = $2 WHERE id = $1", b.Rival, b.Enterprise))
	require.NoError(t, b.MergeEnterprises(t.Context(), admin, b.Rival, b.Enterprise, "重复登记"), "merging again takes along what was left")
	require.Empty(t, b.at(t, b.Rival))
	require.ElementsMatch(t, cases, b.at(t, b.Enterprise))
}

// TestNobodySucceedsThemselves: a successor who cannot take over is refused before anything is done, and names the field.
func TestNobodySucceedsThemselves(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, leaver := b.As(process.Administrator), b.As(process.LiaisonOfficer)
	require.NoError(t, b.App.Store.SetCare(t.Context(), b.Enterprise, leaver.ID, ""))
	require.EqualValues(t, 1, b.exec(t, "UPDATE users SET disabled_at = now() WHERE id = $1", b.Second.ID))
	for name, successor := range map[string]string{"themselves": leaver.ID, "has left": b.Second.ID, "of an enterprise": b.Contact.ID, "nobody": uuid.NewString(), "no id": "x"} {
		_, err := b.Leave(t.Context(), admin, leaver.ID, successor, "退休")
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, name)
		require.Equal(t, "successor_id", refusal.Fields[0].Name, name)
		care, err := b.App.Store.Care(t.Context(), b.Enterprise)
		require.NoError(t, err)
		require.Equal(t, leaver.ID, care.LiaisonID, name)
	}
	_, err := b.Leave(t.Context(), admin, leaver.ID, "", " ")
	var both *process.Refusal
	require.ErrorAs(t, err, &both)
	require.Len(t, both.Fields, 2, "what is missing is told at once: the reason, and who takes over")
	_, err = b.Leave(t.Context(), admin, leaver.ID, b.As(process.Leader).ID, "退休")
	require.NoError(t, err)
	_, err = b.Leave(t.Context(), admin, b.Contact.ID, b.RivalOne.ID, "离职")
	require.Error(t, err, "a contact's successor is of the same enterprise")
	_, err = b.Leave(t.Context(), admin, b.Contact.ID, "", "离职")
	require.NoError(t, err)
}

// TestAnAbsenceOutlivesItsDeputy: whoever stood in leaves. The successor stands in where they may; their own absence, and that of somebody for whom
// they may not stand in, stays. Each is on record, and the days are those of the zone's clock.
func TestAnAbsenceOutlivesItsDeputy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, leaver, heir := b.As(process.Administrator), b.As(process.LiaisonOfficer), b.As(process.ProjectManager)
	today := clock.DateOf(b.Now())
	absent := []process.Actor{heir, b.As(process.SafetySupervisor)}
	for _, who := range absent {
		require.NoError(t, b.App.Store.AddAbsence(t.Context(), who.ID, leaver.ID, "出差", today, today.AddDays(5), today))
	}
	past := today.AddDays(-2)
	require.NoError(t, b.App.Store.AddAbsence(t.Context(), b.Second.ID, leaver.ID, "出差", past, today.AddDays(-1), past))
	held, err := b.App.Store.HeldBy(t.Context(), leaver.ID, b.Now())
	require.NoError(t, err)
	require.Equal(t, 2, held.Absences, "reckoned by the zone's clock, not the machine's")

	_, err = b.Leave(t.Context(), admin, leaver.ID, heir.ID, "退休")
	require.NoError(t, err)
	for i, deputy := range []process.Actor{leaver, heir} {
		absences, err := b.App.Store.Absences(t.Context(), absent[i].ID, today)
		require.NoError(t, err)
		require.Len(t, absences, 1)
		require.Equal(t, deputy.Name, absences[0].Deputy)
		deeds, err := b.App.Store.RegisterDeeds(t.Context(), absent[i].ID, "", 10)
		require.NoError(t, err)
		require.Len(t, deeds, 1)
		require.Equal(t, []store.Changed{{Field: "deputy_id", Old: leaver.Name, New: []string{"", heir.Name}[i]}}, deeds[0].Changed)
		require.Equal(t, "退休", deeds[0].Note)
	}
	require.EqualValues(t, 1, b.exec(t, "DELETE FROM absences WHERE user_id = $1 AND deputy_id = $2", b.Second.ID, leaver.ID), "what is over stays as it was")
}

// TestALiaisonOfAMergedEnterpriseCanLeave: a merged enterprise is nobody's to look after, and one of the zone's namesakes does not hold up who leaves.
func TestALiaisonOfAMergedEnterpriseCanLeave(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin, leaver, heir := b.As(process.Administrator), b.As(process.LiaisonOfficer), b.As(process.ProjectManager)
	require.NoError(t, b.App.Store.SetCare(t.Context(), b.Rival, leaver.ID, ""))
	require.NoError(t, b.MergeEnterprises(t.Context(), admin, b.Rival, b.Enterprise, "重复登记"))
	cares := func() int {
		held, err := b.App.Store.HeldBy(t.Context(), leaver.ID, b.Now())
		require.NoError(t, err)
		cared, err := b.App.Store.CaredFor(t.Context(), leaver, b.Now(), 10)
		require.NoError(t, err)
		require.Len(t, cared, held.Enterprises)
		return held.Enterprises
	}
	require.Zero(t, cares())

	require.NoError(t, b.App.Store.SetCare(t.Context(), b.Enterprise, leaver.ID, ""))
	namesake, err := b.App.Store.AddEnterprise(t.Context(), store.Enterprise{Name: "另一家企业有限公司", ShortName: "另一家"})
	require.NoError(t, err)
	require.EqualValues(t, 1, b.exec(t, "UPDATE enterprises SET short_name = '莱卡织造' WHERE id = $1", namesake)) // as older programs let it be
	require.Equal(t, 1, cares())
	_, err = b.Leave(t.Context(), admin, leaver.ID, heir.ID, "退休")
	require.NoError(t, err)
	require.Zero(t, cares())
	care, err := b.App.Store.Care(t.Context(), b.Enterprise)
	require.NoError(t, err)
	require.Equal(t, heir.ID, care.LiaisonID)

	record, err := b.App.Store.Record(t.Context(), register.EnterprisesName, b.Enterprise)
	require.NoError(t, err)
	var e register.Enterprise
	require.NoError(t, json.Unmarshal(record.Doc, &e))
	e.Aliases = append(e.Aliases, "另一家企业有限公司")
	_, err = b.App.Store.Keep(t.Context(), admin, register.EnterprisesName, []store.Keeping{{ID: b.Enterprise, Record: e}}, b.Now())
	require.ErrorContains(t, err, "merge the two", "a new name is compared all the same")
}

// TestOnlyStaffIsPutInCharge: by the register, which both faces go through, as by the commands of old.
func TestOnlyStaffIsPutInCharge(t *testing.T) {
	t.Parallel()
	b := setup(t)
	keep := func(name register.Name, id, field, value string) error {
		record, err := b.App.Store.Record(t.Context(), name, id)
		require.NoError(t, err)
		doc := map[string]any{}
		require.NoError(t, json.Unmarshal(record.Doc, &doc))
		doc[field] = value
		text, err := json.Marshal(doc)
		require.NoError(t, err)
		_, err = b.App.Store.Keep(t.Context(), b.As(process.Administrator), name, []store.Keeping{{ID: id, Record: json.RawMessage(text)}}, b.Now())
		return err
	}
	for _, place := range []struct {
		name      register.Name
		id, field string
	}{{register.EnterprisesName, b.Enterprise, "liaison_id"}, {register.UnitsName, b.Section, "head_id"}, {register.UnitsName, b.Section, "deputy_id"}} {
		var refusal *process.Refusal
		require.ErrorAs(t, keep(place.name, place.id, place.field, b.RivalOne.ID), &refusal, place.field)
		require.Equal(t, place.field, refusal.Fields[0].Name)
		require.NoError(t, keep(place.name, place.id, place.field, b.Second.ID), place.field)
		require.NoError(t, keep(place.name, place.id, place.field, ""), place.field)
	}
}

// TestTemplatesPassOn: the templates of inspections that name somebody who leaves name an inspector who follows, once, and nobody where the successor inspects nothing.
func TestTemplatesPassOn(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		heir  func(*bundle) process.Actor
		first func(*bundle) string
	}{
		{func(b *bundle) process.Actor { return b.Second }, func(b *bundle) string { return b.Second.ID }},
		{func(b *bundle) process.Actor { return b.As(process.Leader) }, func(*bundle) string { return "" }},
	} {
		b := setup(t)
		leaver, id := b.As(process.SafetySupervisor), uuid.NewString()
		require.NoError(t, b.App.Store.AddVisitPlan(t.Context(), b.Park.ID, id, register.VisitPlan{Name: "季度检查", EnterpriseID: b.Enterprise, Sort: "regular", EveryMonths: 3, From: clock.DateOf(b.Now()), FirstID: leaver.ID, SecondID: b.Second.ID}))
		held, err := b.App.Store.HeldBy(t.Context(), leaver.ID, b.Now())
		require.NoError(t, err)
		require.Equal(t, 1, held.Templates)
		_, err = b.Leave(t.Context(), b.As(process.Administrator), leaver.ID, one.heir(b).ID, "退休")
		require.NoError(t, err)
		row, err := b.App.Store.Record(t.Context(), register.VisitPlansName, id)
		require.NoError(t, err)
		var plan register.VisitPlan
		require.NoError(t, json.Unmarshal(row.Doc, &plan))
		require.Equal(t, one.first(b), plan.FirstID)
		require.Equal(t, one.first(b) == "", plan.SecondID == b.Second.ID, "nobody inspects beside themselves")
	}
}
