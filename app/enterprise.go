package app

import (
	"context"

	"github.com/parkway-zone/parkway/domain/enterprise"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// MayAddEnterprise reports whether somebody of the zone's staff may add enterprises.
func MayAddEnterprise(a process.Actor) bool {
	return a.Has(process.ProjectManager) || a.Has(process.SafetySupervisor) || a.Has(process.LiaisonOfficer) || a.Has(process.Administrator)
}

// AddEnterprise adds an enterprise and returns its id. It refuses one that is on file already, what cannot be, and anybody but the zone's staff.
func (a *App) AddEnterprise(ctx context.Context, actor process.Actor, wanted enterprise.New) (string, error) {
	if !MayAddEnterprise(actor) {
		return "", process.Refuse(process.NotAllowed, "只有园区工作人员可以新增企业。", "Only the zone's staff may add enterprises.")
	}
	e, err := wanted.Checked()
	if err != nil {
		return "", err
	}
	return a.Store.FileEnterprise(ctx, actor, store.Enterprise{Name: e.Name, ShortName: e.ShortName, CreditCode: e.CreditCode, Sector: e.Sector}, a.Now())
}
