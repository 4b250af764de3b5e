package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

func TestVerifyGoesThroughEveryCaseAndFailsWhenOneIsNotAsItWasWritten(t *testing.T) {
	t.Parallel()
	owner, app := databases.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	db, err := store.Open(t.Context(), app, cal, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(db.Close)
	zone, ids := zonetest.New(t, db), []string{}
	for range 3 {
		input, err := json.Marshal(hazard.Record{EnterpriseID: zone.Enterprise, Location: "车间", Description: "通道堵塞", Level: hazard.General, AllTheSame: "另一处",
			Attachments: []process.Evidence{{UploadID: zone.Upload(t.Context(), t, zone.As(process.SafetySupervisor))}}})
		require.NoError(t, err)
		ids = append(ids, uuid.NewString())
		_, err = db.Apply(t.Context(), process.Order{CaseID: ids[len(ids)-1], Command: hazard.RecordName, Input: input,
			Call: process.Call{Key: "k", Actor: zone.As(process.SafetySupervisor), OccurredAt: zonetest.Morning(), RecordedAt: zonetest.Morning()}})
		require.NoError(t, err)
	}
	out := &bytes.Buffer{}
	require.NoError(t, (&backup.Verifier{Store: db, Out: out}).All(t.Context()))
	require.Contains(t, out.String(), "3 cases, 3 events")
	require.Contains(t, out.String(), "the files were not read")

	conn, err := pgx.Connect(t.Context(), owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "UPDATE hazards SET location = '别处', category = 'x' WHERE case_id <> $1", ids[0])
	require.NoError(t, err)
	out.Reset()
	require.ErrorContains(t, (&backup.Verifier{Store: db, Out: out}).All(t.Context()), "not as they were written")
	require.Contains(t, out.String(), "2 broken")
	require.Contains(t, out.String(), `location (expected "车间", found "别处")`)
	require.Contains(t, out.String(), `category (expected null, found "x")`)

	files, err := blobs.Open(t.Context(), "file://"+t.TempDir(), 1024)
	require.NoError(t, err)
	defer files.Close()
	out.Reset()
	require.Error(t, (&backup.Verifier{Store: db, Files: files, Out: out}).All(t.Context()))
	require.Contains(t, out.String(), "3 broken")
	require.Contains(t, out.String(), "the file is not there", "no bytes were ever kept for the pictures of this test")
}
