package seed

import (
	"context"

	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

// Accounts returns one demo account for each role, as shown at sign-in and printed at the start.
func Accounts() []ui.DemoAccount {
	return []ui.DemoAccount{
		{Username: "luzhiyuan", Name: "陆致远", Role: "project_manager"}, {Username: "mengqinglan", Name: "孟庆岚", Role: "safety_supervisor"},
		{Username: "baobao01", Name: "何若川", Role: "liaison_officer"}, {Username: "zhujianju", Name: "宋闻达", Role: "department"},
		{Username: "qiye", Name: "贺连舟", Role: "enterprise"}, {Username: "shaojinghe", Name: "邵景和", Role: "leader"},
		{Username: "shenji", Name: "季明澈", Role: "auditor"}, {Username: "admin", Name: "管理员", Role: "administrator"},
	}
}

// DemoAccounts returns the demo accounts while the zone is the demo zone, else none.
func DemoAccounts(ctx context.Context, s *store.Store) []ui.DemoAccount {
	park, err := s.Park(ctx)
	if err != nil || !park.Demo || park.ID != id("park", "sitong") {
		return nil
	}
	return Accounts()
}
