package store_test

import (
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store"
)

// TestOnePictureProvesOneThing: the same content is asked back as the proof of a second round and of another hazard, whoever received it; twice in one deed it is refused, and
// what is meant all the same is said in the history and shown at the picture.
func TestOnePictureProvesOneThing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	notice := hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}}
	content := sha256.Sum256([]byte(t.Name()))
	upload := func(who process.Actor) []process.Evidence {
		id, err := b.Store.AddUpload(t.Context(), who, store.Received{Name: "门.jpg", MediaType: "image/jpeg", Size: 3, SHA256: content[:]})
		require.NoError(t, err)
		return []process.Evidence{{UploadID: id}}
	}
	first, other := b.recordHazard(t), b.recordHazard(t)
	b.do(t, supervisor, first, hazard.IssueNoticeName, notice)
	b.do(t, supervisor, other, hazard.IssueNoticeName, notice)
	one := upload(b.Contact)
	handIn := func(files []process.Evidence, why string) hazard.HandIn {
		return hazard.HandIn{Measures: "已清理", Attachments: files, Proof: process.Proof{AllTheSame: why}}
	}
	twice := b.refused(t, process.InvalidInput, b.order(t, b.Contact, first, hazard.HandInName, handIn([]process.Evidence{one[0], one[0]}, "")))
	require.Equal(t, "attachments[1]", twice.Fields[0].Name)
	alike := b.refused(t, process.InvalidInput, b.order(t, b.Contact, first, hazard.HandInName, handIn([]process.Evidence{one[0], upload(b.Contact)[0]}, "就是")))
	require.Equal(t, "attachments[1]", alike.Fields[0].Name, "received twice it is still one picture")
	b.do(t, b.Contact, first, hazard.HandInName, handIn(one, ""))
	b.do(t, supervisor, first, hazard.ReinspectName, hazard.Reinspect{Result: rectification.Fail, Opinion: "没有清理", InspectorIDs: []string{b.Second.ID}, Requirement: "继续", DueOn: clock.DateOf(b.now).AddDays(9)})
	again := b.refused(t, process.MayBeKnown, b.order(t, b.Contact, first, hazard.HandInName, handIn(upload(b.Contact), "")))
	require.Contains(t, again.Chinese, "第 1 轮")
	require.Equal(t, []string{"attachments[0]", process.Meant}, []string{again.Fields[0].Name, again.Fields[1].Name})
	elsewhere := b.refused(t, process.MayBeKnown, b.order(t, b.Contact, other, hazard.HandInName, handIn(upload(b.Contact), "")))
	h, err := b.Store.Hazard(t.Context(), supervisor, first)
	require.NoError(t, err)
	require.Contains(t, elsewhere.Chinese, h.Number)
	b.do(t, b.Contact, other, hazard.HandInName, handIn(upload(b.Contact), "同一扇门"))
	events, err := b.Store.History(t.Context(), supervisor, other, 0, 50)
	require.NoError(t, err)
	require.Contains(t, events[0].Reason+events[len(events)-1].Reason, "同一扇门")
	o, err := b.Store.Hazard(t.Context(), supervisor, other)
	require.NoError(t, err)
	known, err := b.Store.Previews(t.Context(), supervisor, o.Attachments)
	require.NoError(t, err)
	cases := []string{}
	for _, u := range known[o.Attachments[len(o.Attachments)-1].SHA256].Used {
		cases = append(cases, u.Case)
	}
	require.ElementsMatch(t, []string{h.Number, o.Number}, cases)
	shown, err := b.Store.Previews(t.Context(), b.Contact, o.Attachments)
	require.NoError(t, err)
	for _, p := range shown {
		require.Empty(t, p.Used, "whoever does not see all cases learns of none by a picture")
	}
}
