package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

func ptr[T any](value T) *T { return &value }

// TestWhatOnlyAddsNeedsNoVersion: a comment is taken whatever its writer had read, and makes nobody's form old.
func TestWhatOnlyAddsNeedsNoVersion(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "construction")
	seen := int64(1)
	b.do(t, b.As(process.Leader), id, project.EditName, project.Edit{Facts: project.Given{Note: ptr("x")}, Reason: "补充"})
	for verb, input := range map[process.Verb]any{casework.CommentVerb: casework.Comment{Text: "现场已看"},
		casework.AttachVerb: casework.Attach{Attachments: []process.Evidence{{UploadID: b.Upload(t.Context(), t, b.As(process.ProjectManager))}}}} {
		order := b.order(t, b.As(process.ProjectManager), id, project.Kind.Does(verb), input)
		order.Call.IfVersion = &seen
		_, err := b.Store.Apply(t.Context(), order)
		require.NoError(t, err, verb)
	}
	read := int64(2) // before the comment and the picture, after the edit
	order := b.order(t, b.As(process.ProjectManager), id, project.EditName, project.Edit{Facts: project.Given{IsKey: ptr(true)}, Reason: "列为重点"})
	order.Call.IfVersion = &read
	_, err := b.Store.Apply(t.Context(), order)
	require.NoError(t, err, "others only added")
	order = b.order(t, b.As(process.Leader), id, project.EditName, project.Edit{Facts: project.Given{IsKey: ptr(false)}, Reason: "更正"})
	order.Call.IfVersion = &read
	b.refused(t, process.StaleVersion, order)
}

// TestFilesCountByContent: the same form sent twice brings the same pictures under other ids, and is one deed.
func TestFilesCountByContent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), uuid.NewString()
	upload := func(content byte) []process.Evidence {
		sum := make([]byte, 32)
		sum[0] = content
		upload, err := b.Store.AddUpload(t.Context(), supervisor, store.Received{Name: "现场.jpg", MediaType: "image/jpeg", Size: 3, SHA256: sum})
		require.NoError(t, err)
		return []process.Evidence{{UploadID: upload}}
	}
	record := hazard.Record{EnterpriseID: b.Enterprise, Location: "东门", Description: "灭火器过期", Level: hazard.General, Attachments: upload(1)}
	order := b.order(t, supervisor, id, hazard.RecordName, record)
	_, err := b.Store.Apply(t.Context(), order)
	require.NoError(t, err)

	record.Attachments = upload(1)
	again := b.order(t, supervisor, id, hazard.RecordName, record)
	again.Call.Key = order.Call.Key
	outcome, err := b.Store.Apply(t.Context(), again)
	require.NoError(t, err)
	require.True(t, outcome.Replayed)
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Len(t, h.Attachments, 1)

	record.Attachments = upload(2)
	other := b.order(t, supervisor, id, hazard.RecordName, record)
	other.Call.Key = order.Call.Key
	b.refused(t, process.KeyReused, other)
}

// TestAnEmptiedFactStaysEmpty, and nothing else moves.
func TestAnEmptiedFactStaysEmpty(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, manager := b.openProject(t, "construction"), b.As(process.ProjectManager)
	yuan, err := project.ParseYuan("12345678.90")
	require.NoError(t, err)
	area, err := project.ParseDecimal("62.50")
	require.NoError(t, err)
	b.do(t, manager, id, project.EditName, project.Edit{Reason: "补充", Facts: project.Given{Investment: &yuan, NationalCode: ptr("2411-341324-04-01-123456"), LandAreaMu: &area,
		SignedOn: ptr(clock.DateOf(b.now).AddDays(-30)), Note: ptr("第一行\r\n第二行")}})
	p, err := b.Store.Project(t.Context(), manager, id, clock.DateOf(b.now))
	require.NoError(t, err)
	require.Equal(t, "第一行\n第二行", p.Note, "a line break is one character")

	b.do(t, manager, id, project.EditName, project.Edit{Reason: "更正", Facts: project.Given{Emptied: []string{"national_code", "land_area_mu", "signed_on", "note"}}})
	p, err = b.Store.Project(t.Context(), manager, id, clock.DateOf(b.now))
	require.NoError(t, err)
	require.Empty(t, p.NationalCode)
	require.Nil(t, p.LandAreaMu)
	require.True(t, p.SignedOn.IsZero())
	require.Empty(t, p.Note)
	require.Equal(t, yuan, p.Investment)
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	require.Empty(t, v.Findings)
	b.refused(t, process.InvalidInput, b.order(t, manager, id, project.EditName, project.Edit{Reason: "x", Facts: project.Given{Emptied: []string{"sector"}}}))
}

// TestADraftIsItsOwnersAlone, for as long as it is kept.
func TestADraftIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	owner, id := b.As(process.ProjectManager).ID, uuid.NewString()
	put := func(id, owner, text string) {
		require.NoError(t, b.Store.PutDraft(t.Context(), id, owner, "/projects/open", store.Draft{Typed: map[string][]string{"title": {text}},
			Files: map[string][]store.KeptFile{"attachments": {{UploadID: "u", SHA256: "s", Name: "现场.jpg"}}}, Refusal: process.RefuseField("title", "太长", "long")}, b.now))
	}
	put(id, owner, "一")
	put(id, b.As(process.Leader).ID, "别人的")
	d, err := b.Store.Draft(t.Context(), id, owner, "/projects/open", b.now)
	require.NoError(t, err)
	require.Equal(t, "一", d.Typed.Get("title"))
	require.Equal(t, "现场.jpg", d.Files["attachments"][0].Name)
	require.Equal(t, "title", d.Refusal.Fields[0].Name)
	none := func(id, owner, path string, later bool) {
		at := b.now
		if later {
			at = at.Add(store.DraftLife)
		}
		d, err := b.Store.Draft(t.Context(), id, owner, path, at)
		require.NoError(t, err)
		require.Nil(t, d)
	}
	none(id, b.As(process.Leader).ID, "/projects/open", false)
	none(id, owner, "/hazards/record", false)
	none("nonsense", owner, "/projects/open", false)
	none(id, owner, "/projects/open", true)
	for range 25 {
		b.now = b.now.Add(time.Second)
		put(uuid.NewString(), owner, "更多")
	}
	none(id, owner, "/projects/open", false)
}
