package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// merge merges one enterprise into another one, without its cases.
func (b *bundle) merge(ctx context.Context, t *testing.T, from, into string) error {
	t.Helper()
	var docs [2]register.Enterprise
	for i, id := range []string{from, into} {
		record, err := b.Store.Record(ctx, register.EnterprisesName, id)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(record.Doc, &docs[i]))
	}
	return b.Store.Merge(ctx, b.As(process.Administrator), docs[0], docs[1], from, into, "重复登记", b.now)
}

// at is a hazard found at an enterprise.
func at(enterprise string) hazard.Record {
	return hazard.Record{EnterpriseID: enterprise, Location: "2# 车间", Description: "疏散通道堆放周转箱", Level: hazard.General, AllTheSame: "另一处"}
}

// TestNoCaseComesToAMergedEnterprise: whichever command names it is refused and says what it became, also when that one was merged on.
func TestNoCaseComesToAMergedEnterprise(t *testing.T) {
	t.Parallel()
	b := setup(t)
	before := b.do(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, at(b.Enterprise)).Event.CaseID
	require.NoError(t, b.merge(t.Context(), t, b.Rival, b.Enterprise))
	third, err := b.Store.AddEnterprise(t.Context(), store.Enterprise{Name: "泗县恒达实业有限公司", ShortName: "恒达实业"})
	require.NoError(t, err)
	for _, survivor := range []string{"莱卡织造", "恒达实业"} {
		if survivor == "恒达实业" {
			require.NoError(t, b.merge(t.Context(), t, b.Enterprise, third))
		}
		opened := b.project("lead")
		opened.EnterpriseID = b.Rival
		for _, order := range []process.Order{
			b.order(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, at(b.Rival)),
			b.order(t, b.As(process.ProjectManager), uuid.NewString(), "project.open", opened),
			b.order(t, b.As(process.Administrator), before, hazard.Kind.Does(casework.ReaddressVerb), casework.Readdress{EnterpriseID: b.Rival, Reason: "重复登记"}),
		} {
			order.Call.Actor.Through = ""
			if order.CaseID == before {
				order.Call.Actor.Through = process.TheBatch
			}
			refusal := b.refused(t, process.UnknownParty, order)
			require.Contains(t, refusal.Chinese, "鸿瑞印务已经并入"+survivor)
			require.Contains(t, refusal.English, "was merged into "+survivor)
			require.Equal(t, "enterprise_id", refusal.Fields[0].Name)
		}
	}
	require.Error(t, b.merge(t.Context(), t, third, b.Enterprise), "nothing goes to one that was merged itself")
}

// TestAMergeAndTheDoorComeOneAfterTheOther: while an enterprise is being merged, a case that is opened on it waits and is refused; while a case is
// being opened on it, the merge waits.
func TestAMergeAndTheDoorComeOneAfterTheOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	owner, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	watch, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer watch.Close(t.Context())
	waits := func() bool {
		var n int
		require.NoError(t, watch.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&n))
		return n > 0
	}
	done := make(chan error, 1)

	tx, err := owner.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "SELECT FROM enterprises WHERE id = $1 FOR KEY SHARE", b.Rival) // as a deed on it
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { done <- b.merge(ctx, t, b.Rival, b.Enterprise) }()
	require.Eventually(t, waits, 20*time.Second, 10*time.Millisecond, "the merge waits for the deed")
	cancel()
	require.Error(t, <-done)
	require.NoError(t, tx.Rollback(t.Context()))

	tx, err = owner.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "LOCK TABLE enterprises IN EXCLUSIVE MODE") // as a merge
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "UPDATE enterprises SET merged_into = $2 WHERE id = $1", b.Rival, b.Enterprise)
	require.NoError(t, err)
	order := b.order(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, at(b.Rival))
	go func() { _, err := b.Store.Apply(t.Context(), order); done <- err }()
	require.Eventually(t, waits, 20*time.Second, 10*time.Millisecond, "the deed waits for the merge")
	require.NoError(t, tx.Commit(t.Context()))
	var refusal *process.Refusal
	require.ErrorAs(t, <-done, &refusal)
	require.Contains(t, refusal.Chinese, "已经并入莱卡织造")
}

// TestAfterAMergeNoCaseIsOpenedOnWhatWent: many open cases at the same moment, one after another without a pause; the merge gets its turn all the same,
// and whoever moves the cases once it returned leaves none.
func TestAfterAMergeNoCaseIsOpenedOnWhatWent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var group errgroup.Group
	var opened atomic.Int32
	for range 6 {
		group.Go(func() error {
			for {
				if _, err := b.Store.Apply(t.Context(), b.order(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, at(b.Rival))); err != nil {
					var refusal *process.Refusal
					if errors.As(err, &refusal) {
						return nil
					}
					return err
				}
				opened.Add(1)
			}
		})
	}
	require.Eventually(t, func() bool { return opened.Load() > 10 }, 30*time.Second, time.Millisecond)
	turn, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	require.NoError(t, b.merge(turn, t, b.Rival, b.Enterprise))
	left, err := b.Store.CasesOf(t.Context(), b.Rival, b.Enterprise, "")
	require.NoError(t, err)
	require.NoError(t, group.Wait())
	require.Len(t, left, int(opened.Load()), "all that were opened were there when Merge returned")
	all, err := b.Store.CasesOf(t.Context(), b.Enterprise, b.Enterprise, "莱卡织造")
	require.NoError(t, err)
	require.ElementsMatch(t, left, all, "they are found from the enterprise that stays, too")
}
