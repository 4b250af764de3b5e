package app_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
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
	_, err := b.apply(t, b.As(process.SafetySupervisor), id, hazard.RecordName, hazard.Record{EnterpriseID: enterprise, Location: "2# 车间", Description: "疏散通道堆放周转箱", Level: hazard.General})
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
