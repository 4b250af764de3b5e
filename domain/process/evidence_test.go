package process_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestAnEnterpriseReplacesOnlyItsOwn: it neither puts a revision over somebody else's paper nor learns which numbers there are.
func TestAnEnterpriseReplacesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	firm := process.Call{Actor: process.Actor{Type: process.Person, ID: "contact", Name: "贺连舟", Roles: []process.Role{process.Enterprise}}, OccurredAt: at, RecordedAt: at}
	uploads := map[string]process.Upload{"mine": {ID: "mine", UploadedBy: "contact"}}
	attached := []process.Attachment{{Number: 1, Revision: 1, ByID: "manager"}, {Number: 2, Revision: 1, ByID: "contact"}}
	said := map[int]string{}
	for _, number := range []int{1, 77} {
		_, err := process.PutOnRecord(attached, []process.Evidence{{UploadID: "mine", Replaces: number}}, uploads, firm, process.Place{})
		require.Error(t, err)
		said[number] = err.Error()
	}
	require.Equal(t, said[1], said[77], "the same words for what is not theirs and what is not there")
	after, err := process.PutOnRecord(attached, []process.Evidence{{UploadID: "mine", Replaces: 2}}, uploads, firm, process.Place{})
	require.NoError(t, err)
	require.Equal(t, 2, after[2].Revision)
}
