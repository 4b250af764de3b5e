// Package zonetest sets up a small zone for tests: units, enterprises and one person for each role. It fills every field a test does not name.
package zonetest

import (
	"context"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
)

// Zone is a set-up zone with its people.
type Zone struct {
	Store      *store.Store
	Park       store.Park
	Section    string // unit of the zone
	Bureau     string // department of the county
	Enterprise string
	Rival      string // another enterprise
	people     map[process.Role]process.Actor
	Second     process.Actor // a second safety supervisor
	Contact    process.Actor // of the enterprise
	RivalOne   process.Actor // of the other enterprise
}

// New sets a zone up in the store's empty database.
func New(t testing.TB, s *store.Store) *Zone {
	t.Helper()
	ctx := t.Context()
	z := &Zone{Store: s, Park: store.Park{ID: uuid.NewString(), Code: "test", Name: "测试经济开发区", ShortName: "测试园区", Letters: "测开安监", Demo: true},
		Section: uuid.NewString(), Bureau: uuid.NewString(), people: map[process.Role]process.Actor{}}
	require.NoError(t, s.AddPark(ctx, z.Park))
	Publish(t, s)
	require.NoError(t, s.AddUnit(ctx, z.Park.ID, store.Unit{ID: z.Section, Name: "项目科", Kind: "zone"}))
	require.NoError(t, s.AddUnit(ctx, z.Park.ID, store.Unit{ID: z.Bureau, Name: "县住建局", Kind: "department"}))
	var err error
	z.Enterprise, err = s.AddEnterprise(ctx, store.Enterprise{Name: "泗县莱卡织造有限公司", ShortName: "莱卡织造", Sector: "textile"})
	require.NoError(t, err)
	z.Rival, err = s.AddEnterprise(ctx, store.Enterprise{Name: "泗县鸿瑞印务有限公司", ShortName: "鸿瑞印务", Sector: "packaging_printing"})
	require.NoError(t, err)
	for _, role := range process.Roles() {
		z.people[role] = z.person(t, role, string(role))
	}
	z.Second = z.person(t, process.SafetySupervisor, "second")
	z.Contact = z.people[process.Enterprise]
	z.RivalOne = z.person(t, process.Enterprise, "rival")
	return z
}

// Publish publishes the shipped definitions.
func Publish(t testing.TB, s *store.Store) {
	t.Helper()
	for _, kind := range kinds.All() {
		shipped, err := definitions.Shipped(kind)
		require.NoError(t, err)
		for _, d := range shipped {
			require.NoError(t, s.Publish(t.Context(), kind.Kind, d.Edition(), d))
		}
	}
	require.NoError(t, s.ShipCalendar(t.Context(), Morning()))
}

func (z *Zone) person(t testing.TB, role process.Role, username string) process.Actor {
	t.Helper()
	a := process.Actor{Type: process.Person, ID: uuid.NewString(), Name: username, Roles: []process.Role{role}}
	p := accounts.AddUserParams{ID: a.ID, ParkID: z.Park.ID, Username: username, Name: username, Roles: []string{string(role)}, PasswordHash: "-"}
	switch role {
	case process.Enterprise:
		a.EnterpriseID = z.Enterprise
		if username == "rival" {
			a.EnterpriseID = z.Rival
		}
		p.EnterpriseID = &a.EnterpriseID
	case process.Department:
		a.UnitID = z.Bureau
		p.UnitID = &a.UnitID
	case process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Leader, process.Auditor, process.Administrator:
	}
	require.NoError(t, z.Store.Accounts().AddUser(t.Context(), p))
	return a
}

// As returns the zone's person with the role.
func (z *Zone) As(role process.Role) process.Actor { return z.people[role] }

// Upload puts a received picture of the actor's on file and returns its id.
func (z *Zone) Upload(ctx context.Context, t testing.TB, actor process.Actor) string {
	t.Helper()
	content := sha256.Sum256([]byte(uuid.NewString())) // no two are the same picture
	id, err := z.Store.AddUpload(ctx, actor, store.Received{Name: "现场.jpg", MediaType: "image/jpeg", Size: 3, SHA256: content[:]})
	require.NoError(t, err)
	return id
}

// Morning is a working morning that tests count from: Monday 2026-03-02, 09:00 in the zone.
func Morning() time.Time { return time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) }
