package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// visit is an inspection in which a hazard may have been found.
type visit interface {
	Visited(enterpriseID string) bool                      // it was of the enterprise
	FoundIn() (campaignID string, day clock.Date, is bool) // its campaign, and its day once somebody was there; no hazard is found where nobody came or was met
}

// within says in which inspection the hazard was found: from then on it belongs to it, and to its campaign where none is named.
func (c Record) within(h *Hazard, call process.Call, env Env) error {
	if c.Inspection == "" {
		return nil
	}
	var of visit
	if env.Parent != nil {
		of, _ = env.Parent.Subject.(visit)
	}
	if of == nil {
		return process.RefuseField("inspection", "没有找到这次检查，请核对检查编号。", "There is no such inspection; check its number.")
	}
	campaign, day, is := of.FoundIn()
	switch {
	case !is:
		return process.RefuseField("inspection", env.Parent.Number+" 没有查成，不能登记隐患。", "Nobody inspected in "+env.Parent.Number+"; no hazard was found in it.")
	case !of.Visited(h.EnterpriseID):
		return process.RefuseField("inspection", env.Parent.Number+" 检查的不是这家企业，请核对。", env.Parent.Number+" was of another enterprise; check it.")
	}
	if err := process.NotBefore(call, day, "发现日期早于检查日期", "It cannot have been found before the inspection,"); err != nil {
		return err
	}
	h.ParentID = env.Parent.ID
	if h.CampaignID == "" {
		h.CampaignID = campaign
	}
	return nil
}
