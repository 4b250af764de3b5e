package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/accounts"
)

// inUnit adds somebody with the role who belongs to the unit.
func (b *bundle) inUnit(t *testing.T, role process.Role, unit string) process.Actor {
	t.Helper()
	id := uuid.NewString()
	a := process.Actor{Type: process.Person, ID: id, Name: "人员" + id[:4], Roles: []process.Role{role}, UnitID: unit}
	require.NoError(t, b.Store.Accounts().AddUser(t.Context(), accounts.AddUserParams{ID: a.ID, ParkID: b.Park.ID, Username: id[:8], Name: a.Name,
		Roles: []string{string(role)}, UnitID: &a.UnitID, PasswordHash: "-"}))
	return a
}
