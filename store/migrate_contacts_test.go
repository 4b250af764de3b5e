package store_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestAnUpgradeWaitsForAgreedContacts: a project on which nothing was done since there are such reminders waits for the day that was agreed, by a deed of its own.
func TestAnUpgradeWaitsForAgreedContacts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	next := clock.DateOf(b.now).AddDays(5)
	b.do(t, b.As(process.ProjectManager), id, project.ContactName, project.RecordContact{Way: "visit", Said: "约下周", NextOn: next})
	wake := func() []string { return b.rows(t, "SELECT wake FROM cases WHERE id = '"+id+"'") }
	require.Equal(t, []string{"own/contact/" + next.String()}, wake())
	b.rows(t, "UPDATE cases SET wake = '', next_wake = NULL WHERE id = '"+id+"' RETURNING id::text") // as before 0121
	text, err := os.ReadFile("migrations/0157_agreed_contacts.sql")
	require.NoError(t, err)
	up, _, _ := strings.Cut(string(text), "-- +goose Down")
	_, up, _ = strings.Cut(up, "-- +goose Up")
	b.rows(t, strings.TrimSuffix(strings.TrimSpace(up), ";")+" RETURNING id::text")
	b.carry(t)
	require.Equal(t, []string{"own/contact/" + next.String()}, wake())
}
