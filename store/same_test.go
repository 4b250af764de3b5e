package store_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestTheSameHazardIsAskedBack by the number of the one that is open, of eight at once too; another place, another enterprise, and one that is closed are none.
func TestTheSameHazardIsAskedBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	record := hazard.Record{EnterpriseID: b.Enterprise, Location: "库房", Description: "灭火器过期", Level: hazard.General}
	var group sync.WaitGroup
	ids, refused := make(chan string, 8), make(chan error, 8)
	for range 8 {
		order := b.order(t, supervisor, uuid.NewString(), hazard.RecordName, record)
		group.Go(func() {
			if _, err := b.Store.Apply(t.Context(), order); err != nil {
				refused <- err
			} else {
				ids <- order.CaseID
			}
		})
	}
	group.Wait()
	require.Len(t, ids, 1)
	require.Len(t, refused, 7)
	id := <-ids
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	again := b.refused(t, process.MayBeKnown, b.order(t, b.Second, uuid.NewString(), hazard.RecordName, record))
	require.Contains(t, again.Chinese, h.Number)
	require.Equal(t, process.Meant, again.Fields[len(again.Fields)-1].Name)
	elsewhere, theirs, meant := record, record, record
	elsewhere.Location, theirs.EnterpriseID, meant.AllTheSame = "车间", b.Rival, "第二个灭火器"
	for _, one := range []hazard.Record{elsewhere, theirs, meant} {
		b.do(t, supervisor, uuid.NewString(), hazard.RecordName, one)
	}
	closed := hazard.Record{EnterpriseID: b.Enterprise, Location: "门岗", Description: "消防栓被挡", Level: hazard.General}
	first := uuid.NewString()
	b.do(t, supervisor, first, hazard.RecordName, closed)
	b.do(t, supervisor, first, hazard.FixOnSpotName, hazard.FixOnSpot{Note: "已移开", Attachments: b.evidence(t, supervisor)})
	b.do(t, supervisor, uuid.NewString(), hazard.RecordName, closed)
}
